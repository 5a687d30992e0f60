"""The report of `evaluate`."""

import re

from bot.commands.evaluation_report import article_confusions, curve, is_right_first, kind_confusions, page
from bot.core import FindingKind
from bot.knowledge.decision import Decision
from bot.knowledge.evaluation import Labelled, Outcome

ANSWER, URGENT = FindingKind.ANSWER, FindingKind.URGENT


def outcome(
    kind: FindingKind, wanted: tuple[str, ...], got: FindingKind, first: str, confidence: float = 0.8
) -> Outcome:
    return Outcome(Labelled("1", "en", "a <b>question</b>", kind, wanted, ""), Decision(got, (first,), confidence))


RESULTS = [
    outcome(ANSWER, ("visa",), ANSWER, "visa", 0.9),
    outcome(ANSWER, ("visa",), ANSWER, "school", 0.7),
    outcome(ANSWER, ("visa",), URGENT, "visa", 0.3),
    outcome(URGENT, (), ANSWER, "visa", 0.1),
    outcome(URGENT, (), URGENT, "visa", 1.0),
]


def test_the_page_stands_alone_and_shows_messages_as_text() -> None:
    made = page(RESULTS)
    assert "<script" not in made
    assert not re.search(r"(?:src|href)=.?https?:", made)
    assert "a &lt;b&gt;question" in made
    assert made.count("<svg") == 2


def test_kinds_and_articles_that_were_mistaken_are_counted() -> None:
    assert kind_confusions(RESULTS) == {("answer", "urgent"): 1, ("urgent", "answer"): 1}
    assert article_confusions(RESULTS) == {("visa", "school"): 1}


def test_confidence_is_about_the_first_article_of_a_question() -> None:
    assert [is_right_first(each) for each in RESULTS] == [True, False, True, False, False]


def test_the_curve_shows_each_tenth_that_has_messages() -> None:
    drawn = curve(RESULTS)
    assert drawn.startswith("<svg")
    assert "1 of 1" in drawn
    assert "0 of 1" in drawn
