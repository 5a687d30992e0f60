"""What the cells of a table mean: titles, codes and their labels in all languages, however they are written."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum

from bot.core import (
    LABELS,
    N_,
    AgeBand,
    Countries,
    FeedbackType,
    Gender,
    Languages,
    MigrationStatus,
    Resource,
    SpeakingFor,
    StakeholderGroup,
)
from bot.intake import cleaning
from bot.intake.entry import TITLES

CODED: Mapping[str, type[StrEnum]] = {
    "stakeholder_group": StakeholderGroup,
    "speaking_for": SpeakingFor,
    "feedback_type": FeedbackType,
    "resources": Resource,
    "age": AgeBand,
    "gender": Gender,
    "migration_status": MigrationStatus,
}
YES_OR_NO = ("consent_keep", "consent_contact", "consent_quote", "consent_quote_by_name", "sensitive")
YES, NO = N_("Yes"), N_("No")
EXAMPLE_TEXT = N_(
    "Example, which is left out: many of us cannot open a bank account, because banks ask for a residence permit."
)

UNKNOWN = "?"
"""Stands for what has no meaning in a field; no field accepts it."""

_YES_SIGNS = ("1", "x", "✓", "true", "yes")
_NO_SIGNS = ("0", "false", "no")
_SEPARATORS = re.compile(r"[;,،؛、，；\s]+")
_BETWEEN_LABELS = re.compile(r"[;؛；\n]|[,،、，]")
_MOST_DIGITS = 12


class Vocabulary:
    """Understands cells in any of the languages; where a word means two things, as readers of `reader` mean it."""

    def __init__(self, languages: Languages, countries: Countries) -> None:
        self._countries = countries
        self._readers = [language.code for language in languages.all()]
        texts = {reader: languages.translator(reader).gettext for reader in self._readers}
        self._titles = {
            reader: {folded(text(title)): name for name, title in TITLES.items()} for reader, text in texts.items()
        }
        self._labels = {
            kind: {reader: {folded(text(LABELS[code])): code.value for code in kind} for reader, text in texts.items()}
            for kind in CODED.values()
        }
        self._yes = {folded(text(YES)) for text in texts.values()} | set(_YES_SIGNS)
        self._no = {folded(text(NO)) for text in texts.values()} | set(_NO_SIGNS)
        self._examples = {folded(text(EXAMPLE_TEXT)) for text in texts.values()}
        self._languages = {
            folded(name): each.code
            for each in languages.understood()
            for name in (each.name, *(languages.name(each.code, reader) for reader in self._readers))
        }

    def reader(self, titles: Sequence[str], otherwise: str) -> str:
        """The language that most of these titles are in; the other one if they are codes or equal in both."""
        found = [title for title in map(folded, titles) if title not in TITLES]
        languages = (otherwise, *self._readers)
        return max(languages, key=lambda reader: sum(title in self._titles[reader] for title in found))

    def field(self, title: str, reader: str) -> str | None:
        """The field that a column of this title holds; None if it is no title."""
        wanted = folded(title)
        if wanted in TITLES:
            return wanted
        return self._first(wanted, self._titles, reader)

    def is_example(self, text: str) -> bool:
        return folded(text) in self._examples

    def values(self, cells: Mapping[str, str], reader: str) -> dict[str, object]:
        """As `Entry.read` takes them, with `UNKNOWN` for what has no meaning; empty cells are left out."""
        values: dict[str, object] = {name: self._value(name, cell, reader) for name, cell in cells.items() if cell}
        if "region" in values:
            values["region"] = self._region(str(values.get("country", "")), cells["region"])
        return values

    def _value(self, name: str, cell: str, reader: str) -> object:
        special = {
            "objectives": self._objectives,
            "resources": self._resources,
            "people": self._people,
            "country": self._country,
            "language": self._language,
        }
        if name in special:
            return special[name](cell, reader)
        if name in CODED:
            return self._code(CODED[name], cell, reader)
        return self._yes_or_no(cell) if name in YES_OR_NO else cell

    def _objectives(self, cell: str, _reader: str) -> tuple[int | str, ...]:
        return tuple(_number(each) for each in _SEPARATORS.split(cell) if each)

    def _people(self, cell: str, _reader: str) -> int | str:
        return _number("".join(cell.split()))

    def _country(self, cell: str, reader: str) -> str:
        found = self._countries.find(cell, reader)
        named = [each for each in found if folded(self._countries.name(each, reader)) == folded(cell)]
        certain = found if len(found) == 1 else named
        return certain[0] if len(certain) == 1 else UNKNOWN

    def _language(self, cell: str, _reader: str) -> str:
        return self._languages.get(folded(cell), cell)

    def _yes_or_no(self, cell: str) -> bool | str:
        said = folded(cell)
        return said in self._yes if said in self._yes | self._no else UNKNOWN

    def _code(self, kind: type[StrEnum], cell: str, reader: str) -> str:
        wanted = folded(cell)
        if wanted in set(kind):
            return wanted
        return self._first(wanted, self._labels[kind], reader) or UNKNOWN

    def _resources(self, cell: str, reader: str) -> tuple[str, ...]:
        whole = self._code(Resource, cell, reader)
        parts = [cell] if whole != UNKNOWN else [each for each in _BETWEEN_LABELS.split(cell) if each.strip()]
        return tuple(self._code(Resource, each, reader) for each in parts)

    def _region(self, country: str, cell: str) -> str:
        wanted = folded(cell)
        if self._countries.region(cell.upper()) is not None or country in ("", UNKNOWN):
            return cell
        named = [each.code for each in self._countries.regions(country, cell) if folded(each.name) == wanted]
        return named[0] if len(named) == 1 else UNKNOWN

    def _first(self, wanted: str, words: Mapping[str, Mapping[str, str]], reader: str) -> str | None:
        found = (words[each].get(wanted) for each in (reader, *self._readers))
        return next(filter(None, found), None)


def folded(text: str) -> str:
    """For comparing: without case, width, accents, invisible marks and outer or double blanks."""
    visible = "".join(sign for sign in str(cleaning.line(text)) if unicodedata.category(sign) != "Cf")
    parted = unicodedata.normalize("NFKD", visible).casefold()
    bare = "".join(sign for sign in parted if not "\u0300" <= sign <= "\u036f")
    return " ".join(unicodedata.normalize("NFKC", bare).split())


def _number(typed: str) -> int | str:
    return int(typed) if typed.isdecimal() and len(typed) <= _MOST_DIGITS else UNKNOWN
