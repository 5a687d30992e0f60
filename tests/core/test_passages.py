"""A quotation is, character by character, a part of the passage."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core import Passage, Source
from tests.fakes.hostile import ANY_TEXT

SOURCE = Source("A/RES/1/1", "1", "A/RES/1/1, para. 1", "https://undocs.org/en/A/RES/1/1")


@given(ANY_TEXT, st.integers(1, 250))
def test_whatever_is_quoted_stands_in_the_passage(text: str, most: int) -> None:
    quotation = Passage(SOURCE, "en", text).quotation(most)
    assert quotation in text
    assert len(quotation) <= most
    assert bool(quotation) == bool(text)


def test_a_short_passage_is_quoted_whole() -> None:
    assert Passage(SOURCE, "en", "No one shall be left out. Ever.").quotation(100) == "No one shall be left out. Ever."


def test_a_long_passage_ends_with_a_sentence() -> None:
    assert Passage(SOURCE, "en", "One is said. Two is said. Three is").quotation(30) == "One is said. Two is said."


def test_a_long_sentence_ends_with_a_word() -> None:
    assert Passage(SOURCE, "en", "one two three four").quotation(12) == "one two"


def test_a_script_without_blanks_is_cut_at_its_own_full_stop() -> None:
    assert Passage(SOURCE, "zh", "第一句话。第二句话没有完").quotation(9) == "第一句话。"
