"""Comparing texts by their letters."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from scipy.sparse import csr_matrix

from bot.knowledge.lexical import BUCKETS, inverse_frequencies, terms_of, weights_of
from bot.knowledge.text import bounded
from tests.fakes.hostile import HOSTILE

KNOWN = (
    "Can I be locked up for having no papers?",
    "My employer keeps my passport",
    "Puis-je inscrire mon enfant à l'école ?",
    "拘留可以持续多久",
    "雇主扣留我的护照怎么办",
    "ฉันถูกกักตัวได้นานแค่ไหน",
    "นายจ้างยึดหนังสือเดินทางของฉัน",
    "هل يمكن احتجازي بسبب الإقامة",
    "a",
)


class LexicalIndex:
    """The cosine of a message with each known text."""

    def __init__(self, known: Sequence[str]) -> None:
        terms = terms_of(known)
        self._count = len(known)
        self._idf = inverse_frequencies(terms, len(known))
        self._known = self._rows(known)

    def similarities(self, message: str) -> npt.NDArray[np.float32]:
        found: npt.NDArray[np.float32] = (self._rows([message]) @ self._known.T).toarray()[0]
        return found

    def _rows(self, texts: Sequence[str]) -> csr_matrix:
        terms = terms_of(texts)
        weights = weights_of(terms, self._idf[terms.buckets], len(texts))
        return csr_matrix((weights, (terms.texts, terms.buckets)), shape=(len(texts), BUCKETS))


INDEX = LexicalIndex(KNOWN)


@pytest.mark.parametrize("text", KNOWN)
def test_the_same_text_is_wholly_alike(text: str) -> None:
    similarities = INDEX.similarities(text)
    assert similarities[KNOWN.index(text)] == pytest.approx(1.0, abs=1e-5)
    assert similarities.argmax() == KNOWN.index(text)


@pytest.mark.parametrize(
    ("message", "nearest"),
    [
        ("can i be loked up for haveing no paper", 0),
        ("my employr keps my pasport", 1),
        ("locked up", 0),
        ("inscrire mes enfants a l ecole", 2),
        ("会被拘留多久", 3),
        ("护照被雇主扣了", 4),
        ("ถูกกักตัวนานไหม", 5),
        ("หนังสือเดินทาง", 6),
        ("احتجازى بسبب الاقامه", 7),
    ],
)
def test_nearly_the_same_text_is_nearest(message: str, nearest: int) -> None:
    similarities = INDEX.similarities(message)
    assert similarities.argmax() == nearest
    assert 0.1 < similarities[nearest] < 1


def test_other_forms_of_arabic_letters_are_wholly_alike() -> None:
    assert INDEX.similarities("هل يمكن إحتجازى بسبب الاقامة").max() == pytest.approx(1.0, abs=1e-5)


def test_more_in_common_is_nearer() -> None:
    nearer = INDEX.similarities("locked up for having no papers")[0]
    assert nearer > INDEX.similarities("no papers")[0] > 0


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    index = LexicalIndex(["common one", "common two", "common six", "seldom old"])
    similarities = index.similarities("common seldom")
    assert similarities[3] > 1.5 * similarities[0] > 0


@pytest.mark.parametrize(
    ("known", "message", "alike"), [("拘留多久", "扣拘留下", True), ("กขคง", "ฮขคฮ", True), ("visa", "xisx", False)]
)
def test_two_letters_count_only_where_words_are_that_short(known: str, message: str, *, alike: bool) -> None:
    assert bool(LexicalIndex([known]).similarities(message)[0] > 0) is alike


@pytest.mark.parametrize("message", ["", " ", "?!", "👍", "\0", "zzqqxx", "ж", "ก"])
def test_nothing_in_common_is_nought(message: str) -> None:
    assert INDEX.similarities(message).tolist() == [0.0] * len(KNOWN)


def test_empty_texts_may_be_known() -> None:
    assert LexicalIndex(["", "visa"]).similarities("visa").tolist() == pytest.approx([0.0, 1.0], abs=1e-5)


@given(HOSTILE)
def test_similarities_are_shares_whatever_is_sent(text: str) -> None:
    similarities = INDEX.similarities(bounded(text))
    assert similarities.shape == (len(KNOWN),)
    assert similarities.min() >= 0
    assert similarities.max() <= 1 + 1e-5
