"""One table a file. Never imported outside `db`."""

from db.models.base import Table
from db.models.comment import CommentRow
from db.models.conversation import ConversationRow
from db.models.document import DocumentRow, PassageRow
from db.models.gap import GapRow
from db.models.outbox_message import OutboxRow
from db.models.person import PersonRow
from db.models.question import QuestionRow
from db.models.rating import RatingRow
from db.models.received_message import ReceivedRow

__all__ = [
    "CommentRow",
    "ConversationRow",
    "DocumentRow",
    "GapRow",
    "OutboxRow",
    "PassageRow",
    "PersonRow",
    "QuestionRow",
    "RatingRow",
    "ReceivedRow",
    "Table",
]
