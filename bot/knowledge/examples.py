"""What search learns from: each example a text, its language, and what it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core import FindingKind
from bot.knowledge.articles import Library

KINDS = (FindingKind.GREETING, FindingKind.OUTSIDE, FindingKind.URGENT, FindingKind.REFERRAL)


@dataclass(frozen=True, slots=True)
class Example:
    """`label` is an article's slug, or `kind:` and one of the four kinds that are no articles."""

    text: str
    language: str
    label: str


def kind_label(kind: FindingKind) -> str:
    return f"kind:{kind}"


def is_kind(label: str) -> bool:
    """Whether a label stands for a kind of message, not for an article."""
    return label.startswith("kind:")


def read_examples(folder: Path, library: Library) -> Sequence[Example]:
    """Titles and questions of all articles, and the lines of `<language>/kinds/<kind>.txt`."""
    examples = [Example(text.title, text.language, text.slug) for text in library.texts.values()]
    examples += [
        Example(question, language, slug)
        for (language, slug), questions in library.questions.items()
        for question in questions
    ]
    for kind in KINDS:
        for path in sorted(folder.glob(f"*/kinds/{kind}.txt")):
            language = path.parent.parent.name
            examples += [Example(line, language, kind_label(kind)) for line in kind_lines(folder, kind, language)]
    return examples


def kind_lines(folder: Path, kind: FindingKind, language: str) -> list[str]:
    """The example messages of one kind in one language."""
    path = folder / language / "kinds" / f"{kind}.txt"
    return list(filter(None, map(str.strip, path.read_text(encoding="utf-8").splitlines())))
