"""Learning from examples: kernel ridge regression.

The score of a label is

    score(message) = k(message, examples) · (K + λI)⁻¹ · (T - mean(T)) + mean(T),     T = one-hot labels,

with the kernel k(a, b) = max(0, cos(meaning a, meaning b))³ + cos(letters a, letters b). The cube lets near questions
count and far ones vanish; docs/finding.md has what else was tried.

K is never held whole: at 95,000 examples it would take 36 GB. The system is solved by conjugate gradients, which need K
only as products, made block by block. Examples of one language are most alike, so the exact solution within each language
is a good guess of the whole: with it as preconditioner five rounds are enough.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix

from bot.knowledge.lexical import BUCKETS, inverse_frequencies, terms_of, weights_of

Floats = npt.NDArray[np.float32]
Product = Callable[[Floats], Floats]

RIDGE = 0.5
TOLERANCE = 0.1
"""Residual, as a share of the beginning, at which the rounds end. Later rounds change no answer of the development set."""
MOST_ROUNDS = 30
LARGEST_BLOCK = 4000


@dataclass(frozen=True, slots=True)
class Learned:
    """`weights` (examples, labels) for the kernel of meanings, `letters` (buckets, labels) for that of letters.

    `buckets` are those that `letters` has rows for, `idf` that of all, shape (BUCKETS,); `bias` (labels,).
    """

    weights: Floats
    buckets: npt.NDArray[np.int64]
    idf: Floats
    letters: Floats
    bias: Floats


def learn(texts: Sequence[str], languages: Sequence[str], labels: Sequence[int], vectors: Floats | None) -> Learned:
    """Learn the labels, numbered from 0, of texts. `vectors` are their meanings, shape (texts, 384), each of length 1.

    Without vectors letters alone are learned. Costs ten minutes of two cores and 4 GB for 95,000 texts.
    """
    targets = np.eye(max(labels) + 1, dtype=np.float32)[list(labels)]
    bias = targets.mean(axis=0)
    terms = terms_of(texts)
    idf = inverse_frequencies(terms, len(texts))
    entries = (weights_of(terms, idf[terms.buckets], len(texts)), (terms.texts, terms.buckets))
    letters = csr_matrix(entries, shape=(len(texts), BUCKETS), dtype=np.float32)
    system = _System(letters, vectors)
    weights = _solve(system.times, _by_language(system, languages), targets - bias)
    buckets = np.unique(terms.buckets)
    return Learned(weights, buckets, idf, letters.T[buckets] @ weights, bias)


class _System:
    """The matrix K + λI, as products and as blocks."""

    def __init__(self, letters: csr_matrix, vectors: Floats | None) -> None:
        self._letters = letters
        self._transposed = letters.T.tocsr()
        self._vectors = vectors
        self.size = letters.shape[0]

    def block(self, rows: npt.NDArray[np.int64]) -> Floats:
        """The part of the matrix for these examples."""
        letters = self._letters[rows]
        block: Floats = (letters @ letters.T).toarray()
        if self._vectors is not None:
            block += kernel(self._vectors[rows], self._vectors[rows])
        block[np.diag_indices_from(block)] += RIDGE
        return block

    def times(self, columns: Floats) -> Floats:
        """The matrix times `columns`, shape (examples, labels); each block of meanings is made once for both sides."""
        product: Floats = self._letters @ (self._transposed @ columns) + np.float32(RIDGE) * columns
        if self._vectors is None:
            return product
        for row in range(0, self.size, LARGEST_BLOCK):
            rows = slice(row, row + LARGEST_BLOCK)
            for column in range(0, row + 1, LARGEST_BLOCK):
                others = slice(column, column + LARGEST_BLOCK)
                block = kernel(self._vectors[rows], self._vectors[others])
                product[rows] += block @ columns[others]
                if column < row:
                    product[others] += block.T @ columns[rows]
        return product


def kernel(one: Floats, other: Floats) -> Floats:
    """max(0, cos)³ of each row of `one` with each of `other`."""
    cosines = one @ other.T
    np.maximum(cosines, 0, out=cosines)
    cosines *= np.square(cosines)
    return cosines


def _by_language(system: _System, languages: Sequence[str]) -> Product:
    """Solves within each language, as if the languages had nothing in common."""
    names = np.array(languages)
    factors = []
    for name in np.unique(names):
        members = np.flatnonzero(names == name)
        parts = np.array_split(members, -(-len(members) // LARGEST_BLOCK))
        factors += [(part, cho_factor(system.block(part), lower=True, check_finite=False)) for part in parts]

    def solve(columns: Floats) -> Floats:
        solved = np.empty_like(columns)
        for part, factor in factors:
            solved[part] = cho_solve(factor, columns[part], check_finite=False)
        return solved

    return solve


def _solve(times: Product, guess: Product, wanted: Floats) -> Floats:
    """X with times(X) = wanted, by preconditioned conjugate gradients, all columns side by side.

    Golub and Van Loan, Matrix Computations, algorithm 11.5.1.
    """
    solution = np.zeros_like(wanted)
    residual = wanted.copy()
    guessed = guess(residual)
    direction = guessed.copy()
    fit = (residual * guessed).sum(axis=0)
    enough = TOLERANCE * float(np.linalg.norm(wanted))
    for _round in range(MOST_ROUNDS):
        moved = times(direction)
        step = fit / np.maximum((direction * moved).sum(axis=0), 1e-20)
        solution += direction * step
        residual -= moved * step
        if float(np.linalg.norm(residual)) <= enough:
            break
        guessed = guess(residual)
        before, fit = fit, (residual * guessed).sum(axis=0)
        direction = guessed + direction * (fit / np.maximum(before, 1e-20))
    return solution
