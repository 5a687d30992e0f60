"""An assistant that says what the test says, whatever it is told."""

from dataclasses import replace

from bot.core import Address, Choice, Incoming, Reply

FILES_WANTED = Reply(
    "Would you like to add a file?", choices=(Choice("/f files done", "Go on"), Choice("/f cancel", "Cancel"))
)
THANKS = Reply("Thank you.")


class ScriptedAssistant:
    """See `bot.core.Assistant`. Keeps what it took; each message is answered with the next replies, the last for ever."""

    def __init__(self, *replies: Reply | tuple[Reply, ...]) -> None:
        self.taken: list[Incoming] = []
        self._replies = [reply if isinstance(reply, tuple) else (reply,) for reply in replies or (THANKS,)]

    async def take(self, incoming: Incoming) -> list[Reply]:
        self.taken.append(incoming)
        replies = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        return [replace(reply, language=reply.language or "en") for reply in replies]

    async def preview(self, incoming: Incoming) -> list[Reply]:
        return [Reply("Good day.", language=incoming.locale)]

    async def language(self, address: Address) -> str | None:
        return None
