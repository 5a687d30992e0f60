"""Telegram's side of the wire: the real `telegram.Bot` builds every call, this answers it."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from tests.fakes.telegram_updates import Json

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"  # the one in Telegram's own documentation
USERNAME = "compact_bot"
LONGEST_TEXT = 4096
LONGEST_BUTTON_DATA = 64
LARGEST_FILE = 20 * 1024 * 1024
API = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is not OK. Proxies in between answer without a description, in HTML."""

    status: int
    description: str = ""
    parameters: Json = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        if not self.description:
            return f"<html><title>{self.status} {HTTPStatus(self.status).phrase}</title></html>".encode()
        said = {"ok": False, "error_code": self.status, "description": self.description}
        return json.dumps(said | ({"parameters": self.parameters} if self.parameters else {})).encode()


Failure = Refusal | TelegramError

BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")
CHAT_NOT_FOUND = Refusal(400, "Bad Request: chat not found")
NO_SUCH_FILE = Refusal(400, "Bad Request: invalid file_id")
FILE_TOO_LARGE = Refusal(400, "Bad Request: file is too big")
CANNOT_PARSE = Refusal(400, "Bad Request: can't parse entities: unexpected end tag")
WRONG_TOKEN = Refusal(401, "Unauthorized")
OTHER_POLLS = Refusal(409, "Conflict: terminated by other getUpdates request")
BAD_GATEWAY = Refusal(502)
UNAVAILABLE = Refusal(503, "Service Unavailable")
TIME_OUT = TimedOut()
CUT_OFF = NetworkError("httpx.RemoteProtocolError: Server disconnected without sending a response.")


def too_many_requests(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def group_became(chat: int) -> Refusal:
    """The group was upgraded to a supergroup of this number."""
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, description, {"migrate_to_chat_id": chat})


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it arrived. `parameters` are what the JSON says, `files` name and content of what was sent with it."""

    method: str
    parameters: Json
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


class FakeBotApi(BaseRequest):
    """Remembers calls, fails when told to, and keeps updates until an offset confirms them.

    As at Telegram, a text may have 4,096 UTF-16 units after its tags are read, and a button 64 bytes. `files` can be
    fetched by their ids; `fail("download", …)` is about their contents.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.shown: dict[tuple[str, str], Any] = {}
        self.files: dict[str, bytes] = {}
        self._failing: defaultdict[str, Iterator[Failure]] = defaultdict(lambda: iter(()))
        self._updates: list[Json] = []
        self._numbers = 0
        self._arrived = asyncio.Event()

    def bot(self) -> Bot:
        """A bot that talks to this; it must be initialized."""
        return Bot(TOKEN, request=self, get_updates_request=self)

    def fail(self, method: str, failures: Iterable[Failure]) -> None:
        """Answer the next calls of this method so; then as usual."""
        self._failing[method] = iter(failures)

    def queue(self, *updates: Json) -> list[int]:
        """Hand these out to getUpdates; returns their numbers."""
        numbers = []
        for update in updates:
            self._numbers += 1
            self._updates.append({"update_id": self._numbers, **update})
            numbers.append(self._numbers)
        self._arrived.set()
        return numbers

    def called(self, method: str) -> list[Json]:
        """What this method was called with, in order."""
        return [call.parameters for call in self.calls if call.method == method]

    @property
    def documents(self) -> list[tuple[str, bytes]]:
        """Name and content of the files that people have been sent."""
        return [call.files["document"] for call in self.calls if call.method == "sendDocument"]

    @property
    def texts(self) -> list[str]:
        """What people have been sent, as they read it."""
        return [plain(sent["text"]) for sent in self.called("sendMessage")]

    @property
    def read_timeout(self) -> float | None:
        return 5

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_timeouts: Any, **_more: Any
    ) -> tuple[int, bytes]:
        """See `telegram.request.BaseRequest`."""
        if method == "GET":
            return self._download(url)
        assert method == "POST"
        assert url.startswith(f"{API}/bot{TOKEN}/"), url
        name = url.rpartition("/")[2]
        parameters: Json = dict(request_data.parameters) if request_data else {}
        self.calls.append(Call(name, parameters, _files(request_data)))
        failure = next(self._failing[name], None) or _over_limit(name, parameters) or self._lacks(name, parameters)
        if isinstance(failure, TelegramError):
            raise failure
        if failure is not None:
            return failure.status, failure.body
        return 200, json.dumps({"ok": True, "result": await self._result(name, parameters)}).encode()

    def _download(self, url: str) -> tuple[int, bytes]:
        beginning = f"{API}/file/bot{TOKEN}/documents/"
        url = unquote(url)
        assert url.startswith(beginning), url
        failure = next(self._failing["download"], None)
        if isinstance(failure, TelegramError):
            raise failure
        return (failure.status, failure.body) if failure else (200, self.files[url.removeprefix(beginning)])

    def _lacks(self, name: str, parameters: Json) -> Refusal | None:
        if name != "getFile":
            return None
        content = self.files.get(parameters["file_id"])
        if content is None:
            return NO_SUCH_FILE
        return FILE_TOO_LARGE if len(content) > LARGEST_FILE else None

    async def _result(self, name: str, parameters: Json) -> Any:
        match name:
            case "getMe":
                return {"id": 7, "is_bot": True, "first_name": "Compact Bot", "username": USERNAME}
            case "getUpdates":
                return await self._get_updates(parameters.get("offset", 0))
            case "sendMessage" | "sendDocument":
                chat = {"id": parameters["chat_id"], "type": "private"}
                document = {"file_id": "BQAC", "file_unique_id": "AgAD"}
                content = {"text": parameters["text"]} if name == "sendMessage" else {"document": document}
                return {"message_id": len(self.calls), "date": 1795435200, "chat": chat, **content}
            case "getFile":
                file_id = parameters["file_id"]
                return {"file_id": file_id, "file_unique_id": "AgAD", "file_path": f"documents/{file_id}"}
            case "getMyName" | "getMyDescription" | "getMyShortDescription":
                what = name.removeprefix("getMy")
                return {_FIELDS[what]: self.shown.get((what, parameters.get("language_code", "")), "")}
            case "setMyName" | "setMyDescription" | "setMyShortDescription" | "setMyCommands":
                what = name.removeprefix("setMy")
                self.shown[what, parameters.get("language_code", "")] = parameters[_FIELDS[what]]
        return True

    async def _get_updates(self, offset: int) -> list[Json]:
        """Those from this number on; the ones before are confirmed and gone. Waits until there are any."""
        while True:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            if self._updates:
                return list(self._updates)
            self._arrived.clear()
            await self._arrived.wait()


_FIELDS = {
    "Name": "name",
    "Description": "description",
    "ShortDescription": "short_description",
    "Commands": "commands",
}


class _Reader(HTMLParser):
    """Reads the tags that the bot uses (https://core.telegram.org/bots/api#html-style)."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert (tag, [name for name, _value in attrs]) in (("b", []), ("i", []), ("a", ["href"])), tag
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def close(self) -> None:
        super().close()
        assert not self._open


def plain(html: str) -> str:
    """The text of a message after its tags are read; fails on tags that Telegram would refuse."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text


def _files(request_data: RequestData | None) -> dict[str, tuple[str, bytes]]:
    """What is sent with a call, under the names of the parameters that it belongs to."""
    if request_data is None:
        return {}
    sent = {}
    for name, (filename, content, _media_type) in request_data.multipart_data.items():
        assert isinstance(content, bytes)
        sent[name] = (filename, content)
    return sent


def _over_limit(name: str, parameters: Json) -> Refusal | None:
    if name not in ("sendMessage", "sendDocument"):
        return None
    text = plain(parameters["text"]) if name == "sendMessage" else ""
    if name == "sendMessage" and not text.strip():
        return Refusal(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        return Refusal(400, "Bad Request: message is too long")
    rows = parameters.get("reply_markup", {}).get("inline_keyboard", [])
    if any(
        len(button["callback_data"].encode()) not in range(1, LONGEST_BUTTON_DATA + 1) for row in rows for button in row
    ):
        return Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    return None
