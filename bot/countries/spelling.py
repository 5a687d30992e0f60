"""One spelling for all that mean the same letters, and how near another spelling comes to it."""

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.text import normalise

MOST_TYPED = 100
"""Characters of a typed name that count: more than any name has."""

APOSTROPHE = re.compile("['’‘ʻʼʿʾ`´]")

# Letters that are no letter with an accent, and that people type as their neighbours.
_LETTERS = str.maketrans("đðɖłøɔıəɛŋħɓɗƙƴ", "dddlooieenhbdky") | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th"})
# Khmer vowels are no letters to `normalise`.
_KHMER = re.compile(r"[\u1780-\u17ff]")


class Nearness(IntEnum):
    """How much of a name is typed."""

    SAME = 0
    BEGINNING = 1
    WORD = 2
    WORD_BEGINNING = 3


def spelled(text: str) -> str:
    """Words with single blanks between; an apostrophe parts words."""
    if _KHMER.search(text):
        return "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return normalise(APOSTROPHE.sub("'", text)).translate(_LETTERS)


def typed_form(text: str) -> str:
    """As `spelled`, but apostrophes are left out, as many do who type."""
    return spelled(APOSTROPHE.sub("", text[:MOST_TYPED]))


def nearness(typed: str, name: str) -> Nearness | None:
    """None if no word of `name` begins so. Both are in `typed_form`."""
    if name.startswith(typed):
        return Nearness.SAME if len(name) == len(typed) else Nearness.BEGINNING
    if f" {typed}" not in name:
        return None
    return Nearness.WORD if f" {typed} " in f"{name} " else Nearness.WORD_BEGINNING


def misspelt(typed: str, names: Sequence[str], edits: int) -> list[tuple[int, str]]:
    """Names that are so many edits away at the most, nearest first. Another first letter counts as one edit more."""
    found = process.extract(typed, names, scorer=OSA.distance, score_cutoff=edits, limit=None)
    away = ((int(distance) + (typed[0] not in name[:2]), name) for name, distance, _index in found)
    return sorted(pair for pair in away if pair[0] <= edits)
