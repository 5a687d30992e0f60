"""Receipts and codes that were tried in vain."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import Clock, Seal
from db.models import WrongTryRow


class SqlTries:
    """See `bot.core.archive.Tries`."""

    def __init__(self, session: AsyncSession, seal: Seal, clock: Clock) -> None:
        self._session = session
        self._seal = seal
        self._clock = clock

    async def add(self, source: str) -> None:
        self._session.add(WrongTryRow(source_hash=self._hash(source), tried_at=self._clock.now()))
        await self._session.flush()

    async def since(self, source: str, moment: datetime) -> Sequence[datetime]:
        tried = await self._session.scalars(
            select(WrongTryRow.tried_at)
            .where(WrongTryRow.source_hash == self._hash(source), WrongTryRow.tried_at > moment)
            .order_by(WrongTryRow.tried_at)
        )
        return list(tried)

    def _hash(self, source: str) -> bytes:
        return self._seal.lookup_hash("source", source)
