"""Keys with which organizations hand in submissions."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Table


class ApiKeyRow(Table):
    """One key: whose it is, and a keyed hash to know it by. Its number is drawn at random, so that it never comes back."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    organization: Mapped[str] = mapped_column(String(120), unique=True)
    stakeholder_group: Mapped[str] = mapped_column(String(40))
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime]
