"""Which language a short message is in: by its script where that decides, otherwise by CLD2."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import pycld2

from bot.knowledge.text import bounded, normalise

READ = frozenset(
    "am ar bn en es fa fil fr ha hi id my ne om pa prs ps pt ru so sw ta te th ti tr uk ur vi zh".split()  # noqa: SIM905
)
"""Languages that are told apart; a message in another one counts as not recognised."""

# Scripts that one of these languages writes alone.
_SCRIPTS = (
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
)
_NAMES = {"tl": "fil", "in": "id", "iw": "he", "zh-Hant": "zh"}
# Letters of a language among its neighbours in the same script, for messages too short for CLD2.
_LETTERS = (
    ("uk", re.compile(r"[іїєґ]", re.IGNORECASE)),
    ("ru", re.compile(r"[ыэъ]", re.IGNORECASE)),
    ("ps", re.compile(r"[ټډړږښڼېۍ]")),
    ("ur", re.compile(r"[ٹڈڑںےھہ]")),
    ("fa", re.compile(r"[پچژگ]")),
    ("es", re.compile(r"[ñ¿¡]", re.IGNORECASE)),
    ("vi", re.compile(r"[ơưđăạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)),
    ("tr", re.compile(r"[ğış]")),
)
_LETTER = re.compile(r"[^\W\d_]")
SHARE_OF_SCRIPT = 0.3
SURE_FROM_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Detected:
    """A language code and whether to rely on it. Greetings of a word or two are often in no language at all."""

    language: str
    sure: bool


def detect(message: str, hint: str, greetings: "Greetings") -> Detected:
    """The language of a message; `hint` is returned, unsure, where nothing tells. About 40 µs."""
    text = bounded(message)
    letters = len(_LETTER.findall(text))
    if not letters:
        return Detected(hint, sure=False)
    greeted = greetings.languages(text)
    if greeted:
        return Detected(hint if hint in greeted else greeted[0], sure=len(greeted) == 1)
    for language, script in _SCRIPTS:
        if len(script.findall(text)) > SHARE_OF_SCRIPT * letters:
            return Detected(language, sure=True)
    named = _by_cld2(text, hint)
    lettered = next((language for language, marks in _LETTERS if marks.search(text)), "")
    if named and (not lettered or named == lettered or letters >= SURE_FROM_LETTERS * 4):
        return Detected(named, sure=letters >= SURE_FROM_LETTERS)
    if lettered:
        return Detected(lettered, sure=letters >= SURE_FROM_LETTERS)
    return Detected(hint, sure=False)


class Greetings:
    """Which languages greet with these words."""

    def __init__(self, lines: Collection[tuple[str, str]]) -> None:
        self._languages: dict[str, list[str]] = {}
        for language, line in lines:
            known = self._languages.setdefault(normalise(line), [])
            if language not in known:
                known.append(language)

    def languages(self, message: str) -> list[str]:
        return self._languages.get(normalise(message), [])


@cache
def _printable() -> re.Pattern[str]:
    # CLD2 refuses control characters.
    return re.compile(r"[\x00-\x1f\x7f-\x9f]")


def _by_cld2(text: str, hint: str) -> str:
    try:
        *_rest, guesses = pycld2.detect(
            _printable().sub(" ", text), bestEffort=True, hintLanguage=hint, isPlainText=True
        )
    except pycld2.error:
        return ""
    votes = Counter({_NAMES.get(code, code): percent for _name, code, percent, _score in guesses})
    return next((code for code, _percent in votes.most_common() if code in READ), "")
