"""Paragraph numbers and letters of UN documents, in six languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.numbering import number
from tests.fakes.hostile import ANY_TEXT

ENGLISH = """\
The General Assembly,
1. Thanks the host;
2. Endorses the text.
Annex
1. This text rests on others.
2. We count things. In
2018. we counted more.
Objective 1: counting
3. We commit to counting.
To realize this we will:
(a) Count people, that is
(i) the old; (ii) the young;
(b) Count again.
Objective 2: sharing
4. We commit to sharing:
(a) Data;
(b) Bread."""

OTHERS = {
    "fr": ("1. Nous comptons :\na) Les jeunes ;\nb) Les autres.\n2. Fin.", ["1", "1(a)", "1(b)", "2"]),
    "es": ("1. Contamos:\na) Los unos;\nb) Los otros.\n2. Fin.", ["1", "1(a)", "1(b)", "2"]),
    "ru": ("1. Считаем:\na) одних;\nb) других.\n2. Конец.", ["1", "1(a)", "1(b)", "2"]),
    "ru, Cyrillic": ("1. Считаем:\nа) одних;\nб) других.\n2. Конец.", ["1", "1(a)", "1(b)", "2"]),
    "ar": ("١ - نحن نعد:\n(أ) الصغار؛\n(ب) الكبار؛\n(ج) غيرهم.\n٢ - النهاية.", ["1", "1(a)", "1(b)", "1(c)", "2"]),
    "ar, tatweel": ("1 - نحن نعد:\n(هـ) خطأ.\n(ا) الصغار؛\n(ب) الكبار.\n2 - النهاية.", ["1", "1(a)", "1(b)", "2"]),
    "zh": ("1. 我们计算：\n(a) 年轻人；\n（b） 其他人。\n2. 完。", ["1", "1(a)", "1(b)", "2"]),
}


def paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph, _text in number(text.splitlines())]


def test_the_annexed_text_is_taken_not_the_resolutions_own_points() -> None:
    found = dict(number(ENGLISH.splitlines()))
    assert list(found) == ["1", "2", "3", "3(a)", "3(b)", "4", "4(a)", "4(b)"]
    assert found["1"] == "This text rests on others."


def test_a_year_at_the_beginning_of_a_line_opens_nothing() -> None:
    assert dict(number(ENGLISH.splitlines()))["2"] == "We count things. In 2018. we counted more."


def test_small_roman_numbers_stay_in_their_action() -> None:
    assert dict(number(ENGLISH.splitlines()))["3(a)"] == "Count people, that is (i) the old; (ii) the young;"


def test_a_heading_belongs_to_neither_paragraph() -> None:
    found = dict(number(ENGLISH.splitlines()))
    assert found["3(b)"] == "Count again."
    assert not any("Objective" in text for text in found.values())


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_its_own_letters(language: str) -> None:
    text, wanted = OTHERS[language]
    assert paragraphs(text) == wanted


def test_lines_are_joined_with_a_blank_but_not_in_chinese() -> None:
    assert number(["1. one", "two-", "three.", "2. 第一", "第二。"]) == [("1", "one two-three."), ("2", "第一第二。")]


@pytest.mark.parametrize("text", ["", "no numbers", "(a) a letter without a number", "§"])
def test_text_without_numbers_has_no_passages(text: str) -> None:
    assert number(text.splitlines()) == []


@given(st.lists(ANY_TEXT | st.sampled_from(["1. x.", "2. y;", "(a) z", "a) w", "١ - ق."]), max_size=30))
def test_no_word_is_made_up(lines: list[str]) -> None:
    words = " ".join(lines).split()
    for _paragraph, text in number(lines):
        assert "".join(text.split()) in "".join(words)
