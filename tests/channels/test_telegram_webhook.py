"""The webhook: who may call it, and that 200 means saved."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.telegram import SECRET_HEADER, WEBHOOK_PATH, TelegramChannel
from bot.core import OperatorError
from bot.web.errors import errors
from tests.fakes.assistant import FakeAssistant
from tests.fakes.telegram_api import BAD_GATEWAY, FakeBotApi
from tests.fakes.telegram_updates import Json, message, says
from tests.waiting import until

SECRET = "a7" * 32
PUBLIC = "https://bot.example.org"


class Caller:
    """Telegram, calling the webhook."""

    def __init__(self, client: "TestClient[web.Request, web.Application]") -> None:
        self._client = client

    async def posts(self, update: Json, secret: str = SECRET) -> ClientResponse:
        return await self.posts_bytes(json.dumps({"update_id": 8, **update}).encode(), secret)

    async def posts_bytes(self, body: bytes, secret: str = SECRET) -> ClientResponse:
        return await self._client.post(WEBHOOK_PATH, data=body, headers={SECRET_HEADER: secret})

    async def posts_by_hand(self, update: Json, secret: bytes) -> int:
        """With a header that no HTTP library would send; returns the status."""
        body = json.dumps({"update_id": 8, **update}).encode()
        head = f"POST {WEBHOOK_PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", self._client.port)
        writer.write(head.encode() + SECRET_HEADER.encode() + b": " + secret + b"\r\n\r\n" + body)
        status = int((await reader.readline()).split()[1])
        writer.close()
        await writer.wait_closed()
        return status

    async def posts_without_secret(self, update: Json) -> ClientResponse:
        return await self._client.post(WEBHOOK_PATH, json={"update_id": 8, **update})


@pytest.fixture
async def caller(telegram: TelegramChannel) -> AsyncIterator[Caller]:
    app = web.Application(middlewares=[errors])
    app.add_routes([telegram.webhook(SECRET)])
    async with TestClient(TestServer(app)) as client:
        yield Caller(client)


async def test_200_means_saved(caller: Caller, taker: FakeAssistant) -> None:
    taker.hold()
    posting = asyncio.create_task(caller.posts(says("Can I work?")))
    await until(lambda: taker.begun)
    assert not posting.done()
    taker.go_on()
    assert (await posting).status == 200
    assert [incoming.text for incoming in taker.saved] == ["Can I work?"]


async def test_what_was_not_saved_is_asked_for_again(caller: Caller, taker: FakeAssistant) -> None:
    taker.failing = [ConnectionError("the database is away")]
    answer = await caller.posts(says("Can I work?"))
    assert answer.status == 500
    assert "database" not in await answer.text()
    assert (await caller.posts(says("Can I work?"))).status == 200
    assert len(taker.saved) == 1


async def test_nobody_without_the_secret_is_heard(caller: Caller, taker: FakeAssistant) -> None:
    assert (await caller.posts_without_secret(says("Can I work?"))).status == 403
    assert taker.begun == []


@pytest.mark.parametrize(
    "secret",
    ["", SECRET[:-1], SECRET + "7", SECRET.upper(), "sécret"],
    ids=["empty", "shorter", "longer", "other case", "not ASCII"],
)
async def test_nobody_with_a_wrong_secret_is_heard(caller: Caller, taker: FakeAssistant, secret: str) -> None:
    assert (await caller.posts(says("Can I work?"), secret=secret)).status == 403
    assert taker.begun == []


async def test_a_secret_that_is_not_even_text_is_wrong(caller: Caller, taker: FakeAssistant) -> None:
    assert await caller.posts_by_hand(says("Can I work?"), secret=b"\xff\xfe") == 403
    assert taker.begun == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"{}",
        b"\xff\xfe",
        b"<html>",
        b"[" * 100_000,
        b'{"update_id": 8, "message": 5}',
        b'{"update_id": 8, "message": {}}',
        json.dumps({"update_id": 8, "message": message(text="?", date=10**20)}).encode(),
        json.dumps({"update_id": 8, "callback_query": {"id": "3"}}).encode(),
    ],
    ids=lambda body: body[:40].decode(errors="replace") or "nothing",
)
async def test_what_cannot_be_read_is_passed_over_and_not_sent_again(
    caller: Caller, taker: FakeAssistant, body: bytes
) -> None:
    assert (await caller.posts_bytes(body)).status == 200
    assert taker.begun == []


async def test_what_is_ignored_is_not_sent_again(caller: Caller, taker: FakeAssistant) -> None:
    assert (await caller.posts({"message": message(new_chat_title="Neighbours")})).status == 200
    assert taker.begun == []


async def test_telegram_is_told_the_address_the_secret_and_what_to_send(
    telegram: TelegramChannel, api: FakeBotApi
) -> None:
    await telegram.set_webhook(PUBLIC + "/", SECRET)
    assert api.called("setWebhook") == [
        {
            "url": f"{PUBLIC}/telegram",
            "secret_token": SECRET,
            "allowed_updates": ["message", "edited_message", "callback_query"],
        }
    ]


async def test_a_webhook_that_telegram_refuses_is_the_operators_to_put_right(
    telegram: TelegramChannel, api: FakeBotApi
) -> None:
    api.fail("setWebhook", [BAD_GATEWAY])
    with pytest.raises(OperatorError, match=f"did not take the webhook {PUBLIC}/telegram"):
        await telegram.set_webhook(PUBLIC, SECRET)
