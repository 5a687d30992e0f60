"""`db`: the schema."""

import asyncio

import click

from bot.settings import read_settings
from db.engine import create_engine
from db.schema import revision, upgrade


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def upgrade_command() -> None:
    """Bring the schema up to date; `run` does the same by itself."""
    click.echo(f"The database is at revision {asyncio.run(_upgrade())}.")


async def _upgrade() -> str | None:
    engine = create_engine(read_settings().database)
    try:
        await upgrade(engine)
        return await revision(engine)
    finally:
        await engine.dispose()
