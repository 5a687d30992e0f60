"""`ask`: one question, or a file of them, on the command line."""

import asyncio
import json
from collections.abc import Iterator
from typing import TextIO, TypedDict

import click

from bot.commands.articles import complete
from bot.core import Address, Conversation, FindingKind, Incoming, OperatorError, Surroundings, Turn
from bot.logs import configure
from bot.parts import KnowledgeBase, database_exists, make_surroundings, open_database
from bot.settings import Settings, read_settings
from handlers.ask import replies_to


class Found(TypedDict):
    """What `ask` prints as JSON: stable, other programs read it."""

    id: object
    language: str
    kind: FindingKind
    article: str
    title: str
    text: str
    note: str
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
    settings = read_settings()
    knowledge = KnowledgeBase(settings)
    around = make_surroundings(settings, knowledge.finder, knowledge.languages)
    asyncio.run(_load_documents(knowledge, settings))
    if language and language not in {each.code for each in knowledge.languages.all()}:
        raise OperatorError(f"There is no language {language!r}: see `compact-bot languages`.")
    if batch is not None:
        complete(knowledge)
        for line in _lines(batch):
            click.echo(_json(_answer(knowledge, around, line["id"], line["question"], language)))
        return
    if not knowledge.complete:
        click.echo("The index does not fit the articles: `compact-bot articles index` makes it anew.", err=True)
    found = _answer(knowledge, around, "", question or "", language)
    click.echo(_json(found) if as_json else _plain(found))


async def _load_documents(knowledge: KnowledgeBase, settings: Settings) -> None:
    """Official documents, where there is a database already: asking makes none."""
    if database_exists(settings):
        async with open_database(settings) as database:
            await knowledge.load_documents(database)


def _lines(batch: TextIO) -> Iterator[dict[str, str]]:
    for number, text in enumerate(batch, start=1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            yield {"id": line["id"], "question": str(line["question"])}
        except (ValueError, KeyError, TypeError) as error:
            raise OperatorError(f'Line {number} is not like {{"id": "1", "question": "…"}}.') from error


def _answer(knowledge: KnowledgeBase, around: Surroundings, number: object, question: str, language: str) -> Found:
    finding = knowledge.finder.find_now(question, language or knowledge.languages.default)
    shown_in = language or knowledge.languages.negotiate(finding.language)
    replies = replies_to(_turn(around, question, shown_in), finding)
    return {
        "id": number,
        "language": finding.language,
        "kind": finding.kind,
        "article": finding.article,
        "title": next((reply.title for reply in replies if reply.title), ""),
        "text": "\n\n".join(reply.text for reply in replies),
        "note": " ".join(filter(None, (reply.note for reply in replies))),
        "sources": [
            {"document": each.document, "paragraph": each.paragraph, "label": each.label, "url": each.url}
            for each in dict.fromkeys(source for reply in replies for source in reply.sources)
        ],
        "choices": list(finding.choices),
        "confidence": finding.confidence,
    }


def _json(found: Found) -> bytes:
    # An id may hold half a surrogate, which no encoding can write.
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")


def _turn(around: Surroundings, question: str, language: str) -> Turn:
    incoming = Incoming(Address("command line", ""), "", text=question)
    return Turn(incoming, Conversation(language=language, language_chosen=True), around, None)


def _plain(found: Found) -> str:
    said = [found["title"], found["text"], found["note"]]
    lists = ["\n".join(f"- {slug}" for slug in found["choices"] if found["kind"] is FindingKind.CHOICES)]
    lists += ["\n".join(f"{source['label']}  {source['url']}" for source in found["sources"])]
    return "\n\n".join(filter(None, [*said, *lists]))
