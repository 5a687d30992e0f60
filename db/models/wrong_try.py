"""Receipts and codes that were tried in vain."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import ID, Table


class WrongTryRow(Table):
    """One wrong try, by the keyed hash of who tried; kept for a day."""

    __tablename__ = "wrong_tries"

    id: Mapped[int] = mapped_column(ID, primary_key=True)
    source_hash: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    tried_at: Mapped[datetime] = mapped_column(index=True)
