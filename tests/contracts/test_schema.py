"""Migrations, on SQLite and on PostgreSQL."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.core import OperatorError
from db.engine import create_engine
from db.models import Table
from db.schema import newest_revision, revision, upgrade


async def test_migrations_make_exactly_the_tables_of_the_models(any_url: str) -> None:
    engine = create_engine(any_url)
    await upgrade(engine)

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Table.metadata))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    assert await revision(engine) == newest_revision()
    await engine.dispose()


async def test_upgrading_again_changes_nothing(any_url: str) -> None:
    engine = create_engine(any_url)
    await upgrade(engine)
    await upgrade(engine)
    assert await revision(engine) == newest_revision()
    await engine.dispose()


async def test_several_processes_may_start_at_once(postgresql_url: str) -> None:
    engines = [create_engine(postgresql_url) for _process in range(4)]
    await asyncio.gather(*map(upgrade, engines))
    assert await revision(engines[0]) == newest_revision()
    for engine in engines:
        await engine.dispose()


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(any_url: str) -> None:
    engine = create_engine(any_url)
    await upgrade(engine)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(OperatorError, match="newer version"):
        await upgrade(engine)
    assert await revision(engine) == "9999"
    await engine.dispose()


async def test_a_database_that_does_not_answer_is_said_in_one_line_without_the_password() -> None:
    engine = create_engine("postgresql://name:hidden-word@127.0.0.1:1/database")
    with pytest.raises(OperatorError) as raised:
        await upgrade(engine)
    assert "hidden-word" not in str(raised.value)
    assert "BOT_DATABASE_URL" in str(raised.value)
    await engine.dispose()


@pytest.mark.parametrize("url", ["mysql://host/database", "nonsense", ""])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(OperatorError, match="BOT_DATABASE_URL"):
        create_engine(url)
