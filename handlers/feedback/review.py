"""The card before sending, and what can be changed on it."""

from collections.abc import Iterator
from enum import StrEnum

from bot.core import LABELS, N_, Choice, Consent, Draft, Reply, SpeakingFor, Turn
from handlers.feedback.choices import ordinary
from handlers.feedback.objectives import objective_titles
from handlers.feedback.text import beginning, files_button

SHOWN_CHARACTERS = 600

NAMES = {
    "text": N_("The text"),
    "points": N_("The points"),
    "objectives": N_("Objectives"),
    "group": N_("Who you are"),
    "speaking": N_("For whom you speak"),
    "organization": N_("Organization"),
    "people": N_("People"),
    "country": N_("Country"),
    "region": N_("Region"),
    "type": N_("What it is"),
    "resources": N_("What you offer"),
    "consents": N_("What you agree to"),
    "age": N_("Age"),
    "gender": N_("Gender"),
    "status": N_("Situation"),
    "files": N_("Files"),
}
OPTIONAL = ("region", "age", "gender", "status", "files")


def show(turn: Turn, draft: Draft) -> Reply:
    """Everything as it will be sent."""
    _ = turn.gettext
    if draft.record.sensitive:
        fate = _("Only the focal point reads it. It is counted and quoted nowhere.")
    else:
        group = turn.intake.groups.name(turn.intake.groups.route(draft.record.objectives), turn.language)
        fate = _("It goes to: {group}. Telephone numbers, addresses and names are hidden from readers.", group=group)
    send = _("Save the changes") if draft.editing else _("I agree: send it")
    choices = [
        Choice("/f send", send),
        Choice("/f change", _("Change something")),
        *([Choice("/f more", _("Add region, age or gender")), files_button(turn)] if ordinary(draft) else []),
        Choice("/f code", _("Go on later or elsewhere")),
        Choice("/f cancel", _("Cancel")),
    ]
    return Reply("\n\n".join([*_lines(turn, draft), fate]), title=_("Ready to send"), choices=tuple(choices))


def _lines(turn: Turn, draft: Draft) -> Iterator[str]:
    record = draft.record
    if len(draft.points) > 1:
        for number, point in enumerate(draft.points, start=1):
            yield f"{number}. {beginning(point.text, SHOWN_CHARACTERS // 2)}\n{objective_titles(turn, point.objectives)}"
    else:
        yield f"«{beginning(record.text, SHOWN_CHARACTERS)}»"
        if ordinary(draft) and record.objectives:
            yield objective_titles(turn, record.objectives)
    details = "\n".join(_line(turn, name, value) for name, value in _values(turn, draft) if value)
    if details:
        yield details


def _line(turn: Turn, name: str, value: str) -> str:
    return turn.gettext("{name}: {value}", name=turn.gettext(NAMES[name]), value=value)


def _values(turn: Turn, draft: Draft) -> Iterator[tuple[str, str]]:
    """What was given, by the name of its question; empty where nothing was."""
    record = draft.record
    region = turn.countries.region(record.region) if record.region else None
    yield "country", turn.countries.name(record.country, turn.language) if record.country else ""
    yield "region", region.name if region else ""
    if ordinary(draft):
        yield "group", _label(turn, record.group)
        yield "speaking", "" if record.speaking_for is SpeakingFor.ONESELF else _label(turn, record.speaking_for)
        yield "organization", record.organization
        yield "people", str(record.people or "")
        yield "type", _label(turn, record.feedback_type)
        yield "resources", ", ".join(turn.gettext(LABELS[each]) for each in record.resources)
        yield "age", _label(turn, record.age)
        yield "gender", _label(turn, record.gender)
        yield "status", _label(turn, record.migration_status)
        yield "files", str(len(draft.attachments) or "")
    given = [turn.gettext(LABELS[each]) for each in Consent if each in record.consents]
    yield "consents", "; ".join(given)


def _label(turn: Turn, word: StrEnum) -> str:
    return "" if word.name == "NOT_SAID" else turn.gettext(LABELS[word])


def ask_what_to_change(turn: Turn, names: list[str]) -> Reply:
    """A button for each answer that was given or skipped."""
    _ = turn.gettext
    choices = [Choice(f"/f ask {name}", _(NAMES[name])) for name in names if name in NAMES and name not in OPTIONAL]
    return Reply(_("What would you like to change?"), choices=(*choices, Choice("/f go", _("« Back"))))


def ask_what_to_add(turn: Turn, names: list[str]) -> Reply:
    """A button for each thing that nobody has to say."""
    _ = turn.gettext
    choices = [Choice(f"/f ask {name}", _(NAMES[name])) for name in names if name in OPTIONAL and name != "files"]
    return Reply(
        _("All of this is optional. It helps to see who was heard and who was not."),
        choices=(*choices, Choice("/f go", _("« Back"))),
    )
