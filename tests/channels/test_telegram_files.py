"""Files on their way from Telegram and to it: over the fake Bot API, and over the emulator's real sockets."""

from collections.abc import AsyncIterator, Iterable

import pytest
from structlog.testing import capture_logs
from telegram import Bot, Update
from telegram.request import HTTPXRequest

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_updates import NOT_FETCHED
from bot.core import Address, Choice, Document, FileRefused, Kind, Reply, SentFile
from tests.channels.conftest import MENU
from tests.e2e.bot_api import BotApi, Sent, bot_api
from tests.fakes.assistant import FakeAssistant
from tests.fakes.telegram_api import BAD_GATEWAY, CUT_OFF, TIME_OUT, TOKEN, Failure, FakeBotApi, too_many_requests
from tests.fakes.telegram_updates import CHAT, sends
from tests.shipped import LANGUAGES

CONTENT = bytes(range(256)) * 100

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning")


async def sent_file(channel: TelegramChannel, taker: FakeAssistant, file_id: str) -> SentFile:
    """The file of a message as the assistant is handed it."""
    document = {"file_id": file_id, "file_unique_id": "AgAD", "mime_type": "application/pdf"}
    await channel.take(Update.de_json({"update_id": 8, **sends(document=document, caption="The letter")}, None))
    taken = taker.saved[-1]
    assert (taken.kind, taken.text) == (Kind.FILE, "The letter")
    assert taken.file is not None
    return taken.file


async def test_a_file_is_fetched_only_when_it_is_wanted(
    telegram: TelegramChannel, api: FakeBotApi, taker: FakeAssistant
) -> None:
    api.files["BQAC"] = CONTENT
    file = await sent_file(telegram, taker, "BQAC")
    assert api.called("getFile") == []
    assert await file.load() == CONTENT
    assert api.called("getFile") == [{"file_id": "BQAC"}]


@pytest.mark.parametrize("method", ["getFile", "download"])
@pytest.mark.parametrize(
    "failure",
    [BAD_GATEWAY, TIME_OUT, CUT_OFF, too_many_requests(7)],
    ids=["502", "time-out", "cut", "429"],
)
async def test_a_file_that_cannot_be_fetched_is_asked_for_again_and_then_taken(
    telegram: TelegramChannel, api: FakeBotApi, taker: FakeAssistant, method: str, failure: Failure
) -> None:
    api.files["BQAC"] = CONTENT
    file = await sent_file(telegram, taker, "BQAC")
    api.fail(method, [failure])
    with capture_logs() as logged, pytest.raises(FileRefused) as refused:
        await file.load()
    assert refused.value.text == NOT_FETCHED
    assert TOKEN.partition(":")[2] not in "".join(causes(refused.value))
    assert logged == []
    assert await file.load() == CONTENT


def causes(error: BaseException | None) -> Iterable[str]:
    """What a traceback would show of an error and of those behind it."""
    while error is not None:
        yield repr(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


@pytest.mark.parametrize("size_bytes", [None, 20 * 1024 * 1024 + 1], ids=["gone", "too large for Telegram"])
async def test_a_file_that_telegram_does_not_give_is_refused(
    telegram: TelegramChannel, api: FakeBotApi, taker: FakeAssistant, size_bytes: int | None
) -> None:
    if size_bytes is not None:
        api.files["BQAC"] = bytes(size_bytes)
    file = await sent_file(telegram, taker, "BQAC")
    with pytest.raises(FileRefused):
        await file.load()


async def test_a_file_without_an_address_is_refused(
    telegram: TelegramChannel, api: FakeBotApi, taker: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nowhere(_api: FakeBotApi, name: str, _parameters: object) -> dict[str, str]:
        assert name == "getFile"
        return {"file_id": "BQAC", "file_unique_id": "AgAD"}

    api.files["BQAC"] = CONTENT
    file = await sent_file(telegram, taker, "BQAC")
    monkeypatch.setattr(FakeBotApi, "_result", nowhere)
    with pytest.raises(FileRefused):
        await file.load()


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with bot_api() as opened:
        yield opened


@pytest.fixture
async def connected(server: BotApi, taker: FakeAssistant) -> AsyncIterator[TelegramChannel]:
    """A channel that talks to the emulator as the program does to Telegram."""
    async with Bot(
        TOKEN,
        base_url=f"{server.address}/bot",
        base_file_url=f"{server.address}/file/bot",
        request=HTTPXRequest(4),
        get_updates_request=HTTPXRequest(1),
    ) as bot:
        yield TelegramChannel(bot, taker, LANGUAGES, MENU)


async def test_a_file_arrives_over_the_wire(connected: TelegramChannel, server: BotApi, taker: FakeAssistant) -> None:
    file = await sent_file(connected, taker, server.holds(CONTENT))
    assert await file.load() == CONTENT
    assert server.refused == []


async def test_a_document_leaves_over_the_wire(connected: TelegramChannel, server: BotApi) -> None:
    document = Document("كل شيء.json", "application/json", '{"text": "أخذوا جواز سفري"}')
    reply = Reply("All that I keep.", document=document, choices=(Choice("/help", "Help"),))
    await connected.deliver(Address("telegram", str(CHAT)), reply)
    assert server.sent == [
        Sent(CHAT, "All that I keep.", {}),
        Sent(CHAT, "", {"Help": "/help"}, "كل شيء.json", document.content.encode()),
    ]
    assert server.refused == []
