"""`articles` and `languages`, on copies that may be changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.knowledge.articles import read_text
from tests.commands.command_line import CommandLine
from tests.fakes.shelf import QUESTIONS


def change(copied: CommandLine, file: str, old: str, new: str) -> None:
    path = copied.root / "locales" / file
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def test_articles_in_order_pass(small: CommandLine) -> None:
    ended = small("articles", "check")
    assert (ended.status, ended.out) == (0, "2 articles in 2 languages: no problem.\n")


def test_a_broken_article_fails_with_one_line_each(copied: CommandLine) -> None:
    before = set(copied("articles", "check").lines)
    change(copied, "en/articles/detention.md", "title: ", f"title: {'x' * 60}")
    change(copied, "articles.toml", 'related = ["', 'related = ["no-such-article", "')
    ended = copied("articles", "check")
    added = set(ended.lines) - before
    assert ended.status == 1
    assert any(line.startswith("en/articles/detention.md: the title has ") for line in added)
    assert any("related article 'no-such-article' is not there" in line for line in added)
    stale = {line for line in added if "the English has changed since" in line}
    assert len(stale) == 5
    assert ended.lines[-1] == f"{len(ended.lines) - 1} problems."


def test_a_file_that_cannot_be_read_is_one_line(small: CommandLine) -> None:
    change(small, "fr/articles/school.md", "questions:", "question:")
    said = small("articles", "check").complains()
    assert said.endswith("fr/articles/school.md:3: this line is not understood: 'question:'")


def test_a_stamp_says_that_a_translation_is_up_to_date(small: CommandLine) -> None:
    change(small, "en/articles/school.md", "About school.", "About schools.")
    assert small("articles", "check").status == 1
    ended = small("articles", "stamp", "fr", "school")
    assert (ended.status, ended.out) == (0, "1 translations into fr marked as up to date.\n")
    assert small("articles", "check").status == 0


def test_a_stamp_without_names_takes_all(small: CommandLine) -> None:
    for slug in ("school", "detention"):
        change(small, f"en/articles/{slug}.md", "Where to turn.", "Ask a lawyer.")
    assert small("articles", "stamp", "fr").out == "2 translations into fr marked as up to date.\n"
    locales = small.root / "locales"
    english, french = (read_text(locales / code / "articles" / "school.md") for code in ("en", "fr"))
    assert french.based_on == english.fingerprint


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["en"], "There are no translations into 'en'."),
        (["sw"], "There are no translations into 'sw'."),
        (["fr", "pension"], "fr/articles/pension.md has no English original or is not there."),
        (["fr", "../../school"], "has no English original or is not there."),
    ],
)
def test_what_cannot_be_stamped_is_one_line(small: CommandLine, words: list[str], said: str) -> None:
    assert small("articles", "stamp", *words).complains().endswith(said)


def test_the_index_is_made_once_with_progress(small: CommandLine) -> None:
    first = small("articles", "index")
    assert (first.status, first.out) == (0, "The index fits the articles.\n")
    examples = sum(len(questions.split(",")) + 1 for questions in QUESTIONS.values())
    assert f"Preparing the search: {examples} of {examples}" in first.err
    again = small("articles", "index")
    assert (again.status, again.out, again.err) == (0, "The index fits the articles.\n", "")
    assert (small.folder / "var" / "index.npz").exists()
    assert not (small.root / "locales" / "index.npz").exists()


def test_an_index_to_ship_lies_beside_the_articles(small: CommandLine) -> None:
    assert small("articles", "index", "--ship").status == 0
    assert (small.root / "locales" / "index.npz").exists()
    assert not (small.folder / "var").exists()
    assert small("articles", "index", BOT_DATA_DIR="elsewhere").err == ""


def test_without_an_index_letters_alone_find_and_it_says_so(small: CommandLine) -> None:
    ended = small("ask", "school without papers")
    assert ended.status == 0
    assert ended.err == "The index does not fit the articles: `compact-bot articles index` makes it anew.\n"
    assert ended.out.startswith("May my child go to school?\n\nAbout school.")


def test_an_older_index_still_answers(small: CommandLine) -> None:
    small("articles", "index")
    change(small, "en/articles/school.md", "kindergarten", "nursery place")
    ended = small("ask", "school without papers")
    assert ended.out.startswith("May my child go to school?")
    assert ended.err.startswith("The index does not fit")
    again = small("articles", "index")
    assert "Preparing the search: 1 of 1" in again.err


def test_articles_with_old_facts_are_listed(small: CommandLine) -> None:
    change(small, "articles.toml", "checked = 2026-11-20\ngoes_stale", "checked = 2020-01-01\ngoes_stale")
    ended = small("articles", "check", "--age", "365")
    assert ended.status == 0
    assert ended.lines == [
        "2020-01-01  detention  (goes stale)",
        "1 of 2 articles were last checked over 365 days ago.",
    ]


def test_languages_are_listed_with_how_far_they_are(small: CommandLine) -> None:
    change(small, "fr/articles/school.md", "read_by:", "read_by: A. Reader")
    change(small, "en/articles/detention.md", "Where to turn.", "Ask a lawyer.")
    (small.root / "locales/sw/articles").mkdir(parents=True)
    asked = small.root / "locales/sw/articles/school.md"
    asked.write_text("---\nquestions:\n  - shule ya mtoto\n  - shule bila vibali\n---\n", encoding="utf-8")
    ended = small("languages")
    assert ended.status == 0
    assert [" ".join(line.split()) for line in ended.lines] == [
        "en English ltr ways of asking 16 articles 2/2 stale 0 read by a native speaker 0",
        "fr Français ltr ways of asking 16 articles 2/2 stale 1 read by a native speaker 1",
        "sw Kiswahili ltr ways of asking 2",
    ]


def test_a_language_can_be_added(copied: CommandLine) -> None:
    ended = copied("languages", "add", "ig")
    assert ended.status == 0
    assert ended.out.startswith("Igbo (ltr): translate ")
    assert any(line.split()[:3] == ["ig", "Igbo", "ltr"] for line in copied("languages").lines)
    missing = copied("articles", "check").lines
    assert any(line.startswith("ig/articles/detention.md: ") for line in missing)
    assert any(line.startswith("ig/LC_MESSAGES/messages.po: ") for line in missing)


def test_an_understood_language_is_completed(copied: CommandLine) -> None:
    path = copied.root / "locales/ur/LC_MESSAGES/messages.po"
    before = dict(texts(path))
    assert copied("languages", "add", "ur").status == 0
    after = dict(texts(path))
    assert {message: after[message] for message in before} == before
    assert set(after) == set(dict(texts(copied.root / "locales/messages.pot")))
    article = copied.root / "locales/ur/articles/school.md"
    head = article.read_text(encoding="utf-8").partition("questions:")[2].rpartition("---")[0]
    article.write_text(f"---\ntitle: اسکول\nquestions:{head}based_on:\nread_by:\n---\nمتن\n", encoding="utf-8")
    said = copied("ask", "school", "--language", "ur")
    assert said.status == 0
    assert "ur/articles/detention.md: is missing" in copied("articles", "check").lines


def texts(path: Path) -> Iterator[tuple[object, object]]:
    """Every message of a catalogue and what it is translated by."""
    with path.open("rb") as file:
        yield from ((str(message.id), message.string) for message in read_po(file) if message.id)


def test_plural_forms_of_a_new_language_are_its_own(copied: CommandLine) -> None:
    copied("languages", "add", "ga")
    catalog = (copied.root / "locales/ga/LC_MESSAGES/messages.po").read_text(encoding="utf-8")
    assert "nplurals=5" in catalog
    assert '"Language: ga\\n"' in catalog


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fr", "is there already."),
        ("xx", "'xx' is not a language code that Babel knows, such as 'sw' or 'fil'."),
        ("../sw", "'../sw' is not a language code that Babel knows, such as 'sw' or 'fil'."),
        ("pt_BR", "'pt_BR' names more than a language; languages are found as 'pt' alone."),
        ("SW", "'SW' names more than a language; languages are found as 'sw' alone."),
    ],
)
def test_a_language_that_cannot_be_added_is_one_line(small: CommandLine, code: str, said: str) -> None:
    folders = sorted((small.root / "locales").iterdir())
    assert small("languages", "add", code).complains().endswith(said)
    assert sorted((small.root / "locales").iterdir()) == folders
