"""Who looked at an original text, and why."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import ID, Table


class OriginalViewRow(Table):
    """One look at the unredacted words of a submission."""

    __tablename__ = "original_views"

    id: Mapped[int] = mapped_column(ID, primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), index=True)
    reader: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    viewed_at: Mapped[datetime] = mapped_column(index=True)
