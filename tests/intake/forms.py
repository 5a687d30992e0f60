"""Pages as somebody without JavaScript uses them: read, filled in, and sent with a button."""

import html
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO

from aiohttp import CookieJar, FormData
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody has chosen."""

    content: bytes
    media_type: str = "image/png"
    name: str = "picture.png"


@dataclass(frozen=True, slots=True)
class Page:
    """A page that the site answered with."""

    status: int
    html: str
    headers: Mapping[str, str]

    @property
    def shown(self) -> str:
        """What a person reads, without the tags, in one line."""
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", self.html)).split())

    @property
    def first_tag(self) -> str:
        return self.html[self.html.index("<html") : self.html.index(">", self.html.index("<html")) + 1]

    @property
    def forms(self) -> list[Fields]:
        """What each form would send, without its buttons."""
        parser = _Forms()
        parser.feed(self.html)
        return parser.forms

    @property
    def problems(self) -> dict[str, str]:
        """What the summary says is wrong, by the field that it leads to."""
        start = self.html.find('role="alert" tabindex="-1"')
        summary = self.html[start : self.html.index("</div>", start)] if start >= 0 else ""
        found = re.findall(r'<a href="#([^"]+)">([^<]*)</a>', summary)
        return {name: html.unescape(sentence) for name, sentence in found}

    @property
    def receipt(self) -> str:
        found = re.search(r'class="number">([\d ]+)<', self.html)
        assert found, self.shown
        return found[1]

    def value(self, name: str) -> str:
        """What stands in this field of the first form that has it; of a box, what is ticked."""
        return next((value for form in self.forms for key, value in form if key == name), "")

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.forms[0] if key == name]


class Somebody:
    """Somebody with a browser that keeps and sends forms as they are."""

    def __init__(self, client: TestClient[Request, Application]) -> None:
        self._client = client

    async def opens(self, path: str, **headers: str) -> Page:
        async with self._client.get(path, headers=_named(headers)) as response:
            return Page(response.status, await response.text(), response.headers)

    async def posts(self, path: str, fields: Fields, files: Sequence[File] = (), **headers: str) -> Page:
        form = FormData(default_to_multipart=True)
        for name, value in fields:
            form.add_field(name, value)
        for file in files:
            form.add_field("files", BytesIO(file.content), filename=file.name, content_type=file.media_type)
        async with self._client.post(path, data=form, headers=_named(headers)) as response:
            return Page(response.status, await response.text(), response.headers)

    async def sends(
        self,
        page: Page,
        path: str,
        changes: Mapping[str, str | Sequence[str]] | None = None,
        button: tuple[str, str] = ("step", "review"),
        files: Sequence[File] = (),
        **headers: str,
    ) -> Page:
        """Fill in the page's first form that has the fields, and press the button."""
        changes = changes or {}
        forms = [form for form in page.forms if changes.keys() <= {name for name, _value in form}] or page.forms
        kept = [(name, value) for name, value in forms[0] if name not in changes]
        typed = [
            (name, each) for name, value in changes.items() for each in ([value] if isinstance(value, str) else value)
        ]
        return await self.posts(path, [*kept, *typed, button], files, **headers)


class _Forms(HTMLParser):
    """Gathers what the forms of a page would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Fields] = []
        self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._area: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.forms.append([])
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((value, "selected" in given))
        elif tag == "textarea":
            self.forms[-1].append((name, ""))
            self._area = []
        elif tag == "input" and given.get("type") != "file":
            ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            if ticked:
                self.forms[-1].append((name, value))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            chosen = [value for value, selected in self._options if selected] or [self._options[0][0]]
            self.forms[-1].append((self._select, chosen[-1]))
            self._select = ""
        elif tag == "textarea" and self._area is not None:
            # A line's end right behind the tag is not part of the value.
            self.forms[-1][-1] = (self.forms[-1][-1][0], "".join(self._area).removeprefix("\n"))
            self._area = None


@asynccontextmanager
async def somebody_on(app: Application) -> AsyncIterator[Somebody]:
    async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
        yield Somebody(client)


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
