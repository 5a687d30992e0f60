"""Ways of finding the article, side by side: `python -m benchmarks.methods` prints the table of docs/finding.md.

Each way sees the same examples and the same development questions, and is right if its first article is a right one.
Takes about three minutes and 4 GB of memory.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.knowledge.articles import read_library
from bot.knowledge.evaluation import Labelled, read_labelled
from bot.knowledge.examples import Example, read_examples
from bot.knowledge.finder import shipped_index_path
from bot.knowledge.index import GAMMA, RIDGE, load
from bot.knowledge.lexical import LexicalIndex
from bot.knowledge.meaning import Meaning
from bot.parts import LOCALES

Floats = npt.NDArray[np.float32]

DEVELOPMENT = Path(__file__).parent.parent / "tests" / "development"
NEAREST = 3


def main() -> None:
    examples = [e for e in read_examples(LOCALES, read_library(LOCALES)) if not e.label.startswith("kind:")]
    questions = read_labelled(sorted(DEVELOPMENT.glob("??.jsonl")))
    raw, asked = _vectors(examples, questions)
    languages = sorted({question.language for question in questions})
    plain = (raw, asked)
    centred = (_centred(raw, examples, raw, examples), _centred(asked, questions, raw, examples))
    lexical = LexicalIndex.of([example.text for example in examples])
    letters = np.array([lexical.similarities(example.text) for example in examples])
    letters_asked = np.array([lexical.similarities(question.question) for question in questions])
    meaning, meaning_asked = _kernel(centred[0], centred[0]), _kernel(centred[1], centred[0])
    labels = sorted({example.label for example in examples})
    owners = np.array([labels.index(example.label) for example in examples])

    print("| way | " + " | ".join(languages) + " | all |")
    print("| --- |" + " --- |" * (len(languages) + 1))
    ways: dict[str, Callable[[], Floats]] = {
        "nearest question, vectors as they come": lambda: _nearest(plain[1] @ plain[0].T, owners, 1),
        "nearest question, vectors centred on their language's mean": lambda: _nearest(
            centred[1] @ centred[0].T, owners, 1
        ),
        "mean of the three nearest, centred": lambda: _nearest(centred[1] @ centred[0].T, owners, NEAREST),
        "mean of the three nearest by letters": lambda: _nearest(letters_asked, owners, NEAREST),
        "both sums of three": lambda: (
            _nearest(centred[1] @ centred[0].T, owners, NEAREST) + _nearest(letters_asked, owners, NEAREST)
        ),
        "kernel ridge regression on letters": lambda: _ridge(letters, letters_asked, owners),
        "kernel ridge regression on meaning": lambda: _ridge(meaning, meaning_asked, owners),
        "kernel ridge regression on both (used)": lambda: _ridge(
            meaning + letters, meaning_asked + letters_asked, owners
        ),
    }
    for name, way in ways.items():
        best = way().argmax(axis=1)
        right = np.array([labels[row] in question.articles for row, question in zip(best, questions, strict=True)])
        shares = [right[[question.language == code for question in questions]].mean() for code in languages]
        print(f"| {name} | " + " | ".join(f"{share:.0%}" for share in (*shares, right.mean())) + " |", flush=True)


def _vectors(examples: list[Example], questions: list[Labelled]) -> tuple[Floats, Floats]:
    every = read_examples(LOCALES, read_library(LOCALES))
    saved = load(shipped_index_path(LOCALES), every)
    if saved is None:
        sys.exit("The shipped index does not fit the articles: run `compact-bot articles index --ship` first.")
    wanted = [position for position, example in enumerate(every) if not example.label.startswith("kind:")]
    return saved.raw[wanted], Meaning().vectors([question.question for question in questions])


def _centred(vectors: Floats, of: list[Example] | list[Labelled], raw: Floats, examples: list[Example]) -> Floats:
    names = np.array([example.language for example in examples])
    means = {name: raw[names == name].mean(axis=0) for name in np.unique(names)}
    moved = vectors - np.array([means[each.language] for each in of], dtype=np.float32)
    lengths: Floats = np.linalg.norm(moved, axis=1, keepdims=True)
    return moved / lengths


def _kernel(one: Floats, other: Floats) -> Floats:
    return np.exp(GAMMA * (one @ other.T - 1))


def _nearest(similarities: Floats, owners: npt.NDArray[np.int64], count: int) -> Floats:
    columns = [
        np.sort(similarities[:, owners == label], axis=1)[:, -count:].mean(axis=1) for label in range(owners.max() + 1)
    ]
    return np.stack(columns, axis=1)


def _ridge(kernel: Floats, asked: Floats, owners: npt.NDArray[np.int64]) -> Floats:
    targets = np.eye(owners.max() + 1, dtype=np.float32)[owners]
    weights = np.linalg.solve(kernel + RIDGE * np.eye(len(kernel), dtype=np.float32), targets - targets.mean(axis=0))
    return asked @ weights


if __name__ == "__main__":
    main()
