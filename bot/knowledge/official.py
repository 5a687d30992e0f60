"""Official words in memory: those that articles cite, and those that a question may be about."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from bot.core import Numbered, OfficialDocument
from bot.knowledge.articles import Citation

Floats = npt.NDArray[np.float32]

MOST_FOUND = 2
FEW_OUTSIDE = 0.01
"""Share of the messages about other things that may reach a document's `near`."""

Found = tuple[Citation, Numbered]


class OfficialTexts:
    """The passages of all documents that the operator has added."""

    def __init__(self, documents: Sequence[OfficialDocument] = ()) -> None:
        self._documents = {(each.language, each.symbol): each for each in documents}
        self._by_paragraph = {
            (document.language, document.symbol, passage.paragraph): passage
            for document in documents
            for passage in document.passages
        }
        self._meanings = {key: _meanings(document) for key, document in self._documents.items()}

    def cited(self, citations: Sequence[Citation], language: str) -> Iterator[Found]:
        """Those of the cited paragraphs that are there in this language."""
        for citation in citations:
            passage = self._by_paragraph.get((language, citation.document, citation.paragraph))
            if passage is not None:
                yield citation, passage

    def nearest(self, vector: Floats, language: str) -> list[Found]:
        """Passages in this language that are near to a meaning, shape (384,), nearest first."""
        found: list[tuple[float, Found]] = []
        for (code, symbol), document in self._documents.items():
            meanings = self._meanings[code, symbol]
            if code == language and len(meanings):
                likeness = meanings @ vector
                for position in np.flatnonzero(likeness >= document.near):
                    passage = document.passages[position]
                    found.append((float(likeness[position]), (Citation(symbol, passage.paragraph), passage)))
        found.sort(key=lambda each: -each[0])
        return [each for _likeness, each in found[:MOST_FOUND]]


def encode(vector: Floats) -> bytes:
    """A meaning as it is stored, see `bot.core.Numbered`."""
    return vector.astype("<f2").tobytes()


def near(passages: Floats, outside: Floats) -> float:
    """The likeness to the nearest passage that only FEW_OUTSIDE of the messages about other things reach."""
    return float(np.quantile((outside @ passages.T).max(axis=1), 1 - FEW_OUTSIDE))


def _meanings(document: OfficialDocument) -> Floats:
    if not all(passage.meaning for passage in document.passages):
        return np.empty((0, 0), dtype=np.float32)
    return np.array([np.frombuffer(each.meaning, dtype="<f2") for each in document.passages], dtype=np.float32)
