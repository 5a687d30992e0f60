"""The errors that people and operators can cause. Anything else is a bug."""


class CompactBotError(Exception):
    """Base of every expected error."""


class NotAChoice(CompactBotError):
    """The person's message is none of the choices that were offered."""


class UnknownArticle(CompactBotError):
    """There is no article of that name."""


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
