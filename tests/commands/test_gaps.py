"""`gaps`: what people asked in vain, for editors."""

import asyncio

import pytest

from bot.core import Address, AnswerCommented, Conversation, FindingKind, QuestionAsked
from bot.privacy.keys import Keys
from tests.commands.command_line import CommandLine
from tests.conftest import SECRET, migrated
from tests.fakes.clock import FakeClock

PENSION = ("who pays my pension when I go back", "can I get my pension in my country", "retirement money after return")
WEATHER = "will it rain on Sunday"


def ask_in_vain(compact_bot: CommandLine) -> None:
    async def write() -> None:
        (compact_bot.folder / "var").mkdir()
        url = f"sqlite:///{compact_bot.folder / 'var' / 'compact-bot.db'}"
        async with migrated(url, Keys(SECRET), FakeClock()) as database, database.begin() as work:
            person = await work.conversations.save(Address("web", "1"), Conversation(language="en", version=1))
            asked = [QuestionAsked("en", FindingKind.OUTSIDE, "", 0.1, words) for words in (*PENSION, WEATHER)]
            await work.events.write(person, [*asked, AnswerCommented("detention", "en", "how long is the longest")])

    asyncio.run(write())


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_where_nothing_was_asked_in_vain_it_says_so(compact_bot: CommandLine, option: list[str]) -> None:
    ended = compact_bot("gaps", *option)
    assert ended.status == 0
    assert ended.out == ("" if option else "Nothing was asked in vain so far. Such words are kept for 90 days.\n")


def test_near_questions_come_together_and_the_most_first(compact_bot: CommandLine) -> None:
    ask_in_vain(compact_bot)
    groups = compact_bot("gaps", "--json").json_lines
    assert [group["count"] for group in groups] == [3, 1, 1]
    assert {sample["words"] for sample in groups[0]["samples"]} == set(PENSION)
    assert [group["articles"] for group in groups if group["articles"]] == [["detention"]]


def test_they_can_be_read(compact_bot: CommandLine) -> None:
    ask_in_vain(compact_bot)
    ended = compact_bot("gaps")
    assert ended.lines[0] == "3 × en, 2026-11-23 to 2026-11-23"
    assert f"    en: {WEATHER}" in ended.lines
    assert "1 × en, 2026-11-23 to 2026-11-23; detention not useful ×1" in ended.lines


def test_without_an_index_it_says_what_to_do(small: CommandLine) -> None:
    ask_in_vain(small)
    assert "articles index" in small("gaps").complains()
