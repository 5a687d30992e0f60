"""From scores to what the bot does."""

from pathlib import Path

import numpy as np
import pytest

from bot.core import FindingKind
from bot.knowledge.decision import (
    ARTICLE_SHARE,
    Calibration,
    best_articles,
    decide,
    read_calibration,
    write_calibration,
)
from bot.knowledge.examples import KINDS
from bot.knowledge.index import Scores

CALIBRATION = Calibration(
    intercept=-3.0, score=6.0, margin=4.0, answer_from=0.6, choices_from=0.3, kinds=dict.fromkeys(KINDS, 0.1)
)


def scores(**by_label: float) -> Scores:
    """Scores for a few articles and kinds; `kind_urgent` stands for `kind:urgent`."""
    labels = [label.replace("kind_", "kind:") for label in by_label]
    return Scores(labels, np.array(list(by_label.values()), dtype=np.float32), 1.0)


def kind_for(**by_label: float) -> FindingKind:
    return decide(scores(**by_label), CALIBRATION).kind


def test_a_clear_lead_is_answered() -> None:
    decision = decide(scores(visa=0.1, detention=0.9, school=0.2), CALIBRATION)
    assert decision.kind is FindingKind.ANSWER
    assert decision.articles == ("detention", "school", "visa")


def test_the_confidence_is_the_logistic_of_score_and_lead() -> None:
    decision = decide(scores(detention=0.5, school=0.25), CALIBRATION)
    assert decision.confidence == pytest.approx(1 / (1 + np.exp(3.0 - 6.0 * 0.5 - 4.0 * 0.25)), abs=1e-6)


def test_a_narrow_lead_is_offered_as_choices() -> None:
    assert kind_for(detention=0.5, school=0.5, visa=0.1) is FindingKind.CHOICES


def test_low_scores_are_outside() -> None:
    assert kind_for(detention=0.1, school=0.05) is FindingKind.OUTSIDE


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (0.57, FindingKind.ANSWER),  # chance 0.604
        (0.56, FindingKind.CHOICES),  # 0.589
        (0.36, FindingKind.CHOICES),  # 0.302
        (0.35, FindingKind.OUTSIDE),  # 0.289
    ],
)
def test_each_threshold_is_where_the_calibration_says(first: float, kind: FindingKind) -> None:
    assert kind_for(detention=first, school=first) is kind


def test_a_chance_exactly_at_a_threshold_counts() -> None:
    chance = CALIBRATION.chance(0.5, 0.25)
    found = scores(detention=0.5, school=0.25)
    for answer_from, choices_from, kind in ((chance, 0.0, FindingKind.ANSWER), (0.99, chance, FindingKind.CHOICES)):
        calibration = Calibration(-3.0, 6.0, 4.0, answer_from, choices_from, CALIBRATION.kinds)
        assert decide(found, calibration).kind is kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_that_leads_wins(kind: FindingKind) -> None:
    found = {"detention": 0.3, "school": 0.1, f"kind_{kind}": 0.8}
    assert kind_for(**found) is kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_far_behind_loses_to_the_article(kind: FindingKind) -> None:
    found = {"detention": 0.9, "school": 0.1, f"kind_{kind}": 0.2}
    assert kind_for(**found) is FindingKind.ANSWER


@pytest.mark.parametrize(("above", "kind"), [(0.01, FindingKind.URGENT), (-0.01, FindingKind.ANSWER)])
def test_a_kind_is_measured_against_a_share_of_the_article(above: float, kind: FindingKind) -> None:
    enough = ARTICLE_SHARE * 0.7 + CALIBRATION.kinds[FindingKind.URGENT]
    assert enough < 0.7
    assert kind_for(detention=0.7, school=0.1, kind_urgent=enough + above) is kind


def test_a_kind_needs_more_than_its_threshold() -> None:
    strict = Calibration(-3.0, 6.0, 4.0, 0.6, 0.3, {**CALIBRATION.kinds, FindingKind.OUTSIDE: 0.9})
    found = scores(detention=0.3, school=0.1, kind_outside=0.8)
    assert decide(found, CALIBRATION).kind is FindingKind.OUTSIDE
    assert decide(found, strict).kind is FindingKind.CHOICES


def test_of_two_kinds_the_one_further_ahead_wins() -> None:
    assert kind_for(detention=0.1, school=0.1, kind_urgent=0.7, kind_outside=0.6) is FindingKind.URGENT


def test_in_danger_the_nearest_articles_come_along() -> None:
    found = scores(detention=0.2, school=0.1, kind_urgent=0.9, visa=0.0)
    assert decide(found, CALIBRATION).articles == ("detention", "school", "visa")


def test_a_kind_is_never_among_the_best_articles() -> None:
    articles, nearest = best_articles(scores(kind_urgent=0.9, a=0.1, b=0.4, c=0.2, d=0.3))
    assert articles == ("b", "d", "c")
    assert nearest == pytest.approx((0.4, 0.3))


def test_a_calibration_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_calibration(CALIBRATION, tmp_path / "calibration.json")
    assert read_calibration(tmp_path / "calibration.json") == CALIBRATION


def test_the_calibration_in_force_can_answer_offer_and_refuse() -> None:
    calibration = read_calibration()
    assert set(calibration.kinds) == set(KINDS)
    assert 0 <= calibration.choices_from <= calibration.answer_from < 1
    assert calibration.chance(1.0, 0.0) >= calibration.answer_from
    assert calibration.chance(1.0, 0.0) > calibration.chance(1.0, 0.9) > calibration.chance(0.2, 0.2)
