"""A conversation over Telegram with the real assistant, handlers and database."""

import itertools
from collections.abc import AsyncIterator

import pytest
from telegram import Update

from bot.assistant import TurnAssistant
from bot.channels.telegram import TelegramChannel
from db.unit_of_work import SqlDatabase
from tests.channels.conftest import MENU
from tests.conftest import make_assistant
from tests.fakes.telegram_api import BLOCKED, CANNOT_PARSE, FakeBotApi
from tests.fakes.telegram_updates import GROUP, Json, edits, says, sends, taps
from tests.shipped import LANGUAGES


class Telegram:
    """Everything between a person's phone and the database, but for the wires."""

    def __init__(self, channel: TelegramChannel, assistant: TurnAssistant, api: FakeBotApi) -> None:
        self._channel = channel
        self._assistant = assistant
        self._api = api
        self._numbers = itertools.count(1)

    async def brings(self, update: Json, number: int = 0) -> list[str]:
        """Bring in an update; returns what was sent for it."""
        before = len(self._api.called("sendMessage"))
        await self._channel.take(Update.de_json({"update_id": number or next(self._numbers), **update}, None))
        await self._assistant.finish(10)
        return self._api.texts[before:]


@pytest.fixture
async def phone(api: FakeBotApi, database: SqlDatabase) -> AsyncIterator[Telegram]:
    assistant = make_assistant(database)
    async with api.bot() as bot:
        channel = TelegramChannel(bot, assistant, LANGUAGES, MENU)
        assistant.add_channel(channel)
        yield Telegram(channel, assistant, api)


async def test_a_question_is_answered_and_its_buttons_work(phone: Telegram, api: FakeBotApi) -> None:
    (answer,) = await phone.brings(says("can I be locked up"))
    assert answer.startswith("Can I be locked up?\n\nAbout detention in en.\n\n🔗 A/RES/73/195, para. 29")
    rows = api.called("sendMessage")[0]["reply_markup"]["inline_keyboard"]
    (related,) = [button["callback_data"] for row in rows for button in row if "passport" in button["text"]]
    (answer,) = await phone.brings(taps(related))
    assert answer.startswith("My employer keeps my passport")


async def test_the_phones_language_is_spoken(phone: Telegram) -> None:
    (answer,) = await phone.brings(taps("/open detention", language="fr-CA"))
    assert answer.startswith("Peut-on m’enfermer ?")


async def test_a_question_put_right_is_answered_again(phone: Telegram) -> None:
    await phone.brings(says("who won the football"))
    (answer,) = await phone.brings(edits(text="can I be locked up"))
    assert answer.startswith("Can I be locked up?")


async def test_an_update_that_comes_twice_is_answered_once(phone: Telegram) -> None:
    assert len(await phone.brings(says("can I be locked up"), number=8)) == 1
    assert await phone.brings(says("can I be locked up"), number=8) == []


async def test_a_picture_gets_a_kind_word(phone: Telegram) -> None:
    photo = [{"file_id": "AgAD", "file_unique_id": "AQAD", "width": 90, "height": 67}]
    (answer,) = await phone.brings(sends(photo=photo))
    assert answer.startswith("I cannot look at pictures")


async def test_a_question_under_a_picture_is_answered(phone: Telegram) -> None:
    photo = [{"file_id": "AgAD", "file_unique_id": "AQAD", "width": 90, "height": 67}]
    (answer,) = await phone.brings(sends(photo=photo, caption="can I be locked up"))
    assert answer.startswith("Can I be locked up?")


async def test_a_group_is_asked_to_write_in_private(phone: Telegram, api: FakeBotApi) -> None:
    (answer,) = await phone.brings(says("@compact_bot can I be locked up", GROUP))
    assert "private chat" in answer
    assert api.called("sendMessage")[0]["chat_id"] == GROUP


async def test_whoever_blocked_the_bot_is_answered_after_coming_back(phone: Telegram, api: FakeBotApi) -> None:
    api.fail("sendMessage", [BLOCKED])
    await phone.brings(says("can I be locked up"))
    (answer,) = await phone.brings(says("he has my passport"))
    assert answer.startswith("My employer keeps my passport")


async def test_a_reply_that_is_refused_does_not_block_the_next(phone: Telegram, api: FakeBotApi) -> None:
    api.fail("sendMessage", [CANNOT_PARSE])
    await phone.brings(says("can I be locked up"))
    (answer,) = await phone.brings(says("he has my passport"))
    assert answer.startswith("My employer keeps my passport")
