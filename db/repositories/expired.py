"""Deleting what has been kept long enough."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, Delete, Select, Update, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import Clock, Kept
from db.models import (
    AttachmentRow,
    CommentRow,
    ConversationRow,
    DraftRow,
    GapRow,
    IdempotentAnswerRow,
    OriginalViewRow,
    OutboxRow,
    PersonRow,
    ReceivedRow,
    SubmissionRow,
    WrongTryRow,
)
from db.repositories.shredding import Shredder

# Telegram redelivers for 24 hours; a browser may come back after a night.
RECEIVED_KEPT = timedelta(days=2)
# Those that a browser fetches: long enough for a lost line to come back.
PASSING_KEPT = timedelta(hours=1)
TRIES_KEPT = timedelta(days=1)
ANSWERS_KEPT = timedelta(days=2)
LEAVING_KEPT = timedelta(days=1)


class SqlExpired:
    """See `bot.core.storage.Expired`."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def delete(self, kept: Kept) -> Mapping[str, int]:
        now = self._clock.now()
        statements: dict[str, Delete | Update] = {
            "received messages": delete(ReceivedRow).where(ReceivedRow.received_at < now - RECEIVED_KEPT),
            "replies": delete(OutboxRow).where(OutboxRow.delivered_at < now - RECEIVED_KEPT),
            "passing replies": delete(OutboxRow).where(OutboxRow.passing, OutboxRow.delivered_at < now - PASSING_KEPT),
            "questions without an answer": delete(GapRow).where(GapRow.asked_on < (now - kept.words).date()),
            "comments": delete(CommentRow).where(CommentRow.commented_at < now - kept.words),
            "answers to programs": delete(IdempotentAnswerRow).where(
                IdempotentAnswerRow.answered_at < now - ANSWERS_KEPT
            ),
            "wrong tries": delete(WrongTryRow).where(WrongTryRow.tried_at < now - TRIES_KEPT),
            "drafts": delete(DraftRow).where(DraftRow.saved_at < now - kept.drafts),
            "files of no draft": delete(AttachmentRow).where(
                AttachmentRow.submission_id.is_(None),
                ~exists().where(DraftRow.person_id == AttachmentRow.person_id),
            ),
            "attachments": delete(AttachmentRow).where(AttachmentRow.kept_at < now - kept.attachments),
            "links to people": update(SubmissionRow)
            .where(SubmissionRow.person_id.is_not(None), SubmissionRow.closed_at < now - kept.links)
            .values(person_id=None),
            "looks at originals": delete(OriginalViewRow).where(OriginalViewRow.viewed_at < now - kept.texts),
        }
        counts = {name: await self._count(statement) for name, statement in statements.items()}
        old = SubmissionRow.created_at < now - kept.texts, SubmissionRow.erased_at.is_(None)
        counts["texts of submissions"] = await Shredder(self._session, self._clock).submissions(old[0] & old[1])
        gone = PersonRow.id.in_(_people_who_left(kept, now))
        counts["people"] = await self._count(delete(PersonRow).where(gone))
        return counts

    async def _count(self, statement: Delete | Update) -> int:
        statement = statement.execution_options(synchronize_session=False)
        return cast("CursorResult[object]", await self._session.execute(statement)).rowcount


def _people_who_left(kept: Kept, now: datetime) -> Select[int]:
    """Those who had everything erased and have not written since, and those who have been silent for very long."""
    wrote = ConversationRow.updated_at
    has_left = (PersonRow.leaving_since < now - LEAVING_KEPT) & (wrote <= PersonRow.leaving_since)
    has_submission = exists().where(SubmissionRow.person_id == PersonRow.id)
    is_silent = (wrote < now - kept.people) & ~has_submission
    joined = select(PersonRow.id).join(ConversationRow, ConversationRow.person_id == PersonRow.id)
    return joined.where(or_(has_left, is_silent))
