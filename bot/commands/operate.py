"""Running and looking after the bot: `run`, `settings`, `doctor`."""

import asyncio
import sys

import click

from bot.app import Application
from bot.doctor import examine
from bot.logs import configure
from bot.settings import describe, read_settings


@click.command()
def run() -> None:
    """Serve the web chat, and Telegram if there is a token. Ctrl-C stops it."""
    settings = read_settings()
    configure(settings.log_level, settings.log_format)
    if sys.platform != "win32":
        import uvloop  # noqa: PLC0415 -- does not exist on Windows

        uvloop.install()
    asyncio.run(Application(settings).run(_announce))


@click.command()
def settings() -> None:
    """Print every setting, its default, what it is for and where its value came from."""
    for each in describe(read_settings()):
        click.echo(f"{each.name} = {each.value!r}  ({each.origin}; default {each.default!r})\n    {each.help}")


@click.command()
def doctor() -> None:
    """Say what is configured, what answers and what is missing. Exit status 1 if something is broken."""
    findings = asyncio.run(examine(read_settings()))
    for finding in findings:
        click.echo(f"{finding.state:8} {finding.what}: {finding.detail}")
    if any(finding.state == "broken" for finding in findings):
        sys.exit(1)


def _announce(address: str) -> None:
    click.echo(f"Compact Bot is listening: {address}  (Ctrl-C stops it)")
