"""The index: what was learned from the examples, in a file that a running bot reads and asks.

It holds no examples, only what their kernel needs: their meanings in four bits a number, and weights. `bot.knowledge.learning`
has the formula.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tokenize import TokenError
from typing import Any
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812 -- it is a class

import numpy as np
import numpy.typing as npt

from bot.knowledge.examples import Example
from bot.knowledge.lexical import BUCKETS, terms_of, weights_of
from bot.knowledge.meaning import DIMENSIONS

Floats = npt.NDArray[np.float32]
Array = npt.NDArray[Any]

FORMAT = 2
FARTHEST = 0.1
"""Examples with a smaller cosine are passed over: its cube is under a thousandth, and they are six in seven."""
MOST_CODE = 7
_ROWS_AT_ONCE = 1024
"""Pieces that stay in the processor's cache: faster than a matrix of floats, in a quarter of the memory."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the index says of one message: a score for each label, about 0 to 1, and how near the nearest example is.

    `length` is the message's, in characters.
    """

    labels: Sequence[str]
    scores: Floats
    nearest: float
    length: int


@dataclass(frozen=True, slots=True)
class Index:
    """What was learned. An empty one has no labels and finds nothing.

    Shapes, for n examples, m languages and l labels: `fingerprints` (n,) of the examples' texts; `codes` (n, 384), the
    centred meanings in steps of `steps` (384,); `weights` (n, l) in steps of `weight_step`; `means` (m, 384). Letters:
    `idf` (BUCKETS,), `buckets` (b,) those that have weights, `starts` (b + 1,) into `letter_labels` and
    `letter_weights`; `bias` (l,).
    """

    key: str
    labels: tuple[str, ...]
    languages: tuple[str, ...]
    means: Floats
    fingerprints: npt.NDArray[np.uint64]
    codes: npt.NDArray[np.int8]
    steps: Floats
    lengths: Floats
    weights: npt.NDArray[np.int8]
    weight_step: float
    idf: Floats
    buckets: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    letter_labels: npt.NDArray[np.int64]
    letter_weights: Floats
    bias: Floats

    @property
    def has_meanings(self) -> bool:
        """Whether it was learned with meanings, not from letters alone."""
        return len(self.codes) > 0

    def fits(self, examples: Sequence[Example]) -> bool:
        """Whether it was learned from exactly these examples, in this order."""
        return self.key == examples_key(examples)

    def scores(self, message: str, language: str, vector: Floats | None) -> Scores:
        """Scores for a message in this language; `vector` is its meaning, shape (384,), if it could be made.

        About 9 ms of one core for 95,000 examples.
        """
        scores = self.bias + self._letter_scores(message)
        if vector is None or not self.has_meanings:
            return Scores(self.labels, scores, 0.0, len(message))
        cosines = self._cosines(vector, language)
        near = np.flatnonzero(cosines > FARTHEST)
        scores += _product(cosines[near] ** 3 * np.float32(self.weight_step), self.weights, near)
        return Scores(self.labels, scores, float(cosines.max()), len(message))

    def centred(self, vector: Floats, language: str) -> Floats:
        """A meaning without what all messages in its language have in common, of length 1."""
        if language in self.languages:
            mean = self.means[self.languages.index(language)]
        else:
            mean = self.means.mean(axis=0) if len(self.means) else np.zeros(DIMENSIONS, dtype=np.float32)
        return of_length_one(vector - mean)

    def _cosines(self, vector: Floats, language: str) -> Floats:
        wanted = self.centred(vector, language) * self.steps
        products = np.empty(len(self.codes), dtype=np.float32)
        piece = np.empty((_ROWS_AT_ONCE, DIMENSIONS), dtype=np.float32)
        for start in range(0, len(products), _ROWS_AT_ONCE):
            codes = self.codes[start : start + _ROWS_AT_ONCE]
            np.copyto(piece[: len(codes)], codes)
            np.dot(piece[: len(codes)], wanted, out=products[start : start + len(codes)])
        return products / self.lengths

    def _letter_scores(self, message: str) -> Floats:
        terms = terms_of([message])
        rows = np.searchsorted(self.buckets, terms.buckets)
        known = rows < len(self.buckets)
        known[known] = self.buckets[rows[known]] == terms.buckets[known]
        # A term without weights counts too, for the length of the whole.
        weights, rows = weights_of(terms, self.idf[terms.buckets], 1)[known], rows[known]
        starts, sizes = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        # All entries of all rows in one array: each row's start repeated, plus a running count.
        ends = np.cumsum(sizes)
        entries = np.repeat(starts - (ends - sizes), sizes) + np.arange(ends[-1] if len(ends) else 0)
        shares = self.letter_weights[entries] * np.repeat(weights, sizes)
        return np.bincount(self.letter_labels[entries], weights=shares, minlength=len(self.labels)).astype(np.float32)

    def vectors(self) -> Floats:
        """The examples' centred meanings, as they are kept."""
        return self.codes * self.steps / self.lengths[:, None]

    def save(self, path: Path) -> None:
        """Write it in one step, so that no reader finds half a file."""
        arrays: dict[str, Any] = {
            "key": np.array(self.key),
            "labels": np.array(self.labels),
            "languages": np.array(self.languages),
            "means": self.means,
            "fingerprints": self.fingerprints,
            "codes": _packed(self.codes),
            "steps": self.steps,
            "weights": self.weights,
            "weight_step": np.array(self.weight_step),
            "idf": self.idf.astype(np.float16),
            "buckets": self.buckets.astype(np.uint32),
            "sizes": np.diff(self.starts).astype(np.uint16),
            "letter_labels": self.letter_labels.astype(np.uint16),
            "letter_weights": self.letter_weights.astype(np.float16),
            "bias": self.bias,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}.new")
        with new.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)
        new.replace(path)


EMPTY = Index(
    key="",
    labels=(),
    languages=(),
    means=np.empty((0, DIMENSIONS), np.float32),
    fingerprints=np.empty(0, np.uint64),
    codes=np.empty((0, DIMENSIONS), np.int8),
    steps=np.ones(DIMENSIONS, np.float32),
    lengths=np.empty(0, np.float32),
    weights=np.empty((0, 0), np.int8),
    weight_step=1.0,
    idf=np.ones(BUCKETS, np.float32),
    buckets=np.empty(0, np.int64),
    starts=np.zeros(1, np.int64),
    letter_labels=np.empty(0, np.int64),
    letter_weights=np.empty(0, np.float32),
    bias=np.empty(0, np.float32),
)


def load(path: Path) -> Index | None:
    """What was saved there; None if there is nothing that can be read, because it can be made again."""
    try:
        with path.open("rb") as file, np.load(file) as saved:
            arrays: dict[str, Array] = dict(saved)
        codes = _unpacked(arrays["codes"])
        steps = arrays["steps"].astype(np.float32)
        return Index(
            key=str(arrays["key"]),
            labels=tuple(map(str, arrays["labels"])),
            languages=tuple(map(str, arrays["languages"])),
            means=arrays["means"].astype(np.float32),
            fingerprints=arrays["fingerprints"],
            codes=codes,
            steps=steps,
            lengths=lengths_of(codes, steps),
            weights=arrays["weights"],
            weight_step=float(arrays["weight_step"]),
            idf=arrays["idf"].astype(np.float32),
            buckets=arrays["buckets"].astype(np.int64),
            starts=np.concatenate(([0], np.cumsum(arrays["sizes"], dtype=np.int64))),
            letter_labels=arrays["letter_labels"].astype(np.int64),
            letter_weights=arrays["letter_weights"].astype(np.float32),
            bias=arrays["bias"],
        )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, NotImplementedError, TokenError, ZlibError):
        return None


def examples_key(examples: Sequence[Example]) -> str:
    """Changes when any example changes, or what is made of them."""
    content = "\n".join(f"{example.language}\t{example.label}\t{example.text}" for example in examples)
    return hashlib.sha256(f"{FORMAT}\n{content}".encode()).hexdigest()


def _product(shares: Floats, weights: npt.NDArray[np.int8], rows: npt.NDArray[np.int64]) -> Floats:
    """The shares times these rows of the weights."""
    product = np.zeros(weights.shape[1], dtype=np.float32)
    piece = np.empty((_ROWS_AT_ONCE, weights.shape[1]), dtype=np.float32)
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        picked = rows[start : start + _ROWS_AT_ONCE]
        np.copyto(piece[: len(picked)], weights[picked])
        product += shares[start : start + _ROWS_AT_ONCE] @ piece[: len(picked)]
    return product


def of_length_one(vectors: Floats) -> Floats:
    """Each row divided by its length."""
    lengths = np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    shorter: Floats = (vectors / lengths).astype(np.float32, copy=False)
    return shorter


def lengths_of(codes: npt.NDArray[np.int8], steps: Floats) -> Floats:
    squares = [
        np.square(codes[start : start + _ROWS_AT_ONCE] * steps).sum(axis=1)
        for start in range(0, len(codes), _ROWS_AT_ONCE)
    ]
    return np.maximum(np.sqrt(np.concatenate(squares)), 1e-9) if squares else np.empty(0, np.float32)


def _packed(codes: npt.NDArray[np.int8]) -> npt.NDArray[np.uint8]:
    """Two codes a byte."""
    positive = (codes + MOST_CODE).astype(np.uint8)
    return (positive[:, ::2] << 4 | positive[:, 1::2]).astype(np.uint8)


def _unpacked(packed: Array) -> npt.NDArray[np.int8]:
    codes = np.empty((len(packed), 2 * packed.shape[1]), dtype=np.int8)
    codes[:, ::2], codes[:, 1::2] = packed >> 4, packed & 0xF
    codes -= MOST_CODE
    if codes.shape[1] != DIMENSIONS:
        raise ValueError("codes of another model")
    return codes


def fingerprint(language: str, text: str) -> int:
    """What an index knows an example by."""
    return int.from_bytes(hashlib.sha256(f"{language}\t{text}".encode()).digest()[:8], "little")
