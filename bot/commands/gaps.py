"""`gaps`: what people asked in vain, for editors."""

import asyncio
import json
from collections import Counter

import click

from bot.core import Gap
from bot.knowledge.gaps import Group, group
from bot.parts import KnowledgeBase, open_database
from bot.settings import Settings, read_settings


@click.command()
@click.option("--most", default=2000, show_default=True, help="Look at so many of the newest of each sort.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines, one a group.")
def gaps(most: int, *, as_json: bool) -> None:
    """Questions that found no answer and answers that did not help, in redacted words, grouped by nearness.

    The largest group first: an article that is missing, or one whose `questions` lack the way people ask.
    """
    settings = read_settings()
    found = asyncio.run(_all(settings, most))
    knowledge = KnowledgeBase(settings)
    groups = group(found, knowledge.finder.meanings([(gap.words, gap.language) for gap in found]))
    for each in groups:
        click.echo(_json(each) if as_json else _plain(each))
    if not groups and not as_json:
        kept = (
            f"kept for {settings.words_kept_days} days"
            if settings.words_kept_days
            else "not kept (BOT_WORDS_KEPT_DAYS=0)"
        )
        click.echo(f"Nothing was asked in vain so far. Such words are {kept}.")


async def _all(settings: Settings, most: int) -> list[Gap]:
    async with open_database(settings) as database, database.begin() as work:
        return list(await work.gaps.all(most))


def _plain(each: Group) -> str:
    articles = Counter(gap.article for gap in each.gaps if gap.article)
    about = ", ".join(f"{slug} not useful ×{count}" for slug, count in articles.most_common())
    days = [gap.day for gap in each.gaps]
    head = f"{len(each.gaps)} × {' '.join(each.languages)}, {min(days)} to {max(days)}{'; ' if about else ''}{about}"
    return "\n".join([head, *(f"    {sample.language}: {sample.words}" for sample in each.samples)])


def _json(each: Group) -> str:
    return json.dumps(
        {
            "count": len(each.gaps),
            "languages": each.languages,
            "articles": sorted({gap.article for gap in each.gaps if gap.article}),
            "first": min(gap.day for gap in each.gaps).isoformat(),
            "last": max(gap.day for gap in each.gaps).isoformat(),
            "samples": [{"language": sample.language, "words": sample.words} for sample in each.samples],
        },
        ensure_ascii=False,
    )
