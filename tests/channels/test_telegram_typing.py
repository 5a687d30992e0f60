"""What a person sees while the answer takes long."""

import asyncio
from itertools import repeat

import pytest
from telegram import Update

from bot.channels import telegram as channels
from bot.channels.telegram import TelegramChannel
from tests.fakes.assistant import FakeAssistant
from tests.fakes.telegram_api import BLOCKED, FakeBotApi
from tests.fakes.telegram_updates import CHAT, says
from tests.waiting import until

QUESTION = Update.de_json({"update_id": 8, **says("Can I work?")}, None)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "TYPING_AFTER_SECONDS", 0)
    monkeypatch.setattr(channels, "TYPING_LASTS_SECONDS", 0.01)


@pytest.mark.usefixtures("impatient")
async def test_typing_is_shown_again_and_again_until_the_turn_is_saved(
    telegram: TelegramChannel, api: FakeBotApi, taker: FakeAssistant
) -> None:
    taker.hold()
    taking = asyncio.create_task(telegram.take(QUESTION))
    await until(lambda: len(api.called("sendChatAction")) > 2)
    assert api.called("sendChatAction")[0] == {"chat_id": CHAT, "action": "typing"}
    taker.go_on()
    await taking
    assert await nothing_else_runs()


@pytest.mark.usefixtures("impatient")
async def test_typing_ends_when_the_turn_fails(
    telegram: TelegramChannel, api: FakeBotApi, taker: FakeAssistant
) -> None:
    taker.hold()
    taker.failing = [ConnectionError("the database is away")]
    taking = asyncio.create_task(telegram.take(QUESTION))
    await until(lambda: api.called("sendChatAction"))
    taker.go_on()
    with pytest.raises(ConnectionError):
        await taking
    assert await nothing_else_runs()


@pytest.mark.usefixtures("impatient")
async def test_an_answer_comes_even_if_typing_cannot_be_shown(
    telegram: TelegramChannel, api: FakeBotApi, taker: FakeAssistant
) -> None:
    api.fail("sendChatAction", repeat(BLOCKED))
    taker.hold()
    taking = asyncio.create_task(telegram.take(QUESTION))
    await until(lambda: len(api.called("sendChatAction")) > 1)
    taker.go_on()
    await taking
    assert len(taker.saved) == 1


async def test_typing_is_not_shown_for_a_moment(
    telegram: TelegramChannel, api: FakeBotApi, taker: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channels, "TYPING_AFTER_SECONDS", 3600)
    taker.hold()
    taking = asyncio.create_task(telegram.take(QUESTION))
    await until(lambda: taker.begun)
    taker.go_on()
    await taking
    assert api.called("sendChatAction") == []
    assert await nothing_else_runs()


async def nothing_else_runs() -> bool:
    """Whether this test is the only task left, once those that were cancelled have noticed."""
    await asyncio.sleep(0)
    return asyncio.all_tasks() == {asyncio.current_task()}
