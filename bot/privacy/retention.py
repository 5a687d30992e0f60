"""Deleting, hour by hour, what has been kept long enough."""

import asyncio

import structlog

from bot.core import Database, Kept

log = structlog.get_logger(__name__)

EVERY_SECONDS = 3600.0


async def keep_deleting(database: Database, kept: Kept) -> None:
    """For ever. An hour in which the database is away is made up for by the next."""
    while True:
        try:
            async with database.begin() as work:
                deleted = await work.expired.delete(kept)
            if any(deleted.values()):
                await database.shred()
            log.info("expired_deleted", rows=sum(deleted.values()))
        except Exception:
            log.exception("expired_not_deleted")
        await asyncio.sleep(EVERY_SECONDS)
