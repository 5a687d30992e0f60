"""Visitors of the web chat: a browser's cookies and forms, over a real socket."""

import html
import itertools
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO

import aiohttp
from aiohttp import CookieJar, FormData
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from sqlalchemy import text

from bot.assistant import TurnAssistant
from bot.channels.webchat import Cookies, WebChat
from bot.core import Assistant
from bot.privacy.keys import Keys
from bot.settings import Settings
from bot.site import web_application
from bot.web.errors import errors
from bot.web.posted import NO_UPLOADS, Uploads
from bot.web.security import security_headers
from bot.web.templates import StaticFiles, make_environment
from db.unit_of_work import SqlDatabase
from tests.conftest import SECRET
from tests.shipped import LANGUAGES

LARGEST_REQUEST_BYTES = 256 * 1024

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answered. `cookie` is the whole Set-Cookie line."""

    status: int
    html: str
    headers: Mapping[str, str]

    @property
    def cookie(self) -> str:
        return self.headers.get("Set-Cookie", "")

    @property
    def first_tag(self) -> str:
        return self.html[: self.html.index(">") + 1]

    @property
    def shown(self) -> str:
        """What a person reads, without the tags."""
        return html.unescape(re.sub(r"<[^>]*>", " ", self.html))

    def addresses(self, attribute: str) -> set[str]:
        return set(map(html.unescape, re.findall(rf' {attribute}="([^"]*)"', self.html)))


class Visitor:
    """Somebody whose browser sends the forms as they are."""

    def __init__(self, client: TestClient[Request, Application]) -> None:
        self._client = client
        self.site = f"{client.make_url('/').host}:{client.make_url('/').port}"

    async def opens(self, path: str = "/", method: str = "GET", **headers: str) -> Answer:
        async with self._client.request(method, path, headers=_named(headers)) as response:
            return Answer(response.status, await response.text(), response.headers)

    async def says(self, words: str, message_id: str = "", path: str = "/messages", **headers: str) -> Answer:
        return await self.posts({"text": words, "id": message_id or new_id()}, path, **headers)

    async def presses(self, data: str, path: str = "/messages", typed: str = "") -> Answer:
        return await self.posts({"data": data, "text": typed, "id": new_id()}, path)

    async def sends(
        self, content: bytes, media_type: str, name: str = "file", path: str = "/messages", **texts: str
    ) -> Answer:
        """Send a file of this name with the form, as browsers do."""
        form = FormData({"id": new_id(), "text": "", **texts}, default_to_multipart=True)
        form.add_field("file", BytesIO(content), filename=name, content_type=media_type)
        return await self.posts(form, path)

    async def posts(
        self, form: Mapping[str, str] | FormData | bytes | AsyncIterator[bytes], path: str = "/messages", **headers: str
    ) -> Answer:
        async with self._client.post(path, data=form, headers=_named(headers)) as response:
            return Answer(response.status, await response.text(), response.headers)

    async def weighs(self, path: str, **headers: str) -> int:
        """Bytes on the way, compressed: headers of the answer and content."""
        asked = {"Accept-Encoding": "gzip", **_named(headers)}
        async with (
            aiohttp.ClientSession(auto_decompress=False) as session,
            session.get(self._client.make_url(path), headers=asked) as response,
        ):
            assert response.headers["Content-Encoding"] == "gzip"
            head = sum(len(name) + len(value) + len(": \r\n") for name, value in response.raw_headers)
            return head + len(await response.read())

    def forgets(self) -> None:
        """Lose the cookies."""
        self._client.session.cookie_jar.clear()


@asynccontextmanager
async def visiting(assistant: TurnAssistant, public_url: str = "", embed_origins: str = "") -> AsyncIterator[Visitor]:
    """A visitor of a site with these settings."""
    settings = Settings.model_validate({"public_url": public_url, "embed_origins": embed_origins})
    app = web_application(settings, assistant, assistant._surroundings, assistant._store, lambda _text: "")
    async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
        yield Visitor(client)


def chat_application(assistant: Assistant, uploads: Uploads) -> Application:
    """The web chat alone, with whatever assistant."""
    files = StaticFiles()
    cookies = Cookies(secure=False, framed=False)
    chat = WebChat(assistant, LANGUAGES, Keys(SECRET), make_environment(), files, cookies, uploads)
    app = Application(middlewares=[security_headers(()), errors], client_max_size=LARGEST_REQUEST_BYTES)
    app.add_routes([*chat.routes(), files.route()])
    return app


@asynccontextmanager
async def chatting(assistant: Assistant, uploads: Uploads = NO_UPLOADS) -> AsyncIterator[Visitor]:
    """A visitor of a site that takes these files."""
    app = chat_application(assistant, uploads)
    async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
        yield Visitor(client)


async def count(database: SqlDatabase, table: str) -> int:
    async with database._engine.connect() as connection:
        found: int = (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()  # noqa: S608 -- ours
        return found


def new_id() -> str:
    return f"message-of-a-test-{next(_numbers)}"


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
