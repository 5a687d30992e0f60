"""`languages`: what there is, and adding one."""

import click
from babel.messages.pofile import read_po, write_po

from bot.core import OperatorError
from bot.i18n import catalog_path, language
from bot.knowledge.articles import ORIGINAL
from bot.knowledge.checks import coverage
from bot.parts import LOCALES, KnowledgeBase
from bot.settings import read_settings


@click.group(invoke_without_command=True)
@click.pass_context
def languages(context: click.Context) -> None:
    """List the languages and how far each is translated and read by native speakers."""
    if context.invoked_subcommand is not None:
        return
    knowledge = KnowledgeBase(read_settings())
    for each in knowledge.languages.all():
        counts = coverage(knowledge.library, each.code)
        click.echo(
            f"{each.code:6} {each.name:12} {each.direction}  articles {counts.articles}/{len(knowledge.library.entries)}"
            f"  stale {counts.stale}  read by a native speaker {counts.read}"
        )


@languages.command()
@click.argument("code")
def add(code: str) -> None:
    """Make the folder of a new language: an empty catalogue and a folder for its articles."""
    known = language(code)
    if (LOCALES / code).exists():
        raise OperatorError(f"{LOCALES / code} is there already.")
    with (LOCALES / "messages.pot").open("rb") as file:
        catalog = read_po(file, locale=code)
    path = catalog_path(LOCALES, code)
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalog)
    (LOCALES / code / "articles").mkdir()
    click.echo(
        f"{known.name} ({known.direction}): translate {path}, then the articles of {LOCALES / ORIGINAL / 'articles'} "
        f"into {LOCALES / code / 'articles'}. `compact-bot articles check` says what is missing."
    )
