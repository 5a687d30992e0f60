"""People who chat: on a fake channel, with the real assistant, router, handlers and database."""

import itertools
from collections.abc import Sequence

from bot.core import Address, Assistant, Incoming, Kind, Reply, TryAgain, Unreachable

_numbers = itertools.count(1)


class FakeChannel:
    """See `bot.core.Channel`. Remembers what arrived; `failing` is raised instead, as often as it has items."""

    name = "fake"

    def __init__(self) -> None:
        self.delivered: list[tuple[Address, Reply]] = []
        self.failing: list[TryAgain | Unreachable] = []

    async def deliver(self, address: Address, reply: Reply) -> None:
        if self.failing:
            raise self.failing.pop(0)
        self.delivered.append((address, reply))


class Person:
    """Somebody at one address. Methods return the last reply."""

    def __init__(self, assistant: Assistant, address: Address, locale: str = "en") -> None:
        self.assistant = assistant
        self.address = address
        self.locale = locale
        self.replies: Sequence[Reply] = ()

    async def says(self, text: str, message_id: str = "") -> Reply:
        return await self._send(Incoming(self.address, message_id or self._id(), text=text, locale=self.locale))

    async def taps(self, label: str) -> Reply:
        """Tap the button of the last replies with this label."""
        choices = {choice.label: choice.value for reply in self.replies for choice in reply.choices}
        assert label in choices, f"{label!r} is not among {list(choices)}"
        return await self.presses(choices[label])

    async def presses(self, data: str) -> Reply:
        """Press a button that carries this, wherever it is from."""
        return await self._send(Incoming(self.address, self._id(), data=data, kind=Kind.BUTTON, locale=self.locale))

    async def sends(self, kind: Kind) -> Reply:
        return await self._send(Incoming(self.address, self._id(), kind=kind, locale=self.locale))

    async def _send(self, incoming: Incoming) -> Reply:
        self.replies = await self.assistant.take(incoming)
        return self.replies[-1]

    def _id(self) -> str:
        return f"m{next(_numbers)}"
