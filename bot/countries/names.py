"""Names of countries: which countries there are, their codes and flags, and what ISO 3166 and people call them."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pycountry

from bot.countries.spelling import spelled

Name = tuple[str, str]
"""The code of a country and one of its names."""


class Spelt(NamedTuple):
    """A name of a country and its one spelling."""

    country: str
    name: str
    form: str


# User-assigned in ISO 3166-1, and used so by CLDR, the European Union and the IMF: people live there.
KOSOVO = "XK"

# Parts of countries that CLDR names apart; their codes are reserved in ISO 3166-1, and people say them as countries.
PARTS = {"EA": "ES", "IC": "ES", "TA": "SH", "AC": "SH"}

FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a]{2,6}\U000e007f|[\U0001f1e6-\U0001f1ff]{2}")
"""Two regional indicators, or a black flag with tags: England, Scotland and Wales have such a one."""

_BLACK_FLAG, _TAG, _INDICATOR = "\U0001f3f4", 0xE0000, 0x1F1E6 - ord("A")
_ABBREVIATION = re.compile("[A-Z]{2,4}")
_BEFORE_NOTE = re.compile(r"[^\[(（,،、]+")


@dataclass(frozen=True, slots=True)
class Everyday:
    """What `everyday.toml` holds; it says there what each part is for."""

    names: tuple[Name, ...]
    sentences: tuple[Name, ...]
    words: frozenset[str]
    none: tuple[str, ...]


@cache
def everyday() -> Everyday:
    """What people say beside the names of CLDR and ISO 3166."""
    content = tomllib.loads(Path(__file__).with_name("everyday.toml").read_text(encoding="utf-8"))
    typed, written = (
        tuple((country, name) for country, names in content[part].items() for name in names)
        for part in ("names", "sentences")
    )
    return Everyday(typed, written, frozenset(content["words"]), tuple(content["none"]))


@cache
def codes() -> Mapping[str, str]:
    """Country by alpha-2, alpha-3 and numeric code of ISO 3166-1, and by abbreviations such as `UK`."""
    abbreviated = {name: code for code, name in everyday().names if _ABBREVIATION.fullmatch(name)}
    official = {code: c.alpha_2 for c in pycountry.countries for code in (c.alpha_2, c.alpha_3, c.numeric)}
    return {**abbreviated, **official, KOSOVO: KOSOVO}


@cache
def countries() -> frozenset[str]:
    """Every alpha-2 code."""
    return frozenset(codes().values())


def country_of(flag: str) -> str:
    """The country whose flag this is; empty if it is none's. `flag` matches `FLAG`."""
    shift, letters = (_TAG, flag[1:3]) if flag[0] == _BLACK_FLAG else (_INDICATOR, flag)
    code = "".join(chr(ord(letter) - shift) for letter in letters).upper()
    return code if code in countries() else ""


def iso_names() -> Iterator[Name]:
    """English short names, without what ISO puts behind a comma."""
    for each in pycountry.countries:
        short = each.name.partition(",")[0]
        yield each.alpha_2, short if short == each.name else getattr(each, "common_name", short)


def official_names() -> Iterator[Name]:
    """English names as treaties have them."""
    for each in pycountry.countries:
        yield each.alpha_2, getattr(each, "official_name", each.name).removeprefix("the ")


def spelt(names: Iterable[Name]) -> list[Spelt]:
    """These names, each once, and what stands before a bracket or a comma in one unless another country is called so."""
    known = [Spelt(country, name, spelled(name)) for country, name in dict.fromkeys(names)]
    owners: dict[str, set[str]] = {}
    for country, form in (*_everyday_forms(), *((each.country, each.form) for each in known)):
        owners.setdefault(form, set()).add(country)
    short = [
        Spelt(each.country, begun[0], spelled(begun[0]))
        for each in known
        if (begun := _BEFORE_NOTE.match(each.name)) and begun[0] != each.name
    ]
    return [each for each in (*known, *(s for s in short if s.country in owners.get(s.form, {s.country}))) if each.form]


@cache
def _everyday_forms() -> tuple[Name, ...]:
    return tuple((country, spelled(name)) for country, name in everyday().names)
