"""Attachments, sealed."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import Attachment, Clock, Seal, UnknownSubmission
from db.models import AttachmentRow


class SqlFiles:
    """See `bot.core.archive.Files`."""

    def __init__(self, session: AsyncSession, seal: Seal, clock: Clock) -> None:
        self._session = session
        self._seal = seal
        self._clock = clock

    async def put(self, attachment: Attachment, content: bytes, person_id: int | None) -> None:
        self._session.add(
            AttachmentRow(
                id=attachment.id,
                person_id=person_id,
                media_type=attachment.media_type,
                size_bytes=attachment.size_bytes,
                content_sealed=self._seal.encrypt_bytes(content),
                kept_at=self._clock.now(),
            )
        )
        await self._session.flush()

    async def content(self, attachment_id: str) -> bytes:
        sealed = await self._session.scalar(
            select(AttachmentRow.content_sealed).where(AttachmentRow.id == attachment_id)
        )
        if sealed is None:
            raise UnknownSubmission(attachment_id)
        return self._seal.decrypt_bytes(sealed)

    async def drop(self, attachment_id: str) -> None:
        await self._session.execute(
            delete(AttachmentRow).where(AttachmentRow.id == attachment_id, AttachmentRow.submission_id.is_(None))
        )
