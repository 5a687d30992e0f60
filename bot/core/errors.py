"""The errors that people and operators can cause. Anything else is a bug."""

from collections.abc import Mapping


class CompactBotError(Exception):
    """Base of every expected error."""


class NotAChoice(CompactBotError):
    """The person's message is none of the choices that were offered."""


class UnknownArticle(CompactBotError):
    """There is no article of that name."""


class UnknownSubmission(CompactBotError):
    """There is no submission of that reference, or it is not this person's."""


class ReviewBegan(CompactBotError):
    """The submission cannot be changed any more: its working group is reading it."""


class FileRefused(CompactBotError):
    """A file is too large, one too many, or of a kind that is not taken.

    `text` is what the person is told: English, for `gettext` with `values`.
    """

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.values: Mapping[str, object] = values


class StaleConversation(CompactBotError):
    """Another process saved this conversation first; the turn runs again on the fresh state."""


class AlreadyReceived(CompactBotError):
    """This message was taken before; doing nothing is right."""


class Unreachable(CompactBotError):
    """The person blocked the bot or the chat is gone; nothing more is sent there."""


class Refused(CompactBotError):
    """The channel does not accept this reply, now or later: a mistake of ours, which is logged."""


class TryAgain(CompactBotError):
    """Delivery did not work this time."""

    def __init__(self, after_seconds: float) -> None:
        super().__init__(f"try again after {after_seconds} s")
        self.after_seconds = after_seconds


class OperatorError(CompactBotError):
    """Something that the operator can put right; the text is one line that says how."""
