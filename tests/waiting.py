"""Waiting for something that happens elsewhere."""

import asyncio
from collections.abc import Callable


async def until(condition: Callable[[], object], seconds: float = 10) -> None:
    """Return as soon as the condition holds; fail if it does not within this time."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)
