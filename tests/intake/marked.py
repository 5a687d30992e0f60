"""Languages whose every text is marked, so that a text of one language is told from the same in another."""

from collections.abc import Sequence
from datetime import date

from bot.core import Language, Translator
from tests.shipped import LANGUAGES

MARKS = {"ar": "ٱ", "en": "", "es": "¡", "fr": "«", "ru": "Ж", "zh": "漢"}


class MarkedTranslator:
    """See `bot.core.Translator`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def gettext(self, message: str, **values: object) -> str:
        return MARKS[self.language.code] + (message.format(**values) if values else message)

    def ngettext(self, singular: str, plural: str, n: int, **values: object) -> str:
        return self.gettext(singular if n == 1 else plural, n=n, **values)


class MarkedLanguages:
    """See `bot.core.Languages`."""

    def all(self) -> Sequence[Language]:
        return LANGUAGES.all()

    def understood(self) -> Sequence[Language]:
        return LANGUAGES.understood()

    def negotiate(self, *locales: str) -> str:
        return LANGUAGES.negotiate(*locales)

    def translator(self, language: str) -> Translator:
        return MarkedTranslator(next(each for each in self.all() if each.code == language))

    def name(self, language: str, reader: str) -> str:
        return LANGUAGES.name(language, reader)

    def date(self, day: date, reader: str) -> str:
        return LANGUAGES.date(day, reader)

    def territory(self, country: str, reader: str) -> str:
        return LANGUAGES.territory(country, reader)
