"""Which known questions share words and runs of letters with a message.

Texts are compared by TF-IDF cosine over hashed character n-grams and whole words. Runs of letters serve every script:
they bridge endings, misspellings and compounds, and need no word breaks in Chinese or Thai.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.knowledge.text import normalise

Floats = npt.NDArray[np.float32]
Counts = npt.NDArray[np.int64]

GRAM_LENGTHS = (3, 4, 5)
SHORT_GRAM_LENGTH = 2
"""Only for scripts whose words are one or two signs long."""
SHORT_WORD_SCRIPTS = (0x0E00, 0xA000)
"""Code points from Thai to the end of the CJK ideographs."""
BUCKETS = 1 << 20
WORD_WEIGHT = 2.0
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - 20)


class _Terms(NamedTuple):
    """Parallel arrays: in which text, which bucket, how often."""

    texts: npt.NDArray[np.int64]
    buckets: npt.NDArray[np.int64]
    counts: Floats


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """Texts as an inverted index: for each bucket the texts that have it, and their weights."""

    starts: npt.NDArray[np.int64]
    texts: npt.NDArray[np.int32]
    weights: Floats
    idf: Floats
    size: int

    @classmethod
    def of(cls, texts: Sequence[str]) -> "LexicalIndex":
        terms = _terms(texts)
        in_texts = np.bincount(terms.buckets, minlength=BUCKETS)
        # A bucket that no text has counts like the rarest one that does.
        idf = np.log(1 + len(texts) / np.maximum(in_texts, 1)).astype(np.float32)
        weights = _normed(terms, idf, len(texts))
        order = np.argsort(terms.buckets, kind="stable")
        starts = np.concatenate(([0], np.cumsum(in_texts)))
        return cls(starts, terms.texts[order].astype(np.int32), weights[order], idf, len(texts))

    def similarities(self, message: str) -> Floats:
        """Cosine of the message to each text, shape (size,), 0 to 1."""
        terms = _terms([message])
        weights = _normed(terms, self.idf, 1)
        starts, ends = self.starts[terms.buckets], self.starts[terms.buckets + 1]
        lengths = ends - starts
        # All positions of all posting lists in one array: each list's start repeated, plus a running count.
        offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
        positions = offsets + np.arange(lengths.sum())
        shared = self.weights[positions] * np.repeat(weights, lengths)
        return np.bincount(self.texts[positions], weights=shared, minlength=self.size).astype(np.float32)


def _terms(texts: Sequence[str]) -> _Terms:
    """Buckets of every n-gram and word of every text, all texts at once."""
    padded = [f" {normalise(text)} " for text in texts]
    lengths = np.array([len(text) for text in padded])
    codes = np.frombuffer("".join(padded).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owners = np.repeat(np.arange(len(texts)), lengths)
    found = [_grams(codes, owners, length) for length in (SHORT_GRAM_LENGTH, *GRAM_LENGTHS)]
    words = [(owner, _word_bucket(word)) for owner, text in enumerate(padded) for word in text.split()]
    word_array = np.array(words, dtype=np.int64).reshape(-1, 2)
    word_keys = word_array[:, 0] * BUCKETS + word_array[:, 1]
    keys = np.concatenate([*found, word_keys])
    amounts = np.concatenate([np.ones(len(keys) - len(word_keys)), np.full(len(word_keys), WORD_WEIGHT)])
    unique, inverse = np.unique(keys, return_inverse=True)
    counts = np.bincount(inverse, weights=amounts, minlength=len(unique)).astype(np.float32)
    return _Terms(unique // BUCKETS, unique % BUCKETS, counts)


def _grams(codes: npt.NDArray[np.uint64], owners: Counts, length: int) -> npt.NDArray[np.int64]:
    """Keys (text × BUCKETS + bucket) of the n-grams of this length that lie within one text."""
    size = len(codes) - length + 1
    if size <= 0:
        return np.empty(0, dtype=np.int64)
    hashed = np.full(size, length, dtype=np.uint64)
    for position in range(length):
        hashed = (hashed ^ codes[position : position + size]) * _MULTIPLIER
        hashed ^= hashed >> np.uint64(29)
    within = owners[:size] == owners[length - 1 :]
    if length == SHORT_GRAM_LENGTH:
        first, last = SHORT_WORD_SCRIPTS
        within = within & (codes[:size] >= first) & (codes[:size] < last)
    buckets = ((hashed * _MULTIPLIER) >> _SHIFT).astype(np.int64)
    keys: npt.NDArray[np.int64] = owners[:size][within] * BUCKETS + buckets[within]
    return keys


def _word_bucket(word: str) -> int:
    return zlib.crc32(word.encode()) % BUCKETS


def _normed(terms: _Terms, idf: Floats, size: int) -> Floats:
    weights = (1 + np.log(terms.counts)) * idf[terms.buckets]
    norms = np.sqrt(np.bincount(terms.texts, weights=weights**2, minlength=size))
    return (weights / np.maximum(norms, 1e-9)[terms.texts]).astype(np.float32)
