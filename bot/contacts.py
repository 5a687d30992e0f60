"""The operator's contacts in an emergency: `contacts.toml`, read and checked."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import phonenumbers
from phonenumbers import shortnumberinfo
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from bot.core import Contact, Languages, OperatorError
from bot.knowledge.text import normalise

MOST_CONTACTS_A_COUNTRY = 5

_CYRILLIC_VOWELS = "аеиоуыэюяіїєйь"
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_WITHOUT_BLANKS = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u3400-\u9fff]")
_ADDRESS = r"^(https://\S+)?$"


@dataclass(frozen=True, slots=True)
class ContactBook:
    """See `bot.core.Contacts`. `names` are the countries' names in every language, normalised."""

    contacts: tuple[Contact, ...]
    names: tuple[tuple[str, str], ...]

    def countries(self) -> Sequence[str]:
        return list(dict.fromkeys(contact.country for contact in self.contacts))

    def of(self, country: str) -> tuple[Contact, ...]:
        return tuple(contact for contact in self.contacts if contact.country == country)

    def named_in(self, text: str) -> tuple[Contact, ...]:
        words = normalise(text)
        matches = ((_as_written(name).search(words), country) for name, country in self.names)
        found = [(match.start(), country) for match, country in matches if match]
        return self.of(min(found)[1]) if found else ()


def read_contacts(path: Path, languages: Languages) -> ContactBook:
    """The contacts in this file; none if there is no file.

    Raises:
        OperatorError: something in it is wrong or missing; the text names the contact and says what.
    """
    if not path.exists():
        return ContactBook((), ())
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("contact", [])
    except (OSError, ValueError) as error:
        raise OperatorError(f"{path} cannot be read: {error}.") from error
    if not isinstance(tables, list):
        raise OperatorError(f"{path}: each contact begins with a line [[contact]].")
    contacts = [_contact(table, number, path, languages) for number, table in enumerate(tables, start=1)]
    for country in {contact.country for contact in contacts}:
        if sum(contact.country == country for contact in contacts) > MOST_CONTACTS_A_COUNTRY:
            raise OperatorError(
                f"{path}: {country} has more than {MOST_CONTACTS_A_COUNTRY} contacts: too many to read in need."
            )
    return ContactBook(tuple(contacts), tuple(_names(contacts, languages)))


def outdated(book: ContactBook, today: date, days: int) -> list[Contact]:
    """Contacts that were last checked longer ago than this."""
    return [contact for contact in book.contacts if (today - contact.checked).days > days]


class _Table(BaseModel):
    """One `[[contact]]` of the file."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    country: str = Field(pattern="^[A-Z]{2}$")
    name: str = Field(min_length=1)
    phone: str = ""
    url: str = Field("", pattern=_ADDRESS)
    source: str = Field(min_length=1, pattern=_ADDRESS)
    checked: date

    @field_validator("checked")
    @classmethod
    def _is_over(cls, checked: date) -> date:
        if checked > datetime.now(UTC).date() + timedelta(days=1):
            raise ValueError("it lies in the future")
        return checked

    @model_validator(mode="after")
    def _can_be_reached(self) -> "_Table":
        if not self.phone and not self.url:
            raise ValueError("it needs a phone or a url")
        if self.phone and not _is_possible(self.phone, self.country):
            raise ValueError(f"the phone cannot be one in {self.country}")
        return self


def _contact(table: object, number: int, path: Path, languages: Languages) -> Contact:
    try:
        row = _Table.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        what = ": ".join([*map(str, first["loc"]), first["msg"]])
        raise OperatorError(f"{path}: contact {number}: {what}. docs/contacts.md has the form.") from None
    if languages.territory(row.country, "en") == row.country:
        raise OperatorError(f"{path}: contact {number}: no country has the ISO 3166 code {row.country!r}.")
    return Contact(**row.model_dump())


def _is_possible(phone: str, country: str) -> bool:
    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return False
    return bool(
        phonenumbers.is_possible_number(number) or shortnumberinfo.is_possible_short_number_for_region(number, country)
    )


@cache
def _as_written(name: str) -> re.Pattern[str]:
    """A name as it stands in a sentence: a word of its own ("Niger" is not in "Nigeria"), with the letters that Arabic
    puts before it and the vowel that Slavic languages put at its end."""
    if _WITHOUT_BLANKS.search(name):
        return re.compile(re.escape(name))
    before = "[وبلفك]{0,2}" if _ARABIC.search(name) else ""
    has_vowel = bool(_CYRILLIC.search(name)) and name[-1] in _CYRILLIC_VOWELS
    core, after = (name[:-1], f"[{_CYRILLIC_VOWELS}]?") if has_vowel else (name, "")
    return re.compile(rf"(?<!\S){before}{re.escape(core)}{after}(?!\S)")


def _names(contacts: Sequence[Contact], languages: Languages) -> Iterator[tuple[str, str]]:
    for country in dict.fromkeys(contact.country for contact in contacts):
        names = {normalise(languages.territory(country, each.code)) for each in languages.understood()}
        yield from ((name, country) for name in names if name)
