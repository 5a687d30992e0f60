"""Replies that are saved with the state and delivered after the commit."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import ID, Table


class OutboxRow(Table):
    """One reply. Until `leased_until` it belongs to the process that took it; `delivered_at` ends it.

    A `passing` one is deleted when it has arrived.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "leased_until",
            sqlite_where=text("delivered_at IS NULL"),
            postgresql_where=text("delivered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(ID, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    message_hash: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    reply: Mapped[dict[str, Any]] = mapped_column(JSON)
    attempts: Mapped[int]
    leased_until: Mapped[datetime]
    delivered_at: Mapped[datetime | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    passing: Mapped[bool]
