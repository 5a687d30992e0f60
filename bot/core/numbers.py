"""Numbers that people copy by hand: receipts and codes of drafts, with a check digit."""

import secrets
import unicodedata

RECEIPT_DIGITS = 16
CODE_DIGITS = 12
_GROUP = 4

# Quasigroup of order 10: H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004. Finds every single wrong digit and
# every two neighbours that changed places.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def new_receipt() -> str:
    """16 digits, the last of them the check digit."""
    return _with_check_digit(RECEIPT_DIGITS)


def new_code() -> str:
    """12 digits, the last of them the check digit."""
    return _with_check_digit(CODE_DIGITS)


def check_digit(digits: str) -> str:
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return str(state)


def grouped(number: str) -> str:
    """`1234 5678 9012 3456`: as it is read out and written down."""
    return " ".join(number[start : start + _GROUP] for start in range(0, len(number), _GROUP))


def read_number(typed: str, length: int) -> str | None:
    """The digits of a number that was typed, in the digits of any script and with any blanks or dashes.

    None if it is no such number; one with a wrong check digit is None too, so that a slip is told at once.
    """
    digits = _digits(typed)
    return digits if digits is not None and len(digits) == length and check_digit(digits) == "0" else None


def looks_like_number(typed: str, length: int) -> bool:
    """Whether somebody meant to type such a number, right or wrong."""
    digits = _digits(typed)
    return digits is not None and len(digits) == length


def _digits(typed: str) -> str | None:
    kept = [
        sign for sign in unicodedata.normalize("NFKC", typed) if not (sign.isspace() or sign in "-–—‑.·\u200e\u200f")
    ]
    if not kept or not all(sign.isdecimal() for sign in kept):
        return None
    return "".join(str(unicodedata.decimal(sign)) for sign in kept)


def _with_check_digit(length: int) -> str:
    digits = "".join(secrets.choice("0123456789") for _ in range(length - 1))
    return digits + check_digit(digits)
