"""Feedback in the making."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Table


class DraftRow(Table):
    """A person's draft, sealed. With the code of `code_hash` it can be taken up elsewhere."""

    __tablename__ = "drafts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    saved_at: Mapped[datetime] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]
