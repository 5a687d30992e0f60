"""Texts are complete: in the template, in every language, with their sources."""

import ast
from configparser import ConfigParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.core import FindingKind
from bot.knowledge.articles import ORIGINAL
from bot.knowledge.checks import check
from bot.knowledge.examples import KINDS, read_examples
from bot.knowledge.finder import shipped_index_path
from bot.knowledge.index import load
from bot.parts import LOCALES
from handlers.browse import SECTIONS
from tests.shipped import LANGUAGES, LIBRARY

ROOT = LOCALES.parent
UNDERSTOOD = [language.code for language in LANGUAGES.understood()]
HANDLERS = sorted((ROOT / "handlers").glob("*.py"))


def extracted() -> Catalog:
    mapping = ConfigParser()
    mapping.read(ROOT / "babel.cfg", encoding="utf-8")
    methods = [(files.strip(), method) for method, _, files in (name.partition(":") for name in mapping.sections())]
    found = Catalog()
    for _file, _line, message, _comments, _context in extract_from_dir(ROOT, methods):
        found.add(message)
    return found


def named_articles(path: Path) -> set[str]:
    """Slugs that a handler names: behind `/open`, or given to `article` and `article_choices`."""
    named = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("/open "):
            named.add(node.value.removeprefix("/open "))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("article_choices", "knowledge.article")):
            given = [each for argument in node.args for each in getattr(argument, "elts", [argument])]
            named |= {each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    return named - {""}


def test_the_template_has_exactly_the_texts_of_the_code() -> None:
    with (LOCALES / "messages.pot").open("rb") as file:
        template = {message.id for message in read_po(file) if message.id}
    assert template == {message.id for message in extracted() if message.id}


def test_articles_and_catalogues_are_complete_in_every_language() -> None:
    assert check(LOCALES, LIBRARY, LANGUAGES) == []


def test_every_article_cites_a_source_with_an_address() -> None:
    without = {slug for slug, entry in LIBRARY.entries.items() if not entry.sources}
    assert without == set()
    cited = {citation.document for entry in LIBRARY.entries.values() for citation in entry.sources}
    assert {key for key in cited if not LIBRARY.documents[key].url.startswith("https://")} == set()


def test_un_documents_open_in_the_readers_language() -> None:
    documents = [document for key, document in LIBRARY.documents.items() if key.startswith("A/")]
    assert documents
    assert {each.key for each in documents if each.url != f"https://undocs.org/{{language}}/{each.key}"} == set()


def test_no_document_is_left_uncited() -> None:
    cited = {citation.document for entry in LIBRARY.entries.values() for citation in entry.sources}
    assert set(LIBRARY.documents) == cited


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", UNDERSTOOD)
def test_every_language_has_examples_of_what_is_no_question(language: str, kind: FindingKind) -> None:
    lines = (LOCALES / language / "kinds" / f"{kind}.txt").read_text(encoding="utf-8").split("\n")
    assert len(set(filter(None, map(str.strip, lines)))) >= 20


def test_the_menu_has_every_section_and_no_other() -> None:
    assert set(SECTIONS) == set(LIBRARY.sections)


def test_handlers_name_only_articles_that_are_there() -> None:
    named = {slug for path in HANDLERS for slug in named_articles(path)}
    assert {"where-to-turn", "network"} <= named
    assert named - set(LIBRARY.entries) == set()


def test_the_default_language_is_the_original() -> None:
    assert LANGUAGES.default == ORIGINAL


def test_the_shipped_index_fits_the_articles() -> None:
    """`compact-bot articles index --ship` makes it again."""
    index = load(shipped_index_path(LOCALES))
    assert index is not None
    assert index.has_meanings
    assert index.fits(read_examples(LOCALES, LIBRARY))


def test_26_languages_are_understood_and_six_of_them_written() -> None:
    assert {"pt", "tr", "fa", "prs", "ps", "ur", "hi", "bn", "ne", "am"} <= set(UNDERSTOOD)
    assert {"ti", "so", "sw", "ha", "tl", "id", "vi", "th", "my", "uk"} <= set(UNDERSTOOD)
    assert [language.code for language in LANGUAGES.all()] == ["ar", "en", "es", "fr", "ru", "zh"]


@pytest.mark.parametrize("language", UNDERSTOOD)
def test_every_article_has_ways_of_asking_in_every_language(language: str) -> None:
    asked = {slug for code, slug in LIBRARY.questions if code == language}
    assert asked == set(LIBRARY.entries)
    assert min(len(LIBRARY.questions[language, slug]) for slug in asked) >= 5
