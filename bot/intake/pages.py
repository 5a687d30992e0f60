"""The pages of the form and of the receipts, made in the reader's language; no cache keeps them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from aiohttp import web
from jinja2 import Environment

from bot.core import LABELS, Knowledge, Languages, Translator
from bot.web.templates import StaticFiles


class Pages:
    """Makes pages of templates that extend `page.html`."""

    def __init__(self, languages: Languages, templates: Environment, files: StaticFiles) -> None:
        self._languages = languages
        self._templates = templates
        self._files = files

    def reader(self, request: web.Request) -> Translator:
        """The language that the link asks for, or else the browser."""
        accepted = [part.partition(";")[0].strip() for part in request.headers.get("Accept-Language", "").split(",")]
        return self.translator(request.query.get("lang", ""), *accepted)

    def translator(self, *wanted: str) -> Translator:
        return self._languages.translator(self._languages.negotiate(*wanted))

    def page(
        self,
        template: str,
        own: Translator,
        values: Mapping[str, object],
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> web.Response:
        html = self._templates.get_template(template).render(
            language=own.language,
            languages=self._languages.all(),
            _=own.gettext,
            ngettext=own.ngettext,
            static=self._files.address,
            **values,
        )
        kept_nowhere = {"Cache-Control": "no-store", **(headers or {})}
        response = web.Response(text=html, status=status, content_type="text/html", headers=kept_nowhere)
        response.enable_compression()
        return response


def options(codes: Iterable[StrEnum], own: Translator) -> list[tuple[str, str]]:
    """Codes to choose from, each with how people read it."""
    return [(code.value, own.gettext(LABELS[code])) for code in codes]


def spaced(number: int) -> str:
    """`10 000`, as every language reads it."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def objective_title(number: int, knowledge: Knowledge, reader: str) -> str:
    """`Objective 13: detention as a last resort`, in the reader's language."""
    return knowledge.article(f"objective-{number}", reader).title
