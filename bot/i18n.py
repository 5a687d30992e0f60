"""Languages found in `locales/`: negotiation, interface texts, names and directions. The only user of Babel."""

import gettext
import io
import string
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import structlog
from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from bot.core import Language, OperatorError, Translator

log = structlog.get_logger(__name__)

# Right-to-left text keeps a name or a reference in one piece when it is wrapped in these (Unicode UAX #9).
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"

_formatter = string.Formatter()


class CatalogTranslator:
    """One language's interface texts, read from `<language>/LC_MESSAGES/messages.po`."""

    def __init__(self, language: Language, catalog: Catalog | None) -> None:
        self.language = language
        self._texts = gettext.NullTranslations() if catalog is None else _compiled(catalog)

    def gettext(self, message: str, **values: object) -> str:
        """See `bot.core.Translator`."""
        return self._filled(self._texts.gettext(message), message, values)

    def ngettext(self, singular: str, plural: str, n: int, **values: object) -> str:
        """See `bot.core.Translator`."""
        english = singular if n == 1 else plural
        return self._filled(self._texts.ngettext(singular, plural, n), english, {"n": n, **values})

    def _filled(self, text: str, english: str, values: Mapping[str, object]) -> str:
        if not values:
            return text
        if self.language.direction == "rtl":
            values = {name: _isolated(value) for name, value in values.items()}
        try:
            return _formatter.vformat(text, (), values)
        except (KeyError, IndexError, ValueError, AttributeError, TypeError):
            log.warning("translation_broken", language=self.language.code, message=english)
            return _formatter.vformat(english, (), values)


class LocaleFolder:
    """The languages of a `locales/` folder: one for each sub-folder that holds articles or a catalogue."""

    def __init__(self, folder: Path, default: str = "en") -> None:
        self.folder = folder
        self.default = default
        self._translators: dict[str, Translator] = {}
        if default not in self._by_code:
            raise OperatorError(f"The default language {default!r} has no folder in {folder}.")

    @cached_property
    def _by_code(self) -> dict[str, Language]:
        folders = [f for f in self.folder.iterdir() if (f / "articles").is_dir() or (f / "LC_MESSAGES").is_dir()]
        languages = [language(f.name) for f in folders]
        return {known.code: known for known in sorted(languages, key=lambda known: known.code)}

    def all(self) -> Sequence[Language]:
        return list(self._by_code.values())

    def negotiate(self, *locales: str) -> str:
        """See `bot.core.Languages`. `pt-BR` finds `pt`; an empty or unknown locale is passed over."""
        for locale in locales:
            code = locale.replace("_", "-").partition("-")[0].lower()
            if code in self._by_code:
                return code
        return self.default

    def translator(self, language: str) -> Translator:
        """See `bot.core.Languages`. An unknown language gets the default one."""
        known = self._by_code.get(language) or self._by_code[self.default]
        if known.code not in self._translators:
            catalog = read_catalog(catalog_path(self.folder, known.code))
            self._translators[known.code] = CatalogTranslator(known, catalog)
        return self._translators[known.code]


def language(code: str) -> Language:
    """Name and direction of a language, from Babel's copy of CLDR.

    Raises:
        OperatorError: no such language is known.
    """
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError) as error:
        raise OperatorError(f"{code!r} is not a language code that Babel knows, such as 'sw' or 'fil'.") from error
    if code != locale.language:
        raise OperatorError(f"{code!r} names more than a language; languages are found as {locale.language!r} alone.")
    name = locale.get_display_name(code) or code
    return Language(code, name[0].upper() + name[1:], locale.text_direction)


def catalog_path(folder: Path, code: str) -> Path:
    return folder / code / "LC_MESSAGES" / "messages.po"


def read_catalog(path: Path) -> Catalog | None:
    """The catalogue, or None where a language has none yet.

    Raises:
        OperatorError: it cannot be understood; the text names it.
    """
    if not path.exists():
        return None
    try:
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parent.parent.name, abort_invalid=True)
        _compiled(catalog)
    except (PoFileError, LookupError, ValueError) as error:
        raise OperatorError(f"{path} cannot be read: {error}.") from error
    return catalog


def missing_messages(folder: Path, catalog: Catalog) -> list[str]:
    """English texts that `messages.pot` has and the catalogue has not; of counted ones the singular."""
    with (folder / "messages.pot").open("rb") as file:
        texts = [each.id if isinstance(each.id, str) else each.id[0] for each in read_po(file)]
    return [text for text in texts if text and catalog.get(text) is None]


def _compiled(catalog: Catalog) -> gettext.GNUTranslations:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)


def _isolated(value: object) -> object:
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}" if isinstance(value, str) else value
