"""Long polling: nothing is confirmed to Telegram before it is saved."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import repeat

import pytest
from structlog.testing import capture_logs

from bot.channels import telegram as channels
from bot.channels.telegram import TelegramChannel
from tests.fakes.assistant import FakeAssistant
from tests.fakes.telegram_api import BAD_GATEWAY, CUT_OFF, OTHER_POLLS, TIME_OUT, Failure, FakeBotApi, too_many_requests
from tests.fakes.telegram_updates import CHAT, Json, message, says, taps
from tests.waiting import until

OTHER_CHAT = CHAT + 1

Polling = Callable[[], AbstractAsyncContextManager[None]]

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning")


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it would have waited, each time; it does not."""
    asked_for: list[float] = []
    sleep = asyncio.sleep

    async def sleep_a_moment(seconds: float) -> None:
        asked_for.append(seconds)
        await sleep(min(seconds, 0.01))

    monkeypatch.setattr(asyncio, "sleep", sleep_a_moment)
    return asked_for


@pytest.fixture
def polling(telegram: TelegramChannel, waits: list[float]) -> Polling:
    """The channel at work."""

    @asynccontextmanager
    async def at_work() -> AsyncIterator[None]:
        task = asyncio.create_task(telegram.poll())
        yield
        assert not task.done(), "polling never ends by itself"
        task.cancel()

    return at_work


def offsets(api: FakeBotApi) -> list[int]:
    return [call["offset"] for call in api.called("getUpdates")]


def texts(taker: FakeAssistant) -> list[str]:
    return [incoming.text for incoming in taker.saved]


async def test_an_update_is_confirmed_after_it_is_saved(
    polling: Polling, api: FakeBotApi, taker: FakeAssistant
) -> None:
    taker.hold()
    api.queue(says("one"), says("two"))
    async with polling():
        await until(lambda: taker.begun)
        assert offsets(api) == [0]
        taker.go_on()
        await until(lambda: len(offsets(api)) == 2)
    assert offsets(api) == [0, 3]
    assert texts(taker) == ["one", "two"]


async def test_an_update_that_was_not_saved_comes_again(
    polling: Polling, api: FakeBotApi, taker: FakeAssistant
) -> None:
    taker.failing = [ConnectionError("the database is away")]
    api.queue(says("one"))
    async with polling():
        await until(lambda: 2 in offsets(api))
    assert offsets(api) == [0, 1, 2]
    assert texts(taker) == ["one"]


async def test_what_follows_an_update_that_was_not_saved_waits_for_it(
    polling: Polling, api: FakeBotApi, taker: FakeAssistant
) -> None:
    taker.failing = [ConnectionError("the database is away")]
    api.queue(says("one"), says("two"), says("three"))
    async with polling():
        await until(lambda: 4 in offsets(api))
    assert texts(taker) == ["one", "two", "three"]


async def test_one_persons_trouble_neither_stops_others_nor_loses_what_came_before(
    polling: Polling, api: FakeBotApi, taker: FakeAssistant
) -> None:
    taker.failing = [ConnectionError("the database is away")]
    api.queue(says("mine"), says("theirs", OTHER_CHAT))
    async with polling():
        await until(lambda: 3 in offsets(api))
    assert offsets(api) == [0, 1, 3]
    # What comes again was saved before; the assistant knows that by its number.
    assert texts(taker) == ["theirs", "mine", "theirs"]
    assert taker.saved[0].id == taker.saved[2].id


async def test_a_chat_is_taken_in_order_and_beside_the_others(
    polling: Polling, api: FakeBotApi, taker: FakeAssistant
) -> None:
    taker.hold()
    api.queue(says("first"), says("beside", OTHER_CHAT), says("second"))
    async with polling():
        await until(lambda: len(taker.begun) >= 2)
        assert [incoming.text for incoming in taker.begun] == ["first", "beside"]
        taker.go_on()
        await until(lambda: len(taker.saved) == 3)
    mine = [incoming.text for incoming in taker.saved if incoming.address.chat == str(CHAT)]
    assert mine == ["first", "second"]


@pytest.mark.parametrize(
    ("failure", "seconds"),
    [
        (BAD_GATEWAY, channels.RETRY_SECONDS),
        (TIME_OUT, channels.RETRY_SECONDS),
        (CUT_OFF, channels.RETRY_SECONDS),
        (OTHER_POLLS, channels.RETRY_SECONDS),
        (too_many_requests(600), 600),
    ],
    ids=["5xx", "time-out", "cut", "409", "429"],
)
async def test_polling_goes_on_after_a_failure(
    polling: Polling, api: FakeBotApi, taker: FakeAssistant, waits: list[float], failure: Failure, seconds: float
) -> None:
    api.fail("getUpdates", [failure, failure])
    api.queue(says("still there?"))
    async with polling():
        await until(lambda: taker.saved)
    assert offsets(api)[:3] == [0, 0, 0]
    assert waits.count(seconds) == 2


async def test_the_operator_is_told_that_somebody_else_polls(polling: Polling, api: FakeBotApi) -> None:
    api.fail("getUpdates", [OTHER_POLLS])
    with capture_logs() as logged:
        async with polling():
            await until(lambda: len(offsets(api)) > 1)
    assert [entry["event"] for entry in logged] == ["telegram_conflict"]


async def test_updates_that_cannot_be_read_do_not_end_polling(
    polling: Polling, api: FakeBotApi, taker: FakeAssistant
) -> None:
    api.queue({"message": {"message_id": "what is this"}})
    async with polling():
        await until(lambda: len(offsets(api)) > 2)


async def test_a_tapped_button_stops_spinning_even_if_it_is_old(
    polling: Polling, api: FakeBotApi, taker: FakeAssistant
) -> None:
    tap = taps("/browse")
    api.fail("answerCallbackQuery", [TIME_OUT])
    api.queue(tap, tap)
    async with polling():
        await until(lambda: len(taker.saved) == 2)
    assert [call["callback_query_id"] for call in api.called("answerCallbackQuery")] == [
        tap["callback_query"]["id"]
    ] * 2


async def test_what_is_ignored_is_confirmed_all_the_same(
    polling: Polling, api: FakeBotApi, taker: FakeAssistant
) -> None:
    ignored: list[Json] = [{"channel_post": message(text="news")}, {"something_new": {}}]
    api.queue(*ignored)
    async with polling():
        await until(lambda: 3 in offsets(api))
    assert taker.begun == []


async def test_only_the_kinds_of_update_that_are_used_are_asked_for_and_no_webhook_is_in_the_way(
    polling: Polling, api: FakeBotApi
) -> None:
    api.fail("deleteWebhook", repeat(BAD_GATEWAY))
    async with polling():
        await until(lambda: offsets(api))
    assert api.called("getUpdates")[0]["allowed_updates"] == ["message", "edited_message", "callback_query"]
    assert [call.method for call in api.calls] == ["getMe", "deleteWebhook", "getUpdates"]
