"""The real search on the development set: what README promises, and that no language falls behind what it had."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.core import FindingKind
from bot.knowledge.decision import read_calibration
from bot.knowledge.evaluation import Labelled, Outcome, fallen, figures, groups, outcomes, read_labelled
from bot.knowledge.examples import KINDS, read_examples
from bot.knowledge.text import normalise
from bot.parts import LOCALES, KnowledgeBase
from bot.settings import Settings
from tests.shipped import LANGUAGES, LIBRARY

DEVELOPMENT = Path(__file__).parent.parent / "development"
RECORDED = DEVELOPMENT / "recorded.json"
WRITTEN = [language.code for language in LANGUAGES.all()]
UNDERSTOOD = [language.code for language in LANGUAGES.understood()]
FEWEST = {FindingKind.GREETING: 4, FindingKind.OUTSIDE: 15, FindingKind.URGENT: 20, FindingKind.REFERRAL: 8}


@pytest.fixture(scope="module")
def labelled() -> list[Labelled]:
    return read_labelled(sorted(DEVELOPMENT.glob("*.jsonl")))


@pytest.fixture(scope="module")
def results(labelled: list[Labelled], tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    knowledge = KnowledgeBase(Settings(data_dir=tmp_path_factory.mktemp("data")))
    scores = [knowledge.finder.look(each.question, knowledge.languages.default).scores for each in labelled]
    return outcomes(labelled, scores, read_calibration())


def right(results: list[Outcome], kind: FindingKind, languages: list[str]) -> float:
    found = [each.right for each in results if each.labelled.kind is kind and each.labelled.language in languages]
    return sum(found) / len(found)


def test_no_language_fell_over_three_points_below_its_recorded_figure(results: list[Outcome]) -> None:
    """`compact-bot evaluate tests/development/*.jsonl --record tests/development/recorded.json` records them anew."""
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    assert {f"{language} answer" for language in UNDERSTOOD} <= set(recorded)
    assert fallen(figures(results), recorded) == []


def test_first_answers_are_right_for_90_in_100_where_articles_are_written(results: list[Outcome]) -> None:
    assert right(results, FindingKind.ANSWER, WRITTEN) >= 0.9


def test_first_answers_are_right_for_75_in_100_in_every_other_language(results: list[Outcome]) -> None:
    by_language = {
        language: sum(each.right for each in group) / len(group)
        for (language, kind), group in groups(results).items()
        if kind is FindingKind.ANSWER
    }
    assert {language: share for language, share in by_language.items() if share < 0.75} == {}


def test_95_in_100_in_danger_are_found(results: list[Outcome]) -> None:
    assert right(results, FindingKind.URGENT, UNDERSTOOD) >= 0.95


def test_at_most_3_in_100_others_are_taken_for_people_in_danger(results: list[Outcome]) -> None:
    others = [each for each in results if each.labelled.kind is not FindingKind.URGENT]
    assert sum(each.false_alarm for each in others) <= 0.03 * len(others)


def test_at_most_5_in_100_about_other_things_are_given_an_article(results: list[Outcome]) -> None:
    outside = [each for each in results if each.labelled.kind is FindingKind.OUTSIDE]
    assert sum(each.decision.kind is FindingKind.ANSWER for each in outside) <= 0.05 * len(outside)
    assert right(results, FindingKind.OUTSIDE, UNDERSTOOD) >= 0.95


@pytest.mark.parametrize("language", UNDERSTOOD)
def test_the_set_is_large_enough(labelled: list[Labelled], language: str) -> None:
    counts = Counter(each.kind for each in labelled if each.language == language)
    assert counts[FindingKind.ANSWER] >= (40 if language in WRITTEN else 15)
    assert {kind for kind in KINDS if counts[kind] < FEWEST[kind]} == set()


def test_its_articles_are_there(labelled: list[Labelled]) -> None:
    asked = {slug for each in labelled for slug in each.articles}
    assert asked - set(LIBRARY.entries) == set()


def test_search_has_not_learned_from_it(labelled: list[Labelled]) -> None:
    known = {normalise(example.text) for example in read_examples(LOCALES, LIBRARY)}
    assert [each.id for each in labelled if normalise(each.question) in known] == []


def test_every_message_has_a_number_of_its_own(labelled: list[Labelled]) -> None:
    assert [number for number, count in Counter(each.id for each in labelled).items() if count > 1] == []
