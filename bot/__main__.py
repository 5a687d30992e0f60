"""The command line; no logic."""

import sys

import click

from bot.commands import (
    articles,
    ask,
    contacts,
    database,
    documents,
    evaluate,
    gaps,
    keys,
    languages,
    operate,
    retention,
    rotate,
    submissions,
)
from bot.core import OperatorError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Answers questions about the Global Compact for Migration in people's own languages."""


for command in (
    operate.run,
    operate.settings,
    operate.doctor,
    ask.ask,
    evaluate.evaluate,
    languages.languages,
    articles.articles,
    documents.documents,
    contacts.contacts,
    gaps.gaps,
    keys.keys,
    submissions.submissions,
    retention.retention,
    database.db,
):
    cli.add_command(command)
keys.keys.add_command(rotate.rotate)


def main() -> None:
    """Run a command; what the operator can put right is one line and exit status 1, never a traceback."""
    try:
        cli()
    except OperatorError as error:
        click.echo(f"compact-bot: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
