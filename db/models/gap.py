"""Questions without an answer, redacted."""

from datetime import date

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Table


class GapRow(Table):
    """One question that no article was found for.

    Nothing leads from it to a person: its number is drawn at random and of the time only the day is kept.
    """

    __tablename__ = "gaps"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    asked_on: Mapped[date] = mapped_column(index=True)
