"""From a database address to an engine."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.core import OperatorError

SQLITE = "sqlite+aiosqlite"
POSTGRESQL = "postgresql+asyncpg"
_DRIVERS = {"sqlite": SQLITE, "postgresql": POSTGRESQL, "postgres": POSTGRESQL}

# SQLite lets one writer in at a time; a second one waits this long before it fails.
SQLITE_BUSY_SECONDS = 15


def database_url(text: str) -> URL:
    """The address with the asynchronous driver filled in.

    Raises:
        OperatorError: it is no address of SQLite or PostgreSQL.
    """
    try:
        url = make_url(text)
    except ArgumentError:
        url = None
    backend = url.drivername.partition("+")[0] if url is not None else ""
    if url is None or backend not in _DRIVERS:
        raise OperatorError(
            "BOT_DATABASE_URL must look like sqlite:///var/compact-bot.db or postgresql://name:password@host/database."
        )
    return url.set(drivername=_DRIVERS[backend])


def create_engine(text: str) -> AsyncEngine:
    """An engine for this address; for SQLite also the folder that the file lies in.

    Raises:
        OperatorError: the address is wrong or the folder cannot be written.
    """
    url = database_url(text)
    try:
        if url.drivername == SQLITE:
            return _sqlite(url)
        return create_async_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True)
    except NoSuchModuleError as error:
        raise OperatorError(f"The driver for {url.drivername} is not installed.") from error


def _sqlite(url: URL) -> AsyncEngine:
    if url.database and url.database != ":memory:":
        folder = Path(url.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OperatorError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    engine = create_async_engine(url, connect_args={"timeout": SQLITE_BUSY_SECONDS})
    _set_pragmas(engine.sync_engine)
    return engine


def _set_pragmas(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        # WAL: readers do not wait for the writer. FULL: what was committed survives a power cut.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
