"""The started program and a Bot API, over real sockets."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.channels.telegram import SECRET_HEADER, WEBHOOK_PATH
from tests.e2e.bot_api import SHOWN, BotApi, bot_api
from tests.e2e.program import free_port, running
from tests.fakes.telegram_api import TOKEN
from tests.fakes.telegram_updates import CHAT, says, taps
from tests.shipped import LANGUAGES, LIBRARY
from tests.waiting import until

SECONDS = 30
CODES = [language.code for language in LANGUAGES.all()]
QUESTION = "my employer keeps my passport"

# https://core.telegram.org/bots/api#setmyname and the methods after it
LONGEST = {"Name": 64, "Description": 512, "ShortDescription": 120}
LONGEST_COMMAND = 256
COMMANDS = {
    "about",
    "browse",
    "delete",
    "feedback",
    "help",
    "language",
    "mine",
    "mydata",
    "privacy",
    "receipt",
}


def title(slug: str, language: str = "en") -> str:
    return LIBRARY.texts[language, slug].title


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with bot_api() as opened:
        yield opened


@pytest.fixture
def polling(api: BotApi, tmp_path: Path) -> dict[str, str]:
    """Settings for long polling."""
    return {"BOT_DATA_DIR": str(tmp_path), "BOT_TELEGRAM_TOKEN": TOKEN, "BOT_TELEGRAM_API_URL": api.address}


@pytest.fixture
def webhook(polling: dict[str, str]) -> dict[str, str]:
    """Settings for a webhook."""
    port = str(free_port())
    return {**polling, "BOT_PORT": port, "BOT_PUBLIC_URL": f"http://127.0.0.1:{port}"}


async def answers(api: BotApi, number: int) -> list[str]:
    """The first lines of what was sent, as soon as it is so many messages."""
    await until(lambda: len(api.sent) >= number, SECONDS)
    return [sent.text.partition("\n")[0] for sent in api.sent]


async def test_a_conversation_over_long_polling(api: BotApi, polling: dict[str, str]) -> None:
    async with running(polling):
        await api.brings(says("/start"))
        await answers(api, 1)
        assert "Global Compact for Migration" in api.sent[0].text
        assert api.sent[0].chat == CHAT

        await api.brings(says(QUESTION))
        assert (await answers(api, 2))[1] == title("kept-passport")

        related = LIBRARY.entries["kept-passport"].related[0]
        await api.brings(taps(api.sent[1].buttons[title(related)]))
        assert (await answers(api, 3))[2] == title(related)

        await api.brings(taps(api.sent[0].buttons["Français"]))
        await api.brings(taps("/open kept-passport"))
        assert (await answers(api, 5))[4] == title("kept-passport", "fr")
    assert api.refused == []


async def test_the_menu_is_shown_in_every_language_and_fits(api: BotApi, polling: dict[str, str]) -> None:
    async with running(polling):
        await until(lambda: all(set(api.shown[what]) == {"", *CODES} for what in SHOWN), SECONDS)
    for what, longest in LONGEST.items():
        too_long = {code: text for code, text in api.shown[what].items() if len(text) not in range(1, longest + 1)}
        assert too_long == {}
    for code, commands in api.shown["Commands"].items():
        assert {command["command"] for command in commands} == COMMANDS, code
        assert all(len(command["description"]) in range(1, LONGEST_COMMAND + 1) for command in commands), code
    assert api.refused == []


async def test_a_question_over_a_webhook(api: BotApi, webhook: dict[str, str]) -> None:
    async with running(webhook):
        await api.brings(says(QUESTION))
        assert await answers(api, 1) == [title("kept-passport")]
    assert api.refused == []
    assert "getUpdates" not in {request["method"] for request in api.requests}


async def test_nobody_but_telegram_can_use_the_webhook(api: BotApi, webhook: dict[str, str]) -> None:
    forged = {"update_id": 99, **says("who are you")}
    async with running(webhook) as program, aiohttp.ClientSession() as session:
        for headers in ({}, {SECRET_HEADER: "wrong"}):
            async with session.post(program.address + WEBHOOK_PATH, json=forged, headers=headers) as response:
                assert response.status == 403
        await api.brings(says(QUESTION))
        assert await answers(api, 1) == [title("kept-passport")]


async def test_a_message_under_way_when_the_process_is_killed_is_answered_once_after_a_restart(
    api: BotApi, polling: dict[str, str]
) -> None:
    async with running(polling) as program:
        api.hold("answerCallbackQuery")  # what the program does before it begins with a tap
        await api.brings(taps("/open kept-passport"))
        await until(lambda: api.held, SECONDS)
        await program.kill()
    assert api.sent == []
    api.release()
    async with running(polling):
        await answers(api, 1)
        await api.brings(taps("/open detention"))
        assert await answers(api, 2) == [title("kept-passport"), title("detention")]


async def test_an_answer_not_yet_confirmed_when_the_process_is_killed_is_not_given_again(
    api: BotApi, polling: dict[str, str]
) -> None:
    async with running(polling) as program:
        await until(lambda: "getUpdates" in api.begun, SECONDS)
        api.hold("getUpdates")  # the next one, which would confirm
        await api.brings(says(QUESTION))
        await answers(api, 1)
        await until(lambda: api.held, SECONDS)
        await program.kill()
    api.release()
    async with running(polling):
        await api.brings(taps("/open detention"))
        assert await answers(api, 2) == [title("kept-passport"), title("detention")]


async def test_a_webhook_call_cut_off_by_a_kill_is_answered_once_after_a_restart(
    api: BotApi, webhook: dict[str, str]
) -> None:
    async with running(webhook) as program:
        api.hold("answerCallbackQuery")
        calling = asyncio.create_task(api.brings(taps("/open kept-passport")))
        await until(lambda: api.held, SECONDS)
        await program.kill()
        await calling
    assert api.sent == []
    api.release()
    async with running(webhook):
        await api.deliver_updates(token=TOKEN)
        await answers(api, 1)
        await api.brings(taps("/open detention"))
        assert await answers(api, 2) == [title("kept-passport"), title("detention")]


async def test_a_message_sent_while_the_program_is_down_is_answered(api: BotApi, polling: dict[str, str]) -> None:
    async with running(polling) as program:
        assert await program.stop() == 0
    await api.brings(says(QUESTION))
    async with running(polling):
        assert await answers(api, 1) == [title("kept-passport")]


async def test_the_log_knows_neither_token_nor_person_nor_words(api: BotApi, polling: dict[str, str]) -> None:
    async with running({**polling, "BOT_LOG_LEVEL": "debug"}) as program:
        await api.brings(says(QUESTION))
        await answers(api, 1)
        assert await program.stop() == 0
        for secret in (TOKEN, TOKEN.partition(":")[2], str(CHAT), QUESTION, "Amina"):
            assert secret not in program.log
        assert "stopping" in program.log
