"""What organizations hand in with: the API and the page for tables, put together."""

from collections.abc import Callable

from aiohttp import web

from bot.core import Store, Surroundings
from bot.intake.api import Api
from bot.intake.codes import CodeLists
from bot.intake.pages import Pages
from bot.intake.reception import Reception
from bot.intake.sheets import SheetReader
from bot.intake.standing import Lookup
from bot.intake.template import Templates
from bot.intake.upload import Upload
from bot.intake.vocabulary import Vocabulary


def routes_for_organizations(
    around: Surroundings, store: Store, pages: Pages, language_of: Callable[[str], str]
) -> list[web.RouteDef]:
    """`language_of` tells the language of a text, or nothing if that is not sure."""
    reception = Reception(store, around.intake, language_of)
    codes = CodeLists(around.languages, around.knowledge, around.intake.groups)
    api = Api(reception, Lookup(store), codes, around.countries, pages.reader)
    sheets = SheetReader(Vocabulary(around.languages, around.countries), around.countries)
    upload = Upload(reception, sheets, Templates(around.countries, around.knowledge), pages)
    return [*api.routes(), *upload.routes()]
