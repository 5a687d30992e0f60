"""The form and the page for receipts as a site of their own: real database and languages, made-up articles and places."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aiohttp import web

from bot.core import OBJECTIVES, Article, Clock, Database, Seal, Store, Translator
from bot.intake.form import FeedbackForm, FormSettings
from bot.intake.pages import Pages
from bot.intake.receipt_page import ReceiptPage
from bot.web.errors import errors
from bot.web.security import security_headers
from bot.web.templates import StaticFiles, make_environment
from tests.fakes.around import COUNTRIES, MOST_FILES, make_surroundings
from tests.fakes.knowledge import FakeKnowledge
from tests.shipped import LANGUAGES, LIBRARY

ALARM = "Made-up help for somebody in danger."
MEGABYTE = 1024 * 1024


class KnownObjectives(FakeKnowledge):
    """Has an article for every objective, with its real title."""

    def article(self, slug: str, language: str) -> Article:
        number = slug.removeprefix("objective-")
        if number.isdecimal() and int(number) in OBJECTIVES:
            title = LIBRARY.texts[language, slug].title
            return replace(super().article("objective-13", language), slug=slug, language=language, title=title)
        return super().article(slug, language)


def alarm(text: str, own: Translator) -> Sequence[str]:
    return [ALARM]


def make_app(database: Database, clock: Clock, seal: Seal, proxies: int = 0, **changes: Any) -> web.Application:
    """The two pages as `bot.app` makes them; `changes` are to what surrounds them."""
    around = replace(make_surroundings(KnownObjectives()), **changes)
    files = StaticFiles()
    store = Store(database, clock, seal)
    pages = Pages(LANGUAGES, make_environment(), files)
    settings = FormSettings(
        alarm,
        COUNTRIES,
        file_types=("image/png",),
        most_files=MOST_FILES,
        most_file_bytes=MEGABYTE,
        proxies=proxies,
    )
    app = web.Application(middlewares=[security_headers(()), errors], client_max_size=256 * 1024)
    form, receipts = FeedbackForm(around, store, pages, settings), ReceiptPage(around, store, pages, proxies)
    app.add_routes([*form.routes(), *receipts.routes(), files.route()])
    return app
