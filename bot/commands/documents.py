"""`documents`: the official texts that answers can quote."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import click
import numpy as np

from bot.core import FindingKind, Numbered, OfficialDocument, OperatorError
from bot.knowledge.articles import read_library
from bot.knowledge.documents import read_document
from bot.knowledge.examples import kind_lines
from bot.knowledge.meaning import Meaning, is_installed
from bot.knowledge.official import encode, near
from bot.parts import LOCALES, open_database
from bot.settings import read_settings


@click.group()
def documents() -> None:
    """Official documents, so that answers can show their exact words."""


@documents.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language", required=True, help="The language of the file, such as fr.")
@click.option("--symbol", required=True, help="The document's symbol as articles cite it, such as A/RES/73/195.")
def add(file: Path, language: str, symbol: str) -> None:
    """Read FILE (PDF, DOCX, HTML or text) into numbered passages. It takes the place of an earlier copy."""
    library = read_library(LOCALES)
    if language not in library.languages():
        raise OperatorError(f"There are no articles in {language!r}: nobody would be shown this document.")
    if symbol not in library.documents:
        cited = ", ".join(key for key in library.documents if key.startswith("A/"))
        raise OperatorError(f"No article cites {symbol!r}. Those that are cited: {cited}.")
    fingerprint, passages = read_document(file, language)
    passages, likeness = _with_meanings(passages, language)
    document = OfficialDocument(symbol, language, fingerprint, datetime.now(UTC), likeness, passages)
    replaced = asyncio.run(_put(document))
    what = "replaced" if replaced else "added"
    click.echo(
        f"{symbol} in {language} {what}: {len(passages)} passages, {passages[0].paragraph} to {passages[-1].paragraph}."
    )


@documents.command("list")
def list_command() -> None:
    """What there is: symbol, language, number of passages, when it was added, SHA-256 of the file."""
    for each in asyncio.run(_all()):
        click.echo(
            f"{each.symbol:14} {each.language:4} {len(each.passages):4} passages  {each.added:%Y-%m-%d}  {each.fingerprint}"
        )


@documents.command()
@click.argument("symbol")
@click.option("--language", required=True)
def remove(symbol: str, language: str) -> None:
    """Remove a document in one language."""
    if not asyncio.run(_remove(symbol, language)):
        raise OperatorError(f"There is no {symbol} in {language!r}: see `compact-bot documents list`.")
    click.echo(f"{symbol} in {language} removed.")


def _with_meanings(passages: tuple[Numbered, ...], language: str) -> tuple[tuple[Numbered, ...], float]:
    """The passages with their meanings, and the likeness from which on they are offered."""
    if not is_installed():
        return passages, 1.0
    meaning = Meaning()
    vectors = [meaning.of_passage(passage.text) for passage in passages]
    outside = meaning.vectors(kind_lines(LOCALES, FindingKind.OUTSIDE, language))
    likeness = near(np.array(vectors, dtype=np.float32), outside)
    encoded = zip(passages, vectors, strict=True)
    return tuple(Numbered(each.paragraph, each.text, encode(vector)) for each, vector in encoded), likeness


async def _put(document: OfficialDocument) -> bool:
    async with open_database(read_settings()) as database, database.begin() as work:
        return await work.documents.put(document)


async def _all() -> list[OfficialDocument]:
    async with open_database(read_settings()) as database, database.begin() as work:
        return list(await work.documents.all())


async def _remove(symbol: str, language: str) -> bool:
    async with open_database(read_settings()) as database, database.begin() as work:
        return await work.documents.remove(symbol, language)
