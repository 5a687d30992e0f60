"""Learning from examples, keeping what was learned, and scoring messages."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge.examples import Example
from bot.knowledge.index import Index, Meanings, Scores, build, examples_key, load
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


def learn(examples: Sequence[Example] = EXAMPLES, known: Sequence[Path] = ()) -> Meanings:
    return build(examples, FakeMeaning(), known, silent)


def scores(meanings: Meanings | None, message: str, language: str = "en") -> Scores:
    vector = FakeMeaning().vectors([message])[0]
    return Index(EXAMPLES, meanings).scores(message, language, vector)


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
    assert right > 2 * np.sort(found.scores)[-2]


def test_labels_come_in_order_and_each_has_a_score() -> None:
    found = scores(learn(), "hello")
    assert list(found.labels) == ["kept-passport", "kind:greeting", "school"]
    assert found.scores.shape == (3,)


def test_nearness_is_one_for_a_known_question_and_little_for_a_strange_one() -> None:
    assert scores(learn(), "my boss took my passport").nearest == pytest.approx(1, abs=0.01)
    assert scores(learn(), "qwertz uiop").nearest < 0.6


@pytest.mark.parametrize("message", ["school for my chidl", "écoles pour mes enfants"])
def test_letters_alone_find_what_is_written_alike(message: str) -> None:
    found = scores(None, message)
    assert best(found) == "school"
    assert 0 < found.scores.max() <= found.nearest < 1


def test_letters_alone_do_not_know_other_words_for_it() -> None:
    assert scores(None, "jefe pasaporte").scores.max() < 0.2


def test_without_a_vector_letters_alone_count() -> None:
    complete = Index(EXAMPLES, learn())
    by_letters = Index(EXAMPLES, None)
    expected = by_letters.scores("child", "en", None).scores
    assert complete.scores("child", "en", None).scores.tolist() == expected.tolist()
    assert complete.complete
    assert not by_letters.complete


def test_the_next_process_scores_as_the_first_did(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "index.npz"
    made = learn()
    made.save(path, EXAMPLES)
    loaded = load(path, EXAMPLES)
    assert loaded is not None
    for example in EXAMPLES:
        first, second = (scores(each, example.text, example.language) for each in (made, loaded))
        assert first.scores == pytest.approx(second.scores, abs=1e-3)


def test_saving_leaves_one_file(tmp_path: Path) -> None:
    learn().save(tmp_path / "index.npz", EXAMPLES)
    learn().save(tmp_path / "index.npz", EXAMPLES)
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
def test_an_index_of_other_examples_is_not_taken(tmp_path: Path, changed: list[Example]) -> None:
    path = tmp_path / "index.npz"
    learn().save(path, EXAMPLES)
    assert load(path, changed) is None
    assert examples_key(changed) != examples_key(EXAMPLES)


def test_there_may_be_no_index(tmp_path: Path) -> None:
    assert load(tmp_path / "index.npz", EXAMPLES) is None


def test_what_is_known_is_not_computed_again(tmp_path: Path) -> None:
    path = tmp_path / "index.npz"
    learn().save(path, EXAMPLES)
    meaning = FakeMeaning()
    added = Example("boss and passport", "en", "kept-passport")
    again = build([*EXAMPLES, added], meaning, [tmp_path / "none.npz", path], silent)
    assert meaning.asked == [added.text]
    assert again.key == examples_key([*EXAMPLES, added])
    assert best(scores(learn(known=[path]), "jefe pasaporte", "es")) == "kept-passport"


def test_a_text_that_stands_twice_is_computed_once() -> None:
    meaning = FakeMeaning()
    build([*EXAMPLES, Example("hello", "fr", "kind:greeting")], meaning, [], silent)
    assert sorted(meaning.asked) == sorted(example.text for example in EXAMPLES)


def test_progress_is_told_as_it_is_made() -> None:
    told: list[tuple[int, int]] = []
    meaning = FakeMeaning()
    many = [Example(f"question {number}", "en", f"article-{number % 2}") for number in range(70)]

    def progress(done: int, total: int) -> None:
        assert len(meaning.asked) == done
        told.append((done, total))

    build(many, meaning, [], progress)
    assert told == [(32, 70), (64, 70), (70, 70)]
