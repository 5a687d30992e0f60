"""Reading articles from their files."""

from datetime import date

import pytest

from bot.core import OperatorError
from bot.knowledge.articles import Citation, Document, read_library, read_text, with_fingerprint
from tests.fakes.shelf import QUESTIONS, Shelf

ENGLISH = "en/articles/detention.md"
FRENCH = "fr/articles/detention.md"


def test_an_article_is_read_whole(shelf: Shelf) -> None:
    text = shelf.library().texts["fr", "detention"]
    assert (text.language, text.slug, text.title) == ("fr", "detention", "Peut-on m'enfermer ?")
    assert list(text.questions) == [line.strip() for line in QUESTIONS["fr", "detention"].split(",")]
    assert text.body == "About detention.\n\nWhere to turn."
    assert text.read_by == ""


def test_what_all_languages_share_is_read(shelf: Shelf) -> None:
    entry = shelf.library().entries["detention"]
    assert entry.sources == (Citation("A/RES/73/195", "29(h)"), Citation("iom", ""))
    assert (entry.objectives, entry.related, entry.checked) == ((13,), ("school",), date(2026, 11, 20))
    assert entry.goes_stale


def test_an_article_lasts_unless_it_says_otherwise(shelf: Shelf) -> None:
    assert not shelf.library().entries["school"].goes_stale


def test_documents_without_a_name_go_by_their_symbol(shelf: Shelf) -> None:
    documents = shelf.library().documents
    assert documents["A/RES/73/195"].name == "A/RES/73/195"
    assert documents["iom"] == Document("iom", "IOM", "https://www.iom.int/")


def test_sections_keep_their_order_and_languages_are_named_once(shelf: Shelf) -> None:
    library = shelf.library()
    assert library.sections == {"papers": ("detention", "school")}
    assert library.languages() == ["en", "fr"]


def test_who_read_a_translation_is_known(shelf: Shelf) -> None:
    shelf.change(FRENCH, "read_by:", "read_by: A. Reader")
    assert shelf.library().texts["fr", "detention"].read_by == "A. Reader"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_ends_make_no_difference(shelf: Shelf, line_end: str) -> None:
    content = (shelf.folder / ENGLISH).read_text(encoding="utf-8")
    before = shelf.library().texts["en", "detention"]
    shelf.write(ENGLISH, content.replace("\n", line_end))
    assert shelf.library().texts["en", "detention"] == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("---\ntitle", "title", r"detention\.md: an article starts with a block"),
        ("---\nAbout", "About", r"detention\.md: an article starts with a block"),
        ("title: Can I be locked up?", "", r"detention\.md: the line 'title: …' is missing"),
        ("  - detention\n", "  - detention\n- police\n", r"detention\.md:6: this line is not understood: '- police'"),
        ("questions:", "question:", r"detention\.md:3: this line is not understood: 'question:'"),
        ("questions:", "author: me", r"detention\.md:3: this line is not understood: 'author: me'"),
    ],
)
def test_a_line_that_is_not_understood_is_named(shelf: Shelf, old: str, new: str, said: str) -> None:
    shelf.change(ENGLISH, old, new)
    with pytest.raises(OperatorError, match=said):
        shelf.library()


@pytest.mark.parametrize("content", ["", "\n", "---", "---\n", "no block at all"])
def test_a_file_without_a_block_is_named(shelf: Shelf, content: str) -> None:
    shelf.write(ENGLISH, content)
    with pytest.raises(OperatorError, match=r"detention\.md: an article starts with a block"):
        read_text(shelf.folder / ENGLISH)


def test_a_file_in_another_encoding_is_named(shelf: Shelf) -> None:
    shelf.write(FRENCH, "---\ntitle: Rétention\n---\nOui.".encode("latin-1"))
    with pytest.raises(OperatorError, match=r"fr/articles/detention\.md is not in UTF-8"):
        shelf.library()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("objectives = [13]", "objectives = [13", "(at line 11"),
        ("objectives = [13]\n", "", "'objectives'"),
        ("objectives = [13]", "objectives = 13", "not iterable"),
        ("A/RES/73/195 para. 31", "A/RES/73/195, para 31", "is not like 'A/RES/73/195 para. 29"),
        ("A/RES/73/195 para. 31", "A/RES/73/195 para. 31(hh)", "is not like 'A/RES/73/195 para. 29"),
        ('{ name = "IOM", url = "https://www.iom.int/" }', '{ name = "IOM" }', "'url'"),
        ('iom = { name = "IOM", url = "https://www.iom.int/" }', 'iom = "IOM"', "attribute"),
        ("[sections]", "[chapters]", "'sections'"),
    ],
)
def test_what_is_wrong_in_the_shared_file_is_said(shelf: Shelf, old: str, new: str, said: str) -> None:
    shelf.change("articles.toml", old, new)
    with pytest.raises(OperatorError, match=r"articles\.toml cannot be read: ") as caught:
        shelf.library()
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_shared_file_is_said(shelf: Shelf) -> None:
    shelf.remove("articles.toml")
    with pytest.raises(OperatorError, match=r"articles\.toml cannot be read"):
        read_library(shelf.folder)


@pytest.mark.parametrize(("old", "new"), [("Can I be", "May I be"), ("Where to turn.", "Where to go.")])
def test_the_fingerprint_changes_with_title_and_text(shelf: Shelf, old: str, new: str) -> None:
    before = shelf.library().texts["en", "detention"].fingerprint
    shelf.change(ENGLISH, old, new)
    assert shelf.library().texts["en", "detention"].fingerprint != before


@pytest.mark.parametrize(("old", "new"), [("  - detention\n", ""), ("read_by:", "read_by: A. Reader")])
def test_the_fingerprint_leaves_questions_and_readers_out(shelf: Shelf, old: str, new: str) -> None:
    before = shelf.library().texts["fr", "school"].fingerprint
    shelf.change("fr/articles/school.md", old.replace("detention", "maternelle"), new)
    assert shelf.library().texts["fr", "school"].fingerprint == before


@pytest.mark.parametrize("based_on", ["based_on: 000000000000\n", "based_on:\n", ""])
@pytest.mark.parametrize("read_by", ["read_by: A. Reader\n", ""])
def test_a_stamp_sets_the_fingerprint_and_nothing_else(shelf: Shelf, based_on: str, read_by: str) -> None:
    shelf.write(FRENCH, f"---\ntitle: Rétention\n{based_on}{read_by}---\nbased_on: is only a word here.\n")
    before = read_text(shelf.folder / FRENCH)
    shelf.write(FRENCH, with_fingerprint((shelf.folder / FRENCH).read_text(encoding="utf-8"), "42b82147d932"))
    after = read_text(shelf.folder / FRENCH)
    assert after.based_on == "42b82147d932"
    assert (after.title, after.body, after.read_by) == (before.title, before.body, before.read_by)
