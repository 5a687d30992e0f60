"""Grouping what was asked in vain."""

from datetime import date

import numpy as np

from bot.core import Gap
from bot.knowledge.gaps import FARTHEST, MOST_SAMPLES, group

DAY = date(2026, 11, 1)
PENSION, TAX = np.eye(384, dtype=np.float32)[:2]


def gap(words: str, language: str = "en") -> Gap:
    return Gap(words, language, DAY)


def near(vector: np.ndarray, number: int) -> np.ndarray:
    moved = vector + 0.1 * np.eye(384, dtype=np.float32)[10 + number]
    return np.asarray(moved / np.linalg.norm(moved))


def test_near_questions_are_one_group_and_the_largest_comes_first() -> None:
    gaps = [gap("tax"), gap("pension"), gap("my pension"), gap("la pension", "fr")]
    vectors = np.array([TAX, near(PENSION, 1), near(PENSION, 2), near(PENSION, 3)])
    first, second = group(gaps, vectors)
    assert {each.words for each in first.gaps} == {"pension", "my pension", "la pension"}
    assert first.languages == ["en", "fr"]
    assert [each.words for each in second.gaps] == ["tax"]


def test_the_samples_are_the_most_typical_and_differ() -> None:
    odd = PENSION + 0.6 * TAX
    gaps = [gap("odd one"), *(gap(f"pension {number % 4}") for number in range(8))]
    vectors = np.array([odd / np.linalg.norm(odd), *(near(PENSION, number) for number in range(8))])
    (only,) = group(gaps, vectors)
    words = [sample.words for sample in only.samples]
    assert len(set(words)) == len(words) == MOST_SAMPLES
    assert "odd one" not in words


def test_questions_farther_apart_than_that_stay_apart() -> None:
    for angle, groups in ((np.arccos(1 - FARTHEST) - 0.02, 1), (np.arccos(1 - FARTHEST) + 0.02, 2)):
        other = np.cos(angle) * PENSION + np.sin(angle) * TAX
        assert len(group([gap("one"), gap("other")], np.array([PENSION, other]))) == groups


def test_few_are_groups_too() -> None:
    assert group([], np.empty((0, 384), dtype=np.float32)) == []
    (only,) = group([gap("one")], np.array([PENSION]))
    assert (only.gaps, only.samples) == ((gap("one"),), (gap("one"),))
