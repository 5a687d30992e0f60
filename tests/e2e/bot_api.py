"""The Bot API emulator of the package index, with the few things that the program needs beyond it."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from lo_bot_api_emulator import LoBotApiEmulator  # type: ignore[import-untyped]

from tests.fakes.telegram_api import TOKEN, plain
from tests.fakes.telegram_updates import Json

SHOWN = {
    "Name": "name",
    "Description": "description",
    "ShortDescription": "short_description",
    "Commands": "commands",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that a person got: its text as they read it, or a file; and label and value of its buttons."""

    chat: int
    text: str
    buttons: dict[str, str]
    file_name: str = ""
    content: bytes = b""


class BotApi(LoBotApiEmulator):  # type: ignore[misc]
    """Keeps what was sent and shown, and which methods were begun; can hold one back as a slow network does."""

    def __init__(self) -> None:
        super().__init__(allow_insecure_loopback_webhooks=True)
        self.address = ""
        self.sent: list[Sent] = []
        self.shown: defaultdict[str, Json] = defaultdict(dict)
        self.begun: list[str] = []
        self.held: list[str] = []
        self._hold = ""
        self._released = asyncio.Event()

    def hold(self, method: str) -> None:
        """Answer this method only after `release`; `held` says that it was called."""
        self._hold = method

    def release(self) -> None:
        self._hold = ""
        self._released.set()

    async def brings(self, update: Json) -> int:
        """A person does something; returns the update's number."""
        number: int = await self.enqueue_update(update, token=TOKEN)
        return number

    def holds(self, content: bytes) -> str:
        """Have a file that people send; returns the id that it can be fetched by."""
        file_id = f"file-{len(self.assets)}"
        self.assets[file_id] = {"data": content, "size": len(content)}
        return file_id

    @property
    def refused(self) -> list[Json]:
        """Calls that were not accepted."""
        return [request for request in self.requests if request["status"] != 200]

    async def handle(self, request: web.Request) -> web.Response:
        """See `LoBotApiEmulator`."""
        method = request.match_info["method"]
        self.begun.append(method)
        if method == self._hold:
            self.held.append(self._hold)
            await self._released.wait()
        response: web.Response = await super().handle(request)
        return response

    def validate(self, method: str, fields: Json, uploads: Json) -> Any:
        """See `LoBotApiEmulator`. Of the program's calls it lacks the menu's, and one field."""
        what = method.partition("My")[2]
        language = fields.get("language_code", "")
        if what in SHOWN and method.startswith("set"):
            value = fields[SHOWN[what]]
            self.shown[what][language] = json.loads(value) if what == "Commands" else value
            return True
        if what in SHOWN:
            return {SHOWN[what]: self.shown[what].get(language, "")}
        if method == "sendMessage":
            assert json.loads(fields.pop("link_preview_options")) == {"is_disabled": True}
        result = super().validate(method, fields, uploads)
        if method in ("sendMessage", "sendDocument"):
            self.sent.append(_sent(method, fields, uploads))
        return result


def _sent(method: str, fields: Json, uploads: Json) -> Sent:
    markup = json.loads(fields.get("reply_markup", "{}"))
    buttons = {button["text"]: button["callback_data"] for row in markup.get("inline_keyboard", []) for button in row}
    if method == "sendMessage":
        return Sent(int(fields["chat_id"]), plain(fields["text"]), buttons)
    return Sent(int(fields["chat_id"]), "", buttons, uploads["document"]["filename"], uploads["document"]["data"])


@asynccontextmanager
async def bot_api() -> AsyncIterator[BotApi]:
    """The emulator, listening on a free port."""
    api = BotApi()
    async with TestServer(api.app()) as server:
        api.address = str(server.make_url("")).rstrip("/")
        yield api
        api.release()
