"""Which language a short message is in.

Its script decides where one language writes it alone. Between languages that the bot has examples in, runs of letters
in those examples decide, which is more reliable on a few words than any general detector (docs/finding.md). CLD2 tells
the languages that the bot has no examples in.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pycld2

from bot.knowledge.text import bounded, normalise

READ = frozenset(
    "am ar bn en es fa fr ha hi id my ne om pa prs ps pt ru so sw ta te th ti tl tr uk ur vi zh".split()  # noqa: SIM905
)
"""Languages that are told apart; a message in another one counts as not recognised."""

# Scripts that one of these languages writes alone.
_SCRIPTS = (
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
)
_NAMES = {"fil": "tl", "in": "id", "iw": "he", "zh-Hant": "zh"}
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
SURE_AHEAD = 0.25
HINT_AHEAD = 0.2
FAMILIAR = 0.9
"""Share of a message's runs of letters that a language's examples have, from which on CLD2 is not believed."""

_LETTER_RUN = re.compile(r"[^\W\d_]+")
# Long runs and little smoothing tell romanised languages apart: of those messages 88 % are recognised, with runs of
# four and 0.05 it was 32 % (docs/finding.md).
_LONGEST_RUN = 6
_BITS = 18
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SMOOTHING = 0.0005


@dataclass(frozen=True, slots=True)
class Detected:
    """A language code and whether to rely on it. Greetings of a word or two are often in no language at all."""

    language: str
    sure: bool


class LanguageDetector:
    """Made from examples: pairs of language and text, and the greetings among them."""

    def __init__(self, examples: Sequence[tuple[str, str]], greetings: Sequence[tuple[str, str]]) -> None:
        self._languages = sorted({language for language, _text in examples})
        self._greetings: dict[str, list[str]] = {}
        for language, line in greetings:
            known = self._greetings.setdefault(normalise(line), [])
            if language not in known:
                known.append(language)
        texts: dict[str, list[str]] = {language: [] for language in self._languages}
        for language, text in examples:
            texts[language].append(text)
        self._logs = np.empty((len(self._languages), 1 << _BITS), dtype=np.float16)
        self._unseen = np.empty(len(self._languages), dtype=np.float16)
        for row, language in enumerate(self._languages):
            counts = np.bincount(_buckets(" ".join(texts[language])), minlength=1 << _BITS)
            total = counts.sum() + _SMOOTHING * len(counts)
            self._logs[row] = np.log((counts + _SMOOTHING) / total)
            self._unseen[row] = np.log(_SMOOTHING / total)

    def detect(self, message: str, hint: str) -> Detected:
        """The language of a message; `hint` is returned, unsure, where nothing tells. About 60 µs."""
        text = bounded(message)
        letters = len(_LETTER.findall(text))
        if not letters:
            return Detected(hint, sure=False)
        greeted = self._greetings.get(normalise(text), [])
        if greeted:
            return Detected(hint if hint in greeted else greeted[0], sure=len(greeted) == 1)
        for language, script in _SCRIPTS:
            if len(script.findall(text)) > SHARE_OF_SCRIPT * letters:
                return Detected(language, sure=True)
        return self._by_letters(text, letters, hint)

    def _by_letters(self, text: str, letters: int, hint: str) -> Detected:
        near, ahead, familiar = self._nearest(text, hint)
        named = _by_cld2(text) or next((language for language, marks in _LETTERS if marks.search(text)), "")
        if near and (named in self._languages or not named or familiar >= FAMILIAR):
            return Detected(near, sure=letters >= SURE_FROM_LETTERS and ahead >= SURE_AHEAD)
        return Detected(named or hint, sure=bool(named) and letters >= SURE_FROM_LETTERS)

    def _nearest(self, text: str, hint: str) -> tuple[str, float, float]:
        """The likeliest language with examples, how far ahead it is, and how many of its runs the examples have."""
        if not self._languages:
            return "", 0.0, 0.0
        buckets = _buckets(text)
        logs = self._logs[:, buckets].astype(np.float32)
        likely = logs.mean(axis=1)
        if hint in self._languages:
            # What the phone says settles a tie.
            likely[self._languages.index(hint)] += HINT_AHEAD
        order = np.argsort(-likely)
        ahead = float(likely[order[0]] - likely[order[1]]) if len(order) > 1 else np.inf
        return self._languages[order[0]], ahead, float((logs[order[0]] > self._unseen[order[0]]).mean())


@cache
def _printable() -> re.Pattern[str]:
    # CLD2 refuses control characters.
    return re.compile(r"[\x00-\x1f\x7f-\x9f]")


def _buckets(text: str) -> npt.NDArray[np.int64]:
    """Runs of one to six letters, accents kept: they tell languages apart."""
    padded = f" {' '.join(_LETTER_RUN.findall(text.casefold()))} "
    codes = np.frombuffer(padded.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    found = []
    for length in range(1, _LONGEST_RUN + 1):
        size = len(codes) - length + 1
        if size > 0:
            hashed = np.full(size, length, dtype=np.uint64)
            for position in range(length):
                hashed = (hashed ^ codes[position : position + size]) * _MULTIPLIER
            found.append((hashed >> np.uint64(64 - _BITS)).astype(np.int64))
    return np.concatenate(found)


def _by_cld2(text: str) -> str:
    try:
        *_rest, guesses = pycld2.detect(_printable().sub(" ", text), bestEffort=True, isPlainText=True)
    except pycld2.error:
        return ""
    votes = Counter({_NAMES.get(code, code): percent for _name, code, percent, _score in guesses})
    named = (code for code, _percent in votes.most_common() if code in READ)
    # It takes some Latin letters for Chinese; a language with a script of its own was recognised by that before.
    return next((code for code in named if code not in dict(_SCRIPTS)), "")
