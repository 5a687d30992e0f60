"""The operator's contacts in an emergency: `contacts.toml`, read and checked."""

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
from bot.countries.mentions import Mentions
from bot.countries.names import countries, everyday, iso_names, spelt

MOST_CONTACTS_A_COUNTRY = 5

_ADDRESS = r"^(https://\S+)?$"


@dataclass(frozen=True, slots=True)
class ContactBook:
    """See `bot.core.Contacts`. `names` are names of countries in any language, each with the country's code."""

    contacts: tuple[Contact, ...]
    names: tuple[tuple[str, str], ...]

    def countries(self) -> Sequence[str]:
        return list(dict.fromkeys(contact.country for contact in self.contacts))

    def of(self, country: str) -> tuple[Contact, ...]:
        return tuple(contact for contact in self.contacts if contact.country == country)

    def named_in(self, text: str) -> tuple[Contact, ...]:
        named = (self.of(country) for country in _mentions(self.names).named_in(text))
        return next(filter(None, named), ())


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
    return ContactBook(tuple(contacts), tuple(_names(languages)))


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
def _mentions(names: tuple[tuple[str, str], ...]) -> Mentions:
    return Mentions(spelt((country, name) for name, country in names))


def _names(languages: Languages) -> Iterator[tuple[str, str]]:
    """Of all countries, with contacts or without: whoever names South Sudan does not mean Sudan."""
    for country in sorted(countries()):
        yield from ((languages.territory(country, each.code), country) for each in languages.understood())
    yield from ((name, country) for country, name in (*iso_names(), *everyday().names, *everyday().sentences))
