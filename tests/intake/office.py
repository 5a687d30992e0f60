"""An organization that hands in by program and by table, on a site with real database, languages and texts."""

import html
import io
import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import CookieJar, FormData, web
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from sqlalchemy import text

from bot.core import ApiKey, Clock, StakeholderGroup, Store, Wanted
from bot.intake.organizations import routes_for_organizations
from bot.intake.pages import Pages
from bot.intake.sheets import SheetReader
from bot.intake.template import Templates
from bot.intake.vocabulary import Vocabulary
from bot.privacy.keys import Keys
from bot.web.errors import errors
from bot.web.security import security_headers
from bot.web.templates import StaticFiles, make_environment
from db.unit_of_work import SqlDatabase
from tests.fakes.around import FakeCountries, make_surroundings
from tests.fakes.clock import FakeClock
from tests.intake.site import KnownObjectives
from tests.shipped import LANGUAGES

NAME = "Made-up Migrant Centre"
KEY = "cb_" + "A" * 43
OTHER_KEY = "cb_" + "B" * 43
WORDS = "Many of us are locked up without a hearing."
SMALLEST = {"text": WORDS, "consent_keep": True}
FORM_ID = "x" * 22

COUNTRIES = FakeCountries()
KNOWLEDGE = KnownObjectives()
VOCABULARY = Vocabulary(LANGUAGES, COUNTRIES)
READER = SheetReader(VOCABULARY, COUNTRIES)
TEMPLATES = Templates(COUNTRIES, KNOWLEDGE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    content: bytes
    headers: Mapping[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    @property
    def html(self) -> str:
        return self.content.decode()

    @property
    def shown(self) -> str:
        """What a person reads, without the tags, in one line."""
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", self.html)).split())

    @property
    def reasons(self) -> dict[str, str]:
        """Of a refusal: what is wrong, by where it stands."""
        assert self.headers["Content-Type"].startswith("application/problem+json")
        return {each["pointer"]: each["reason"] for each in self.json["errors"]}

    @property
    def receipts(self) -> list[str]:
        return [each["receipt"] for each in self.json["submissions"]]


class Office:
    """An organization's office: its program and its browser."""

    def __init__(self, client: TestClient[Request, Application], database: SqlDatabase) -> None:
        self._client = client
        self.database = database

    async def sends(
        self, body: object, request_key: str | None = "request-1", path: str = "/api/v1/submissions", **headers: str
    ) -> Answer:
        """By program: JSON, or bytes as they are."""
        given = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
        given |= {"Idempotency-Key": request_key} if request_key is not None else {}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self._client.post(path, data=io.BytesIO(content), headers=given) as response:
            return Answer(response.status, await response.read(), response.headers)

    async def asks(self, receipt: object, **headers: str) -> Answer:
        return await self.sends({"receipt": receipt}, None, "/api/v1/status", **headers)

    async def opens(self, path: str, **headers: str) -> Answer:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self._client.get(path, headers=given) as response:
            return Answer(response.status, await response.read(), response.headers)

    async def uploads(
        self, content: bytes, key: str = KEY, form_id: str = FORM_ID, query: str = "", **headers: str
    ) -> Answer:
        """By the page."""
        form = FormData(default_to_multipart=True)
        form.add_field("id", form_id)
        form.add_field("key", key)
        form.add_field("file", io.BytesIO(content), filename="table.csv" if content else "")
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self._client.post(f"/feedback/upload{query}", data=form, headers=given) as response:
            return Answer(response.status, await response.read(), response.headers)

    async def stored(self) -> int:
        async with self.database.begin() as work:
            return len(await work.submissions.find(Wanted()))

    async def count(self, table: str) -> int:
        async with self.database._engine.connect() as connection:
            found: int = (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()  # noqa: S608 -- ours
            return found


def language_of(words: str) -> str:
    return "en" if words.isascii() else ""


def make_app(database: SqlDatabase, clock: Clock, keys: Keys) -> web.Application:
    """API and upload page as `bot.app` makes them."""
    files = StaticFiles()
    pages = Pages(LANGUAGES, make_environment(), files)
    store = Store(database, clock, keys)
    app = web.Application(middlewares=[security_headers(()), errors], client_max_size=256 * 1024)
    app.add_routes([*routes_for_organizations(make_surroundings(KNOWLEDGE), store, pages, language_of), files.route()])
    return app


@asynccontextmanager
async def office_on(database: SqlDatabase, clock: Clock, keys: Keys) -> AsyncIterator[Office]:
    app = make_app(database, clock, keys)
    async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
        yield Office(client, database)


def api_key() -> ApiKey:
    """The key of an organization, as it is stored."""
    return ApiKey(1, NAME, StakeholderGroup.CIVIL_SOCIETY, FakeClock().now())


async def give_key(
    database: SqlDatabase, key: str = KEY, name: str = NAME, group: StakeholderGroup = StakeholderGroup.CIVIL_SOCIETY
) -> None:
    async with database.begin() as work:
        assert await work.api_keys.add(name, group, key)


def table(*rows: Sequence[str]) -> bytes:
    """A CSV table as somebody's spreadsheet writes it."""
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()
