"""Shredding: words, files and links go, the codes stay for the counts."""

from typing import cast

from sqlalchemy import ColumnElement, CursorResult, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import Clock
from db.models import AttachmentRow, DraftRow, LetterRow, OutboxRow, PersonRow, RatingRow, SubmissionRow

_WITHOUT_WORDS = {
    "text": "",
    "text_sealed": None,
    "text_hash": None,
    "organization_sealed": None,
    "region": "",
}
_WITHOUT_LINK = {"receipt_hash": None, "receipt_ending": "", "person_id": None, "source_hash": None}


class Shredder:
    """What erasing, withdrawing and growing old have in common."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def submissions(self, which: ColumnElement[bool], *, keep_link: bool = False) -> int:
        """Erase these; with the link kept, the person can still see that it was withdrawn. Returns how many."""
        ids = select(SubmissionRow.id).where(which)
        for table in (LetterRow, AttachmentRow):
            await self._session.execute(
                delete(table).where(table.submission_id.in_(ids)).execution_options(synchronize_session=False)
            )
        values = _WITHOUT_WORDS if keep_link else {**_WITHOUT_WORDS, **_WITHOUT_LINK, "erased_at": self._clock.now()}
        statement = update(SubmissionRow).where(SubmissionRow.id.in_(ids)).values(values)
        result = await self._session.execute(statement.execution_options(synchronize_session=False))
        return cast("CursorResult[object]", result).rowcount

    async def replies(self, person_id: int) -> None:
        """What the bot said and has delivered: it may repeat a person's words."""
        await self._session.execute(
            delete(OutboxRow).where(OutboxRow.person_id == person_id, OutboxRow.delivered_at.is_not(None))
        )

    async def person(self, person_id: int) -> None:
        """Everything else that is kept about a person. The address stays a day, for what they are told now."""
        await self.replies(person_id)
        for table in (DraftRow, RatingRow, AttachmentRow):
            await self._session.execute(delete(table).where(table.person_id == person_id))
        await self._session.execute(
            update(PersonRow).where(PersonRow.id == person_id).values(leaving_since=self._clock.now())
        )
