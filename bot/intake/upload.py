"""The page where organizations hand in a table, and the templates for it. It needs no JavaScript."""

import asyncio
import base64
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from aiohttp import web

from bot.core import N_, SENDING_WINDOW, ApiKey, FileRefused, Translator, grouped
from bot.intake.pages import Pages
from bot.intake.reception import HandedIn, OtherRequest, Reception, Stored, TooMany
from bot.intake.requests import KEY
from bot.intake.sheets import MOST_BYTES, MOST_ROWS, RowProblem, Sheet, SheetReader
from bot.intake.template import Templates
from bot.tables import write_csv
from bot.web.posted import Posted, read_posted

CHANNEL = "table"
UPLOADED_AN_HOUR = 10_000

_PATH = "/feedback/upload"
_FORM_ID = re.compile(r"[\w-]{22}", re.ASCII)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_FILE = N_("Please choose a file.")
_UNKNOWN_KEY = N_("This key is not known. Please ask the operator for another.")
_TOO_MANY = N_("At most {most} rows an hour are taken with one key. Please go on later.")
_SENT_ALREADY = N_("This page was used for another file already. Please choose the file again.")


class Upload:
    """`/feedback/upload` and `/feedback/template.…`."""

    def __init__(self, reception: Reception, sheets: SheetReader, templates: Templates, pages: Pages) -> None:
        self._reception = reception
        self._sheets = sheets
        self._templates = templates
        self._pages = pages

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(_PATH, self.show),
            web.post(_PATH, self.take),
            web.get("/feedback/template.csv", self.csv),
            web.get("/feedback/template.xlsx", self.xlsx),
        ]

    async def show(self, request: web.Request) -> web.Response:
        return self._page(self._pages.reader(request))

    async def csv(self, request: web.Request) -> web.Response:
        own = self._pages.reader(request)
        return _download(self._templates.csv(own), "text/csv", "feedback.csv")

    async def xlsx(self, request: web.Request) -> web.Response:
        own = self._pages.reader(request)
        return _download(await asyncio.to_thread(self._templates.xlsx, own), _XLSX, "feedback.xlsx")

    async def take(self, request: web.Request) -> web.Response:
        """Store every row of the table, or show everything that is wrong with it."""
        own = self._pages.reader(request)
        posted = await read_posted(request, MOST_BYTES)
        if not _FORM_ID.fullmatch(posted.one("id")):
            raise web.HTTPBadRequest(text="Please send the form with the page's own button.")
        key = await self._key(posted)
        if key is None:
            return self._page(own, own.gettext(_UNKNOWN_KEY), status=403)
        try:
            content = await posted.files[0].load() if posted.files else b""
        except FileRefused as error:
            return self._page(own, own.gettext(error.text, **error.values), status=413)
        if not content:
            return self._page(own, own.gettext(_NO_FILE), status=422)
        sheet = await asyncio.to_thread(self._sheets.read, content, key, own.language.code)
        return await self._store(sheet, key, posted, own)

    async def _key(self, posted: Posted) -> ApiKey | None:
        given = posted.one("key").strip()
        return await self._reception.key(given) if KEY.fullmatch(given) else None

    async def _store(self, sheet: Sheet, key: ApiKey, posted: Posted, own: Translator) -> web.Response:
        if sheet.problems:
            return self._page(own, problems=sheet.problems, status=422)
        entries = list(sheet.entries.values())
        handed_in = HandedIn(key, CHANNEL, posted.one("id"), posted.fingerprint, entries, UPLOADED_AN_HOUR)
        try:
            stored = await self._reception.take(handed_in)
        except OtherRequest:
            return self._page(own, own.gettext(_SENT_ALREADY), status=409)
        except TooMany:
            return self._page(own, own.gettext(_TOO_MANY, most=UPLOADED_AN_HOUR), status=429, wait=SENDING_WINDOW)
        rows = list(zip(sheet.entries, stored, strict=True))
        values = {
            "rows": [(line, each.reference, grouped(each.receipt)) for line, each in rows],
            "examples": sheet.examples,
            "receipts": _receipts(rows, own),
        }
        return self._pages.page("uploaded.html", own, values)

    def _page(
        self,
        own: Translator,
        error: str = "",
        problems: Sequence[RowProblem] = (),
        status: int = 200,
        wait: timedelta = timedelta(),
    ) -> web.Response:
        values: Mapping[str, object] = {
            "id": secrets.token_urlsafe(16),
            "error": error,
            "problems": [(each.line, each.sentence(own)) for each in problems],
            "most_rows": MOST_ROWS,
            "most_megabytes": MOST_BYTES // 1_000_000,
        }
        headers = {"Retry-After": str(int(wait.total_seconds()))} if wait else {}
        return self._pages.page("upload.html", own, values, status, headers)


def _receipts(rows: Sequence[tuple[int, Stored]], own: Translator) -> str:
    """The receipts as an address that holds a file: they are in no other, and on no disk of ours."""
    _ = own.gettext
    table = [(_("Row"), _("Reference"), _("Receipt"))]
    table += [(str(line), each.reference, grouped(each.receipt)) for line, each in rows]
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(write_csv(table)).decode()


def _download(content: bytes, media_type: str, name: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return web.Response(body=content, content_type=media_type, headers=headers)
