"""What people missed in an article."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import ID, Table


class CommentRow(Table):
    """A redacted comment without any link to the person."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(ID, primary_key=True)
    article: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text)
    commented_at: Mapped[datetime] = mapped_column(index=True)
