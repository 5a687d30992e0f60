"""The real model: vectors for any text."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import example, given, settings

from bot.knowledge.meaning import DIMENSIONS, Meaning
from tests.fakes.hostile import ANY_TEXT

MEANING = Meaning()


def alike(one: str, other: str) -> float:
    first, second = MEANING.vectors([one, other])
    return float(first @ second)


@pytest.mark.parametrize(
    ("question", "translation", "another"),
    [
        ("my employer keeps my passport", "mon patron garde mon passeport", "ma fille veut aller à l'école"),
        ("can my child go to school", "هل يمكن لطفلي الذهاب إلى المدرسة", "كم يمكن أن أبقى محتجزا"),
        ("how long can they detain me", "拘留可以持续多久", "雇主扣留我的护照"),
    ],
)
def test_a_translation_is_nearer_than_another_question(question: str, translation: str, another: str) -> None:
    assert alike(question, translation) > alike(question, another) + 0.01


def test_each_text_has_its_row_in_order() -> None:
    texts = ["visa", "", "school", "visa"]
    rows = MEANING.vectors(texts)
    assert rows.shape == (4, DIMENSIONS)
    assert rows.dtype == np.float32
    for row, text in zip(rows, texts, strict=True):
        assert row == pytest.approx(MEANING.vectors([text])[0], abs=1e-6)
    assert rows[0].tolist() == rows[3].tolist() != rows[2].tolist()


def test_no_texts_are_no_rows() -> None:
    assert MEANING.vectors([]).shape == (0, DIMENSIONS)


def test_several_threads_get_what_one_would() -> None:
    texts = [f"question number {number}" for number in range(16)]
    alone = MEANING.vectors(texts)
    with ThreadPoolExecutor(max_workers=4) as threads:
        together = list(threads.map(lambda text: MEANING.vectors([text])[0], texts))
    assert np.array(together).tolist() == alone.tolist()


@settings(deadline=None, max_examples=25)
@given(ANY_TEXT)
@example("\0")
@example("\ud800\udc00\udfff")
@example("\x1b\x07\x7f\x85\u2028")
@example("\ufffe\uffff\U0010ffff")
@example("a" * 100_000)
@example("\u202e" * 100_000)
def test_any_text_has_a_vector_of_length_one(text: str) -> None:
    (row,) = MEANING.vectors([text])
    assert np.isfinite(row).all()
    assert float(np.linalg.norm(row)) == pytest.approx(1, abs=1e-4)
