"""Deleting what has been kept long enough."""

from datetime import timedelta
from typing import cast

from sqlalchemy import CursorResult, delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import Clock
from db.models import CommentRow, GapRow, OutboxRow, ReceivedRow

# Telegram redelivers for 24 hours; a browser may come back after a night.
RECEIVED_KEPT = timedelta(days=2)
# Those that a browser fetches: long enough for a lost line to come back.
PASSING_KEPT = timedelta(hours=1)


class SqlExpired:
    """See `bot.core.storage.Expired`."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def delete(self, words_kept: timedelta) -> int:
        now = self._clock.now()
        deleted = 0
        for statement in (
            delete(ReceivedRow).where(ReceivedRow.received_at < now - RECEIVED_KEPT),
            delete(OutboxRow).where(OutboxRow.delivered_at < now - RECEIVED_KEPT),
            delete(OutboxRow).where(OutboxRow.passing, OutboxRow.delivered_at < now - PASSING_KEPT),
            delete(GapRow).where(GapRow.asked_on < (now - words_kept).date()),
            delete(CommentRow).where(CommentRow.commented_at < now - words_kept),
        ):
            result = cast("CursorResult[object]", await self._session.execute(statement))
            deleted += result.rowcount
        return deleted
