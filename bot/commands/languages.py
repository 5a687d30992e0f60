"""`languages`: what there is, and adding one."""

import click
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.core import OperatorError
from bot.i18n import catalog_path, cldr_code, language
from bot.knowledge.articles import ORIGINAL, read_library
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
    library = knowledge.library
    written = {each.code for each in knowledge.languages.all()}
    for each in knowledge.languages.understood():
        asked = sum(len(questions) for (code, _slug), questions in library.questions.items() if code == each.code)
        line = f"{each.code:6} {each.name:12} {each.direction}  ways of asking {asked:5}"
        if each.code in written:
            counts = coverage(library, each.code)
            line += (
                f"  articles {counts.articles}/{len(library.entries)}  stale {counts.stale}"
                f"  read by a native speaker {counts.read}"
            )
        click.echo(line)


@languages.command()
@click.argument("code")
def add(code: str) -> None:
    """Make the folder of a new language, or complete that of one that is understood: its catalogue has every text then."""
    known = language(code)
    if code in read_library(LOCALES).languages():
        raise OperatorError(f"{LOCALES / code} is there already.")
    with (LOCALES / "messages.pot").open("rb") as file:
        template = read_po(file)
    path = catalog_path(LOCALES, code)
    catalog = Catalog(locale=cldr_code(code))
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=cldr_code(code))
    catalog.update(template, no_fuzzy_matching=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=0)
    (LOCALES / code / "articles").mkdir(exist_ok=True)
    click.echo(
        f"{known.name} ({known.direction}): translate {path}, then the articles of {LOCALES / ORIGINAL / 'articles'} "
        f"into {LOCALES / code / 'articles'}. `compact-bot articles check` says what is missing."
    )
