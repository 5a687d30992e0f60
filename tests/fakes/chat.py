"""People who chat: on a fake channel, with the real assistant, router, handlers and database."""

import itertools
from collections.abc import Sequence

from bot.core import Address, Assistant, Incoming, Kind, Reply, SentFile, TryAgain, Unreachable

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
    """Somebody at one address, whose channel may show their names. Methods return the last reply."""

    def __init__(self, assistant: Assistant, address: Address, locale: str = "en", names: tuple[str, ...] = ()) -> None:
        self.assistant = assistant
        self.address = address
        self.locale = locale
        self.names = names
        self.replies: Sequence[Reply] = ()

    async def says(self, text: str, message_id: str = "") -> Reply:
        return await self._send(Kind.TEXT, message_id, text=text)

    async def taps(self, label: str, message_id: str = "") -> Reply:
        """Tap the button of the last replies with this label."""
        choices = {choice.label: choice.value for reply in self.replies for choice in reply.choices}
        assert label in choices, f"{label!r} is not among {list(choices)}"
        return await self.presses(choices[label], message_id)

    async def presses(self, data: str, message_id: str = "") -> Reply:
        """Press a button that carries this, wherever it is from."""
        return await self._send(Kind.BUTTON, message_id, data=data)

    async def sends(self, kind: Kind, file: SentFile | None = None, text: str = "") -> Reply:
        """Send something else than words; `text` stands under it."""
        return await self._send(kind, text=text, file=file)

    async def _send(
        self, kind: Kind, message_id: str = "", *, text: str = "", data: str = "", file: SentFile | None = None
    ) -> Reply:
        incoming = Incoming(
            self.address,
            message_id or self._id(),
            text=text,
            data=data,
            kind=kind,
            locale=self.locale,
            names=self.names,
            file=file,
        )
        self.replies = await self.assistant.take(incoming)
        return self.replies[-1]

    def _id(self) -> str:
        return f"m{next(_numbers)}"


def sent_file(content: bytes, media_type: str, size_bytes: int | None = None) -> SentFile:
    """A file that a person sends; what it says of its size may be wrong."""

    async def load() -> bytes:
        return content

    return SentFile(media_type, len(content) if size_bytes is None else size_bytes, load)
