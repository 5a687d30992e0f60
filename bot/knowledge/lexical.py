"""Texts as words and runs of letters.

A text is a vector of TF-IDF weights over hashed terms: its words, its runs of four letters, and, in scripts whose words
are one or two signs long, its runs of two. Runs of letters serve every script: they bridge endings, misspellings and
compounds, and need no word breaks in Chinese or Thai.
"""

import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.knowledge.text import normalise

Floats = npt.NDArray[np.float32]
Counts = npt.NDArray[np.int64]

BUCKETS = 1 << 20
GRAM_LENGTH = 4
SHORT_GRAM_LENGTH = 2
SHORT_WORD_SCRIPTS = (0x0E00, 0xA000)
"""Code points from Thai to the end of the CJK ideographs."""
WORD_WEIGHT = 2.0
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - 20)


class Terms(NamedTuple):
    """Parallel arrays: in which text, which bucket, how often."""

    texts: Counts
    buckets: Counts
    counts: Floats


def terms_of(texts: Sequence[str]) -> Terms:
    """Every term of every text, all texts at once; each bucket once a text."""
    padded = [f" {normalise(text)} " for text in texts]
    lengths = np.array([len(text) for text in padded])
    codes = np.frombuffer("".join(padded).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owners = np.repeat(np.arange(len(texts)), lengths)
    found = [_grams(codes, owners, length) for length in (SHORT_GRAM_LENGTH, GRAM_LENGTH)]
    words = [(owner, _word_bucket(word)) for owner, text in enumerate(padded) for word in text.split()]
    word_array = np.array(words, dtype=np.int64).reshape(-1, 2)
    word_keys = word_array[:, 0] * BUCKETS + word_array[:, 1]
    keys = np.concatenate([*found, word_keys])
    amounts = np.concatenate([np.ones(len(keys) - len(word_keys)), np.full(len(word_keys), WORD_WEIGHT)])
    unique, inverse = np.unique(keys, return_inverse=True)
    counts = np.bincount(inverse, weights=amounts, minlength=len(unique)).astype(np.float32)
    return Terms(unique // BUCKETS, unique % BUCKETS, counts)


def inverse_frequencies(terms: Terms, texts: int) -> Floats:
    """The IDF of each bucket, log(1 + N / n), shape (BUCKETS,). One that no text has counts like the rarest."""
    in_texts = np.bincount(terms.buckets, minlength=BUCKETS)
    return np.log(1 + texts / np.maximum(in_texts, 1)).astype(np.float32)


def weights_of(terms: Terms, idf: Floats, texts: int) -> Floats:
    """The weight of each term, so that each text has length 1. `idf` is that of the terms' buckets."""
    weights = (1 + np.log(terms.counts)) * idf
    norms = np.sqrt(np.bincount(terms.texts, weights=weights**2, minlength=texts))
    return (weights / np.maximum(norms, 1e-9)[terms.texts]).astype(np.float32)


def _grams(codes: npt.NDArray[np.uint64], owners: Counts, length: int) -> Counts:
    """Keys (text × BUCKETS + bucket) of the runs of this length that lie within one text."""
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
    keys: Counts = owners[:size][within] * BUCKETS + buckets[within]
    return keys


def _word_bucket(word: str) -> int:
    return zlib.crc32(word.encode()) % BUCKETS
