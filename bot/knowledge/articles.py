"""Articles as files: reading `articles.toml` and `<language>/articles/<slug>.md`."""

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypedDict, cast

from bot.core import OperatorError

ORIGINAL = "en"

_CITATION = re.compile(r"(?P<document>\S+)(?: para\. (?P<paragraph>\d+(?:\([a-z]\))?))?")


@dataclass(frozen=True, slots=True)
class Document:
    """Something that articles cite. `{language}` in the address becomes the reader's language."""

    key: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A document by its key, and the paragraph where it has numbered ones."""

    document: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What `articles.toml` says of an article, the same in every language."""

    slug: str
    sources: tuple[Citation, ...]
    objectives: tuple[int, ...]
    related: tuple[str, ...]
    checked: date
    goes_stale: bool


@dataclass(frozen=True, slots=True)
class Text:
    """An article's file in one language. `based_on` is the fingerprint of the English it translates.

    A file may have questions alone, without title and body: they find the article for people who write in that
    language, and the article is shown in another one.
    """

    slug: str
    language: str
    title: str
    questions: tuple[str, ...]
    body: str
    based_on: str
    read_by: str

    @property
    def is_written(self) -> bool:
        """Whether there is something to read, not only questions."""
        return bool(self.title)

    @property
    def fingerprint(self) -> str:
        """Changes when title or text change. Questions are each language's own and do not count."""
        return hashlib.sha256(f"{self.title}\n{self.body}".encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Library:
    """Everything in `locales/` that is about the Compact."""

    documents: Mapping[str, Document]
    sections: Mapping[str, tuple[str, ...]]
    entries: Mapping[str, Entry]
    texts: Mapping[tuple[str, str], Text]
    """What can be read, by (language, slug)."""
    questions: Mapping[tuple[str, str], tuple[str, ...]]
    """What people ask to find an article, by (language, slug); also of languages that have no texts."""

    def languages(self) -> list[str]:
        """Codes of the languages that articles can be read in."""
        return sorted({code for code, _ in self.texts})


class _EntryTable(TypedDict, total=False):
    sources: list[str]
    objectives: list[int]
    related: list[str]
    checked: date
    goes_stale: bool


class _Toml(TypedDict):
    documents: dict[str, dict[str, str]]
    sections: dict[str, list[str]]
    articles: dict[str, _EntryTable]


def read_library(folder: Path) -> Library:
    """Read all articles.

    Raises:
        OperatorError: a file cannot be understood; the text names it and the line.
    """
    path = folder / "articles.toml"
    try:
        toml = cast("_Toml", tomllib.loads(path.read_text(encoding="utf-8")))
        documents = {
            key: Document(key, document.get("name", key), document["url"])
            for key, document in toml["documents"].items()
        }
        sections = {name: tuple(slugs) for name, slugs in toml["sections"].items()}
        entries = {slug: _entry(slug, table) for slug, table in toml["articles"].items()}
    except (OSError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise OperatorError(f"{path} cannot be read: {error}") from error
    files = sorted(folder.glob("*/articles/*.md"))
    texts = [read_text(file) for file in files]
    return Library(
        documents,
        sections,
        entries,
        {(t.language, t.slug): t for t in texts if t.is_written},
        {(t.language, t.slug): t.questions for t in texts},
    )


def read_text(path: Path) -> Text:
    """Read one article file.

    Raises:
        OperatorError: the file does not have the form that docs/articles.md describes.
    """
    try:
        head, body = _halves(path, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise OperatorError(f"{path} is not in UTF-8: {error.reason} at byte {error.start}.") from error
    fields = {"title": "", "based_on": "", "read_by": ""}
    questions: list[str] = []
    for number, line in enumerate(head, start=2):
        name, colon, value = line.partition(":")
        if line.startswith("  - "):
            questions.append(line[4:].strip())
        elif colon and name in fields:
            fields[name] = value.strip()
        elif line.strip() != "questions:" and line.strip():
            raise OperatorError(f"{path}:{number}: this line is not understood: {line.strip()!r}")
    if not fields["title"] and (body or not questions):
        raise OperatorError(f"{path}: the line 'title: …' is missing.")
    language = path.parent.parent.name
    return Text(path.stem, language, questions=tuple(questions), body=body, **fields)


def with_fingerprint(content: str, fingerprint: str) -> str:
    """The file's content with its `based_on` line set."""
    line = f"based_on: {fingerprint}"
    head, end, body = content.partition("\n---\n")
    head, replaced = re.subn(r"^based_on:.*$", line, head, count=1, flags=re.MULTILINE)
    return (head if replaced else f"{head}\n{line}") + end + body


def _halves(path: Path, content: str) -> tuple[Sequence[str], str]:
    lines = content.splitlines()
    if not lines or lines[0] != "---" or "---" not in lines[1:]:
        raise OperatorError(f"{path}: an article starts with a block between two lines '---'.")
    end = lines.index("---", 1)
    return lines[1:end], "\n".join(lines[end + 1 :]).strip()


def _entry(slug: str, table: _EntryTable) -> Entry:
    return Entry(
        slug,
        tuple(_citation(source) for source in table["sources"]),
        tuple(table["objectives"]),
        tuple(table["related"]),
        table["checked"],
        table.get("goes_stale", False),
    )


def _citation(source: str) -> Citation:
    match = _CITATION.fullmatch(source)
    if match is None:
        raise ValueError(f"source {source!r} is not like 'A/RES/73/195 para. 29(h)'")
    return Citation(match["document"], match["paragraph"] or "")
