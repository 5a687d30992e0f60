"""Taking out what names a person: addresses, telephone numbers, document numbers."""

import re

import phonenumbers

REDACTED = "[…]"

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_LINK_OR_HANDLE = re.compile(r"(?:https?://|\b(?:www|t\.me|wa\.me|m\.me)[./])\S+|(?<!\w)@\w{3,}", re.IGNORECASE)
# Passports, case files, accounts: five or more digits in a row, also with letters before or blanks between. Chinese and
# Thai put no blank before a number, so only Latin letters can be part of one.
_NUMBER = re.compile(r"(?:(?<![A-Z])[A-Z]{1,3}[-\s]?)?\d(?:[\s./\u2010-\u2015-]?\d){4,}[A-Z\d]*", re.IGNORECASE)


def redact(text: str) -> str:
    """The text with e-mail addresses, links, telephone numbers and long numbers replaced.

    Digits of every script are found. Names are not: nothing tells them from words without a language model.
    """
    text = _LINK_OR_HANDLE.sub(REDACTED, _EMAIL.sub(REDACTED, text))
    matches = phonenumbers.PhoneNumberMatcher(text, None, leniency=phonenumbers.Leniency.POSSIBLE)
    for match in sorted(matches, key=lambda found: -found.start):
        text = text[: match.start] + REDACTED + text[match.end :]
    return _NUMBER.sub(REDACTED, text)
