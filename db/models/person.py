"""People: where they are reached, and nothing else."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import ID, Table


class PersonRow(Table):
    """A person on one channel. The address is found by keyed hash and stored encrypted.

    `leaving_since` is when the person had everything erased: unless they write again, the row goes a day later.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(ID, primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    address_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    address_encrypted: Mapped[bytes] = mapped_column(LargeBinary)
    unreachable_since: Mapped[datetime | None]
    created_at: Mapped[datetime]
    leaving_since: Mapped[datetime | None]
