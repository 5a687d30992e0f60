"""`retention`: deleting what has been kept long enough, or only saying what that would be."""

import asyncio
from collections.abc import Mapping

import click

from bot.parts import open_database
from bot.settings import read_settings


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say how much it would be.")
def retention(*, dry_run: bool) -> None:
    """Delete what has been kept long enough. `run` does it every hour by itself."""
    counts = asyncio.run(_delete(dry_run=dry_run))
    kept = read_settings().kept
    click.echo(
        f"Kept: drafts {kept.drafts.days} days, links to people {kept.links.days} after closing, "
        f"attachments {kept.attachments.days}, texts {kept.texts.days}, silent people {kept.people.days}, "
        f"words for editors {kept.words.days}."
    )
    for name, count in counts.items():
        if count:
            click.echo(f"{'would go' if dry_run else 'gone':9} {count:6} {name}")
    if not any(counts.values()):
        click.echo("Nothing has been kept too long.")


async def _delete(*, dry_run: bool) -> Mapping[str, int]:
    settings = read_settings()
    async with open_database(settings) as database:
        async with database.begin() as work:
            counts = await work.expired.delete(settings.kept)
            if dry_run:
                await work.undo()
        if any(counts.values()) and not dry_run:
            await database.shred()
    return counts
