"""`keys`: who may hand in feedback by program or table."""

import asyncio
import secrets

import click

from bot.core import MOST_NAME_CHARACTERS, ApiKey, OperatorError, StakeholderGroup
from bot.intake.requests import KEY_PREFIX
from bot.parts import open_database
from bot.settings import read_settings

_KEY_BYTES = 32


@click.group()
def keys() -> None:
    """Keys with which organizations hand in feedback by program or table."""


@keys.command()
@click.argument("name")
@click.option(
    "--group",
    required=True,
    type=click.Choice([group.value for group in StakeholderGroup]),
    help="The stakeholder group of the organization.",
)
def add(name: str, group: str) -> None:
    """Make a key for the organization NAME and print it, this once."""
    organization = " ".join(name.split())
    if not organization.isprintable() or not 1 <= len(organization) <= MOST_NAME_CHARACTERS:
        raise OperatorError(f"The name must have 1 to {MOST_NAME_CHARACTERS} printable characters.")
    key = KEY_PREFIX + secrets.token_urlsafe(_KEY_BYTES)
    if not asyncio.run(_add(organization, StakeholderGroup(group), key)):
        raise OperatorError(f"{organization!r} has a key already. Revoke that first: `compact-bot keys revoke`.")
    click.echo(f"Key of {organization}, which is not shown again:\n{key}")


@keys.command("list")
def list_command() -> None:
    """Whose keys there are: name, stakeholder group, since when."""
    for each in asyncio.run(_all()):
        click.echo(f"{each.created:%Y-%m-%d}  {each.group.value:26}  {each.organization}")


@keys.command()
@click.argument("name")
def revoke(name: str) -> None:
    """End the key of the organization NAME. What it has handed in stays."""
    organization = " ".join(name.split())
    if not asyncio.run(_revoke(organization)):
        raise OperatorError(f"{organization!r} has no key: see `compact-bot keys list`.")
    click.echo(f"The key of {organization} is revoked.")


async def _add(organization: str, group: StakeholderGroup, key: str) -> bool:
    async with open_database(read_settings()) as database, database.begin() as work:
        return await work.api_keys.add(organization, group, key)


async def _all() -> list[ApiKey]:
    async with open_database(read_settings()) as database, database.begin() as work:
        return list(await work.api_keys.all())


async def _revoke(organization: str) -> bool:
    async with open_database(read_settings()) as database, database.begin() as work:
        return await work.api_keys.revoke(organization)
