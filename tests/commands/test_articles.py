"""`articles` and `languages`, on copies that may be changed."""

import pytest

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


def test_without_an_index_the_search_says_so(small: CommandLine) -> None:
    ended = small("ask", "school without papers")
    assert ended.status == 0
    assert ended.err.startswith("Found by letters alone")
    assert ended.out.startswith("May my child go to school?\n\nAbout school.")


def test_languages_are_listed_with_how_far_they_are(small: CommandLine) -> None:
    change(small, "fr/articles/school.md", "read_by:", "read_by: A. Reader")
    change(small, "en/articles/detention.md", "Where to turn.", "Ask a lawyer.")
    ended = small("languages")
    assert ended.status == 0
    assert [line.split() for line in ended.lines] == [
        ["en", "English", "ltr", "articles", "2/2", "stale", "0", "read", "by", "a", "native", "speaker", "0"],
        ["fr", "Français", "ltr", "articles", "2/2", "stale", "1", "read", "by", "a", "native", "speaker", "1"],
    ]


def test_a_language_can_be_added(copied: CommandLine) -> None:
    before = copied("articles", "check").lines
    ended = copied("languages", "add", "ur")
    assert ended.status == 0
    assert ended.out.startswith("اردو (rtl): translate ")
    assert any(line.split()[:4] == ["ur", "اردو", "rtl", "articles"] for line in copied("languages").lines)
    missing = set(copied("articles", "check").lines) - set(before)
    assert "ur/articles/detention.md: is missing" in missing
    assert any(
        line.startswith("ur/LC_MESSAGES/messages.po: ") and line.endswith("is not translated") for line in missing
    )
    assert copied("ask", "hello", "--language", "ur").status == 0


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
