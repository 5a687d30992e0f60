"""Bringing a database to the schema that this program needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core import OperatorError

# Several processes may start at once; on PostgreSQL this advisory lock lets one of them migrate.
_LOCK = 0x436F6D7061637442


async def upgrade(engine: AsyncEngine) -> None:
    """Run the migrations that are missing.

    Raises:
        OperatorError: the database cannot be reached, or is newer than this program.
    """
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade)
    except (DBAPIError, OSError) as error:
        raise unreachable(engine, error) from error


async def revision(engine: AsyncEngine) -> str | None:
    """The revision that the database is at; None for an empty one."""
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_current)
    except (DBAPIError, OSError) as error:
        raise unreachable(engine, error) from error


def newest_revision() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def unreachable(engine: AsyncEngine, error: Exception) -> OperatorError:
    """What to tell the operator; the address without its password."""
    reason = str(getattr(error, "orig", None) or error).splitlines()[0]
    where = engine.url.render_as_string(hide_password=True)
    return OperatorError(f"The database {where} cannot be used: {reason}. Check BOT_DATABASE_URL.")


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        connection.commit()
    try:
        known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
        current = _current(connection)
        if current is not None and current not in known:
            raise OperatorError(
                f"The database is at revision {current}, which this program does not know: "
                "it was made by a newer version. Install that version."
            )
        connection.commit()
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    finally:
        if connection.dialect.name == "postgresql":
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
            connection.commit()


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
