"""`ask`: one question, or a file of them, on the command line."""

import json
from collections.abc import Iterator
from typing import TextIO, TypedDict

import click

from bot.app import KnowledgeBase
from bot.commands.articles import complete
from bot.core import Address, Conversation, FindingKind, Incoming, OperatorError, Service, Turn
from bot.logs import configure
from bot.privacy.redaction import redact
from bot.settings import read_settings
from handlers.ask import replies_to


class Found(TypedDict):
    """What `ask` prints as JSON: stable, other programs read it."""

    id: object
    language: str
    kind: FindingKind
    article: str
    title: str
    text: str
    sources: list[dict[str, str]]
    choices: list[str]
    confidence: float


@click.command()
@click.argument("question", required=False)
@click.option("--language", default="", help="Answer in this language instead of the question's own.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--batch",
    type=click.File(encoding="utf-8-sig", errors="replace"),
    help="Answer JSON lines with id and question, in order.",
)
def ask(question: str | None, language: str, *, as_json: bool, batch: TextIO | None) -> None:
    """Answer QUESTION, or every line of a batch, as the bot would."""
    if (question is None) == (batch is None):
        raise OperatorError("Give either a question or --batch FILE.")
    configure("warning", "console")
    knowledge = KnowledgeBase(read_settings())
    if language and language not in {each.code for each in knowledge.languages.all()}:
        raise OperatorError(f"There is no language {language!r}: see `compact-bot languages`.")
    if batch is not None:
        complete(knowledge)
        for line in _lines(batch):
            click.echo(_json(_answer(knowledge, line["id"], line["question"], language)))
        return
    if not knowledge.complete:
        click.echo("Found by letters alone: `compact-bot articles index` makes the search complete.", err=True)
    found = _answer(knowledge, "", question or "", language)
    click.echo(_json(found) if as_json else _plain(found))


def _lines(batch: TextIO) -> Iterator[dict[str, str]]:
    for number, text in enumerate(batch, start=1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            yield {"id": line["id"], "question": str(line["question"])}
        except (ValueError, KeyError, TypeError) as error:
            raise OperatorError(f'Line {number} is not like {{"id": "1", "question": "…"}}.') from error


def _answer(knowledge: KnowledgeBase, number: object, question: str, language: str) -> Found:
    finding = knowledge.finder.find_now(question, language or knowledge.languages.default)
    shown_in = language or knowledge.languages.negotiate(finding.language)
    replies = replies_to(_turn(knowledge, question, shown_in), finding)
    return {
        "id": number,
        "language": finding.language,
        "kind": finding.kind,
        "article": finding.article,
        "title": replies[0].title,
        "text": replies[0].text,
        "sources": [
            {"document": each.document, "paragraph": each.paragraph, "label": each.label, "url": each.url}
            for each in replies[-1].sources
        ],
        "choices": list(finding.choices),
        "confidence": finding.confidence,
    }


def _json(found: Found) -> bytes:
    # An id may hold half a surrogate, which no encoding can write.
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")


def _turn(knowledge: KnowledgeBase, question: str, language: str) -> Turn:
    settings = read_settings()
    return Turn(
        Incoming(Address("command line", ""), "", text=question),
        Conversation(language=language, language_chosen=True),
        knowledge=knowledge.finder,
        languages=knowledge.languages,
        service=Service(settings.operator, settings.contact),
        redact=redact,
    )


def _plain(found: Found) -> str:
    said = [found["title"], found["text"]]
    lists = ["\n".join(f"- {slug}" for slug in found["choices"] if found["kind"] is FindingKind.CHOICES)]
    lists += ["\n".join(f"{source['label']}  {source['url']}" for source in found["sources"])]
    return "\n\n".join(filter(None, [*said, *lists]))
