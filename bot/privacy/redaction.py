"""Taking out what names a person: addresses, telephone numbers, document numbers, and names that somebody gives."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import phonenumbers

REDACTED = "[…]"

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_LINK_OR_HANDLE = re.compile(r"(?:https?://|\b(?:www|t\.me|wa\.me|m\.me)[./])\S+|(?<!\w)@\w{3,}", re.IGNORECASE)
# Passports, case files, accounts: five or more digits in a row, also with letters before or blanks between. Chinese and
# Thai put no blank before a number, so only Latin letters can be part of one.
_NUMBER = re.compile(r"(?:(?<![A-Z])[A-Z]{1,3}[-\s]?)?\d(?:[\s./\u2010-\u2015-]?\d){4,}[A-Z\d]*", re.IGNORECASE)

# Behind "my name is": three words at most. Where a script has no blanks, so many signs as a name has.
_NAME = {
    "spaced": r"(?:[^\w\n]{0,3}\w[\w\u0900-\u0dff'’-]*){1,3}",
    "zh": r"[^\w\n]{0,3}[\u3400-\u9fff·]{1,4}",
    "th": r"[^\w\n]{0,3}[\u0e00-\u0e7f]{1,16}",
    "my": r"[^\w\n]{0,3}[\u1000-\u109f]{1,24}",
}
_WORD = re.compile(r"\w[\w\u0900-\u0dff'’-]*")
_WITHOUT_BLANKS = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u3400-\u9fff]")


class Redactor:
    """Replaces what names a person. `introductions` are pairs of language and words that a name follows."""

    def __init__(self, introductions: Iterable[tuple[str, str]] = ()) -> None:
        self._names = _names(introductions)

    def __call__(self, text: str) -> str:
        """The text with e-mail addresses, links, telephone numbers, long numbers and given names replaced.

        Digits of every script are found. Of names only those are that somebody introduces ("my name is …"): nothing
        tells others from words without a language model.
        """
        text = _LINK_OR_HANDLE.sub(REDACTED, _EMAIL.sub(REDACTED, text))
        matches = phonenumbers.PhoneNumberMatcher(text, None, leniency=phonenumbers.Leniency.POSSIBLE)
        for match in sorted(matches, key=lambda found: -found.start):
            text = text[: match.start] + REDACTED + text[match.end :]
        text = _NUMBER.sub(REDACTED, text)
        for names in self._names:
            text = names.sub(_without_name, text)
        return text


def _without_name(match: re.Match[str]) -> str:
    """The introduction without the name: its first word, and those after it that are written like a name."""
    introduction, given = match[1], match[2]
    if _WITHOUT_BLANKS.search(given):
        return f"{introduction} {REDACTED}"
    words = _WORD.findall(given)
    last = words[0]
    for word in words[1:]:
        letter = word.lstrip()[0]
        is_caseless = letter.upper() == letter.lower()
        if not (letter.isupper() or (is_caseless and last is words[0])):
            break
        last = word
    return f"{introduction} {REDACTED}{given[given.index(last) + len(last) :]}"


def read_introductions(locales: Path) -> Iterator[tuple[str, str]]:
    """Language and words of every line of `<language>/names.txt`."""
    for path in sorted(locales.glob("*/names.txt")):
        for line in filter(None, map(str.strip, path.read_text(encoding="utf-8").splitlines())):
            yield path.parent.name, line


def _names(introductions: Iterable[tuple[str, str]]) -> list[re.Pattern[str]]:
    """One pattern for each way in which names are written; longer introductions first."""
    groups: dict[str, list[str]] = {}
    for language, words in introductions:
        without_blanks = language in _NAME and _WITHOUT_BLANKS.match(words)
        groups.setdefault(language if without_blanks else "spaced", []).append(words)
    patterns = []
    for way, phrases in groups.items():
        listed = "|".join(re.escape(each) for each in sorted(phrases, key=len, reverse=True))
        start = "" if way != "spaced" else r"(?<!\w)"
        end = "" if way != "spaced" else r"(?!\w)"
        patterns.append(re.compile(f"{start}({listed}){end}({_NAME[way]})", re.IGNORECASE))
    return patterns
