"""From scores to what the bot does."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.core import FindingKind
from bot.knowledge.decision import (
    CLASSES,
    Calibration,
    article_chance,
    best_articles,
    decide,
    features,
    kind_chances,
    read_calibration,
    write_calibration,
)
from bot.knowledge.examples import KINDS
from bot.knowledge.index import EMPTY, Scores


def kind_row(position: int) -> tuple[float, ...]:
    """A kind's chance grows with its own score; that of an answer with the best article's."""
    row = [0.0] * 9
    row[1 if position == 0 else position + 2] = 10.0
    return tuple(row)


# The article's chance is the logistic of -3 + 6 score + 4 lead.
CALIBRATION = Calibration(
    kinds=tuple(kind_row(position) for position in range(len(CLASSES))),
    article=(-3.0, 6.0, 4.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    urgency=1.0,
    sure_from=0.8,
    answer_from=0.6,
    choices_from=0.3,
)


def scores(**by_label: float) -> Scores:
    """Scores for a few articles and kinds; `kind_urgent` stands for `kind:urgent`."""
    labels = [label.replace("kind_", "kind:") for label in by_label]
    return Scores(labels, np.array(list(by_label.values()), dtype=np.float32), nearest=0.9, length=20)


def kind_for(**by_label: float) -> FindingKind:
    return decide(scores(**by_label), CALIBRATION).kind


def test_a_clear_lead_is_answered() -> None:
    decision = decide(scores(visa=0.1, detention=0.9, school=0.2), CALIBRATION)
    assert decision.kind is FindingKind.ANSWER
    assert decision.articles == ("detention", "school", "visa")


def test_what_is_looked_at_has_an_order() -> None:
    found = features(scores(visa=0.1, detention=0.5, kind_urgent=0.3, kind_greeting=0.2, kind_outside=0.05))
    assert found == pytest.approx([1, 0.5, 0.4, 0.2, 0.05, 0.3, 0.0, 0.9, np.log(21)], abs=1e-6)


def test_the_chance_of_the_article_is_the_logistic_of_a_sum() -> None:
    chance = article_chance(features(scores(detention=0.5, school=0.25)), CALIBRATION)
    assert chance == pytest.approx(1 / (1 + np.exp(3.0 - 6.0 * 0.5 - 4.0 * 0.25)), abs=1e-6)


def test_the_chances_of_the_kinds_are_a_softmax() -> None:
    chances = kind_chances(features(scores(detention=0.5, kind_urgent=0.4)), CALIBRATION)
    powers = np.exp(10 * np.array([0.5, 0.0, 0.0, 0.4, 0.0]))
    assert chances == pytest.approx(powers / powers.sum(), abs=1e-6)


def test_confidence_is_the_chance_that_an_answer_is_asked_for_and_right() -> None:
    found = features(scores(detention=0.7, school=0.1, kind_outside=0.5))
    expected = kind_chances(found, CALIBRATION)[0] * article_chance(found, CALIBRATION)
    decided = decide(scores(detention=0.7, school=0.1, kind_outside=0.5), CALIBRATION)
    assert decided.confidence == pytest.approx(expected)


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
    found = scores(detention=0.5, school=0.25)
    chance = article_chance(features(found), CALIBRATION)
    for answer_from, choices_from, kind in ((chance, 0.0, FindingKind.ANSWER), (0.99, chance, FindingKind.CHOICES)):
        calibration = replace(CALIBRATION, sure_from=0.99, answer_from=answer_from, choices_from=choices_from)
        assert decide(found, calibration).kind is kind


@pytest.mark.parametrize(("first", "sure"), [(0.74, True), (0.72, False)])  # chances 0.807, 0.789
def test_a_sure_answer_is_more_than_an_answer(first: float, *, sure: bool) -> None:
    decision = decide(scores(detention=first, school=first), CALIBRATION)
    assert (decision.kind, decision.sure) == (FindingKind.ANSWER, sure)


@pytest.mark.parametrize("kind", KINDS)
def test_the_likeliest_kind_wins(kind: FindingKind) -> None:
    assert kind_for(detention=0.3, school=0.1, **{f"kind_{kind}": 0.8}) is kind
    assert kind_for(detention=0.9, school=0.1, **{f"kind_{kind}": 0.2}) is FindingKind.ANSWER


@pytest.mark.parametrize(("urgent", "kind"), [(0.44, FindingKind.URGENT), (0.42, FindingKind.ANSWER)])
def test_an_emergency_counts_for_more_than_its_chance(urgent: float, kind: FindingKind) -> None:
    """Four times as much: log(4) / 10 = 0.139 of the article's 0.57 may be missing."""
    careful = replace(CALIBRATION, urgency=4.0)
    assert decide(scores(detention=0.57, school=0.1, kind_urgent=urgent), careful).kind is kind
    assert kind_for(detention=0.57, school=0.1, kind_urgent=0.44) is FindingKind.ANSWER


def test_in_danger_the_nearest_articles_come_along() -> None:
    found = scores(detention=0.2, school=0.1, kind_urgent=0.9, visa=0.0)
    assert decide(found, CALIBRATION).articles == ("detention", "school", "visa")


def test_what_is_recognised_as_outside_gets_no_article() -> None:
    assert decide(scores(detention=0.2, kind_outside=0.9), CALIBRATION).articles == ()


def test_where_nothing_is_near_the_nearest_come_along() -> None:
    decision = decide(scores(detention=0.1, school=0.05), CALIBRATION)
    assert (decision.kind, decision.articles) == (FindingKind.OUTSIDE, ("detention", "school"))


def test_a_kind_is_never_among_the_best_articles() -> None:
    assert best_articles(scores(kind_urgent=0.9, a=0.1, b=0.4, c=0.2, d=0.3)) == ("b", "d", "c")


def test_an_empty_index_declines() -> None:
    decision = decide(EMPTY.scores("visa", "en", None), CALIBRATION)
    assert (decision.kind, decision.articles, decision.confidence) == (FindingKind.OUTSIDE, (), 0.0)


def test_a_calibration_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_calibration(CALIBRATION, tmp_path / "calibration.json")
    assert read_calibration(tmp_path / "calibration.json") == CALIBRATION


def test_the_calibration_in_force_can_answer_offer_and_refuse() -> None:
    calibration = read_calibration()
    assert 0 <= calibration.choices_from <= calibration.answer_from <= calibration.sure_from < 1
    assert calibration.urgency >= 1
    clear, near, weak = (
        article_chance(features(scores(a=first, b=second, kind_outside=0.0)), calibration)
        for first, second in ((1.0, 0.0), (1.0, 0.9), (0.1, 0.1))
    )
    assert clear > near > weak
    assert clear >= calibration.answer_from > weak
