"""The real search on the development set: what README promises."""

from pathlib import Path

import pytest

from bot.core import FindingKind
from bot.knowledge.articles import read_library
from bot.knowledge.decision import read_calibration
from bot.knowledge.evaluation import Outcome, outcomes, read_labelled
from bot.knowledge.examples import read_examples
from bot.knowledge.finder import shipped_index_path
from bot.knowledge.index import load
from bot.knowledge.text import normalise
from bot.parts import LOCALES, KnowledgeBase
from bot.settings import Settings

DEVELOPMENT = Path(__file__).parent.parent / "development"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
FEWEST_QUESTIONS = 25


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    knowledge = KnowledgeBase(Settings(data_dir=tmp_path_factory.mktemp("data")))
    labelled = read_labelled(sorted(DEVELOPMENT.glob("*.jsonl")))
    scores = [knowledge.finder.look(each.question, "").scores for each in labelled]
    return outcomes(labelled, scores, read_calibration())


def share_right(results: list[Outcome], kind: FindingKind, language: str = "") -> float:
    group = [each for each in results if each.labelled.kind is kind and language in (each.labelled.language, "")]
    return sum(each.right for each in group) / len(group)


def test_the_shipped_index_fits_the_articles() -> None:
    assert load(shipped_index_path(LOCALES), read_examples(LOCALES, read_library(LOCALES))) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_answer_is_right_for_85_in_100(results: list[Outcome], language: str) -> None:
    assert share_right(results, FindingKind.ANSWER, language) >= 0.85


def test_people_in_danger_are_recognised(results: list[Outcome]) -> None:
    assert share_right(results, FindingKind.URGENT) >= 0.92


def test_what_is_outside_is_declined(results: list[Outcome]) -> None:
    assert share_right(results, FindingKind.OUTSIDE) >= 0.92


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_set_is_large_enough_and_not_what_search_learned_from(language: str) -> None:
    library = read_library(LOCALES)
    known = {normalise(example.text) for example in read_examples(LOCALES, library)}
    asked = [each for each in read_labelled([DEVELOPMENT / f"{language}.jsonl"]) if each.articles]
    assert len(asked) >= FEWEST_QUESTIONS
    assert {slug for each in asked for slug in each.articles} <= set(library.entries)
    assert [each.question for each in asked if normalise(each.question) in known] == []
