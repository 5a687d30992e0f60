"""Keys of organizations and the answers to their requests, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest

from bot.core import Answered, StakeholderGroup
from bot.privacy.keys import Keys
from db.unit_of_work import SqlDatabase
from tests.conftest import SECRET
from tests.fakes.clock import FakeClock
from tests.intake.office import KEY, NAME, OTHER_KEY, give_key

FIRST = Answered(b"\x01" * 32, "a seed", "[]")
OTHER = Answered(b"\x02" * 32, "another seed", "[1]")
REQUEST = "request-1"


@pytest.fixture
async def key_id(any_database: SqlDatabase) -> int:
    await give_key(any_database)
    async with any_database.begin() as work:
        found = await work.api_keys.by_key(KEY)
    assert found is not None
    return found.id


async def test_a_key_is_found_by_itself_alone(any_database: SqlDatabase, clock: FakeClock, key_id: int) -> None:
    async with any_database.begin() as work:
        found = await work.api_keys.by_key(KEY)
        assert found is not None
        assert (found.id, found.organization, found.group) == (key_id, NAME, StakeholderGroup.CIVIL_SOCIETY)
        assert found.created == clock.now()
        assert await work.api_keys.by_key(OTHER_KEY) is None
        assert await work.api_keys.by_key("") is None
        assert list(await work.api_keys.all()) == [found]


@pytest.mark.usefixtures("key_id")
async def test_an_organization_has_one_key_and_a_revoked_one_makes_room(any_database: SqlDatabase) -> None:
    async with any_database.begin() as work:
        assert not await work.api_keys.add(NAME, StakeholderGroup.ACADEMIA, OTHER_KEY)
        assert await work.api_keys.by_key(OTHER_KEY) is None
    async with any_database.begin() as work:
        assert await work.api_keys.revoke(NAME)
        assert not await work.api_keys.revoke(NAME)
        assert await work.api_keys.by_key(KEY) is None
    async with any_database.begin() as work:
        assert await work.api_keys.add(NAME, StakeholderGroup.ACADEMIA, OTHER_KEY)


async def test_a_new_key_never_has_the_number_of_an_old_one(any_database: SqlDatabase, key_id: int) -> None:
    async with any_database.begin() as work:
        await work.api_keys.revoke(NAME)
    await give_key(any_database)
    async with any_database.begin() as work:
        (found,) = await work.api_keys.all()
    assert found.id != key_id


@pytest.mark.usefixtures("key_id")
async def test_keys_are_listed_by_name(any_database: SqlDatabase) -> None:
    await give_key(any_database, OTHER_KEY, "An earlier name")
    async with any_database.begin() as work:
        assert [each.organization for each in await work.api_keys.all()] == ["An earlier name", NAME]


@pytest.mark.usefixtures("key_id")
async def test_the_key_itself_is_stored_nowhere(any_database: SqlDatabase) -> None:
    async with any_database._engine.connect() as connection:
        stored = str((await connection.exec_driver_sql("SELECT * FROM api_keys")).all())
    assert KEY not in stored
    assert NAME in stored


async def test_the_first_answer_stays(any_database: SqlDatabase, key_id: int) -> None:
    async with any_database.begin() as work:
        assert await work.idempotency.put(key_id, REQUEST, FIRST) == FIRST
    async with any_database.begin() as work:
        assert await work.idempotency.put(key_id, REQUEST, OTHER) == FIRST
        assert await work.idempotency.put(key_id, "request-2", OTHER) == OTHER


async def test_keys_and_answers_are_found_after_the_secret_was_changed(
    any_database: SqlDatabase, clock: FakeClock, key_id: int
) -> None:
    async with any_database.begin() as work:
        await work.idempotency.put(key_id, REQUEST, FIRST)
    clock.advance(timedelta(minutes=1))
    later = SqlDatabase(any_database._engine, Keys("another secret, just as long as it has to be", [SECRET]), clock)
    async with later.begin() as work:
        found = await work.api_keys.by_key(KEY)
        assert found is not None
        assert await work.idempotency.put(found.id, REQUEST, OTHER) == FIRST


async def test_what_a_transaction_does_not_finish_was_not_answered(any_database: SqlDatabase, key_id: int) -> None:
    with pytest.raises(ConnectionError):
        await answer_and_fail(any_database, key_id)
    async with any_database.begin() as work:
        assert await work.idempotency.put(key_id, REQUEST, OTHER) == OTHER


async def answer_and_fail(database: SqlDatabase, key_id: int) -> None:
    async with database.begin() as work:
        await work.idempotency.put(key_id, REQUEST, FIRST)
        raise ConnectionError
