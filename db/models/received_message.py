"""Messages that were taken, so that one delivered twice is answered once."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Table


class ReceivedRow(Table):
    """A keyed hash of channel, address and message number; kept two days, Telegram redelivers for one."""

    __tablename__ = "received_messages"

    message_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    received_at: Mapped[datetime] = mapped_column(index=True)
