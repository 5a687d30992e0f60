"""Learning from examples, keeping what was learned, and scoring messages."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge.building import build
from bot.knowledge.examples import Example
from bot.knowledge.index import EMPTY, Index, Scores, examples_key, load
from tests.fakes.meaning import FakeMeaning

EXAMPLES = [
    Example(text, language, label)
    for label, language, texts in (
        ("kept-passport", "en", ("my boss took my passport", "boss has passport", "passport kept by the boss")),
        ("kept-passport", "fr", ("mon patron garde le passeport", "patron passeport", "passeport pris par patron")),
        ("school", "en", ("school for my child", "can the child learn in school", "child school place")),
        ("school", "fr", ("école pour mon enfant", "une place pour enfant école", "école enfant sans papiers")),
        ("kind:greeting", "en", ("hello", "good morning", "hi there")),
        ("kind:greeting", "fr", ("bonjour", "salut à vous", "bonsoir")),
    )
    for text in texts
]


def silent(_done: int, _total: int) -> None:
    """Nobody waits for the index in these tests."""


def learn(examples: Sequence[Example] = EXAMPLES, known: Sequence[Index] = ()) -> Index:
    return build(examples, FakeMeaning(), known, silent)


def learn_letters() -> Index:
    return build(EXAMPLES, None, (), silent)


def scores(index: Index, message: str, language: str = "en") -> Scores:
    return index.scores(message, language, FakeMeaning().vectors([message])[0])


def best(found: Scores) -> str:
    return found.labels[int(found.scores.argmax())]


@pytest.mark.parametrize(("message", "label"), [("jefe pasaporte", "kept-passport"), ("escuela hijo", "school")])
def test_a_label_is_found_by_meaning_in_words_never_seen(message: str, label: str) -> None:
    assert best(scores(learn(), message, "es")) == label


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_what_was_learned_separates_the_labels(example: Example) -> None:
    found = scores(learn(), example.text, example.language)
    right = found.scores[found.labels.index(example.label)]
    assert best(found) == example.label
    assert right > 0.4
    assert right > 1.5 * np.sort(found.scores)[-2]


def test_labels_come_in_order_and_each_has_a_score() -> None:
    found = scores(learn(), "hello")
    assert list(found.labels) == ["kept-passport", "kind:greeting", "school"]
    assert found.scores.shape == (3,)
    assert found.length == 5


def test_nearness_is_one_for_a_known_question_and_little_for_a_strange_one() -> None:
    assert scores(learn(), "my boss took my passport").nearest == pytest.approx(1, abs=0.02)
    assert scores(learn(), "qwertz uiop").nearest < 0.6


@pytest.mark.parametrize("message", ["school for my chidl", "écoles pour mes enfants"])
def test_letters_alone_find_what_is_written_alike(message: str) -> None:
    found = scores(learn_letters(), message)
    assert best(found) == "school"
    assert 0 < found.scores.max() < 1


def test_letters_alone_do_not_know_other_words_for_it() -> None:
    found = scores(learn_letters(), "jefe pasaporte")
    assert found.scores == pytest.approx(1 / 3, abs=0.05)
    assert found.nearest == 0


def test_without_a_vector_letters_alone_count() -> None:
    found = learn().scores("child school", "en", None)
    assert best(found) == "school"
    assert found.nearest == 0


def test_an_index_says_whether_it_has_meanings() -> None:
    assert learn().has_meanings
    assert not learn_letters().has_meanings
    assert not EMPTY.has_meanings


def test_an_empty_index_finds_nothing() -> None:
    found = scores(EMPTY, "school")
    assert (list(found.labels), found.scores.tolist(), found.nearest) == ([], [], 0.0)


def test_what_all_messages_of_a_language_share_is_taken_out() -> None:
    index = learn()
    english = index.means[index.languages.index("en")]
    message = FakeMeaning().vectors(["child"])[0]
    assert np.linalg.norm(index.centred(message, "en")) == pytest.approx(1, abs=1e-5)
    assert index.centred(message + english, "en") @ message > index.centred(message, "en") @ message
    # Of a language without examples it takes what all languages share.
    assert index.centred(message, "sw") @ index.centred(message - index.means.mean(axis=0), "xx") > 0


def test_the_next_process_scores_as_the_first_did(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "index.npz"
    for made in (learn(), learn_letters()):
        made.save(path)
        loaded = load(path)
        assert loaded is not None
        assert loaded.fits(EXAMPLES)
        for example in EXAMPLES:
            first, second = (scores(each, example.text, example.language) for each in (made, loaded))
            assert first.scores == pytest.approx(second.scores, abs=1e-3)
            assert first.nearest == pytest.approx(second.nearest, abs=1e-3)


def test_saving_leaves_one_file(tmp_path: Path) -> None:
    learn().save(tmp_path / "index.npz")
    learn().save(tmp_path / "index.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["index.npz"]


@pytest.mark.parametrize(
    "changed",
    [
        [*EXAMPLES, Example("one more", "en", "school")],
        EXAMPLES[1:],
        EXAMPLES[::-1],
        [replace(EXAMPLES[0], text="my boss took my passport."), *EXAMPLES[1:]],
        [replace(EXAMPLES[0], label="school"), *EXAMPLES[1:]],
        [replace(EXAMPLES[0], language="sw"), *EXAMPLES[1:]],
    ],
    ids=["one more", "one less", "another order", "another text", "another label", "another language"],
)
def test_an_index_fits_the_examples_that_it_was_learned_from_alone(changed: list[Example]) -> None:
    assert learn().fits(EXAMPLES)
    assert not learn().fits(changed)
    assert examples_key(changed) != examples_key(EXAMPLES)


def test_there_may_be_no_index(tmp_path: Path) -> None:
    assert load(tmp_path / "index.npz") is None


def test_what_is_known_is_not_computed_again() -> None:
    meaning = FakeMeaning()
    added = Example("boss and passport", "en", "kept-passport")
    again = build([*EXAMPLES, added], meaning, [learn_letters(), learn()], silent)
    assert meaning.asked == [added.text]
    assert again.fits([*EXAMPLES, added])
    assert best(scores(learn(known=[learn()]), "jefe pasaporte", "es")) == "kept-passport"


def test_a_text_is_computed_once_for_each_of_its_languages() -> None:
    meaning = FakeMeaning()
    build([*EXAMPLES, Example("hello", "fr", "kind:greeting")], meaning, [], silent)
    assert sorted(meaning.asked) == sorted([*(example.text for example in EXAMPLES), "hello"])


def test_progress_is_told_as_it_is_made() -> None:
    told: list[tuple[int, int]] = []
    meaning = FakeMeaning()
    many = [Example(f"question {number}", "en", f"article-{number % 2}") for number in range(70)]

    def progress(done: int, total: int) -> None:
        assert len(meaning.asked) == done
        told.append((done, total))

    build(many, meaning, [], progress)
    assert told == [(32, 70), (64, 70), (70, 70)]
