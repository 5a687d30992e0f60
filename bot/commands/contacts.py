"""`contacts`: the emergency contacts that the operator has configured."""

import sys
from datetime import UTC, datetime

import click

from bot.contacts import outdated, read_contacts
from bot.core import Contact
from bot.i18n import LocaleFolder
from bot.knowledge.articles import read_library
from bot.parts import LOCALES
from bot.settings import read_settings


@click.group()
def contacts() -> None:
    """Whom people in danger are told to call, by country (docs/contacts.md)."""


@contacts.command("check")
@click.option(
    "--age", default=180, show_default=True, help="Name those that were checked longer ago than this, in days."
)
def check(age: int) -> None:
    """Read the contacts file, say what is wrong with it and which contacts to check again. Exit status 1 if any."""
    settings = read_settings()
    book = read_contacts(settings.contacts, LocaleFolder(LOCALES, read_library(LOCALES).languages()))
    old = outdated(book, datetime.now(UTC).date(), age)
    for contact in old:
        click.echo(f"check again: {_line(contact)}")
    click.echo(f"{len(book.contacts)} contacts in {len(book.countries())} countries, {len(old)} older than {age} days.")
    if old:
        sys.exit(1)


def _line(contact: Contact) -> str:
    return f"{contact.country} {contact.name} {contact.phone or contact.url}, checked {contact.checked} at {contact.source}"
