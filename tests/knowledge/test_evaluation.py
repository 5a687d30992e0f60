"""Measuring the search on labelled questions, and setting its thresholds from them."""

from pathlib import Path

import numpy as np
import pytest

from bot.core import FindingKind, OperatorError
from bot.knowledge.calibrating import MOST_FALSE_ALARMS, calibrate, out_of_fold
from bot.knowledge.decision import Decision
from bot.knowledge.evaluation import Labelled, Outcome, fallen, figures, groups, interval, outcomes, read_labelled
from bot.knowledge.index import Scores

LABELS = ["detention", "kind:greeting", "kind:outside", "kind:referral", "kind:urgent", "school", "visa"]
ARTICLES = ("detention", "school", "visa")
ANSWER, OUTSIDE, URGENT = FindingKind.ANSWER, FindingKind.OUTSIDE, FindingKind.URGENT


def labelled(kind: FindingKind, *articles: str) -> Labelled:
    return Labelled("1", "en", "a question", kind, articles, "")


def outcome(wanted: Labelled, kind: FindingKind, *articles: str) -> Outcome:
    return Outcome(wanted, Decision(kind, articles, 0.5))


def made_up(seed: int = 0) -> tuple[list[Labelled], list[Scores]]:
    """Questions as an index scores them: right articles about 0.7, outsiders and people in danger about 0.6."""
    random = np.random.default_rng(seed)
    questions, scored = [], []
    for number in range(400):
        kind = (ANSWER, ANSWER, OUTSIDE, URGENT)[number % 4]
        right = ARTICLES[number % 3]
        values = random.normal(0.05, 0.05, len(LABELS))
        values[LABELS.index(right)] = random.normal(0.7 if kind is ANSWER else 0.1, 0.1)
        if kind is not ANSWER:
            values[LABELS.index(f"kind:{kind}")] = random.normal(0.6, 0.1)
        questions.append(labelled(kind, *([right] if kind is ANSWER else [])))
        scored.append(Scores(LABELS, values.astype(np.float32), nearest=0.9, length=40))
    return questions, scored


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        (9, 10, 0.5958, 0.9821),
        (50, 100, 0.4038, 0.5962),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
    ],
)
def test_the_interval_is_wilsons(right: int, total: int, low: float, high: float) -> None:
    assert interval(right, total) == pytest.approx((low, high), abs=1e-4)


def test_without_questions_nothing_is_known() -> None:
    assert interval(0, 0) == (0.0, 1.0)


def test_calibration_separates_what_can_be_separated() -> None:
    questions, scored = made_up()
    found = outcomes(*made_up(seed=1), calibrate(questions, scored))
    for kind in (ANSWER, OUTSIDE, URGENT):
        of_kind = [each for each in found if each.labelled.kind is kind]
        assert sum(each.right for each in of_kind) >= 0.95 * len(of_kind), kind


def test_calibrated_chances_are_honest() -> None:
    questions, scored = made_up()
    random = np.random.default_rng(2)
    # One in five of the answers is labelled wrongly: the chance then has to say about 80 %.
    for number, each in enumerate(questions):
        if each.kind is ANSWER and random.random() < 0.2:
            questions[number] = labelled(ANSWER, "pension")
    sure = [each for each in out_of_fold(questions, scored) if each.labelled.kind is ANSWER]
    mean = np.mean([each.decision.confidence for each in sure])
    assert mean == pytest.approx(np.mean([each.right for each in sure]), abs=0.05)


def test_out_of_fold_no_message_is_judged_by_a_calibration_that_saw_it() -> None:
    questions, scored = made_up()
    held_out = out_of_fold(questions, scored)
    assert [each.labelled for each in held_out] == questions
    seen = outcomes(questions, scored, calibrate(questions, scored))
    assert [each.decision.confidence for each in held_out] != [each.decision.confidence for each in seen]


def test_answers_need_at_least_the_chance_that_choices_need() -> None:
    calibration = calibrate(*made_up())
    assert 0 <= calibration.choices_from <= calibration.answer_from <= calibration.sure_from < 1


def alike(kind: FindingKind) -> list[Outcome]:
    """One in fifteen is of this kind, and its scores overlap with those of the ordinary questions."""
    random = np.random.default_rng(3)
    questions, scored = [], []
    for number in range(1500):
        of_kind = number % 15 == 0
        values = np.full(len(LABELS), 0.05)
        values[0] = 0.3
        values[LABELS.index(f"kind:{kind}")] = random.normal(0.4 if of_kind else 0.2, 0.08)
        questions.append(labelled(kind) if of_kind else labelled(ANSWER, "detention"))
        scored.append(Scores(LABELS, values.astype(np.float32), nearest=0.9, length=40))
    return outcomes(questions, scored, calibrate(questions, scored))


def test_as_many_emergencies_are_found_as_the_false_alarms_allow() -> None:
    found = alike(URGENT)
    others = [each for each in found if each.labelled.kind is not URGENT]
    alarms = sum(each.false_alarm for each in others)
    assert 0 < alarms <= MOST_FALSE_ALARMS * len(others) + 1


def test_of_a_kind_without_danger_fewer_are_found() -> None:
    """The same scores, once as people in danger and once as people outside the topic."""
    urgent, outside = (
        sum(each.right for each in alike(kind) if each.labelled.kind is kind) for kind in (URGENT, OUTSIDE)
    )
    assert urgent > outside


@pytest.mark.parametrize(
    ("wanted", "kind", "articles", "right"),
    [
        (labelled(ANSWER, "visa"), ANSWER, ("visa", "school"), True),
        (labelled(ANSWER, "visa"), ANSWER, ("school", "visa"), False),
        (labelled(ANSWER, "visa", "school"), ANSWER, ("school", "visa"), True),
        (labelled(ANSWER), ANSWER, ("school",), True),
        (labelled(ANSWER), OUTSIDE, ("school",), False),
        (labelled(ANSWER, "visa"), FindingKind.CHOICES, ("visa",), False),
        (labelled(URGENT), URGENT, ("school",), True),
        (labelled(OUTSIDE), ANSWER, ("school",), False),
    ],
)
def test_right_is_the_right_kind_and_article(
    wanted: Labelled, kind: FindingKind, articles: tuple[str, ...], *, right: bool
) -> None:
    assert outcome(wanted, kind, *articles).right is right


def test_offered_is_a_right_article_among_the_choices() -> None:
    assert outcome(labelled(ANSWER, "visa"), FindingKind.CHOICES, "school", "visa").offered
    assert not outcome(labelled(ANSWER, "visa"), FindingKind.CHOICES, "school").offered
    assert not outcome(labelled(ANSWER, "visa"), ANSWER, "visa").offered


def test_refused_is_an_answer_that_was_there() -> None:
    assert outcome(labelled(ANSWER, "visa"), OUTSIDE).refused
    assert not outcome(labelled(OUTSIDE), OUTSIDE).refused


def test_a_false_alarm_is_an_emergency_that_is_none() -> None:
    assert outcome(labelled(ANSWER, "visa"), URGENT, "visa").false_alarm
    assert not outcome(labelled(URGENT), URGENT, "visa").false_alarm
    assert not outcome(labelled(URGENT), ANSWER, "visa").false_alarm


def some_results() -> list[Outcome]:
    french = Labelled("2", "fr", "une question", ANSWER, ("visa",), "")
    return [
        outcome(labelled(ANSWER, "visa"), ANSWER, "visa"),
        outcome(labelled(ANSWER, "visa"), ANSWER, "school"),
        outcome(french, ANSWER, "visa"),
        outcome(labelled(URGENT), URGENT, "visa"),
    ]


def test_results_are_grouped_by_language_and_kind_and_over_all() -> None:
    counts = {key: len(group) for key, group in groups(some_results()).items()}
    assert counts == {("en", ANSWER): 2, ("en", URGENT): 1, ("fr", ANSWER): 1, ("all", ANSWER): 3, ("all", URGENT): 1}


def test_figures_are_shares_by_language_and_by_kind() -> None:
    assert figures(some_results()) == {"en answer": 0.5, "fr answer": 1.0, "all answer": 0.6667, "all urgent": 1.0}


def test_a_fall_of_more_than_three_points_is_named() -> None:
    recorded = {"en answer": 0.53, "fr answer": 1.0, "all answer": 0.7, "all urgent": 1.0, "sw answer": 0.9}
    assert fallen(figures(some_results()), recorded) == [
        "all answer: 66.7% right, recorded 70.0%",
        "sw answer: 0.0% right, recorded 90.0%",
    ]


def test_labelled_questions_are_read_from_lines(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '{"id": "a", "language": "fr", "question": "école ?", "kind": "answer", "articles": ["school"]}\n'
        '{"id": "b", "language": "en", "question": "help", "kind": "urgent", "form": "typo"}\n',
        encoding="utf-8",
    )
    assert read_labelled([path]) == [
        Labelled("a", "fr", "école ?", ANSWER, ("school",), ""),
        Labelled("b", "en", "help", URGENT, (), "typo"),
    ]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"id": "a"}', '{"id": "a", "language": "en", "question": "x", "kind": "joke"}', "7"],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f'{{"id": "b", "language": "en", "question": "x", "kind": "urgent"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(OperatorError, match=r"questions\.jsonl:2: not a labelled question"):
        read_labelled([path])
