"""One form for texts that mean the same letters: width, case, accents, Arabic and Persian letter shapes."""

import re
import unicodedata

MOST_CHARACTERS = 2000
"""Longer messages are cut: enough for any question, and a bound on what the search costs."""

_ARABIC = str.maketrans(
    {"إ": "ا", "أ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ؤ": "و", "ئ": "ي", "ـ": ""}
)
_NOT_WORD = re.compile(r"[^\w\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f]+")


def bounded(message: str) -> str:
    """The message without what C code and databases cannot take: NUL, half surrogates, endless length."""
    clean = message[:MOST_CHARACTERS].replace("\0", " ")
    return clean.encode("utf-8", "replace").decode("utf-8")


def normalise(text: str) -> str:
    """Words of lower-case letters and digits with single blanks between.

    Accents go (é becomes e); vowel signs of Indic scripts, Thai and Burmese stay, because they are letters there.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c) or _is_letter(c))
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFC", bare.translate(_ARABIC))).strip()


def _is_letter(mark: str) -> bool:
    return "\u0900" <= mark <= "\u109f"
