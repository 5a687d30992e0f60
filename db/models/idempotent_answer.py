"""Answers to requests that organizations may repeat."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Table


class IdempotentAnswerRow(Table):
    """One answer, found by the keyed hash of the request's own key; kept two days. The receipts are made from the seed."""

    __tablename__ = "idempotent_answers"

    api_key_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("api_keys.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    request_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    body_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    seed_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    answer: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(index=True)
