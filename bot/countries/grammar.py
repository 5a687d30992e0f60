"""What languages put before and after a country's name within a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

STEM = "-"
"""Marks a Cyrillic stem, so that it is never taken for a word: "Кореи" has the stem "коре-", and "коре" is another word."""


@dataclass(frozen=True, slots=True)
class _Affixes:
    """Beginnings with what takes their place, endings, and how many letters must be left."""

    beginnings: tuple[tuple[str, str], ...] = ()
    endings: tuple[str, ...] = ()
    least_letters: int = 3

    def without_beginning(self, word: str) -> Iterator[str]:
        for beginning, instead in self.beginnings:
            if word.startswith(beginning) and len(word) - len(beginning) >= self.least_letters:
                yield instead + word.removeprefix(beginning)

    def without_ending(self, word: str) -> Iterator[str]:
        for ending in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= self.least_letters:
                yield word.removesuffix(ending)


def _letters(letters: str) -> tuple[tuple[str, str], ...]:
    return tuple((letter, "") for letter in letters)


# Conjunctions and prepositions of one letter; "to the" swallows the article's first letter.
_ARABIC = _Affixes((*_letters("وفبكل"), ("لل", "ال")))
# Amharic and Tigrinya: from, in, to, of; and the marks of object, "and", "too", "as for".
_ETHIOPIC = _Affixes(_letters("ከበለየብንዝ"), tuple("ንናምስ"))
# Nepali: in, from, of, to, by, since, until.
_DEVANAGARI = _Affixes(endings=("मा", "बाट", "को", "का", "की", "लाई", "ले", "देखि", "सम्म"))
_BENGALI = _Affixes(endings=("ে", "ের", "তে", "র", "য\u09bc", "য\u09bcে", "কে"))
# Turkish, Azerbaijani, Uzbek where no apostrophe parts them (in, from, to, of), and the Somali article.
_LATIN = _Affixes(
    endings=("da", "de", "dan", "den", "ta", "te", "tan", "ten", "ya", "ye", "nin", "nun", "ning", "ga", "ka"),
    least_letters=5,
)
# Cases of Slavic languages, in the letters that `normalise` leaves. "ии" is missing: Нигерии is not Нигер.
_CYRILLIC_ENDINGS = frozenset(
    "а я у ю е и і ы о ь є ом ем ам ям ах ях ои еи оі ою ею єю ью ов ев ім им ым их ых ая яя ую юю ое ее "  # noqa: SIM905
    "ами ями ими ыми ого ому его ові еві".split()
)
_LONGEST_ENDING = 3
_LEAST_STEM = 4

# By the first letter's place in Unicode, in steps of 128.
_BY_PLACE = {
    **dict.fromkeys(range(4), _LATIN),
    **dict.fromkeys((0x600 >> 7, 0x680 >> 7), _ARABIC),
    0x900 >> 7: _DEVANAGARI,
    0x980 >> 7: _BENGALI,
    **dict.fromkeys((0x1200 >> 7, 0x1280 >> 7, 0x1300 >> 7), _ETHIOPIC),
}
_CYRILLIC = (0x400 >> 7, 0x480 >> 7)


def roots(word: str) -> list[str]:
    """The word, and what it may be without its beginning and ending."""
    place = ord(word[0]) >> 7
    if place in _CYRILLIC:
        stem = _stem(word)
        return [word, stem, f"{stem}{STEM}"] if stem else [word]
    affixes = _BY_PLACE.get(place)
    if affixes is None:
        return [word]
    bare = list(affixes.without_beginning(word))
    begun = [word, *bare, *(twice for once in bare for twice in affixes.without_beginning(once))]
    return [*begun, *(ended for each in begun for ended in affixes.without_ending(each))]


def stems(name: str) -> str:
    """A name with the stem of each Cyrillic word that has an ending."""
    words = ((word, _stem(word) if ord(word[0]) >> 7 in _CYRILLIC else "") for word in name.split())
    return " ".join(f"{stem}{STEM}" if stem else word for word, stem in words)


def _stem(word: str) -> str:
    """Empty if the word has no ending, or is too short to part it from one."""
    sizes = range(min(_LONGEST_ENDING, len(word) - _LEAST_STEM), 0, -1)
    return next((word[:-size] for size in sizes if word[-size:] in _CYRILLIC_ENDINGS), "")
