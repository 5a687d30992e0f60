"""An assistant that only takes: when it does, and whether it can, is up to the test."""

import asyncio

from bot.core import Address, Incoming, Reply


class FakeAssistant:
    """See `bot.core.Assistant`. `failing` is raised instead, as often as it has items; `hold` makes it wait."""

    def __init__(self) -> None:
        self.begun: list[Incoming] = []
        self.saved: list[Incoming] = []
        self.failing: list[Exception] = []
        self._may_save = asyncio.Event()
        self._may_save.set()

    def hold(self) -> None:
        """Save nothing until `go_on`."""
        self._may_save.clear()

    def go_on(self) -> None:
        self._may_save.set()

    async def take(self, incoming: Incoming) -> list[Reply]:
        self.begun.append(incoming)
        await self._may_save.wait()
        if self.failing:
            raise self.failing.pop(0)
        self.saved.append(incoming)
        return []

    async def preview(self, incoming: Incoming) -> list[Reply]:
        raise NotImplementedError

    async def language(self, address: Address) -> str | None:
        raise NotImplementedError
