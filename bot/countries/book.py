"""All countries, found by what people type or name."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from bot.core import Languages, Region
from bot.countries.index import ENGLISH, Index, make_index, typed
from bot.countries.mentions import RUN
from bot.countries.names import FLAG, Name, codes, countries, country_of, spelt
from bot.countries.regions import find_regions, region
from bot.countries.spelling import MOST_TYPED, Nearness, misspelt, nearness, typed_form

MOST_FOUND = 5

# Never offered beside an exact name that theirs contains: who types America, China or Georgia means those.
_APART = frozenset({"AQ", "AS", "BQ", "BV", "GS", "HK", "HM", "IO", "MO", "SJ", "TF", "TW", "UM"})

# Letters typed, and how many of them may be wrong: in names that the person is likely to use, and in those of other
# languages, where some name is near to almost any word; from so many letters on in all languages.
_EDITS = ((12, 3), (8, 2), (5, 1))
_EDITS_ELSEWHERE = ((13, 3), (10, 2), (6, 1))
_LETTERS_MISSPELT = 8

_LEAST_LETTERS = 3
"""With fewer, a single country that begins so is chance: "да" is no Denmark."""
_LETTERS_IN_ANY_LANGUAGE = 5
"""With fewer Latin letters, some name in some language begins like almost any word: "all" is no Allemagne."""

# Longer sentences are no answer. Where no blanks are written, four letters count as a word.
_MOST_WORDS = 5
_WORDS = re.compile(rf"[{RUN}]{{1,4}}|[^\s{RUN}]+")
_IN_RUN = re.compile(f"[{RUN}]")
_QUESTION = re.compile(r"[?؟？]")


class CountryBook:
    """See `bot.core.Countries`. `names` gives country, language and name; it is asked when the book is first used."""

    def __init__(self, languages: Languages, names: Callable[[], Iterable[tuple[str, str, str]]]) -> None:
        self._languages = languages
        self._names = names
        self._readers: dict[str, Sequence[Name]] = {}

    def find(self, typed: str, reader: str) -> Sequence[str]:
        """See `bot.core.Countries`. A few words around a name do no harm: "in Italy" is an answer."""
        text = typed[:MOST_TYPED]
        sure = _flagged(text) or _coded(text)
        form = typed_form(text)
        if sure or not form:
            return sure[:MOST_FOUND]
        found = self._near(form, reader) or self._begun(form) or self._alike(form, reader) or self._named(text)
        return found[:MOST_FOUND]

    def named_in(self, text: str) -> Sequence[str]:
        """See `bot.core.Countries`. Codes count as words; flags name countries."""
        return self._index.mentions.named_in(text)

    def name(self, country: str, reader: str) -> str:
        """See `bot.core.Countries`. In English where the reader's language has no name; the code if there is none."""
        name = self._languages.territory(country, reader)
        return self._languages.territory(country, ENGLISH) if name == country else name

    def regions(self, country: str, typed: str) -> Sequence[Region]:
        """See `bot.core.Countries`. For nothing typed, all of them if they are few enough to choose from."""
        return find_regions(country, typed)

    def region(self, code: str) -> Region | None:
        """See `bot.core.Countries`."""
        return region(code)

    def _near(self, form: str, reader: str) -> list[str]:
        """Countries with such a name, and those with a name that begins so and that this reader is likely to use."""
        ranked: dict[str, tuple[Nearness, int]] = {}
        for country, near, tier in self._candidates(form, reader):
            ranked[country] = min(ranked.get(country, (near, tier)), (near, tier))
        if any(near is Nearness.SAME for near, _tier in ranked.values()):
            ranked = {country: rank for country, rank in ranked.items() if _stays_beside_the_same(country, rank[0])}
        elif len(ranked) == 1 and _letters(form) < _LEAST_LETTERS:
            return []

        def order(country: str) -> tuple[int, bool, int, str]:
            near, tier = ranked[country]
            return near, country in _APART, tier, typed_form(self.name(country, reader))

        return sorted(ranked, key=order)

    def _candidates(self, form: str, reader: str) -> Iterator[tuple[str, Nearness, int]]:
        """Countries, how near they are, and how likely this reader is to use the name: least is likeliest."""
        enough = _letters(form) >= _LEAST_LETTERS
        for tier, names in ((0, self._of_reader(reader)), (2, self._index.english)):
            for country, name in names:
                near = nearness(form, name)
                if near is not None and (enough or near <= Nearness.BEGINNING):
                    yield country, near, tier
        for country in filter(None, (codes().get(form.replace(" ", "").upper()), self._index.official.get(form))):
            yield country, Nearness.SAME, 1
        if enough:
            for country, name in self._index.everyday:
                if name.startswith(form):
                    yield (country, Nearness.SAME, 1) if name == form else (country, Nearness.BEGINNING, 3)
        if enough or not form.isascii():
            yield from ((country, Nearness.SAME, 3) for country in self._index.everywhere.get(form, ()))

    def _begun(self, form: str) -> list[str]:
        """Countries with a name that begins so in another language, the shortest names first."""
        least = _LETTERS_IN_ANY_LANGUAGE if form.isascii() else _LEAST_LETTERS
        everywhere = self._index.everywhere
        begun = (name for name in everywhere if _letters(form) >= least and name.startswith(form))
        return list(dict.fromkeys(country for name in sorted(begun, key=len) for country in everywhere[name]))

    def _named(self, text: str) -> Sequence[str]:
        """Countries named in a few words that are no question."""
        few = len(_WORDS.findall(text)) <= _MOST_WORDS and not _QUESTION.search(text)
        return self.named_in(text) if few else ()

    def _alike(self, form: str, reader: str) -> list[str]:
        """Countries whose names are nearest to what must be misspelt."""
        likely: dict[str, Sequence[str]] = {}
        for country, name in (*self._of_reader(reader), *self._index.english, *self._index.everyday):
            likely[name] = (*likely.get(name, ()), country)
        others = self._index.everywhere if len(form) >= _LETTERS_MISSPELT else self._index.understood
        found = [
            (edits, tier, country)
            for tier, (names, allowed) in enumerate(((likely, _EDITS), (others, _EDITS_ELSEWHERE)))
            for edits, name in misspelt(form, list(names), _edits(form, allowed))
            for country in names[name]
        ]
        return list(dict.fromkeys(country for edits, _tier, country in sorted(found) if edits == min(found)[0]))

    def _of_reader(self, reader: str) -> Sequence[Name]:
        if reader not in self._readers:
            names = [(country, self._languages.territory(country, reader)) for country in sorted(countries())]
            self._readers[reader] = list(typed(spelt(names)))
        return self._readers[reader]

    @cached_property
    def _index(self) -> Index:
        return make_index(self._names(), {language.code for language in self._languages.understood()})


def _flagged(text: str) -> list[str]:
    return [country for country in dict.fromkeys(map(country_of, FLAG.findall(text))) if country]


def _coded(text: str) -> list[str]:
    """The country of a code in capitals or digits. In small letters it may be how a name begins."""
    letters = unicodedata.normalize("NFKC", text).replace(".", "").strip()
    code = "".join(str(int(digit)) for digit in letters) if letters.isdecimal() else letters
    return [codes()[code]] if code in codes() else []


def _stays_beside_the_same(country: str, near: Nearness) -> bool:
    """Whether a country is still meant perhaps where another one's name is typed in full, as Nigeria is with Niger."""
    return near is Nearness.SAME or (near is not Nearness.WORD_BEGINNING and country not in _APART)


def _letters(form: str) -> int:
    """How much is typed; a character of a script without blanks says as much as two letters."""
    return len(form) + len(_IN_RUN.findall(form))


def _edits(form: str, allowed: Sequence[tuple[int, int]]) -> int:
    return next((edits for letters, edits in allowed if len(form) >= letters), 0)
