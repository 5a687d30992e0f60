"""Taking out what names a person: contacts, accounts, numbers, addresses of houses, and names that somebody gives."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.privacy import amounts, numbers, streets
from bot.privacy.reading import Finder, Found, Kind, finder, fold, hide, read

# Accounts of people are named by a path, sites of authorities by their domain; so only the former go.
_LINK = re.compile(
    r"(?:https?://|(?<![A-Za-z\d@._\ufffe\uffff-])(?:(?:www|t\.me|wa\.me|m\.me)[./]"
    r"|(?:[A-Za-z\d-]{1,63}\.){1,4}(?:com|org|net|me|info|app|co|ru|cn|io|page|link|gle)/))"
    r"[^\s\u3000-\u3003\u3008-\u3011\uff00-\uff0c\uff1b-\uff1f\ufffe\uffff<>\"“”«»]{0,2000}(?<![.,;:!?)\]'’])",
    re.IGNORECASE,
)
# Chinese and Thai put no blank around an address, so first comes what is written in Latin letters alone.
_LATIN_EMAIL = re.compile(r"(?<![A-Za-z\d._%+-])[A-Za-z\d._%+-]{1,64}@[A-Za-z\d-]{1,63}(?:\.[A-Za-z\d-]{1,63}){1,6}")
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@| @ | ?[(\[{] ?(?:at|@) ?[)\]}] ?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![A-Za-z\d_\ufffe\uffff])@\w[\w.]{2,62}(?<!\.)")
_PROFILE = re.compile(
    r"(?<!\w)(?:instagram|insta|ig|facebook|fb|telegram|wechat|weixin|微信|skype|line id|tiktok|snapchat|viber|imo|vk)"
    r"(?: ?(?:id|号|號|账号))? ?[:=：] ?(?P<thing>(?=[\w.-]{0,40}(?:[\d_]|\.\w))[\w.-]{3,40})",
    re.IGNORECASE,
)

# Behind "my name is": three words at most. Where a script has no blanks, so many signs as a name has.
_WORD = r"[^\W\d_][\w\u0900-\u0dff'’-]{0,40}"
_GAP = r"[^\w\n?!؟。\ufffe\uffff]{0,3}"
_NAME = {
    "spaced": rf"{_GAP}{_WORD}(?:(?:[ '’-]{{1,2}}|(?<=[ .]\w)\. ?){_WORD}){{0,2}}",
    "zh": rf"{_GAP}[\u3400-\u9fff·]{{1,4}}",
    "th": rf"{_GAP}[\u0e00-\u0e7f]{{1,16}}",
    "my": rf"{_GAP}[\u1000-\u109f]{{1,24}}",
}
_WORDS = re.compile(_WORD)
_WITHOUT_BLANKS = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u3400-\u9fff]")


class Redactor:
    """Puts marks such as "[phone]" in the place of what names a person; `Kind` has all of them.

    `introductions` are pairs of language and words that a name follows.
    """

    def __init__(self, introductions: Iterable[tuple[str, str]] = ()) -> None:
        # What is longer or tells more comes first; what is left of the digits goes last.
        self._finders: tuple[Finder, ...] = (
            finder(_LINK, Kind.LINK),
            finder(_LATIN_EMAIL, Kind.EMAIL),
            finder(_EMAIL, Kind.EMAIL),
            finder(_HANDLE, Kind.LINK),
            finder(_PROFILE, Kind.LINK),
            finder(amounts.PLAIN, None),
            numbers.find_accounts,
            numbers.find_grouped_cards,
            numbers.find_cards,
            numbers.find_phones,
            *_name_finders(introductions),
            *streets.FINDERS,
            numbers.find_numbers,
        )

    def __call__(self, text: str) -> str:
        """The text with marks. Marks that are there already stay; doing it again changes nothing.

        Digits of every script are found, also with what cannot be seen between them. Of names only those are that
        somebody introduces ("my name is …"), and of addresses those that are plain: nothing tells others from words
        without a language model. Characters that turn the direction of the text are left out.
        """
        return self.counted(text)[0]

    def counted(self, text: str) -> tuple[str, Mapping[str, int]]:
        """The text with marks, and how many new ones of each kind there are."""
        counts = Counter[str]()
        while True:
            # What was taken out may have kept a finder from something beside it.
            redacted, found = self._once(text)
            if redacted == text:
                return text, counts
            text, counts = redacted, counts + found

    def _once(self, text: str) -> tuple[str, Counter[str]]:
        reading = read(text)
        folded = reading.folded
        everything: list[Found] = []
        for find in self._finders:
            found = list(find(folded))
            if found:
                folded = hide(folded, found)
                everything += found
        return reading.without(everything)


def read_introductions(locales: Path) -> Iterator[tuple[str, str]]:
    """Language and words of every line of `<language>/names.txt`."""
    for path in sorted(locales.glob("*/names.txt")):
        for line in filter(None, map(str.strip, path.read_text(encoding="utf-8").splitlines())):
            yield path.parent.name, line


def _name_finders(introductions: Iterable[tuple[str, str]]) -> Iterator[Finder]:
    """One finder for each way in which names are written; longer introductions first."""
    groups: dict[str, list[str]] = {}
    for language, words in introductions:
        without_blanks = language in _NAME and _WITHOUT_BLANKS.match(words)
        groups.setdefault(language if without_blanks else "spaced", []).append(fold(words))
    for way, phrases in groups.items():
        listed = "|".join(re.escape(each) for each in sorted(phrases, key=len, reverse=True))
        start = "" if way != "spaced" else r"(?<![\w\ufffe\uffff])"
        end = "" if way != "spaced" else r"(?!\w)"
        yield _name_finder(re.compile(f"{start}(?:{listed}){end}", re.IGNORECASE), re.compile(_NAME[way]))


def _name_finder(introduction: re.Pattern[str], name: re.Pattern[str]) -> Finder:
    def find(folded: str) -> Iterator[Found]:
        at = 0
        while introduced := introduction.search(folded, at):
            at = introduced.end()
            if given := name.match(folded, at):
                start, at = at, at + _length_of_name(given[0])
                yield Found(start, at, Kind.NAME)

    return find


def _length_of_name(given: str) -> int:
    """How far the name goes: its first word, and those after it that are written like a name."""
    if _WITHOUT_BLANKS.search(given):
        return len(given)
    first, *others = _WORDS.finditer(given)
    last = first
    for word in others:
        letter = word[0][0]
        is_caseless = letter.upper() == letter.lower()
        if not (letter.isupper() or (is_caseless and last is first)):
            break
        last = word
    return last.end()
