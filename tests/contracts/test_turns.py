"""Turns that race, repeat and fail, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.core import Address, Finding, Reply, TryAgain, Unreachable
from bot.privacy.keys import Keys
from db.unit_of_work import SqlDatabase
from tests.conftest import make_assistant, migrated
from tests.fakes.chat import FakeChannel, Person
from tests.fakes.clock import FakeClock
from tests.fakes.knowledge import FakeKnowledge

HERE = Address("fake", "4711")


class MeetingKnowledge(FakeKnowledge):
    """A search in which two turns meet the first time, so that both have loaded the same version."""

    def __init__(self, barrier: asyncio.Barrier) -> None:
        self._barrier = barrier
        self.searches = 0

    async def find(self, message: str, hint: str) -> Finding:
        self.searches += 1
        if self.searches <= self._barrier.parties:
            await self._barrier.wait()
        return await super().find(message, hint)


@pytest.fixture
async def second_process(any_url: str, keys: Keys, clock: FakeClock) -> AsyncIterator[SqlDatabase]:
    """The same database, opened by another process."""
    async with migrated(any_url, keys, clock) as opened:
        yield opened


@pytest.mark.parametrize("known", [False, True], ids=["a first turn", "a later turn"])
async def test_two_messages_at_once_are_both_answered_and_both_counted(
    any_database: SqlDatabase, second_process: SqlDatabase, *, known: bool
) -> None:
    if known:
        await Person(make_assistant(any_database), HERE).says("/start")
    knowledge = MeetingKnowledge(asyncio.Barrier(2))
    one = Person(make_assistant(any_database, knowledge=knowledge), HERE)
    other = Person(make_assistant(second_process, knowledge=knowledge), HERE)
    replies = await asyncio.gather(one.says("can I be locked up"), other.says("he has my passport"))
    assert [reply.title for reply in replies] == ["Can I be locked up?", "My employer keeps my passport"]
    assert knowledge.searches == 3  # one of them ran again on what the other had saved
    assert await values(any_database, "SELECT version FROM conversations") == [3 if known else 2]
    assert await values(any_database, "SELECT count(*) FROM questions") == [2]
    assert await values(any_database, "SELECT count(*) FROM people") == [1]


@pytest.mark.parametrize("known", [False, True], ids=["a first turn", "a later turn"])
async def test_the_same_message_at_two_processes_at_once_is_answered_once(
    any_database: SqlDatabase, second_process: SqlDatabase, *, known: bool
) -> None:
    if known:
        await Person(make_assistant(any_database), HERE).says("/start")
    channel = FakeChannel()
    knowledge = MeetingKnowledge(asyncio.Barrier(2))
    processes = [make_assistant(database, channel, knowledge) for database in (any_database, second_process)]
    people = [Person(process, HERE) for process in processes]
    replies = await asyncio.gather(*(person.says("can I be locked up", message_id="7") for person in people))
    await asyncio.gather(*(process.finish(5) for process in processes))
    assert replies[0] == replies[1]
    assert len(channel.delivered) == 1
    assert await values(any_database, "SELECT count(*) FROM questions") == [1]


async def test_what_a_killed_process_left_is_delivered_by_another(
    any_database: SqlDatabase, second_process: SqlDatabase, clock: FakeClock
) -> None:
    dead = FakeChannel()
    dead.failing = [TryAgain(after_seconds=0)]
    first = make_assistant(any_database, dead)
    await Person(first, HERE).says("can I be locked up")
    await first.finish(5)
    assert dead.delivered == []

    clock.advance(timedelta(seconds=61))
    alive = FakeChannel()
    sweeping = asyncio.create_task(make_assistant(second_process, alive).sweep())
    async with asyncio.timeout(10):
        while not alive.delivered:
            await asyncio.sleep(0.01)
    sweeping.cancel()
    with suppress(asyncio.CancelledError):
        await sweeping
    assert [reply.title for _address, reply in alive.delivered] == ["Can I be locked up?"]


async def test_replies_arrive_in_order_even_if_the_first_is_slow(any_database: SqlDatabase) -> None:
    channel = SlowFirst()
    assistant = make_assistant(any_database, channel)
    person = Person(assistant, HERE)
    await person.says("can I be locked up")
    await person.says("he has my passport")
    channel.go_on.set()
    await assistant.finish(5)
    assert [reply.title for _address, reply in channel.delivered] == [
        "Can I be locked up?",
        "My employer keeps my passport",
    ]


async def test_an_unreachable_person_is_marked_and_not_written_to_again(
    any_database: SqlDatabase, clock: FakeClock
) -> None:
    channel = FakeChannel()
    channel.failing = [Unreachable()]
    assistant = make_assistant(any_database, channel)
    await Person(assistant, HERE).says("can I be locked up")
    await assistant.finish(5)
    clock.advance(timedelta(hours=1))
    async with any_database.begin() as work:
        assert await work.outbox.claim(["fake"], 10) == []
    assert await values(any_database, "SELECT count(unreachable_since) FROM people") == [1]


class SlowFirst(FakeChannel):
    """Delivers the first reply only when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()

    async def deliver(self, address: Address, reply: Reply) -> None:
        if not self.delivered:
            await self.go_on.wait()
        await super().deliver(address, reply)


async def values(database: SqlDatabase, statement: str) -> list[object]:
    async with database._engine.connect() as connection:
        return list(await connection.scalars(text(statement)))
