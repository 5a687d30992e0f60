"""Questions as counts: what was found, never what was said or by whom."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import ID, Table


class QuestionRow(Table):
    """One question asked. It has no link to a person."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(ID, primary_key=True)
    language: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    article: Mapped[str] = mapped_column(String(40))
    confidence: Mapped[float]
    asked_at: Mapped[datetime] = mapped_column(index=True)
