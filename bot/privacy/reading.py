"""A text as redaction reads it: which characters count, what can be found in it, and how that is marked."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.core import REDACTED_NAME

EARLY, LATE = "\ufffe", "\uffff"
"""Stand for every character that was taken out: late ones are of addresses and of what is looked for after them.

No pattern takes them in, and no text holds them, since folding drops them.
"""

_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CHARACTERS_KNOWN = 4096
# Accents, vowel signs and stretching that people write or leave out, and what turns digits into pictures of keys.
_OPTIONAL = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
_SIGNS = "@.+/:#()"


class Kind(StrEnum):
    """What is taken out of a text. In its place stands the word in square brackets."""

    LINK = "link"
    EMAIL = "e-mail"
    ACCOUNT = "account"
    CARD = "card"
    PHONE = "phone"
    NAME = REDACTED_NAME.strip("[]")
    ADDRESS = "address"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Found:
    """Something to take out, from one place of the folded text to before another; without a kind it has to stay."""

    start: int
    end: int
    kind: Kind | None

    @property
    def barrier(self) -> str:
        return _barrier(self.kind) * (self.end - self.start)


Finder = Callable[[str], Iterable[Found]]
"""Finds things in a folded text, in order, none within another."""

_MARK = re.compile(rf"\[({'|'.join(Kind)})\]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and how it is read. `places` says where each folded character stands in the text, and where it ends."""

    text: str
    folded: str
    places: Sequence[int]

    def without(self, found: Iterable[Found]) -> tuple[str, Counter[str]]:
        """The text with a mark in the place of each thing, and how many there were of each kind."""
        kept: list[str] = []
        at, counts = 0, Counter[str]()
        for each in sorted(found, key=lambda thing: thing.start):
            if each.kind is None:
                continue
            counts[each.kind.value] += 1
            # A name is taken out together with what stands between it and the words before.
            blank = " " if each.kind is Kind.NAME else ""
            kept += self.text[at : self.places[each.start]], f"{blank}[{each.kind}]"
            at = self.places[each.end]
        return "".join([*kept, self.text[at:]]), counts


def read(text: str) -> Reading:
    """The text without characters that turn its direction, and how it is read: marks in it are barriers already."""
    text = text.translate(_OVERRIDES)
    kept = [(place, sign) for place, sign in enumerate(map(_folded, text)) if sign]
    folded = _MARK.sub(lambda mark: _barrier(mark[1]) * len(mark[0]), "".join(sign for _place, sign in kept))
    return Reading(text, folded, [*(place for place, _sign in kept), len(text)])


def fold(text: str) -> str:
    """The text as patterns see it.

    Digits of every script are ASCII, every dash is a hyphen, every currency sign a dollar; letters have no accents;
    what cannot be seen is gone.
    """
    return "".join(map(_folded, text))


def any_of(words: str) -> str:
    """A pattern for any of these words, folded and whatever their case; blanks part them, and "_" stands for one."""
    return f"(?i:{'|'.join(fold(words).split()).replace('_', ' ')})"


def hide(folded: str, found: Iterable[Found]) -> str:
    """The folded text, of the same length, with barriers in the place of these."""
    kept: list[str] = []
    at = 0
    for each in found:
        kept += folded[at : each.start], each.barrier
        at = each.end
    return "".join([*kept, folded[at:]])


def finder(pattern: re.Pattern[str], kind: Kind | None) -> Finder:
    """Finds what the pattern matches; of a pattern with a group `thing` only that."""
    group = "thing" if "thing" in pattern.groupindex else 0
    return lambda folded: (Found(*match.span(group), kind) for match in pattern.finditer(folded))


def _barrier(kind: str | None) -> str:
    return LATE if kind in (Kind.ADDRESS, Kind.NUMBER) else EARLY


@lru_cache(_CHARACTERS_KNOWN)
def _folded(char: str) -> str:
    """One character or none."""
    category = unicodedata.category(char)
    invisible = category in ("Cc", "Cf") and not char.isspace()
    if invisible or char in (EARLY, LATE) or _OPTIONAL.match(char):
        return ""
    of_category = {"Zs": " ", "Pd": "-", "Sc": "$", "Nd": str(unicodedata.decimal(char, 0))}
    if category in of_category:
        return of_category[category]
    if char in "\t\u2212":
        return " " if char == "\t" else "-"
    if char in "ºª":
        return char
    plain = _OPTIONAL.sub("", unicodedata.normalize("NFKD", char))
    return plain if len(plain) == 1 and (plain.isalnum() or plain in _SIGNS) else char
