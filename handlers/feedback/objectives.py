"""Which of the Compact's objectives it is about: proposed from the text, confirmed by the person."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.core import OBJECTIVES, Draft, NotAChoice, Reply, Turn, UnknownArticle
from handlers.feedback.choices import ordinary
from handlers.feedback.flow import Question, answered, button

_NUMBER = re.compile(r"\d+")


def objective_title(turn: Turn, number: int) -> str:
    """`Objective 13: detention as a last resort`, in the person's language."""
    try:
        return turn.knowledge.article(f"objective-{number}", turn.language).title
    except UnknownArticle:
        return turn.gettext("Objective {number}", number=number)


def objective_titles(turn: Turn, numbers: Sequence[int]) -> str:
    return "\n".join(f"• {objective_title(turn, number)}" for number in numbers)


def _ask(turn: Turn, draft: Draft) -> Reply:
    _ = turn.gettext
    chosen = draft.record.objectives
    shown = tuple(dict.fromkeys((*chosen, *draft.proposed)))
    if chosen:
        text = _("I think it is about this. Is that right?") + "\n\n" + objective_titles(turn, chosen)
    else:
        text = _("Which of the Compact’s objectives is it about? Tap one or several.")
    toggles = [
        button("objectives", f"{'-' if number in chosen else '+'}{number}", _marked(turn, number, number in chosen))
        for number in shown
    ]
    go_on = [button("objectives", "done", _("Yes, go on"))] if chosen else []
    more = [] if len(shown) == len(OBJECTIVES) else [button("objectives", "all", _("Show all objectives"))]
    return Reply(text, choices=(*go_on, *toggles, *more, button("objectives", "none", _("None of these"))))


def _marked(turn: Turn, number: int, is_chosen: bool) -> str:
    return f"{'☑' if is_chosen else '☐'} {objective_title(turn, number)}"


async def _take(_turn: Turn, draft: Draft, said: str, tapped: bool) -> Draft:
    record = draft.record
    if tapped and said == "all":
        return replace(draft, proposed=tuple(OBJECTIVES))
    if tapped and said == "none":
        return answered(replace(draft, record=replace(record, objectives=())), "objectives")
    if tapped and said == "done":
        return answered(draft, "objectives")
    numbers = tuple(dict.fromkeys(map(int, _NUMBER.findall(said))))
    if not numbers or not set(numbers) <= set(OBJECTIVES):
        raise NotAChoice
    if not tapped:
        return answered(replace(draft, record=replace(record, objectives=numbers)), "objectives")
    without = tuple(number for number in record.objectives if number not in numbers)
    chosen = without if said.startswith("-") else (*without, *numbers)
    return replace(draft, record=replace(record, objectives=chosen))


def _is_asked(draft: Draft) -> bool:
    """Points that were confirmed have objectives of their own."""
    has_points = len(draft.points) > 1 and "points" in draft.answered
    return ordinary(draft) and not has_points


QUESTION = Question("objectives", 2, _ask, _take, _is_asked)
