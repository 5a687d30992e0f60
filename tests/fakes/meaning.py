"""A model of meaning that knows a few words, each in several languages."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.knowledge.meaning import DIMENSIONS, Meaning
from bot.knowledge.text import normalise

CONCEPTS = (
    ("passport", "passeport", "pasaporte"),
    ("boss", "patron", "jefe"),
    ("school", "ecole", "escuela"),
    ("child", "enfant", "hijo"),
)


class FakeMeaning(Meaning):
    """See `bot.knowledge.meaning.Meaning`. Words for the same thing point in the same direction."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.asked += texts
        rows = [self._sum(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(-1, DIMENSIONS)

    def _sum(self, text: str) -> npt.NDArray[np.float32]:
        total = sum((_direction(word) for word in normalise(text).split()), start=_direction(""))
        vector: npt.NDArray[np.float32] = (total / np.linalg.norm(total)).astype(np.float32)
        return vector


def _direction(word: str) -> npt.NDArray[np.float64]:
    concept = next((words[0] for words in CONCEPTS if word in words), word)
    return np.random.default_rng(list(concept.encode())).normal(size=DIMENSIONS)
