"""Long texts cut to Telegram's measure, and buttons set in rows."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.telegram_format import MOST_IN_A_ROW, ROW_CHARACTERS, keyboard, parts, split
from bot.core import Choice, Reply, Source
from tests.fakes.telegram_api import LONGEST_TEXT, plain

# Letters of one and of two units, white space of several kinds, ends of sentences, what HTML escapes.
ALPHABET = "ab1 \n\t.!?。؟।,&<>\"'é中😀ض\u00a0\u3000"
TEXTS = st.text(ALPHABET, max_size=400) | st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def without_white_space(text: str) -> str:
    return "".join(text.split())


@given(text=TEXTS, limit=st.integers(2, 60))
@example(text="a" * 10 + "\n\n", limit=10)
@example(text=" " * 20 + "a", limit=10)
@example(text="😀" * 9, limit=5)
def test_pieces_fit_lose_only_white_space_and_are_never_empty(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(units(piece) <= limit for piece in pieces)
    assert without_white_space("".join(pieces)) == without_white_space(text)
    assert all(piece.strip() for piece in pieces) or not text.strip()


@given(text=TEXTS)
def test_a_text_that_fits_is_one_piece(text: str) -> None:
    assert [piece.strip() for piece in split(text, 1000)] == [text.strip()]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One two\n\nT. Four five", ["One two", "T. Four five"]),
        ("One. Two, three, four", ["One. Two,", "three, four"]),
        ("First one. Second two", ["First one.", "Second two"]),
        ("一二三四五六七。八九十一二三四", ["一二三四五六七。", "八九十一二三四"]),
        ("www.example.org/abcde", ["www.example.", "org/abcde"]),
        ("Ask 1.5 www.un.org now", ["Ask 1.5", "www.un.org", "now"]),
        ("abcdefghijklmnop", ["abcdefghijkl", "mnop"]),
    ],
    ids=["paragraph", "a stub is avoided", "sentence", "without spaces", "a long address", "addresses", "one word"],
)
def test_the_cut_is_at_the_best_place_that_fits(text: str, pieces: list[str]) -> None:
    assert split(text, 12) == pieces


@given(
    text=st.text(ALPHABET, min_size=1, max_size=200).filter(str.strip),
    times=st.integers(1, 90),
    title=st.text(ALPHABET, max_size=80),
    note=st.text(ALPHABET, max_size=200),
    labels=st.lists(st.text(ALPHABET, min_size=1, max_size=60), max_size=4),
)
@example(text="😀", times=4000, title="Title", note="note " * 40, labels=["label " * 10] * 4)
@example(text="word ", times=1500, title="", note="note " * 200, labels=[])
@example(text="word ", times=1500, title="", note="", labels=[])
def test_every_part_of_a_reply_is_a_message_that_telegram_takes(
    text: str, times: int, title: str, note: str, labels: list[str]
) -> None:
    sources = tuple(Source("A/RES/73/195", "29", label, "https://docs.un.org/en/A/RES/73/195") for label in labels)
    text *= times
    messages = [plain(part) for part in parts(Reply(text, title=title, note=note, sources=sources))]
    assert all(message.strip() for message in messages)
    assert all(units(message) <= LONGEST_TEXT for message in messages)
    expected = title + text + "".join(f"🔗{label}" for label in labels) + note
    assert without_white_space("".join(messages)) == without_white_space(expected)


def rows(*labels: str) -> list[list[str]]:
    markup = keyboard([Choice(f"/open {label[:20]}", label) for label in labels])
    assert markup is not None
    return [[button.text for button in row] for row in markup.inline_keyboard]


def test_short_buttons_share_a_row() -> None:
    assert rows("Yes", "No") == [["Yes", "No"]]


def test_a_long_button_has_a_row_of_its_own() -> None:
    long = "Can I be locked up for having no papers?"
    assert rows("Yes", long, "No", "Skip") == [["Yes"], [long], ["No", "Skip"]]


def test_a_row_has_three_buttons_at_most() -> None:
    assert rows("1", "2", "3", "4") == [["1", "2", "3"], ["4"]]


def test_no_choices_no_keyboard() -> None:
    assert keyboard([]) is None


@given(st.lists(st.text(ALPHABET, min_size=1, max_size=30), min_size=1, max_size=40))
def test_every_button_is_there_in_its_order_and_no_row_is_crowded(labels: list[str]) -> None:
    made = rows(*labels)
    assert [label for row in made for label in row] == labels
    assert all(len(row) <= MOST_IN_A_ROW for row in made)
    assert all(len(row) == 1 or sum(map(len, row)) <= ROW_CHARACTERS for row in made)
