"""Kernel ridge regression, against the formula written out."""

import numpy as np
import pytest

from bot.knowledge import learning
from bot.knowledge.learning import RIDGE, kernel, learn
from bot.knowledge.lexical import BUCKETS, inverse_frequencies, terms_of, weights_of
from tests.fakes.meaning import FakeMeaning

WORDS = ["passport", "boss", "school", "child", "paper", "visa", "work", "money", "home", "border"]


def made_up(count: int) -> tuple[list[str], list[str], list[int]]:
    random = np.random.default_rng(1)
    texts, languages, labels = [], [], []
    for number in range(count):
        words = random.choice(len(WORDS), 3, replace=False)
        texts.append(" ".join(WORDS[word] for word in words))
        languages.append("abc"[number % 3])
        labels.append(int(words[0]) % 4)
    return texts, languages, labels


def written_out(texts: list[str], labels: list[int], meanings: np.ndarray | None) -> np.ndarray:
    """The weights by the formula in the module's docstring, in full."""
    terms = terms_of(texts)
    idf = inverse_frequencies(terms, len(texts))
    letters = np.zeros((len(texts), BUCKETS), dtype=np.float32)
    letters[terms.texts, terms.buckets] = weights_of(terms, idf[terms.buckets], len(texts))
    matrix = letters @ letters.T
    if meanings is not None:
        matrix += np.maximum(meanings @ meanings.T, 0) ** 3
    targets = np.eye(max(labels) + 1)[labels]
    solution: np.ndarray = np.linalg.solve(matrix + RIDGE * np.eye(len(texts)), targets - targets.mean(axis=0))
    return solution


@pytest.mark.parametrize("with_meanings", [True, False])
def test_the_weights_solve_the_system(monkeypatch: pytest.MonkeyPatch, *, with_meanings: bool) -> None:
    # Small blocks and no early end, so that all of the work in pieces is done.
    monkeypatch.setattr(learning, "LARGEST_BLOCK", 7)
    monkeypatch.setattr(learning, "TOLERANCE", 1e-5)
    texts, languages, labels = made_up(60)
    meanings = FakeMeaning().vectors(texts) if with_meanings else None
    learned = learn(texts, languages, labels, meanings)
    assert learned.weights == pytest.approx(written_out(texts, labels, meanings), abs=1e-3)


def test_the_weights_of_letters_are_sums_over_examples() -> None:
    texts, languages, labels = made_up(20)
    learned = learn(texts, languages, labels, None)
    terms = terms_of(texts)
    idf = inverse_frequencies(terms, len(texts))
    bucket = int(learned.buckets[3])
    mine = terms.buckets == bucket
    shares = weights_of(terms, idf[terms.buckets], len(texts))[mine]
    assert learned.letters[3] == pytest.approx(shares @ learned.weights[terms.texts[mine]], abs=1e-5)
    assert learned.idf.tolist() == idf.tolist()


def test_the_bias_is_how_often_a_label_comes() -> None:
    assert learn(["a", "b", "c", "d"], ["en"] * 4, [0, 1, 1, 1], None).bias.tolist() == [0.25, 0.75]


def test_opposite_meanings_have_nothing_in_common() -> None:
    one = np.array([[1.0, 0.0]], dtype=np.float32)
    others = np.array([[1.0, 0.0], [0.6, 0.8], [-1.0, 0.0]], dtype=np.float32)
    assert kernel(one, others)[0].tolist() == pytest.approx([1.0, 0.6**3, 0.0])
