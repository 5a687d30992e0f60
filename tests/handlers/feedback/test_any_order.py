"""Taps, words, repeats and restarts in any order: nothing breaks, and what was sent is what was shown."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core import Address, Kind, Reply, Submission, Wanted
from bot.privacy.keys import Keys
from db.unit_of_work import SqlDatabase
from tests.conftest import SECRET, make_assistant, migrated
from tests.fakes.chat import Person, sent_file
from tests.fakes.clock import FakeClock
from tests.fakes.hostile import ANY_TEXT
from tests.giving import TEXT

WORDS = st.sampled_from(
    [TEXT, "13", "6, 13", "migrant", "Italy", "congo", "🇮🇹", "12", "[urgent] help", "locked up?", "go on", "0" * 16]
)
COMMANDS = st.sampled_from(
    [
        "/feedback",
        "/feedback detention",
        "/f go",
        "/f back",
        "/f send",
        "/f code",
        "/f stop",
        "/mine",
        "/start",
        "/f",
        "/f x y",
    ]
)
ACTS = st.one_of(
    st.tuples(st.just("taps"), st.integers(0, 30)),
    st.tuples(st.just("taps"), st.integers(0, 3)),
    st.tuples(st.just("says"), WORDS | COMMANDS | ANY_TEXT),
    st.tuples(st.just("sends"), st.just("")),
    st.tuples(st.just("repeats"), st.just("")),
    st.tuples(st.just("restarts"), st.just("")),
)


class Anybody:
    """Does what it is told, and checks after each act what must always be true."""

    def __init__(self, database: SqlDatabase) -> None:
        self.database = database
        self.person = Person(make_assistant(database), Address("web", "anybody"))
        self.receipts = 0
        self._last: Callable[[], Awaitable[object]] | None = None
        self._number = 0

    async def does(self, act: str, what: "int | str") -> None:
        if act == "restarts":
            self.person.assistant = make_assistant(self.database)
            return
        if act == "repeats":
            if self._last is not None:
                before = self.person.replies
                await self._last()
                assert [_read(reply) for reply in self.person.replies] == [_read(reply) for reply in before]
            return
        self._number += 1
        self._last = self._prepared(act, what, f"message {self._number}")
        await self._last()
        self.receipts += any(reply.title == "Sent" for reply in self.person.replies)
        assert all("went wrong" not in reply.text for reply in self.person.replies)
        assert all(reply.text for reply in self.person.replies)
        assert all(len(choice.value.encode()) <= 64 for reply in self.person.replies for choice in reply.choices)

    def _prepared(self, act: str, what: "int | str", message_id: str) -> Callable[[], Awaitable[object]]:
        person = self.person
        choices = [choice for reply in person.replies for choice in reply.choices]
        if act == "taps" and choices and isinstance(what, int):
            return lambda: person.presses(choices[what % len(choices)].value, message_id)
        if act == "sends":
            return lambda: person._send(Kind.PHOTO, message_id, file=sent_file(b"picture", "image/png"))
        # Telegram sends no empty message, and databases take no half surrogates, which channels replace.
        words = str(what).replace("\0", "").encode(errors="replace").decode().strip() or "x"
        return lambda: person.says(words, message_id)

    async def sent(self) -> list[Submission]:
        async with self.database.begin() as work:
            return [*await work.submissions.find(Wanted()), *await work.submissions.find(Wanted(sensitive=True))]


def _read(reply: Reply) -> tuple[object, ...]:
    """What a person sees of a reply."""
    return reply.title, reply.text, reply.note, reply.choices


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ACTS, max_size=40))
def test_any_order_of_acts_keeps_what_must_be_true(acts: list[tuple[str, "int | str"]]) -> None:
    async def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'test.db'}"
            async with migrated(url, Keys(SECRET), FakeClock()) as database:
                anybody = Anybody(database)
                await anybody.does("says", "/feedback")
                for act, what in acts:
                    await anybody.does(act, what)
                submissions = await anybody.sent()
                # Each confirmation stands for one sending, and there is no sending without one.
                assert len({each.receipt_ending for each in submissions}) <= anybody.receipts <= len(submissions)
                assert all(each.record.text for each in submissions if each.open)

    asyncio.run(run())
