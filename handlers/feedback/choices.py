"""Questions that are answered by one of a list: who speaks, in whose name, what sort of feedback it is."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from bot.core import (
    LABELS,
    N_,
    AgeBand,
    Choice,
    Draft,
    FeedbackType,
    Gender,
    MigrationStatus,
    NotAChoice,
    Reply,
    Resource,
    SpeakingFor,
    StakeholderGroup,
    Turn,
)
from handlers.feedback.flow import Question, answered, button

Word = TypeVar("Word", bound=StrEnum)

SKIP = "skip"


def read_choice(turn: Turn, said: str, words: type[Word]) -> Word:
    """Which of these was tapped or typed, by its code or its label.

    Raises:
        NotAChoice: none of them.
    """
    typed = said.casefold().strip()
    for word in words:
        if typed in (word.value, turn.gettext(LABELS[word]).casefold()):
            return word
    raise NotAChoice


def skip_button(turn: Turn, name: str) -> Choice:
    return button(name, SKIP, turn.gettext("Skip"))


def is_skip(turn: Turn, said: str) -> bool:
    return said.casefold().strip() in (SKIP, turn.gettext("Skip").casefold())


def one_of(
    name: str, stage: int, field: str, text: str, words: type[StrEnum], fits: Callable[[Draft], bool], **more: Any
) -> Question:
    """A question with a button for each word, whose answer goes into this field of the record."""

    def ask(turn: Turn, _draft: Draft) -> Reply:
        _ = turn.gettext
        choices = tuple(button(name, word.value, _(LABELS[word])) for word in words)
        has_way_out = any(word.name == "NOT_SAID" for word in words)
        return Reply(_(text), choices=choices if has_way_out else (*choices, skip_button(turn, name)))

    async def take(turn: Turn, draft: Draft, said: str, _tapped: bool) -> Draft:
        if is_skip(turn, said):
            return answered(draft, name)
        values: dict[str, Any] = {field: read_choice(turn, said, words)}
        return answered(replace(draft, record=replace(draft.record, **values)), name)

    return Question(name, stage, ask, take, fits, **more)


def ordinary(draft: Draft) -> bool:
    """What sensitive feedback is not asked: it goes with the least detail."""
    return not draft.record.sensitive


def is_offer(draft: Draft) -> bool:
    return ordinary(draft) and draft.record.feedback_type is FeedbackType.OFFER


def _ask_resources(turn: Turn, draft: Draft) -> Reply:
    _ = turn.gettext
    marks = {resource: "☑" if resource in draft.record.resources else "☐" for resource in Resource}
    choices = [button("resources", each.value, f"{marks[each]} {_(LABELS[each])}") for each in Resource]
    return Reply(_("What do you offer?"), choices=(*choices, button("resources", "done", _("Go on"))))


async def _take_resources(turn: Turn, draft: Draft, said: str, _tapped: bool) -> Draft:
    if said in ("done", turn.gettext("Go on")) or is_skip(turn, said):
        return answered(draft, "resources")
    resource = read_choice(turn, said.removeprefix("☐ ").removeprefix("☑ "), Resource)
    chosen = tuple(each for each in Resource if (each in draft.record.resources) != (each is resource))
    return replace(draft, record=replace(draft.record, resources=chosen))


GROUP = one_of("group", 3, "group", N_("Who are you? This helps to count who was heard."), StakeholderGroup, ordinary)
SPEAKING = one_of("speaking", 3, "speaking_for", N_("For whom do you speak?"), SpeakingFor, ordinary)
TYPE = one_of("type", 5, "feedback_type", N_("What is it?"), FeedbackType, ordinary)
RESOURCES = Question("resources", 5, _ask_resources, _take_resources, is_offer)
AGE = one_of("age", 0, "age", N_("How old are you?"), AgeBand, ordinary, optional=True)
GENDER = one_of("gender", 0, "gender", N_("What is your gender?"), Gender, ordinary, optional=True)
STATUS = one_of(
    "status", 0, "migration_status", N_("What is your situation?"), MigrationStatus, ordinary, optional=True
)
