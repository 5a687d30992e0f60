"""Official words: numbered passages of a document, and quoting them exactly."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.messages import Source


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered paragraph or lettered action of an official document, as the operator's copy has it.

    `source` names document and paragraph, such as `29(h)`; `text` is without the number itself.
    """

    source: Source
    language: str
    text: str

    def quotation(self, most_characters: int) -> str:
        """The text, or its beginning up to the end of a sentence or word if it is longer: always a part of `text`."""
        if len(self.text) <= most_characters:
            return self.text
        beginning = self.text[:most_characters]
        for ends in (_SENTENCE_ENDS, " "):
            last = max(beginning.rfind(end) for end in ends)
            if last >= most_characters // 2:
                return beginning[: last + 1].rstrip()
        return beginning


_SENTENCE_ENDS = ".;。；؛।።"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A passage as it is stored: paragraph such as `29(h)`, text, and its meaning for the search.

    `meaning` is 384 numbers of two bytes (IEEE half precision, little-endian), or empty where there is no model.
    """

    paragraph: str
    text: str
    meaning: bytes = b""


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A document that the operator has added, in one language. `fingerprint` is the SHA-256 of its file.

    `near` is the likeness of meanings (cosine) from which on a question may be about a passage: few messages about
    other things reach it.
    """

    symbol: str
    language: str
    fingerprint: str
    added: datetime
    near: float
    passages: tuple[Numbered, ...]
