"""Taking out what names a person: addresses, telephone numbers, document numbers."""

import re

import phonenumbers

REDACTED = "[…]"

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_LINK_OR_HANDLE = re.compile(r"https?://\S+|(?<!\w)@\w{3,}")
# Passports, case files, accounts: five or more digits in a row, also with letters before or blanks between.
_NUMBER = re.compile(r"\b[A-Z]{0,3}[-\s]?\d(?:[\s./-]?\d){4,}\w*", re.IGNORECASE)


def redact(text: str) -> str:
    """The text with e-mail addresses, links, telephone numbers and long numbers replaced.

    Digits of every script are found. Names are not: nothing tells them from words without a language model.
    """
    text = _LINK_OR_HANDLE.sub(REDACTED, _EMAIL.sub(REDACTED, text))
    matches = phonenumbers.PhoneNumberMatcher(text, None, leniency=phonenumbers.Leniency.POSSIBLE)
    for match in sorted(matches, key=lambda found: -found.start):
        text = text[: match.start] + REDACTED + text[match.end :]
    return _NUMBER.sub(REDACTED, text)
