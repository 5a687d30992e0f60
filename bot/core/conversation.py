"""The state of one conversation: a row with a version, and nothing in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bot.core.draft import Draft
from bot.core.messages import Choice


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where one person's conversation stands.

    `person_id` is None until it is first saved. `language_chosen` tells a language that the person asked for from
    one that the phone named. `answers` holds what a flow has gathered so far, `offered` the buttons of the last
    reply as they were sent, so that their labels may be typed. `asked_languages` are those the person was already
    asked to go on in. `draft` is a submission in the making, kept apart. `version` counts saves; whoever saves on an old one must run the turn again.
    """

    language: str
    language_chosen: bool = False
    person_id: int | None = None
    step: str = ""
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    offered: tuple[Choice, ...] = ()
    asked_languages: tuple[str, ...] = ()
    version: int = 0
    draft: Draft | None = field(default=None, repr=False)

    def after(self, *, step: str, offered: tuple[Choice, ...]) -> "Conversation":
        """The state to save after a turn. Answers live as long as the flow: without a step they are dropped."""
        answers = self.answers if step else MappingProxyType[str, str]({})
        return replace(self, step=step, offered=offered, answers=answers, version=self.version + 1)
