"""What a text is about, and where it goes over from one thing to another."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings

from bot.core import MOST_CHARACTERS, OBJECTIVES, FindingKind, Point
from bot.i18n import LocaleFolder
from bot.knowledge.articles import Entry
from bot.knowledge.building import build
from bot.knowledge.decision import read_calibration
from bot.knowledge.examples import kind_label, read_examples
from bot.knowledge.finder import Finder
from bot.knowledge.index import EMPTY, Scores
from bot.knowledge.meaning import Meaning
from bot.knowledge.objectives import (
    MOST_LOOKED_AT,
    MOST_OF_A_STRETCH,
    MOST_PIECES,
    MOST_POINTS,
    SHORTEST_PIECE,
    WEIGHTS,
    Floats,
    Piece,
    likeliest,
    pieces,
    shares,
    size_of,
    stretches,
    themes,
    together,
)
from bot.parts import KnowledgeBase
from bot.settings import Settings
from tests.fakes.hostile import HOSTILE
from tests.fakes.meaning import FakeMeaning
from tests.fakes.shelf import Shelf

FEEDBACK = [
    json.loads(line) for line in Path(__file__).with_name("feedback.jsonl").read_text(encoding="utf-8").splitlines()
]
CALIBRATION = read_calibration()
ENTRIES: Mapping[str, Entry] = {
    slug: Entry(slug, (), objectives, (), date(2026, 11, 20), False)
    for slug, objectives in (("one", (13, 7)), ("two", (15,)), ("three", ()))
}


def find_with(shelf: Shelf, meaning: Meaning | None) -> Finder:
    shelf.write("en/kinds/greeting.txt", "hello\ngood morning\nthank you\n")
    shelf.write("en/kinds/outside.txt", "banana bread recipe\nwho won the football\n")
    library = shelf.library()
    examples = read_examples(shelf.folder, library)
    index = build(examples, meaning, [], lambda _done, _total: None)
    return Finder(library, examples, LocaleFolder(shelf.folder, library.languages()), meaning, index, CALIBRATION)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Finder:
    return KnowledgeBase(Settings(data_dir=tmp_path_factory.mktemp("data"))).finder


@pytest.fixture(scope="module")
def by_letters(tmp_path_factory: pytest.TempPathFactory) -> Finder:
    return find_with(Shelf(tmp_path_factory.mktemp("locales")), None)


def cut(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in pieces(text)]


def check_apart(text: str, parts: Sequence[str]) -> None:
    """The parts are the text in order, with nothing but blanks between, before and after."""
    rest = text
    for part in filter(None, parts):
        before, found, rest = rest.partition(part)
        assert found == part == part.strip()
        assert not before.strip()
    assert not rest.strip()


@pytest.mark.parametrize(
    "sentence",
    [
        "We asked at the office for three weeks and nobody gave us an answer in writing.",
        "Why did they take our blankets and the medicine, although it was snowing that night?",
        "He stood in the door and shouted at us: “You have no rights here, so go away at once!”",
        "Нас держали двое суток в холодном помещении и не давали никому позвонить домой!",
        "احتجزونا يومين في غرفة باردة دون ماء كاف ولم يسمحوا لأحد منا أن يتصل بأهله؟",
        "ہم دو دن تک ایک ٹھنڈے کمرے میں بند رہے اور ہمیں گھر فون کرنے کی اجازت نہیں ملی۔",
        "हमें दो दिन तक ठंडे कमरे में रखा गया और घर फ़ोन करने की इजाज़त नहीं दी गई।",
        "ለሁለት ቀናት ቀዝቃዛ ክፍል ውስጥ ታሰርን፤ ቤተሰቦቻችንን በስልክ እንድናነጋግርም አልፈቀዱልንም።",
        "ကျွန်ုပ်တို့ကို အအေးခန်းထဲတွင် နှစ်ရက်ထားခဲ့ပြီး အိမ်သို့ ဖုန်းဆက်ခွင့် မပေးခဲ့ပါ။",
        "ถูกขังไว้สองวันในห้องที่หนาวมากและเจ้าหน้าที่ไม่ยอมให้โทรกลับบ้านไปหาครอบครัวเลย",
    ],
)
def test_a_long_text_is_cut_into_its_sentences_in_any_script(sentence: str) -> None:
    assert cut(" ".join([sentence] * 6)) == [sentence] * 6


def test_chinese_sentences_need_no_blank_between() -> None:
    sentence = "我们在很冷的房间里被关了整整两天，不让打电话回家。"
    assert cut(sentence * 6) == [sentence] * 6
    quoted = "他对我们大声喊道：“你们在这里没有任何权利，马上走！”"
    assert cut(quoted * 6) == [quoted] * 6


def test_a_text_that_is_not_long_is_one_piece() -> None:
    assert cut("  First this happened. Then that. Nobody helped.\n") == [
        "First this happened. Then that. Nobody helped."
    ]
    assert cut(" \n ") == []


def test_a_number_with_a_point_is_no_end() -> None:
    sentence = (
        "The shop keeps 3.75 of every hundred and an unknown share more for the exchange of the money, says my cousin."
    )
    assert cut(" ".join([sentence] * 3)) == [sentence] * 3


@pytest.mark.parametrize("sign", ["-", "•", "*", "1.", "2)", "٣.", "3、"])
def test_paragraphs_and_items_of_a_list_open_a_piece(sign: str) -> None:
    item = f"{sign} the owner pays in cash and two months late, and sends away whoever asks for a contract in writing"
    paragraph = "We heard this in four houses in the quarter behind the station, in the last two weeks of October alone"
    found = pieces(
        f"{paragraph}\n\n{paragraph}\n{item}\n{item}\nand nobody signs any paper with them, not even a receipt for rent"
    )
    assert [piece.opens for piece in found] == [True, True, True, True, False]


def test_short_sentences_join_their_neighbours() -> None:
    text = ("Help us. " + "This is a sentence of middling length about nothing at all in particular. No. ") * 5 + "Bye."
    assert min(map(size_of, cut(text))) >= SHORTEST_PIECE
    assert cut(text)[0].startswith("Help us. This")


def test_the_short_end_of_a_paragraph_stays_in_it() -> None:
    paragraph = "The room is damp, the window does not close and the landlord does not come, whoever calls him. No."
    assert cut("\n\n".join([paragraph] * 4)) == [paragraph] * 4


def test_a_heading_joins_what_follows() -> None:
    paragraph = "The room is damp, the window does not close and the landlord does not come, whoever calls him. " * 3
    assert cut(f"{paragraph}\n\nHousing\n\n{paragraph}")[-3].startswith("Housing\n\nThe room")


def test_no_text_has_more_pieces_than_are_looked_at() -> None:
    text = "Nobody told us anything. " * (MOST_CHARACTERS // 25)
    found = cut(text)
    assert MOST_PIECES / 2 < len(found) <= MOST_PIECES
    assert max(map(len, found)) <= MOST_LOOKED_AT


@settings(deadline=None, max_examples=100)
@given(HOSTILE)
@example("." * 100_000)
@example(" . " * 50_000)
@example("\n" * 100_000 + "a")
@example("。" * 50_000 + "a”" * 1000)
@example("-\n" * 50_000)
def test_pieces_are_the_whole_text_whatever_it_is(text: str) -> None:
    parts = cut(text)
    check_apart(text, parts)
    assert len(parts) <= MOST_PIECES
    assert bool(parts) == bool(text.strip())


def scores(**by_label: float) -> Scores:
    labels = [kind_label(FindingKind(label)) if label in set(FindingKind) else label for label in by_label]
    return Scores(labels, np.array(list(by_label.values()), dtype=np.float32), 0.9, 40)


def test_an_articles_main_objective_counts_most() -> None:
    found = shares(scores(one=0.8, two=0.1, three=0.1), ENTRIES, CALIBRATION)
    assert likeliest(found) == (13, 7)
    assert 0.8 < found[13] <= 1
    assert found[7] == pytest.approx(WEIGHTS.others * found[13])


def test_near_articles_share_and_far_ones_do_not_count() -> None:
    assert likeliest(shares(scores(one=0.4, two=0.42, three=0.0), ENTRIES, CALIBRATION)) == (15, 13, 7)
    assert likeliest(shares(scores(one=0.4, two=0.8, three=0.0), ENTRIES, CALIBRATION)) == (15,)


def test_an_article_about_no_objective_gives_none() -> None:
    assert likeliest(shares(scores(one=0.1, two=0.1, three=0.8), ENTRIES, CALIBRATION)) == ()


def test_what_is_a_greeting_or_outside_is_about_nothing() -> None:
    for kind in ("greeting", "outside"):
        assert likeliest(shares(scores(one=0.05, two=0.0, **{kind: 0.9}), ENTRIES, CALIBRATION)) == ()


def test_articles_that_are_gone_do_not_count() -> None:
    assert likeliest(shares(scores(gone=0.9, two=0.3), ENTRIES, CALIBRATION)) == (15,)
    assert shares(scores(gone=0.9), ENTRIES, CALIBRATION).sum() == 0
    assert shares(scores(), ENTRIES, CALIBRATION).sum() == 0


def about(*objectives: int) -> Floats:
    found = np.zeros(OBJECTIVES.stop)
    found[list(objectives)] = 1 / max(len(objectives), 1)
    return found


def runs(*objectives: int, size: int = 100, opens: bool = True) -> list[tuple[int, int]]:
    parts = [Piece(0, 0, size, opens) for _ in objectives]
    found = themes(parts, [about(each) if each else about() for each in objectives])
    return [(run.start, run.stop) for run in found]


def test_neighbours_about_the_same_are_one_theme() -> None:
    assert runs(13, 13, 6, 6, 13) == [(0, 2), (2, 4), (4, 5)]
    assert runs(13, 13, 13) == [(0, 3)]
    assert runs(13) == [(0, 1)]


def test_what_is_about_nothing_opens_no_theme() -> None:
    assert runs(13, 0, 13, 0) == [(0, 4)]
    assert len(runs(0, 6, 0, 13)) == 2


def test_too_little_of_another_thing_is_no_theme() -> None:
    assert runs(13, 6, 13, size=30) == [(0, 3)]
    assert runs(13, 6, size=50) == [(0, 1), (1, 2)]
    assert runs(13, 6, size=50, opens=False) == [(0, 2)]


def test_there_are_so_many_themes_at_most() -> None:
    assert len(runs(*range(1, 24))) == MOST_POINTS


def test_larger_pieces_count_more_together() -> None:
    parts = [Piece(0, 300, 300, True), Piece(300, 400, 100, False)]
    assert together(parts, [about(6), about(13)])[[6, 13]].tolist() == [0.75, 0.25]
    assert together([], []).sum() == 0


async def test_statements_are_found_too(shipped: Finder) -> None:
    short = [line for line in FEEDBACK if line.get("objectives")]
    named = [await shipped.objectives(line["text"], line["language"]) for line in short]
    pairs = list(zip([line["objectives"][0] for line in short], named, strict=True))
    assert len(pairs) >= 50
    assert sum(main in found[:1] for main, found in pairs) >= 0.65 * len(pairs)
    assert sum(main in found for main, found in pairs) >= 0.9 * len(pairs)


async def test_a_long_text_comes_apart_into_its_points(shipped: Finder) -> None:
    long = [line for line in FEEDBACK if "points" in line]
    right = 0
    for line in long:
        points = await shipped.points(line["text"], line["language"])
        check_apart(line["text"], [point.text for point in points])
        right += len(points) == len(line["points"])
    assert right >= 0.6 * len(long) >= 6


async def test_several_paragraphs_about_one_thing_stay_one_point(shipped: Finder) -> None:
    text = (
        "The money for my mother goes through the shop at the corner, and it takes eleven of every hundred I pay in.\n\n"
        "The bank would send it for less, but it opens no account for people with a permit of less than a year.\n\n"
        "My sister tried to send remittances by telephone. That is cheaper, only nobody in the village pays them out."
    )
    (point,) = await shipped.points(text, "en")
    assert (point.text, point.objectives[0]) == (text, 20)


@pytest.mark.parametrize(
    "text", ["Hello, good morning!", "Bonjour", "谢谢", "How do I bake bread with bananas?", "", " \n", "🙏"]
)
async def test_greetings_and_other_matters_have_no_objective(shipped: Finder, text: str) -> None:
    assert await shipped.objectives(text, "en") == ()
    assert await shipped.points(text, "en") == [Point(text.strip())]


async def test_an_objective_by_its_number_is_found(shipped: Finder) -> None:
    for number in (1, 12, 22):
        assert (await shipped.objectives(f"objective {number}", "en"))[0] == number


async def test_letters_alone_do_too(by_letters: Finder) -> None:
    assert await by_letters.objectives("the police took my friend to prison for no visa", "en") == (13,)
    assert await by_letters.objectives("good morning", "en") == ()


async def test_without_an_index_nothing_is_found(shelf: Shelf) -> None:
    finder = find_with(shelf, None)
    finder.index = EMPTY
    assert await finder.objectives("the police took my friend to prison", "en") == ()
    assert await finder.points("prison " * 100, "en") == [Point(("prison " * 100).strip())]


@settings(deadline=None, max_examples=60)
@given(HOSTILE)
@example("\ud83d. " * 200)
@example("visa ВИЗА فيزا 签证 วีซ่า.\n\n" * 200)
def test_hostile_text_comes_back_in_points(by_letters: Finder, text: str) -> None:
    points = asyncio.run(by_letters.points(text, "en"))
    check_apart(text, [point.text for point in points])
    assert 1 <= len(points) <= MOST_POINTS
    assert all(set(point.objectives) <= {13, 15} for point in points)


async def test_what_a_text_costs_is_bounded(shelf: Shelf) -> None:
    meaning = FakeMeaning()
    finder = find_with(shelf, meaning)
    for text in ("They locked up my brother. " * 400, "a" * 160_000, "- no\n" * 2000):
        meaning.asked.clear()
        await finder.points(text, "en")
        assert 1 <= len(meaning.asked) <= MOST_PIECES
        assert max(map(len, meaning.asked)) <= MOST_LOOKED_AT


async def test_questions_of_others_are_answered_in_between(by_letters: Finder) -> None:
    done: list[str] = []

    async def look_through() -> None:
        await by_letters.points(
            "They locked up my brother in a prison without telling anybody the reason for it. " * 20, "en"
        )
        done.append("points")

    async def ask() -> None:
        await by_letters.find("kindergarten near the place where we live", "en")
        done.append("question")

    await asyncio.gather(look_through(), ask())
    assert done == ["question", "points"]


@pytest.mark.parametrize("text", ["", "Short.", "A sentence of some length, about wages. " * 250, "x" * 10_000])
def test_stretches_hold_the_whole_text_in_parts_that_are_looked_at(text: str) -> None:
    parts = list(stretches(text))
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(parts)
    assert all(len(part) <= 2 * MOST_OF_A_STRETCH for part in parts[:-1])
