"""What the person wants to say: several messages make one text; several things in it can be sent as points."""

from dataclasses import replace

from bot.core import MOST_CHARACTERS, Choice, Draft, NotAChoice, Reply, Turn
from handlers.feedback.choices import ordinary
from handlers.feedback.flow import Question, answered, button
from handlers.feedback.objectives import objective_titles

MOST_PROPOSED = 4
SHOWN_CHARACTERS = 90


def _ask(turn: Turn, draft: Draft) -> Reply:
    _ = turn.gettext
    mark = "☑" if draft.record.sensitive else "☐"
    focal_point = _("Abuse by staff, or somebody in danger: for the focal point only")
    sensitive = button("text", "sensitive", f"{mark} {focal_point}")
    if not draft.record.text:
        return Reply(
            _(
                "What happens where you are? What works, what does not, what should change? Write it in your own words "
                "and language, in one or several messages. Please leave out names and numbers of people."
            ),
            choices=(sensitive,),
        )
    return Reply(
        turn.ngettext(
            "I have {n} character so far. Write more, or go on.",
            "I have {n} characters so far. Write more, or go on.",
            len(draft.record.text),
        ),
        choices=(
            button("text", "done", _("Go on")),
            files_button(turn),
            sensitive,
            button("text", "clear", _("Write it anew")),
        ),
    )


async def _take(turn: Turn, draft: Draft, said: str, tapped: bool) -> Draft:
    if not tapped:
        return added(draft, said)
    record = draft.record
    match said:
        case "sensitive":
            changed = replace(draft, record=replace(record, sensitive=not record.sensitive))
            return answered(changed, "sensitive")
        case "clear":
            return replace(draft, record=replace(record, text=""), answered=draft.answered - {"text"}, at="text")
        case "done" if record.text:
            return await looked_at(turn, draft)
    raise NotAChoice


def added(draft: Draft, said: str) -> Draft:
    """The draft with more text.

    Raises:
        NotAChoice: it would be too long.
    """
    text = f"{draft.record.text}\n\n{said}".strip()
    if len(text) > MOST_CHARACTERS:
        raise NotAChoice
    return replace(
        draft, record=replace(draft.record, text=text), answered=draft.answered - {"text", "points"}, points=()
    )


async def looked_at(turn: Turn, draft: Draft) -> Draft:
    """The text is complete: its language, what it is about, and whether it sounds like an emergency."""
    text = draft.record.text
    finding = await turn.knowledge.find(text, turn.language)
    language = finding.language if finding.sure_of_language else turn.language
    points = await turn.knowledge.points(text, language)
    # Of one point all of its objectives, of several the main one of each.
    most = None if len(points) == 1 else 1
    proposed = [objective for point in points for objective in point.objectives[:most]]
    if draft.article:
        proposed = [*turn.knowledge.article(draft.article, turn.language).objectives[:1], *proposed]
    proposed = list(dict.fromkeys(proposed))[:MOST_PROPOSED]
    chosen = draft.record.objectives if "objectives" in draft.answered else proposed[:1]
    return answered(
        replace(
            draft,
            record=replace(draft.record, language=language, objectives=tuple(chosen)),
            proposed=tuple(proposed),
            # What is being changed stays one submission.
            points=tuple(points) if len(points) > 1 and not draft.editing else (),
            alarming=await turn.knowledge.sounds_urgent(text, language),
        ),
        "text",
    )


def beginning(text: str, most: int = SHOWN_CHARACTERS) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _ask_points(turn: Turn, draft: Draft) -> Reply:
    _ = turn.gettext
    lines = [
        f"{number}. {beginning(point.text)}\n{objective_titles(turn, point.objectives)}".strip()
        for number, point in enumerate(draft.points, start=1)
    ]
    intro = turn.ngettext(
        "Your text seems to speak of {n} thing.",
        "Your text seems to speak of {n} things. Sent one by one, each reaches the group that it concerns.",
        len(draft.points),
    )
    joins = [
        button("points", f"join{number}", _("Join {first} and {second}", first=number, second=number + 1))
        for number in range(1, len(draft.points))
    ]
    return Reply(
        "\n\n".join([intro, *lines]),
        choices=(
            button("points", "yes", _("Send them one by one")),
            button("points", "no", _("Send it as one text")),
            *(joins if len(draft.points) > 2 else ()),  # noqa: PLR2004 -- joining two is one text
        ),
    )


async def _take_points(_turn: Turn, draft: Draft, said: str, _tapped: bool) -> Draft:
    points = draft.points
    if said == "no":
        return answered(replace(draft, points=()), "points")
    if said == "yes":
        return answered(replace(draft, answered=draft.answered | {"objectives"}), "points")
    number = said.removeprefix("join")
    if not number.isdecimal() or not 0 < int(number) < len(points):
        raise NotAChoice
    position = int(number) - 1
    first, second = points[position : position + 2]
    joined = replace(
        first,
        text=f"{first.text}\n\n{second.text}",
        objectives=tuple(dict.fromkeys((*first.objectives, *second.objectives))),
    )
    return replace(draft, points=(*points[:position], joined, *points[position + 2 :]))


def _ask_sensitive(turn: Turn, _draft: Draft) -> Reply:
    _ = turn.gettext
    return Reply(
        _(
            "This sounds as if somebody is in danger or was harmed. If you wish, I send it to the focal point only: with "
            "as little detail as possible, apart from all other feedback, counted and quoted nowhere. A focal point is no "
            "emergency service."
        ),
        choices=(
            button("sensitive", "yes", _("Send it to the focal point only")),
            button("sensitive", "no", _("It is ordinary feedback")),
        ),
    )


async def _take_sensitive(_turn: Turn, draft: Draft, said: str, _tapped: bool) -> Draft:
    if said not in ("yes", "no"):
        raise NotAChoice
    return answered(replace(draft, record=replace(draft.record, sensitive=said == "yes")), "sensitive")


def files_button(turn: Turn) -> Choice:
    return button("files", "open", turn.gettext("Add a photo, voice note or document"))


TEXT = Question("text", 1, _ask, _take, lambda _draft: True)
SENSITIVE = Question("sensitive", 1, _ask_sensitive, _take_sensitive, lambda draft: draft.alarming)
POINTS = Question("points", 2, _ask_points, _take_points, lambda draft: ordinary(draft) and len(draft.points) > 1)
