"""First-level parts of countries, in the spelling of ISO 3166-2."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pycountry
from rapidfuzz import fuzz

from bot.core import Region
from bot.countries.spelling import Nearness, nearness, typed_form

MOST_FOUND = 5
_SURE = 85
"""Likeness, 0 to 100, from which on a misspelt name stands alone; below, others are offered beside it."""
_LIKE = 65
_BESIDE = 3
_LEAST_LETTERS = 4

_NOTE = re.compile(r"\s*[\[(]([^\])]*)[\])]")


@dataclass(frozen=True, slots=True)
class _Known:
    """A region and the forms of its name: without what stands in brackets behind it, with it, and that alone."""

    region: Region
    forms: tuple[str, ...]

    def nearness(self, typed: str) -> Nearness | None:
        return min((near for form in self.forms if (near := nearness(typed, form)) is not None), default=None)

    def likeness(self, typed: str) -> float:
        return max(fuzz.ratio(typed, each) for form in self.forms for each in (form, *form.split()))


def find_regions(country: str, typed: str) -> Sequence[Region]:
    """See `bot.core.Countries`. For nothing typed, all of them if they are few enough to choose from."""
    known = _known().get(country, ())
    wanted = typed_form(typed)
    if not wanted:
        return [each.region for each in known] if len(known) <= MOST_FOUND else []
    code = typed.strip().upper()
    coded = [each.region for each in known if each.region.code in (code, f"{country}-{code}")]
    found = coded or _beginning(wanted, known) or _alike(wanted, known)
    return found[:MOST_FOUND]


def region(code: str) -> Region | None:
    """See `bot.core.Countries`."""
    known = _known().get(code[:2], ())
    return next((each.region for each in known if each.region.code == code), None)


def _beginning(typed: str, known: Sequence[_Known]) -> list[Region]:
    near = sorted((near, number) for number, each in enumerate(known) if (near := each.nearness(typed)) is not None)
    same = [number for near, number in near if near is Nearness.SAME]
    return [known[number].region for number in same or (number for _near, number in near)]


def _alike(typed: str, known: Sequence[_Known]) -> list[Region]:
    if len(typed) < _LEAST_LETTERS:
        return []
    alike = sorted(((each.likeness(typed), each.region) for each in known), key=lambda one: one[0], reverse=True)
    sure = [region for likeness, region in alike if likeness >= _SURE]
    return sure or [region for _likeness, region in alike[:_BESIDE] if alike[0][0] >= _LIKE]


@cache
def _known() -> dict[str, list[_Known]]:
    """First-level regions by country, in the order of their names."""
    by_country: dict[str, list[_Known]] = {}
    for each in sorted(pycountry.subdivisions, key=lambda each: each.name):
        if each.parent_code is None:
            by_country.setdefault(each.country_code, []).append(_read(each.code, each.name))
    return by_country


def _read(code: str, name: str) -> _Known:
    short = _NOTE.sub("", name) or name
    forms = dict.fromkeys(typed_form(each) for each in (short, name, *_NOTE.findall(name)))
    return _Known(Region(code, short), tuple(form for form in forms if form))
