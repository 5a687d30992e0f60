"""The index: what was learned from the examples, kept in one file and valid for exactly those examples.

The score of a label is kernel ridge regression over the examples,

    score(message) = k(message, examples) · (K + λI)⁻¹ · (T - mean(T)),     T = one-hot labels,

with the kernel k(a, b) = exp(γ (cos(meaning a, meaning b) - 1)) + cos(letters a, letters b). Meanings are centred on
their language's mean, because otherwise one language's questions all lie in one corner (docs/finding.md has figures).
"""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tokenize import TokenError
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from bot.knowledge.examples import Example
from bot.knowledge.lexical import LexicalIndex
from bot.knowledge.meaning import DIMENSIONS, Meaning

Floats = npt.NDArray[np.float32]
Progress = Callable[[int, int], None]

GAMMA = 3.0
RIDGE = 0.5
FORMAT = 1
_INT8_MOST = 127
_BATCH = 32
_NEAREST = 3
_ARRAYS = frozenset({"key", "texts", "weights", "bias", "raw", "offset", "scale"})


@dataclass(frozen=True, slots=True)
class Scores:
    """What the index says of one message: a score for each label, about 0 to 1, and how near the nearest example is."""

    labels: Sequence[str]
    scores: Floats
    nearest: float


class Index:
    """Scores for messages. Without `meanings` it compares letters only."""

    def __init__(self, examples: Sequence[Example], meanings: "Meanings | None") -> None:
        self.labels = sorted({example.label for example in examples})
        numbers = {label: number for number, label in enumerate(self.labels)}
        self._owners = np.array([numbers[example.label] for example in examples])
        self._lexical = LexicalIndex.of([example.text for example in examples])
        # The raw vectors are for saving only: 21 MB that a running bot does not need.
        self._meanings = meanings and replace(meanings, raw=meanings.raw[:0].copy())

    @property
    def complete(self) -> bool:
        return self._meanings is not None

    def scores(self, message: str, language: str, vector: Floats | None) -> Scores:
        """Scores for a message in this language; `vector` is its meaning, shape (384,), if it could be made."""
        letters = self._lexical.similarities(message)
        if self._meanings is None or vector is None:
            nearest = _mean_of_nearest(letters, self._owners, len(self.labels))
            return Scores(self.labels, nearest, float(letters.max(initial=0.0)))
        cosines = self._meanings.cosines(vector, language)
        kernel = np.exp(GAMMA * (cosines - 1)) + letters
        scores = kernel @ self._meanings.weights + self._meanings.bias
        return Scores(self.labels, scores, float(cosines.max(initial=-1.0)))


@dataclass(frozen=True, slots=True)
class Meanings:
    """What needs the model to be made: vectors of the examples, and the weights learned from them.

    Shapes: `vectors` (examples, 384), centred and of length 1; `weights` (examples, labels); `bias` (labels,);
    `means` one vector for each language.
    """

    key: str
    raw: Floats
    vectors: Floats
    means: dict[str, Floats]
    weights: Floats
    bias: Floats

    def cosines(self, vector: Floats, language: str) -> Floats:
        mean = self.means.get(language)
        if mean is None:
            mean = np.mean(list(self.means.values()), axis=0)
        centred = vector - mean
        return self.vectors @ (centred / max(float(np.linalg.norm(centred)), 1e-9))

    def save(self, path: Path, examples: Sequence[Example]) -> None:
        """Write it in one step, so that no reader finds half a file."""
        arrays: dict[str, Any] = {
            "key": np.array(self.key),
            "texts": np.array([_fingerprint(example.text) for example in examples], dtype=np.uint64),
            "weights": self.weights.astype(np.float16),
            "bias": self.bias,
            **_packed(self.raw),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}.new")
        with new.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        new.replace(path)


def load(path: Path, examples: Sequence[Example]) -> Meanings | None:
    """What was saved for exactly these examples; None if there is nothing, or if it was made for others."""
    saved = _read(path)
    key = examples_key(examples)
    if saved is None or str(saved["key"]) != key:
        return None
    raw = _unpacked(saved)
    vectors, means = _centred(raw, [example.language for example in examples])
    return Meanings(key, raw, vectors, means, saved["weights"].astype(np.float32), saved["bias"].astype(np.float32))


def build(examples: Sequence[Example], meaning: Meaning, known: Sequence[Path], progress: Progress) -> Meanings:
    """Make vectors (those in the files `known` are taken from there) and learn the weights.

    Takes about 15 ms for each new vector, then a solve that grows with the cube of the number of examples: 15 s and
    1 GB of memory for 11,000 of them on two cores.
    """
    raw = _raw_vectors(examples, meaning, known, progress)
    # Learn on what will be read back, so that the first process and the next ones agree.
    raw = _unpacked(_packed(raw))
    vectors, means = _centred(raw, [example.language for example in examples])
    weights, bias = _learn(examples, vectors)
    return Meanings(examples_key(examples), raw, vectors, means, weights.astype(np.float16).astype(np.float32), bias)


def examples_key(examples: Sequence[Example]) -> str:
    """Changes when any example changes, or what is made of them."""
    content = "\n".join(f"{example.language}\t{example.label}\t{example.text}" for example in examples)
    return hashlib.sha256(f"{FORMAT} {GAMMA} {RIDGE}\n{content}".encode()).hexdigest()


def _raw_vectors(examples: Sequence[Example], meaning: Meaning, known: Sequence[Path], progress: Progress) -> Floats:
    vectors: dict[int, Floats] = {}
    for path in known:
        saved = _read(path)
        if saved is not None:
            vectors.update(zip(saved["texts"].tolist(), _unpacked(saved), strict=True))
    texts = {_fingerprint(example.text): example.text for example in examples}
    missing = [fingerprint for fingerprint in texts if fingerprint not in vectors]
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        vectors.update(zip(batch, meaning.vectors([texts[fingerprint] for fingerprint in batch]), strict=True))
        progress(min(start + _BATCH, len(missing)), len(missing))
    return np.array([vectors[_fingerprint(example.text)] for example in examples], dtype=np.float32)


def _learn(examples: Sequence[Example], vectors: Floats) -> tuple[Floats, Floats]:
    labels = sorted({example.label for example in examples})
    numbers = {label: number for number, label in enumerate(labels)}
    targets = np.eye(len(labels), dtype=np.float32)[[numbers[example.label] for example in examples]]
    bias = targets.mean(axis=0)
    lexical = LexicalIndex.of([example.text for example in examples])
    kernel = vectors @ vectors.T
    kernel -= 1
    kernel *= GAMMA
    np.exp(kernel, out=kernel)
    for row, example in enumerate(examples):
        kernel[row] += lexical.similarities(example.text)
    kernel[np.diag_indices_from(kernel)] += RIDGE
    return np.linalg.solve(kernel, targets - bias), bias


def _centred(raw: Floats, languages: Sequence[str]) -> tuple[Floats, dict[str, Floats]]:
    names = np.array(languages)
    means = {str(name): raw[names == name].mean(axis=0) for name in np.unique(names)}
    centred = raw - np.array([means[name] for name in languages], dtype=np.float32)
    return centred / np.linalg.norm(centred, axis=1, keepdims=True), means


def _mean_of_nearest(similarities: Floats, owners: npt.NDArray[np.int64], labels: int) -> Floats:
    """For each label the mean of its three most similar examples."""
    order = np.lexsort((-similarities, owners))
    sorted_owners = owners[order]
    first = np.searchsorted(sorted_owners, np.arange(labels))
    rank = np.arange(len(owners)) - first[sorted_owners]
    top = rank < _NEAREST
    sums = np.bincount(sorted_owners[top], weights=similarities[order][top], minlength=labels)
    return (sums / np.bincount(sorted_owners[top], minlength=labels)).astype(np.float32)


def _read(path: Path) -> dict[str, npt.NDArray[np.generic]] | None:
    """A saved file; a damaged one counts as none, because it can be made again."""
    try:
        with path.open("rb") as file, np.load(file) as saved:
            arrays = dict(saved)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, NotImplementedError, TokenError):
        return None
    return arrays if arrays.keys() >= _ARRAYS else None


def _packed(raw: Floats) -> dict[str, npt.NDArray[np.generic]]:
    """Vectors in one byte a number, each dimension on a scale of its own."""
    offset = raw.mean(axis=0)
    scale = np.maximum(np.abs(raw - offset).max(axis=0), 1e-9) / _INT8_MOST
    return {"raw": np.round((raw - offset) / scale).astype(np.int8), "offset": offset, "scale": scale}


def _unpacked(saved: Mapping[str, npt.NDArray[np.generic]]) -> Floats:
    offset, scale = saved["offset"].astype(np.float32), saved["scale"].astype(np.float32)
    return saved["raw"].astype(np.float32).reshape(-1, DIMENSIONS) * scale + offset


def _fingerprint(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
