"""All repositories over one transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from bot.core import Clock, Seal
from db.repositories.api_keys import SqlApiKeys, SqlIdempotency
from db.repositories.conversations import SqlConversations
from db.repositories.documents import SqlDocuments
from db.repositories.drafts import SqlDrafts
from db.repositories.events import SqlEvents
from db.repositories.expired import SqlExpired
from db.repositories.feedback_events import SqlFeedbackEvents
from db.repositories.files import SqlFiles
from db.repositories.gaps import SqlGaps
from db.repositories.letters import SqlLetters
from db.repositories.outbox import SqlOutbox
from db.repositories.people import SqlPeople
from db.repositories.received import SqlReceived
from db.repositories.submissions import SqlSubmissions
from db.repositories.wrong_tries import SqlTries

# Where words or what names a person may lie.
_WORDS_IN = ("submissions", "letters", "attachments", "drafts", "outbox", "people")


class SqlUnitOfWork:
    """See `bot.core.storage.UnitOfWork`."""

    def __init__(self, session: AsyncSession, seal: Seal, clock: Clock) -> None:
        self._session = session
        people = self.people = SqlPeople(session, seal, clock)
        self.submissions = SqlSubmissions(session, people, seal, clock)
        self.letters = SqlLetters(session, seal, clock)
        self.files = SqlFiles(session, seal, clock)
        self.drafts = SqlDrafts(session, people, seal, clock)
        self.tries = SqlTries(session, seal, clock)
        self.api_keys = SqlApiKeys(session, seal, clock)
        self.idempotency = SqlIdempotency(session, seal, clock)
        feedback = SqlFeedbackEvents(self.submissions, self.letters, self.drafts, self.files, self.tries)
        self.conversations = SqlConversations(session, people, self.drafts, clock)
        self.received = SqlReceived(session, seal, clock)
        self.outbox = SqlOutbox(session, people, self.received, seal, clock)
        self.events = SqlEvents(session, clock, feedback)
        self.gaps = SqlGaps(session)
        self.documents = SqlDocuments(session)
        self.expired = SqlExpired(session, clock)

    async def undo(self) -> None:
        """Take back everything that this transaction has done so far."""
        await self._session.rollback()


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

    async def shred(self) -> None:
        """See `bot.core.Database`. SQLite overwrites what is deleted, and this empties its journal, which has it too."""
        async with self._engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
                return
        async with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.execute(text(f"VACUUM {', '.join(_WORDS_IN)}"))

    async def close(self) -> None:
        await self._engine.dispose()
