"""One form for texts that mean the same letters."""

import pytest
from hypothesis import given

from bot.knowledge.text import MOST_CHARACTERS, bounded, normalise
from tests.fakes.hostile import HOSTILE


@pytest.mark.parametrize(
    ("written", "also"),
    [
        ("Détention ?", "detention"),
        ("DETENTION", "detention"),
        ("ｖｉｓａ １２", "visa 12"),
        ("straße", "STRASSE"),
        ("Ёлка", "елка"),
        ("إقامة", "اقامه"),
        ("أُحتجز", "احتجز"),
        ("مـــرحبا", "مرحبا"),
        ("پلیس", "پليس"),
        ("کتاب", "كتاب"),
        ("  two\n\twords ", "two words"),
        ("work-permit/visa", "work permit visa"),
    ],
)
def test_the_same_letters_look_the_same(written: str, also: str) -> None:
    assert normalise(written) == normalise(also)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ผู", "ผ"),
        ("हिन्दी", "हिनदी"),
        ("কি", "ক"),
        ("မြန်", "မြန"),
        ("да", "ба"),
        ("12", "13"),
    ],
)
def test_different_letters_stay_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize("empty", ["", " ", "?!", "👍🏽", "\u202e", "\0"])
def test_without_letters_and_digits_nothing_is_left(empty: str) -> None:
    assert normalise(empty) == ""


@given(HOSTILE)
def test_the_one_form_is_its_own_form(text: str) -> None:
    once = normalise(bounded(text))
    assert normalise(once) == once


@given(HOSTILE)
def test_words_have_single_blanks_between(text: str) -> None:
    once = normalise(bounded(text))
    assert once == " ".join(once.split())


@given(HOSTILE)
def test_what_is_bounded_can_be_stored_and_sent(text: str) -> None:
    clean = bounded(text)
    assert len(clean) <= MOST_CHARACTERS
    assert "\0" not in clean
    assert clean.encode("utf-8").decode("utf-8") == clean
    assert bounded(clean) == clean


@given(HOSTILE)
def test_bounding_leaves_ordinary_messages_alone(text: str) -> None:
    ordinary = text[:MOST_CHARACTERS].replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
    assert bounded(ordinary) == ordinary
