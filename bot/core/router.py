"""Topics declare handlers; the router finds the one for a turn."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.core.messages import Choice, Kind, Reply
from bot.core.numbers import CODE_DIGITS, RECEIPT_DIGITS, looks_like_number
from bot.core.turn import Turn

Replies = Reply | Sequence[Reply]
Handler = Callable[[Turn], Awaitable[Replies]]


@dataclass(frozen=True, slots=True)
class Step:
    """A handler that takes the next message. Its name is what the conversation remembers."""

    name: str
    handler: Handler
    takes_files: bool = False

    async def __call__(self, turn: Turn) -> Replies:
        return await self.handler(turn)


@dataclass(frozen=True, slots=True)
class Command:
    """A handler called by `/name`. With a description (English, translated when shown) it stands in the menu."""

    name: str
    description: str
    handler: Handler


class Topic:
    """One thing that can be talked about: commands, steps, and kinds of message it takes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.commands: list[Command] = []
        self.steps: list[Step] = []
        self.kinds: dict[Kind, Handler] = {}
        self.takes_text: Handler | None = None
        self.takes_stale_button: Handler | None = None
        self.takes_number: Handler | None = None

    def command(self, name: str, description: str = "") -> Callable[[Handler], Handler]:
        """The handler answers `/name`; the words behind it are `turn.argument`."""

        def declare(handler: Handler) -> Handler:
            self.commands.append(Command(name, description, handler))
            return handler

        return declare

    def step(self, handler: Handler, *, takes_files: bool = False) -> Step:
        """The handler can be the `next` of a reply."""
        step = Step(f"{self.name}.{handler.__name__}", handler, takes_files)
        self.steps.append(step)
        return step

    def step_with_files(self, handler: Handler) -> Step:
        """The same, and it takes photos, voice notes and documents too."""
        return self.step(handler, takes_files=True)

    def kind(self, *kinds: Kind) -> Callable[[Handler], Handler]:
        """The handler answers messages of these kinds."""

        def declare(handler: Handler) -> Handler:
            self.kinds.update(dict.fromkeys(kinds, handler))
            return handler

        return declare

    def text(self, handler: Handler) -> Handler:
        """The handler answers every text that nothing else takes."""
        self.takes_text = handler
        return handler

    def number(self, handler: Handler) -> Handler:
        """The handler answers a receipt or a code, wherever it is typed."""
        self.takes_number = handler
        return handler

    def stale_button(self, handler: Handler) -> Handler:
        """The handler answers buttons of a step that is over."""
        self.takes_stale_button = handler
        return handler


class Router:
    """Finds the handler for a turn: kind, button, command, step, offered label, then any text.

    A picture with words under it is its words, unless a step takes files.
    """

    def __init__(self, topics: Iterable[Topic]) -> None:
        topics = list(topics)
        self.menu = [c for topic in topics for c in topic.commands if c.description]
        self._commands = {c.name: c.handler for topic in topics for c in topic.commands}
        self._steps = {step.name: step for topic in topics for step in topic.steps}
        self._kinds = {kind: handler for topic in topics for kind, handler in topic.kinds.items()}
        self._text = _only(topic.takes_text for topic in topics)
        self._stale_button = _only(topic.takes_stale_button for topic in topics)
        self._number = _only(topic.takes_number for topic in topics)

    def find(self, turn: Turn) -> Handler:
        """The handler for this turn. Sets `turn.argument` or `turn.pressed` on the way."""
        incoming = turn.incoming
        if incoming.kind is Kind.BUTTON:
            return self._button(turn, incoming.data)
        step = self._steps.get(turn.conversation.step)
        if incoming.file is not None and step is not None and step.takes_files:
            return step
        if incoming.kind is not Kind.TEXT and not (incoming.file is not None and turn.text):
            return self._kinds[incoming.kind]
        return self._typed(turn, step)

    def _typed(self, turn: Turn, step: Step | None) -> Handler:
        """A command, a number, the label of a button that is a command, an answer to a step, or any other text."""
        offered = turn.offered_choice()
        for line in (turn.text, offered.value if offered else ""):
            if line.startswith("/"):
                return self._command(turn, line)
        if any(looks_like_number(turn.text, length) for length in (RECEIPT_DIGITS, CODE_DIGITS)):
            return self._number
        return step or self._text

    def _button(self, turn: Turn, data: str) -> Handler:
        if data.startswith("/"):
            return self._command(turn, data)
        name, _, value = data.partition("=")
        if name in self._steps and name == turn.conversation.step:
            turn.pressed = value
            return self._steps[name]
        return self._stale_button

    def _command(self, turn: Turn, line: str) -> Handler:
        name, _, argument = line[1:].partition(" ")
        turn.argument = argument.strip()
        # In a group Telegram writes /help@name_of_the_bot.
        name = name.partition("@")[0].lower()
        return self._commands.get(name, self._commands["help"])


def button_data(choice: Choice, step: Step | None) -> str:
    """What a button carries: a command as it is, otherwise the step that it answers and the value."""
    return choice.value if choice.value.startswith("/") or step is None else f"{step.name}={choice.value}"


def _only(handlers: Iterable[Handler | None]) -> Handler:
    (handler,) = [h for h in handlers if h is not None]
    return handler
