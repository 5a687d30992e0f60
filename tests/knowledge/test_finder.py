"""Finding and showing articles, with the real model on a small library."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core import Finding, FindingKind, OperatorError, UnknownArticle
from bot.i18n import LocaleFolder
from bot.knowledge.building import build
from bot.knowledge.decision import read_calibration
from bot.knowledge.examples import Example, read_examples
from bot.knowledge.finder import Finder
from bot.knowledge.index import EMPTY
from bot.knowledge.language import READ
from bot.knowledge.meaning import Meaning
from bot.knowledge.official import OfficialTexts
from tests.fakes.hostile import ANY_TEXT
from tests.fakes.shelf import Shelf

URGENT = ["our boat is sinking", "he will kill me tonight", "notre bateau coule", "il va me tuer ce soir"]
OUTSIDE = ["banana bread recipe", "who won the football", "recette de crêpes", "qui a gagné le match"]
REFERRAL = ["what happens with my case number 22", "my appeal from last week", "mon dossier numéro 22", "mon recours"]
GREETING = ["hello", "good morning", "bonjour", "salut"]


def find_with(shelf: Shelf, meaning: Meaning | None) -> Finder:
    for kind, lines in (("urgent", URGENT), ("outside", OUTSIDE), ("referral", REFERRAL), ("greeting", GREETING)):
        shelf.write(f"en/kinds/{kind}.txt", "\n".join(lines[:2]))
        shelf.write(f"fr/kinds/{kind}.txt", "\n".join(lines[2:]) + "\n\n")
    library = shelf.library()
    examples = read_examples(shelf.folder, library)
    index = build(examples, meaning, [], lambda _done, _total: None)
    return Finder(
        library, examples, LocaleFolder(shelf.folder, library.languages()), meaning, index, read_calibration()
    )


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Finder:
    return find_with(Shelf(tmp_path_factory.mktemp("locales")), Meaning())


@pytest.fixture
def by_letters(shelf: Shelf) -> Finder:
    return find_with(shelf, None)


def test_examples_are_titles_questions_and_kinds(shelf: Shelf) -> None:
    find_with(shelf, None)
    examples = read_examples(shelf.folder, shelf.library())
    assert Example("May my child go to school?", "en", "school") in examples
    assert Example("école sans papiers", "fr", "school") in examples
    assert Example("notre bateau coule", "fr", "kind:urgent") in examples
    assert len(examples) == 4 * 9 + 4 * 4


@pytest.mark.parametrize(
    ("message", "article"),
    [
        ("the police put my brother in prison", "detention"),
        ("does my kid have a right to lessons", "school"),
        ("combien de temps en prison", "detention"),
        ("quiero que mi hija aprenda en la escuela", "school"),
        ("我的孩子可以上学吗", "school"),
    ],
)
async def test_the_article_is_nearest_in_any_language(finder: Finder, message: str, article: str) -> None:
    looked = finder.look(message, "en").scores
    by_label = dict(zip(looked.labels, looked.scores.tolist(), strict=True))
    assert by_label[article] == max(by_label["detention"], by_label["school"])


async def test_a_known_question_is_answered(finder: Finder) -> None:
    finding = await finder.find("kindergarten", "en")
    assert (finding.kind, finding.article, finding.choices) == (FindingKind.ANSWER, "school", ())
    assert 0.5 < finding.confidence <= 1


async def test_a_greeting_offers_nothing(finder: Finder) -> None:
    finding = await finder.find("Bonjour !", "en")
    assert (finding.kind, finding.language, finding.sure_of_language) == (FindingKind.GREETING, "fr", True)
    assert (finding.article, finding.choices) == ("", ())


async def test_danger_names_an_article_and_more(finder: Finder) -> None:
    finding = await finder.find("our boat is sinking", "en")
    assert finding.kind is FindingKind.URGENT
    assert finding.article in ("detention", "school")
    assert set(finding.choices) == {"detention", "school"}


async def test_outsiders_get_no_article(finder: Finder) -> None:
    finding = await finder.find("who won the football", "en")
    assert (finding.kind, finding.article) == (FindingKind.OUTSIDE, "")


async def test_letters_alone_answer_too(by_letters: Finder) -> None:
    assert not by_letters.index.has_meanings
    assert (await by_letters.find("school witout papers", "en")).article == "school"


async def test_a_question_is_computed_once(by_letters: Finder, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await by_letters.find("school without papers", "en")
    monkeypatch.setattr(by_letters, "find_now", None)
    assert await by_letters.find("School without papers?", "en") == first


async def test_a_new_index_is_asked_anew(by_letters: Finder) -> None:
    await by_letters.find("school without papers", "en")
    by_letters.index = EMPTY
    assert (await by_letters.find("school without papers", "en")).kind is FindingKind.OUTSIDE


async def test_new_official_texts_are_asked_anew(by_letters: Finder, monkeypatch: pytest.MonkeyPatch) -> None:
    await by_letters.find("school without papers", "en")
    by_letters.official = OfficialTexts()
    monkeypatch.setattr(by_letters, "find_now", None)
    with pytest.raises(TypeError):
        await by_letters.find("school without papers", "en")


def test_an_index_of_older_articles_shows_none_that_is_gone(shelf: Shelf) -> None:
    finder = find_with(shelf, None)
    kept = {slug: entry for slug, entry in finder._library.entries.items() if slug != "school"}
    finder._library = replace(finder._library, entries=kept)
    finding = finder.find_now("school without papers", "en")
    assert finding.kind is FindingKind.OUTSIDE
    assert "school" not in (finding.article, *finding.choices)


def test_meanings_are_apart_from_their_language(finder: Finder) -> None:
    alike = finder.meanings([("my brother is in prison", "en"), ("mon frère est en prison", "fr"), ("a school", "en")])
    assert np.linalg.norm(alike, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)
    assert alike[0] @ alike[1] > alike[0] @ alike[2]


def test_without_meanings_there_is_no_nearness(by_letters: Finder) -> None:
    with pytest.raises(OperatorError, match="articles index"):
        by_letters.meanings([("a school", "en")])


def test_an_article_without_an_entry_is_never_shown(shelf: Shelf) -> None:
    shelf.write("en/articles/pension.md", "---\ntitle: Pension\nquestions:\n  - who pays my pension\n---\nText.\n")
    finding = find_with(shelf, None).find_now("who pays my pension", "en")
    assert "pension" not in (finding.article, *finding.choices)


def check_finding(finding: Finding, hint: str) -> None:
    assert finding.language in READ | {hint}
    assert 0 <= finding.confidence <= 1
    assert finding.article in ("", "detention", "school")
    assert set(finding.choices) <= {"detention", "school"}
    if finding.kind is FindingKind.ANSWER:
        assert finding.article


@settings(deadline=None, max_examples=40)
@given(ANY_TEXT, st.sampled_from(["en", "fr"]))
@example("", "en")
@example("\0", "en")
@example("\ud83d", "fr")
@example("\x1b[2J\x07\x7f\x85\u2028\u2029", "en")
@example("a" * 100_000, "en")
@example("\u202e\u2067" * 50_000, "fr")
@example("visa ВИЗА فيزا 签证 วีซ่า " * 20, "en")
@example("%s %n {0} {name} ${jndi} <script> '; DROP TABLE people; --", "en")
def test_whatever_is_sent_something_is_found(finder: Finder, message: str, hint: str) -> None:
    check_finding(finder.find_now(message, hint), hint)


async def test_an_article_is_shown_in_its_language(finder: Finder) -> None:
    article = finder.article("detention", "fr")
    assert (article.language, article.title) == ("fr", "Peut-on m'enfermer ?")
    assert [(source.label, source.url) for source in article.sources] == [
        ("A/RES/73/195, par. 29(h)", "https://undocs.org/fr/A/RES/73/195"),
        ("IOM", "https://www.iom.int/"),
    ]
    assert article.related == ("school",)
    assert article.goes_stale
    assert not article.checked_by_speaker


async def test_without_a_translation_the_english_is_shown(finder: Finder) -> None:
    article = finder.article("school", "sw")
    assert (article.language, article.checked_by_speaker) == ("en", True)
    assert article.sources[0].url == "https://undocs.org/en/A/RES/73/195"


@pytest.mark.parametrize("slug", ["", "no-such-article", "../en/articles/school", "kind:urgent"])
async def test_an_unknown_name_is_refused(finder: Finder, slug: str) -> None:
    with pytest.raises(UnknownArticle):
        finder.article(slug, "en")


async def test_sections_come_in_reading_order(finder: Finder) -> None:
    assert finder.section("papers") == ("detention", "school")
    assert finder.section("no such section") == ()
