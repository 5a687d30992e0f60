"""`articles`: checking them, marking translations as up to date, making the search index."""

import sys
import time
from datetime import UTC, datetime

import click

from bot.core import OperatorError
from bot.knowledge.articles import ORIGINAL, with_fingerprint
from bot.knowledge.checks import aged, check
from bot.knowledge.finder import shipped_index_path
from bot.parts import LOCALES, KnowledgeBase
from bot.settings import read_settings


@click.group()
def articles() -> None:
    """The articles and the search over them."""


@articles.command("check")
@click.option("--age", type=int, help="List instead the articles whose facts were last checked over AGE days ago.")
def check_command(age: int | None) -> None:
    """Find what is missing, stale, too long or broken in articles and catalogues. Exit status 1 if anything is."""
    knowledge = KnowledgeBase(read_settings())
    if age is not None:
        old = aged(knowledge.library, datetime.now(UTC).date(), age)
        for entry in old:
            click.echo(f"{entry.checked}  {entry.slug}{'  (goes stale)' if entry.goes_stale else ''}")
        click.echo(f"{len(old)} of {len(knowledge.library.entries)} articles were last checked over {age} days ago.")
        return
    problems = check(LOCALES, knowledge.library, knowledge.languages)
    for problem in problems:
        click.echo(problem)
    if problems:
        click.echo(f"{len(problems)} problems.")
        sys.exit(1)
    click.echo(
        f"{len(knowledge.library.entries)} articles in {len(knowledge.library.languages())} languages: no problem."
    )


@articles.command()
@click.argument("language")
@click.argument("slugs", nargs=-1)
def stamp(language: str, slugs: tuple[str, ...]) -> None:
    """Say that translations (all of LANGUAGE, or those named) say what the English articles say now."""
    library = KnowledgeBase(read_settings()).library
    names = slugs or [slug for code, slug in library.texts if code == language]
    if language == ORIGINAL or not names:
        raise OperatorError(f"There are no translations into {language!r}.")
    for slug in names:
        path = LOCALES / language / "articles" / f"{slug}.md"
        original = library.texts.get((ORIGINAL, slug))
        if original is None or not path.exists():
            raise OperatorError(f"{path} has no English original or is not there.")
        path.write_text(with_fingerprint(path.read_text(encoding="utf-8"), original.fingerprint), encoding="utf-8")
    click.echo(f"{len(names)} translations into {language} marked as up to date.")


@articles.command("index")
@click.option("--ship", is_flag=True, help="Keep it beside the articles, for everybody who gets them from there.")
def index_command(*, ship: bool) -> None:
    """Make the search index for the articles as they are now."""
    knowledge = KnowledgeBase(read_settings())
    if ship or not knowledge.complete:
        complete(knowledge, ship=ship, again=True)
    click.echo("The index fits the articles.")


def complete(knowledge: KnowledgeBase, *, ship: bool = False, again: bool = False) -> None:
    """Make the index if it is missing (or `again`), showing how far it is."""
    if knowledge.complete and not again:
        return
    begun = time.monotonic()

    def progress(done: int, total: int) -> None:
        click.echo(f"\rPreparing the search: {done} of {total}", nl=False, err=True)

    knowledge.build(progress, shipped_index_path(LOCALES) if ship else None)
    click.echo(f"\nPrepared in {time.monotonic() - begun:.0f} s.", err=True)
