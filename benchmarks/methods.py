"""Ways of finding the article, side by side: `python -m benchmarks.methods` prints the table of docs/finding.md.

Each way sees the same examples, those of three unlike languages (all 26 do not fit into memory as a whole), and the same
development questions, and is right if its first article is a right one. Takes about five minutes and 6 GB of memory.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix

from bot.core import FindingKind
from bot.knowledge.articles import read_library
from bot.knowledge.evaluation import read_labelled
from bot.knowledge.examples import is_kind, read_examples
from bot.knowledge.finder import shipped_index_path
from bot.knowledge.index import load
from bot.knowledge.learning import RIDGE, kernel
from bot.knowledge.lexical import BUCKETS, inverse_frequencies, terms_of, weights_of
from bot.knowledge.meaning import Meaning
from bot.parts import LOCALES

Floats = npt.NDArray[np.float32]

DEVELOPMENT = Path(__file__).parent.parent / "tests" / "development"
LANGUAGES = ("ar", "en", "ps")
NEAREST = 3


def main() -> None:
    library = read_library(LOCALES)
    every = read_examples(LOCALES, library)
    index = load(shipped_index_path(LOCALES))
    if index is None or not index.fits(every):
        sys.exit("The shipped index does not fit the articles: run `compact-bot articles index --ship` first.")
    taken = [n for n, each in enumerate(every) if each.language in LANGUAGES and not is_kind(each.label)]
    examples = [every[position] for position in taken]
    asked_in = read_labelled(DEVELOPMENT / f"{language}.jsonl" for language in LANGUAGES)
    questions = [each for each in asked_in if each.articles and each.kind is FindingKind.ANSWER]

    meanings = index.vectors()[taken]
    raw = Meaning().vectors([each.question for each in questions])
    asked = np.array([index.centred(vector, each.language) for vector, each in zip(raw, questions, strict=True)])
    letters, letters_asked = _letters([each.text for each in examples], [each.question for each in questions])
    cosines, cosines_asked = meanings @ meanings.T, asked @ meanings.T
    cubes, cubes_asked = kernel(meanings, meanings), kernel(asked, meanings)
    labels = sorted(library.entries)
    owners = np.array([labels.index(example.label) for example in examples])
    spoken = np.array([each.language for each in examples])
    same = np.array([each.language for each in questions])[:, None] == spoken[None, :]

    ways: dict[str, Callable[[], Floats]] = {
        "nearest by meaning": lambda: _nearest(cosines_asked, owners, 1),
        "mean of the three nearest by meaning": lambda: _nearest(cosines_asked, owners, NEAREST),
        "mean of the three nearest by letters": lambda: _nearest(letters_asked, owners, NEAREST),
        "both sums of three": lambda: _nearest(cosines_asked + letters_asked, owners, NEAREST),
        "kernel ridge regression on letters": lambda: _ridge(letters, letters_asked, owners),
        "kernel ridge regression on cosines of meaning": lambda: _ridge(cosines, cosines_asked, owners),
        "kernel ridge regression on their cubes": lambda: _ridge(cubes, cubes_asked, owners),
        "cubes and letters, the question's own language only": lambda: _ridge(
            (cubes + letters) * (spoken[:, None] == spoken[None, :]), (cubes_asked + letters_asked) * same, owners
        ),
        "cubes and letters (used)": lambda: _ridge(cubes + letters, cubes_asked + letters_asked, owners),
    }
    asked_by = np.array([each.language for each in questions])
    print(f"| way | {' | '.join(LANGUAGES)} | all |")
    print("| --- |" + " --- |" * (len(LANGUAGES) + 1))
    for name, way in ways.items():
        best = way().argmax(axis=1)
        right = np.array([labels[row] in each.articles for row, each in zip(best, questions, strict=True)])
        shares = [right[asked_by == language].mean() for language in LANGUAGES]
        print(f"| {name} | {' | '.join(f'{share:.1%}' for share in (*shares, right.mean()))} |", flush=True)


def _letters(known: Sequence[str], asked: Sequence[str]) -> tuple[Floats, Floats]:
    """Cosines by letters of the known with one another, and of the asked with the known."""
    terms = terms_of(known)
    idf = inverse_frequencies(terms, len(known))

    def rows(texts: Sequence[str]) -> csr_matrix:
        found = terms_of(texts)
        weights = weights_of(found, idf[found.buckets], len(texts))
        return csr_matrix((weights, (found.texts, found.buckets)), shape=(len(texts), BUCKETS))

    columns = rows(known)
    return (columns @ columns.T).toarray(), (rows(asked) @ columns.T).toarray()


def _nearest(similarities: Floats, owners: npt.NDArray[np.int64], count: int) -> Floats:
    columns = [
        np.sort(similarities[:, owners == label], axis=1)[:, -count:].mean(axis=1) for label in range(owners.max() + 1)
    ]
    return np.stack(columns, axis=1)


def _ridge(known: Floats, asked: Floats, owners: npt.NDArray[np.int64]) -> Floats:
    targets = np.eye(owners.max() + 1, dtype=np.float32)[owners]
    factor = cho_factor(known + RIDGE * np.eye(len(known), dtype=np.float32), lower=True, check_finite=False)
    found: Floats = asked @ cho_solve(factor, targets - targets.mean(axis=0), check_finite=False)
    return found


if __name__ == "__main__":
    main()
