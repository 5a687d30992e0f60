"""What `compact-bot articles check` finds."""

import pytest

from bot.knowledge.checks import Coverage, coverage
from tests.fakes.shelf import Shelf

ENGLISH = "en/articles/detention.md"
FRENCH = "fr/articles/detention.md"
TOML = "articles.toml"
CATALOG = "fr/LC_MESSAGES/messages.po"

FIVE_SOURCES = "[" + ", ".join(f'"A/RES/73/195 para. {number}"' for number in range(16, 21)) + "]"


def test_a_library_in_order_has_no_problem(shelf: Shelf) -> None:
    assert shelf.problems() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (TOML, '["A/RES/73/195 para. 31"]', "[]", "articles.toml: school: has 0 sources, not 1 to 4"),
        (TOML, '["A/RES/73/195 para. 31"]', FIVE_SOURCES, "articles.toml: school: has 5 sources, not 1 to 4"),
        (TOML, '"iom"', '"ilo"', "articles.toml: detention: cites 'ilo', which is not among the documents"),
        (TOML, 'related = ["school"]', 'related = ["pension"]', "related article 'pension' is not there"),
        (TOML, 'related = ["school"]', 'related = ["detention"]', "related article 'detention' is not there"),
        (TOML, '["detention", "school"]', '["detention", "school", "x"]', "section papers: 'x' is not there"),
        (TOML, '["detention", "school"]', '["detention"]', "school stands in no section, so nobody can browse to it"),
        (ENGLISH, "Can I be locked up?", "x" * 61, f"{ENGLISH}: the title has 61 characters, at most 60 fit a button"),
        (ENGLISH, "Where to turn.", "x" * 600, f"{ENGLISH}: the text has 618 characters, at most 600"),
        (ENGLISH, "About detention.\n\nWhere to turn.", "", f"{ENGLISH}: the text has 0 characters, at most 600"),
        (ENGLISH, "  - detention\n", "", f"{ENGLISH}: has 7 questions, at least 8"),
        (ENGLISH, "  - detention\n", "  - KINDERGARTEN!\n", "the question 'kindergarten' also stands in detention"),
        (FRENCH, "  - camp fermé\n", "  - Maternelle\n", "the question 'maternelle' also stands in detention"),
        (CATALOG, "Bonjour {name}", "", f"{CATALOG}: 'Hello {{name}}': is not translated"),
        (CATALOG, 'msgid "Hello', '#, fuzzy\nmsgid "Hello', f"{CATALOG}: 'Hello {{name}}': is not translated"),
        (CATALOG, "{n} jours", "", f"{CATALOG}: '{{n}} day': is not translated"),
        (CATALOG, 'msgstr[1] "{n} jours"\n', "", "'{n} day': "),
        (CATALOG, "nplurals=2; plural=(n > 1)", "nplurals=3; plural=n", "'{n} day': "),
        (CATALOG, 'msgid "Hello {name}"\nmsgstr "Bonjour {name}"', "", f"{CATALOG}: 'Hello {{name}}': is not there"),
        (CATALOG, 'msgid "{n} day"\nmsgid_plural', 'msgid "{n} week"\nmsgid_plural', f"{CATALOG}: '{{n}} day': is not"),
        (CATALOG, "plural=(n > 1)", "plural=many(n)", f"{CATALOG} cannot be read: invalid token in plural form: many"),
        (CATALOG, "charset=utf-8", "charset=utf-99", f"{CATALOG} cannot be read: unknown encoding: utf-99"),
        (CATALOG, 'msgstr "Bonjour', 'msgstring "Bonjour', f"{CATALOG} cannot be read: "),
        (CATALOG, "Bonjour {name}", "Bonjour {nom}", f"{CATALOG}: 'Hello {{name}}': placeholders differ"),
        (CATALOG, "Bonjour {name}", "Bonjour", f"{CATALOG}: 'Hello {{name}}': placeholders differ"),
        (CATALOG, "{n} jours", "{m} jours", f"{CATALOG}: '{{n}} day': placeholders differ"),
    ],
)
def test_each_problem_is_one_line(shelf: Shelf, file: str, old: str, new: str, problem: str) -> None:
    shelf.change(file, old, new)
    problems = [line for line in shelf.problems() if "English has changed" not in line]
    assert len(problems) == 1
    assert problem in problems[0]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (ENGLISH, "Can I be locked up?", "x" * 60),
        (ENGLISH, "Where to turn.", "x" * 582),
        (FRENCH, "  - rétention\n", "  - rétention\n  - rétention administrative\n"),
        (TOML, '"iom"', '"iom", "A/RES/73/195 para. 16", "A/RES/73/195"'),
        (CATALOG, "Bonjour {name}", "{name}, bonjour"),
    ],
)
def test_what_just_fits_is_no_problem(shelf: Shelf, file: str, old: str, new: str) -> None:
    shelf.change(file, old, new)
    assert [line for line in shelf.problems() if "English has changed" not in line] == []


def test_a_translation_is_stale_when_the_english_has_changed(shelf: Shelf) -> None:
    shelf.change(ENGLISH, "Where to turn.", "Ask a lawyer.")
    assert shelf.problems() == [
        f"{FRENCH}: the English has changed since; mend it, then `compact-bot articles stamp fr detention`"
    ]
    assert coverage(shelf.library(), "fr") == Coverage(articles=2, stale=1, read=0)


def test_a_missing_translation_is_named(shelf: Shelf) -> None:
    shelf.remove(FRENCH)
    assert shelf.problems() == [f"{FRENCH}: is missing"]
    assert coverage(shelf.library(), "fr") == Coverage(articles=1, stale=0, read=0)


def test_a_missing_original_leaves_its_translation_stale(shelf: Shelf) -> None:
    shelf.remove(ENGLISH)
    assert f"{ENGLISH}: is missing" in shelf.problems()
    assert coverage(shelf.library(), "fr").stale == 1


def test_an_article_that_nobody_lists_is_named(shelf: Shelf) -> None:
    shelf.write("en/articles/pension.md", "---\ntitle: Pension\n---\nText.")
    assert shelf.problems() == ["en/articles/pension.md: has no entry in articles.toml"]


def test_a_name_too_long_for_a_button_is_named(shelf: Shelf) -> None:
    slug = "s" * 41
    for language in ("en", "fr"):
        file = shelf.folder / language / "articles" / "school.md"
        file.rename(file.with_stem(slug))
    toml = (shelf.folder / TOML).read_text(encoding="utf-8")
    shelf.write(TOML, toml.replace('"school"', f'"{slug}"').replace("articles.school", f"articles.{slug}"))
    assert shelf.problems() == [f"articles.toml: {slug}: the name is longer than 40 characters"]


def test_a_missing_catalogue_is_named(shelf: Shelf) -> None:
    shelf.remove(CATALOG)
    assert shelf.problems() == [f"{CATALOG}: is missing"]


def test_a_new_language_lacks_everything(shelf: Shelf) -> None:
    (shelf.folder / "sw" / "articles").mkdir(parents=True)
    assert shelf.problems() == [
        "sw/articles/detention.md: is missing",
        "sw/articles/school.md: is missing",
        "sw/LC_MESSAGES/messages.po: is missing",
    ]


def test_readers_are_counted(shelf: Shelf) -> None:
    shelf.change(FRENCH, "read_by:", "read_by: A. Reader")
    assert coverage(shelf.library(), "fr") == Coverage(articles=2, stale=0, read=1)
