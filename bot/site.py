"""The web side put together: chat, form, receipts, tables, API, privacy notice."""

from collections.abc import Callable, Sequence

from aiohttp import web

from bot.channels.webchat import WebChat, cookies_for
from bot.core import Assistant, Store, Surroundings, Translator
from bot.countries.names import countries
from bot.intake.form import FeedbackForm, FormSettings
from bot.intake.organizations import routes_for_organizations
from bot.intake.pages import Pages
from bot.intake.privacy_page import PrivacyPage
from bot.intake.receipt_page import ReceiptPage
from bot.settings import Settings
from bot.web.errors import errors
from bot.web.posted import Uploads
from bot.web.security import security_headers
from bot.web.templates import StaticFiles, make_environment
from handlers.everywhere import what_to_do

LARGEST_REQUEST_BYTES = 256 * 1024


def web_application(
    settings: Settings,
    assistant: Assistant,
    around: Surroundings,
    store: Store,
    language_of: Callable[[str], str],
) -> web.Application:
    """The aiohttp application; channels that take requests add their routes to it.

    `language_of` tells the language of a text, or nothing if that is not sure.
    """
    app = web.Application(
        middlewares=[security_headers(settings.embed_origins), errors], client_max_size=LARGEST_REQUEST_BYTES
    )
    files = StaticFiles()
    templates = make_environment()
    cookies = cookies_for(settings.public_url, settings.embed_origins)
    pages = Pages(around.languages, templates, files)
    uploads = Uploads(_file_types(settings), settings.attachment_bytes)
    chat = WebChat(assistant, around.languages, store.seal, templates, files, cookies, uploads)
    app.add_routes(chat.routes())
    app.add_routes(FeedbackForm(around, store, pages, _form_settings(settings, around)).routes())
    app.add_routes(ReceiptPage(around, store, pages, settings.proxies).routes())
    app.add_routes(routes_for_organizations(around, store, pages, language_of))
    app.add_routes(PrivacyPage(pages, around.notice, around.service).routes())
    app.add_routes([files.route(), web.get("/healthz", _alive)])
    return app


def _file_types(settings: Settings) -> tuple[str, ...]:
    return settings.attachment_types if settings.attachments_most else ()


def _form_settings(settings: Settings, around: Surroundings) -> FormSettings:
    def alarm(text: str, own: Translator) -> Sequence[str]:
        return what_to_do(own, around.service.contacts.named_in(text))

    return FormSettings(
        alarm,
        tuple(sorted(countries())),
        kept=settings.kept,
        file_types=_file_types(settings),
        most_files=settings.attachments_most,
        most_file_bytes=settings.attachment_bytes,
        proxies=settings.proxies,
    )


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text="ok\n")
