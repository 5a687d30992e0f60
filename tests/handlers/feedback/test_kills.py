"""A process that dies at any step of giving feedback: nothing that was confirmed is lost, nothing is doubled."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import pytest

from bot.core import Address, Wanted
from db.repositories.received import SqlReceived
from db.unit_of_work import SqlDatabase, SqlUnitOfWork
from tests.conftest import make_assistant
from tests.fakes.chat import Person
from tests.giving import TEXT, receipt_in, shortest_way

ACTS = list(shortest_way())
Moment = Literal["before the commit", "after the commit"]


class Killed(BaseException):
    """The process is gone: nothing catches this."""


class Watched:
    """The messages that were taken; tells whether one was."""

    def __init__(self, received: SqlReceived) -> None:
        self._received = received
        self.is_turn = False

    async def add(self, address: Address, message_id: str) -> None:
        self.is_turn = True
        await self._received.add(address, message_id)


class MortalDatabase(SqlDatabase):
    """Dies in its next transaction that writes a turn: before it commits, or right after."""

    def __init__(self, database: SqlDatabase) -> None:
        super().__init__(database._engine, database._seal, database._clock)
        self.dies: Moment | None = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[SqlUnitOfWork]:
        async with super().begin() as work:
            watched = Watched(work.received)
            work.received = watched  # type: ignore[assignment]
            yield work
            if watched.is_turn and self.dies == "before the commit":
                raise Killed
        if watched.is_turn and self.dies == "after the commit":
            raise Killed


@pytest.mark.parametrize("moment", ["before the commit", "after the commit"])
async def test_a_kill_at_any_step_loses_and_doubles_nothing(any_database: SqlDatabase, moment: Moment) -> None:
    mortal = MortalDatabase(any_database)
    for step in range(len(ACTS)):
        person = Person(make_assistant(mortal), Address("fake", f"killed at {step}"))
        await give_with_a_kill(mortal, person, step, moment)
        receipt = receipt_in(person)
        async with any_database.begin() as work:
            submissions = await work.submissions.find(Wanted())
            assert len(submissions) == step + 1
            assert [each.reference for each in await work.submissions.of_receipt(receipt)] == [submissions[0].reference]
            original = await work.submissions.original(submissions[0].reference, "A test", "to compare")
        assert original.record.text == TEXT


async def give_with_a_kill(mortal: MortalDatabase, person: Person, step: int, moment: Moment) -> None:
    for number, act in enumerate(ACTS):
        message_id = f"update {number}"
        if number == step:
            mortal.dies = moment
            with pytest.raises(Killed):
                await act.by(person, message_id)
            # Another process takes the message that was never confirmed once more.
            mortal.dies = None
            person.assistant = make_assistant(mortal)
        await act.by(person, message_id)


async def test_the_confirmation_is_said_only_when_the_record_is_there(any_database: SqlDatabase) -> None:
    mortal = MortalDatabase(any_database)
    person = Person(make_assistant(mortal), Address("fake", "4711"))
    for act in ACTS[:-1]:
        await act.by(person)
    before = person.replies
    mortal.dies = "before the commit"
    with pytest.raises(Killed):
        await ACTS[-1].by(person)
    assert person.replies is before
    async with any_database.begin() as work:
        assert list(await work.submissions.find(Wanted())) == []
