"""A Telegram channel between a fake Bot API and a fake assistant."""

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram import Menu, TelegramChannel
from bot.core import Router
from handlers import TOPICS
from tests.fakes.assistant import FakeAssistant
from tests.fakes.telegram_api import FakeBotApi
from tests.shipped import LANGUAGES

MENU = Menu(Router(TOPICS).menu, "All topics", "What would you like to read about?", "About this bot")
"""The real commands, and texts that every catalogue has."""


@pytest.fixture
def api() -> FakeBotApi:
    return FakeBotApi()


@pytest.fixture
def taker() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
async def telegram(api: FakeBotApi, taker: FakeAssistant) -> AsyncIterator[TelegramChannel]:
    async with api.bot() as bot:
        yield TelegramChannel(bot, taker, LANGUAGES, MENU)
