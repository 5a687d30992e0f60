"""Languages found in `locales/`: negotiation, interface texts, names and directions. The only user of Babel."""

import gettext
import io
import pickle
import string
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

import structlog
from babel import Locale, UnknownLocaleError, localedata
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from bot.core import Language, OperatorError, Translator

log = structlog.get_logger(__name__)

# Right-to-left text keeps a name or a reference in one piece when it is wrapped in these (Unicode UAX #9).
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"

# Languages and scripts of CLDR in which people write names of countries, beside those of the folder.
_ALSO_NAMED_IN = frozenset(
    "af ak as az be bg bm bs ca ceb ckb cs da de ee el et eu ff fi gl gu he hr hu hy ig it ja jv ka kam ki "  # noqa: SIM905
    "kk km kn ko ku ky lg ln lo lt luo lv mg mk ml mn mr ms nd nl no om or pa pa_Arab pl pt_PT rn ro sd si "
    "sk sl sn sq sr sr_Latn sv ta te tg tk ug uz uz_Cyrl wo xh yo zh_Hant zu".split()
)

# Languages that CLDR files under another one.
_CLDR_CODES = {"prs": "fa_AF", "tl": "fil"}

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


def cldr_code(code: str) -> str:
    """What Babel calls a language."""
    return _CLDR_CODES.get(code, code)


class LocaleFolder:
    """The languages of a `locales/` folder, one for each sub-folder that holds questions, articles or a catalogue.

    Those that articles can be read in are `written`: people can choose them. The others are understood only, and
    their catalogue has the few texts that are said in every language (docs/articles.md).
    """

    def __init__(self, folder: Path, written: Collection[str], default: str = "en") -> None:
        self.folder = folder
        self.default = default
        self._written = written
        self._translators: dict[str, Translator] = {}
        if default not in self._written_by_code:
            raise OperatorError(f"The default language {default!r} has no articles in {folder}.")

    @cached_property
    def _by_code(self) -> dict[str, Language]:
        folders = [f for f in self.folder.iterdir() if any((f / part).is_dir() for part in _LANGUAGE_PARTS)]
        languages = [language(f.name) for f in folders]
        return {known.code: known for known in sorted(languages, key=lambda known: known.code)}

    @cached_property
    def _written_by_code(self) -> dict[str, Language]:
        return {code: known for code, known in self._by_code.items() if code in self._written}

    def all(self) -> Sequence[Language]:
        """See `bot.core.Languages`."""
        return list(self._written_by_code.values())

    def understood(self) -> Sequence[Language]:
        """See `bot.core.Languages`."""
        return list(self._by_code.values())

    def negotiate(self, *locales: str) -> str:
        """See `bot.core.Languages`. `pt-BR` finds `pt`; an empty or unknown locale is passed over."""
        for locale in locales:
            code = locale.replace("_", "-").partition("-")[0].lower()
            if code in self._written_by_code:
                return code
        return self.default

    def translator(self, language: str) -> Translator:
        """See `bot.core.Languages`. An unknown language gets the default one."""
        known = self._by_code.get(language) or self._by_code[self.default]
        if known.code not in self._translators:
            catalog = read_catalog(catalog_path(self.folder, known.code))
            self._translators[known.code] = CatalogTranslator(known, catalog)
        return self._translators[known.code]

    def name(self, language: str, reader: str) -> str:
        """See `bot.core.Languages`. Its own name if CLDR has none."""
        return _cldr(reader).languages.get(cldr_code(language)) or self._by_code[language].name

    def date(self, day: date, reader: str) -> str:
        """See `bot.core.Languages`."""
        return format_date(day, format="medium", locale=_cldr(reader))

    def territory(self, country: str, reader: str) -> str:
        """See `bot.core.Languages`."""
        return _cldr(reader).territories.get(country) or country

    def territory_names(self) -> Iterator[tuple[str, str, str]]:
        """Country (ISO 3166), language and name: in the languages of the folder, and in more that people write in."""
        for code in self._by_code:
            yield from ((country, code, name) for country, name in _cldr(code).territories.items() if country.isalpha())
        for code in sorted(_ALSO_NAMED_IN - {cldr_code(code) for code in self._by_code}):
            # Babel would keep all that it knows of each of these languages in memory, 60 MB, for their country names.
            with Path(localedata.resolve_locale_filename(code)).open("rb") as file:
                territories = pickle.load(file)["territories"]  # noqa: S301 -- comes with Babel
            yield from ((country, code, name) for country, name in territories.items() if country.isalpha())


_LANGUAGE_PARTS = ("articles", "kinds", "LC_MESSAGES")


def language(code: str) -> Language:
    """Name and direction of a language, from Babel's copy of CLDR.

    Raises:
        OperatorError: no such language is known.
    """
    known = cldr_code(code)
    try:
        locale = Locale.parse(known)
    except (UnknownLocaleError, ValueError) as error:
        raise OperatorError(f"{code!r} is not a language code that Babel knows, such as 'sw' or 'fil'.") from error
    if code not in (locale.language, *_CLDR_CODES):
        raise OperatorError(f"{code!r} names more than a language; languages are found as {locale.language!r} alone.")
    name = locale.languages.get(known, known)
    return Language(code, name[0].upper() + name[1:], locale.text_direction)


def _cldr(code: str) -> Locale:
    return Locale.parse(cldr_code(code))


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
            catalog = read_po(file, locale=_cldr(path.parent.parent.name), abort_invalid=True)
        _compiled(catalog)
    except (PoFileError, LookupError, ValueError) as error:
        raise OperatorError(f"{path} cannot be read: {error}.") from error
    return catalog


def template_texts(folder: Path, source: str = "") -> list[str]:
    """English texts of `messages.pot`; of counted ones the singular. With a `source`, those of that file of the code."""
    with (folder / "messages.pot").open("rb") as file:
        messages = [each for each in read_po(file) if not source or source in (place for place, _ in each.locations)]
    texts = [each.id if isinstance(each.id, str) else each.id[0] for each in messages]
    return [text for text in texts if text]


def _compiled(catalog: Catalog) -> gettext.GNUTranslations:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)


def _isolated(value: object) -> object:
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}" if isinstance(value, str) else value
