"""The mailboxes of submissions."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import Clock, Letter, Seal, Sender, UnknownSubmission
from db.models import LetterRow, SubmissionRow


class SqlLetters:
    """See `bot.core.archive.Letters`."""

    def __init__(self, session: AsyncSession, seal: Seal, clock: Clock) -> None:
        self._session = session
        self._seal = seal
        self._clock = clock

    async def add(self, reference: str, sender: Sender, text: str, shown: str, language: str) -> None:
        submission_id = await self._session.scalar(
            select(SubmissionRow.id).where(SubmissionRow.reference == reference, SubmissionRow.erased_at.is_(None))
        )
        if submission_id is None:
            raise UnknownSubmission(reference)
        self._session.add(
            LetterRow(
                submission_id=submission_id,
                sender=sender,
                text=shown,
                text_sealed=self._seal.encrypt(text),
                language=language,
                sent_at=self._clock.now(),
            )
        )
        await self._session.flush()

    async def of(self, reference: str, *, original: bool) -> Sequence[Letter]:
        rows = await self._session.scalars(
            select(LetterRow)
            .join(SubmissionRow, SubmissionRow.id == LetterRow.submission_id)
            .where(SubmissionRow.reference == reference)
            .order_by(LetterRow.id)
        )
        return [
            Letter(
                Sender(row.sender),
                self._seal.decrypt(row.text_sealed) if original else row.text,
                row.language,
                row.sent_at,
            )
            for row in rows
        ]
