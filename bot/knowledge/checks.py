"""What must hold of articles and catalogues, as `compact-bot articles check` says it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.core import Languages, OperatorError
from bot.i18n import catalog_path, read_catalog, template_texts
from bot.knowledge.articles import ORIGINAL, Entry, Library, Text
from bot.knowledge.text import normalise

MOST_TITLE_CHARACTERS = 60
MOST_TEXT_CHARACTERS = 600
FEWEST_QUESTIONS = 8
MOST_SOURCES = 4
# A button carries `/language xx slug` in 64 bytes.
MOST_SLUG_CHARACTERS = 40

EVERYWHERE = "handlers/everywhere.py"
"""The texts of this file are said in every language that is understood."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a language is: articles it has, how many of them are stale, how many a native speaker has read."""

    articles: int
    stale: int
    read: int


def coverage(library: Library, language: str) -> Coverage:
    texts = [text for (code, _slug), text in library.texts.items() if code == language]
    stale = [text for text in texts if _is_stale(library, text)]
    return Coverage(len(texts), len(stale), sum(1 for text in texts if text.read_by))


def check(locales: Path, library: Library, languages: Languages) -> list[str]:
    """Everything that is wrong, one line each; empty if nothing is."""
    problems = [*_entries(library), *_sections(library), *_unlisted(library)]
    written = {language.code for language in languages.all()}
    for code in (language.code for language in languages.understood()):
        problems += _texts(library, code) if code in written else _unasked(library, code)
        problems += _questions(library, code)
        problems += _catalog(locales, code, "" if code in written else EVERYWHERE)
    return problems


def aged(library: Library, today: date, days: int) -> list[Entry]:
    """Articles whose facts were last checked longer ago than this, the oldest first."""
    old = [entry for entry in library.entries.values() if (today - entry.checked).days > days]
    return sorted(old, key=lambda entry: (entry.checked, entry.slug))


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def _entries(library: Library) -> Iterator[str]:
    for slug, entry in library.entries.items():
        where = f"articles.toml: {slug}"
        if len(slug) > MOST_SLUG_CHARACTERS:
            yield f"{where}: the name is longer than {MOST_SLUG_CHARACTERS} characters"
        if not 1 <= len(entry.sources) <= MOST_SOURCES:
            yield f"{where}: has {len(entry.sources)} sources, not 1 to {MOST_SOURCES}"
        for citation in entry.sources:
            if citation.document not in library.documents:
                yield f"{where}: cites {citation.document!r}, which is not among the documents"
        for related in entry.related:
            if related not in library.entries or related == slug:
                yield f"{where}: related article {related!r} is not there"


def _sections(library: Library) -> Iterator[str]:
    for name, slugs in library.sections.items():
        for slug in slugs:
            if slug not in library.entries:
                yield f"articles.toml: section {name}: {slug!r} is not there"
    listed = {slug for slugs in library.sections.values() for slug in slugs}
    for slug in library.entries:
        if slug not in listed:
            yield f"articles.toml: {slug} stands in no section, so nobody can browse to it"


def _unlisted(library: Library) -> Iterator[str]:
    for language, slug in library.questions:
        if slug not in library.entries:
            yield f"{language}/articles/{slug}.md: has no entry in articles.toml"


def _texts(library: Library, language: str) -> Iterator[str]:
    for slug in library.entries:
        text = library.texts.get((language, slug))
        if text is None:
            yield f"{language}/articles/{slug}.md: is missing"
            continue
        where = f"{language}/articles/{slug}.md"
        if len(text.title) > MOST_TITLE_CHARACTERS:
            yield f"{where}: the title has {len(text.title)} characters, at most {MOST_TITLE_CHARACTERS} fit a button"
        if not 1 <= len(text.body) <= MOST_TEXT_CHARACTERS:
            yield f"{where}: the text has {len(text.body)} characters, at most {MOST_TEXT_CHARACTERS}"
        if len(text.questions) < FEWEST_QUESTIONS:
            yield f"{where}: has {len(text.questions)} questions, at least {FEWEST_QUESTIONS}"
        if _is_stale(library, text):
            yield f"{where}: the English has changed since; mend it, then `compact-bot articles stamp {language} {slug}`"


def _unasked(library: Library, language: str) -> Iterator[str]:
    for slug in library.entries:
        if (language, slug) not in library.questions:
            yield f"{language}/articles/{slug}.md: is missing"


def _questions(library: Library, language: str) -> Iterator[str]:
    asked: dict[str, str] = {}
    for slug in library.entries:
        for question in library.questions.get((language, slug), ()):
            other = asked.setdefault(normalise(question), slug)
            if other != slug:
                yield f"{language}/articles/{slug}.md: the question {question!r} also stands in {other}"


def _is_stale(library: Library, text: Text) -> bool:
    original = library.texts.get((ORIGINAL, text.slug))
    return text.language != ORIGINAL and (original is None or text.based_on != original.fingerprint)


def _catalog(locales: Path, language: str, source: str) -> Iterator[str]:
    """Problems of a catalogue; with a `source`, it need have only the texts of that file."""
    if language != ORIGINAL:
        try:
            yield from _messages(locales, catalog_path(locales, language), source)
        except OperatorError as error:
            yield str(error)


def _messages(locales: Path, path: Path, source: str) -> Iterator[str]:
    file = path.relative_to(locales)
    catalog = read_catalog(path)
    if catalog is None:
        yield f"{file}: is missing"
        return
    wanted = template_texts(locales, source)
    for text in wanted:
        if catalog.get(text) is None:
            yield f"{file}: {text[:40]!r}: is not there; docs/articles.md says how to update it"
    for message in catalog:
        if not message.id:
            continue
        sources = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        translations = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
        where = f"{file}: {sources[0][:40]!r}"
        if (message.fuzzy or not all(translations)) and sources[0] in wanted:
            yield f"{where}: is not translated"
        for translation in translations:
            if translation and _placeholders(translation) != _placeholders(sources[-1]):
                yield f"{where}: placeholders differ from the English"
