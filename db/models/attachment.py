"""Files that came with feedback, sealed."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Table


class AttachmentRow(Table):
    """One file: of a person's draft until that is sent, then of the submission."""

    __tablename__ = "attachments"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), index=True)
    media_type: Mapped[str] = mapped_column(String(100))
    size_bytes: Mapped[int]
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    kept_at: Mapped[datetime] = mapped_column(index=True)
