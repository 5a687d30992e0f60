"""Countries that a text names, in any language."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from bot.countries.grammar import roots, stems
from bot.countries.names import FLAG, Spelt, countries, country_of, everyday, spelt
from bot.countries.spelling import spelled

# Thai, Lao, Burmese, Japanese and Chinese put no blanks between words.
RUN = "\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff"
_IN_RUN = re.compile(rf"[{RUN} ]+")
_PIECE = re.compile(rf"{FLAG.pattern}|[{RUN}]+|[^\s{RUN}\U0001f1e6-\U0001f1ff\U0001f3f4]+")
_LETTERS = re.compile(r"\w+")
_KEY = 2
"""Letters by which names in such scripts are found; none has fewer."""

# So short a name is a word of another language once its accents are gone, as Austria is Áo in Vietnamese, and a shorter
# one once its capital is.
_ACCENTS_COUNT, _CASE_COUNTS = 4, 3
_MOST_WRITTEN = 200
"""Characters without a blank in which it is looked up how a short name is written: a bound on what hostile text costs."""


class _Word(NamedTuple):
    """A word in its one spelling, and the piece of the text that it stands in."""

    form: str
    written: str


class Mentions:
    """Finds names and flags in texts: names as words of their own ("Niger" is not in "Nigeria"), the longest that fits."""

    def __init__(self, names: Iterable[Spelt]) -> None:
        # A flag stands as its code, in capitals, which no name has in its one spelling.
        self._meant: dict[str, tuple[str, ...]] = {country: (country,) for country in countries()}
        self._writings: dict[str, set[str]] = {}
        self._in_runs: dict[str, list[str]] = {}
        for each in names:
            self._learn(each.country, unicodedata.normalize("NFC", each.name), each.form)
        for each in spelt(("", name) for name in everyday().none):
            self._learn("", each.name, each.form)
            self._meant[each.form] = ()
        parts = (form.split() for form in self._meant)
        self._beginnings = {" ".join(words[:n]) for words in parts for n in range(1, len(words))}
        for known in self._in_runs.values():
            known.sort(key=len, reverse=True)

    def named_in(self, text: str) -> list[str]:
        """Codes of the countries, in the order of the text, each once."""
        found: list[str] = []
        # Where all is in capitals, they mark no name.
        words = _words(text.lower() if text.isupper() else text)
        for in_run, group in groupby(words, key=lambda word: _IN_RUN.fullmatch(word.form) is not None):
            for name in self._in_run("".join(word.form for word in group)) if in_run else self._among(list(group)):
                found += self._meant[name]
        return list(dict.fromkeys(found))

    def _learn(self, country: str, name: str, form: str) -> None:
        if _IN_RUN.fullmatch(form):
            if name in everyday().words:
                return
            form = form.replace(" ", "")
            self._in_runs.setdefault(form[:_KEY], []).append(form)
        for each in {form, stems(form)}:
            self._meant[each] = tuple(dict.fromkeys((*self._meant.get(each, ()), country)))
        letters = len(form.replace(" ", ""))
        if letters <= _ACCENTS_COUNT and name.lower() != name.upper():
            cases = () if letters <= _CASE_COUNTS else (name.lower(), name.upper(), name.capitalize())
            self._writings.setdefault(form, set()).update(map(_apart, (name, *cases)))

    def _in_run(self, run: str) -> Iterator[str]:
        at = 0
        while at < len(run):
            known = self._in_runs.get(run[at : at + _KEY], ())
            name = next((name for name in known if run.startswith(name, at)), "")
            if name:
                yield name
            at += len(name) or 1

    def _among(self, words: Sequence[_Word]) -> Iterator[str]:
        at = 0
        while at < len(words):
            count, name = self._longest(words, at)
            if name:
                yield name
            at += count

    def _longest(self, words: Sequence[_Word], at: int) -> tuple[int, str]:
        """How many words the longest name has that begins here, and the name; 1 and none if no name does."""
        longest, begun = (1, ""), [""]
        for end in range(at, len(words)):
            keys = [f"{key} {root}".lstrip() for key in begun for root in roots(words[end].form)]
            names = (key for key in keys if key in self._meant and self._counts(key, words[at : end + 1]))
            longest = next(((end + 1 - at, name) for name in names), longest)
            begun = [key for key in keys if key in self._beginnings]
            if not begun:
                break
        return longest

    def _counts(self, name: str, words: Sequence[_Word]) -> bool:
        """Whether it is no everyday word, and a short name is written as it must be."""
        form = " ".join(word.form for word in words)
        writings, everyday_words = self._writings.get(name), _everyday_words().get(form, ())
        if writings is None and not everyday_words:
            return True
        written = " ".join(dict.fromkeys(word.written for word in words))
        if len(written) > _MOST_WRITTEN:
            return False
        written = _apart(unicodedata.normalize("NFC", written))
        if any(word in written for word in everyday_words):
            return False
        if name != form:
            return len(name) >= _ACCENTS_COUNT
        return writings is None or any(writing in written for writing in writings)


@cache
def _everyday_words() -> Mapping[str, Sequence[str]]:
    """Everyday words, set apart, by their one spelling."""
    words: dict[str, list[str]] = {}
    for word in everyday().words:
        words.setdefault(spelled(word), []).append(_apart(unicodedata.normalize("NFC", word)))
    return words


def _apart(text: str) -> str:
    """The words with blanks around each, so that one can be looked up among others."""
    return f" {' '.join(_LETTERS.findall(text))} "


def _words(text: str) -> Iterator[_Word]:
    for piece in _PIECE.findall(text):
        forms = [country_of(piece)] if FLAG.fullmatch(piece) else spelled(piece).split()
        yield from (_Word(form, piece) for form in forms if form)
