"""All repositories over one transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from bot.core import Clock, Seal
from db.repositories.conversations import SqlConversations
from db.repositories.documents import SqlDocuments
from db.repositories.events import SqlEvents
from db.repositories.expired import SqlExpired
from db.repositories.gaps import SqlGaps
from db.repositories.outbox import SqlOutbox
from db.repositories.people import SqlPeople
from db.repositories.received import SqlReceived


class SqlUnitOfWork:
    """See `bot.core.storage.UnitOfWork`."""

    def __init__(self, session: AsyncSession, seal: Seal, clock: Clock) -> None:
        people = SqlPeople(session, seal, clock)
        self.conversations = SqlConversations(session, people, clock)
        self.received = SqlReceived(session, seal, clock)
        self.outbox = SqlOutbox(session, people, self.received, clock)
        self.events = SqlEvents(session, clock)
        self.gaps = SqlGaps(session)
        self.documents = SqlDocuments(session)
        self.expired = SqlExpired(session, clock)


class SqlDatabase:
    """See `bot.core.storage.Database`."""

    def __init__(self, engine: AsyncEngine, seal: Seal, clock: Clock) -> None:
        self._engine = engine
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        self._seal = seal
        self._clock = clock

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[SqlUnitOfWork]:
        """A transaction: a clean end commits, an error rolls back. A writing block starts with a write."""
        async with self._sessions.begin() as session:
            yield SqlUnitOfWork(session, self._seal, self._clock)

    async def ping(self) -> None:
        """Raise whatever the driver raises if the database does not answer."""
        async with self._engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self._engine.dispose()
