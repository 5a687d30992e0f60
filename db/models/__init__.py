"""One table a file. Never imported outside `db`."""

from db.models.api_key import ApiKeyRow
from db.models.attachment import AttachmentRow
from db.models.base import Table
from db.models.comment import CommentRow
from db.models.conversation import ConversationRow
from db.models.document import DocumentRow, PassageRow
from db.models.draft import DraftRow
from db.models.gap import GapRow
from db.models.idempotent_answer import IdempotentAnswerRow
from db.models.letter import LetterRow
from db.models.original_view import OriginalViewRow
from db.models.outbox_message import OutboxRow
from db.models.person import PersonRow
from db.models.question import QuestionRow
from db.models.rating import RatingRow
from db.models.received_message import ReceivedRow
from db.models.submission import ObjectiveRow, SubmissionRow
from db.models.wrong_try import WrongTryRow

__all__ = [
    "ApiKeyRow",
    "AttachmentRow",
    "CommentRow",
    "ConversationRow",
    "DocumentRow",
    "DraftRow",
    "GapRow",
    "IdempotentAnswerRow",
    "LetterRow",
    "ObjectiveRow",
    "OriginalViewRow",
    "OutboxRow",
    "PassageRow",
    "PersonRow",
    "QuestionRow",
    "RatingRow",
    "ReceivedRow",
    "SubmissionRow",
    "Table",
    "WrongTryRow",
]
