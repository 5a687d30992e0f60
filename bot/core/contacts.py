"""Whom to call, by country: nothing is built in, an operator configures it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call, with where the number comes from and when it was last checked there.

    `country` is an ISO 3166 code such as `IT`; `phone` is written as it is dialled there, and may be empty if there is
    an address.
    """

    country: str
    name: str
    phone: str
    url: str
    source: str
    checked: date


class Contacts(Protocol):
    """The contacts of an operator, by country."""

    def countries(self) -> Sequence[str]:
        """Codes of the countries that there are contacts of."""

    def of(self, country: str) -> tuple[Contact, ...]:
        """The contacts of a country, in the operator's order; none for any other."""

    def named_in(self, text: str) -> tuple[Contact, ...]:
        """The contacts of the first country with contacts that the text names, in any language."""


class NoContacts:
    """What there is until an operator configures some."""

    def countries(self) -> Sequence[str]:
        return ()

    def of(self, country: str) -> tuple[Contact, ...]:
        return ()

    def named_in(self, text: str) -> tuple[Contact, ...]:
        return ()
