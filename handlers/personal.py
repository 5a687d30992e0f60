"""A person's rights: what is stored and why, everything about oneself, and erasing it."""

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.core import (
    LABELS,
    N_,
    Choice,
    Document,
    EverythingErased,
    Part,
    Reply,
    Submission,
    Topic,
    Turn,
)
from handlers.feedback.text import beginning

topic = Topic("personal")

MOST_FILE_BYTES = 4 * 1024 * 1024
"""So much of the files goes into the export itself; a chat cannot carry any more."""


@topic.command("privacy", N_("What is stored, why and how long"))
async def show_notice(turn: Turn) -> Reply:
    """`/privacy`: made from the settings that are in force."""
    _ = turn.gettext
    about_people = [part for part in turn.notice.parts() if part.about_people]
    seen = [_(text) for text in turn.notice.channels()]
    return Reply(
        "\n\n".join([*(_part(turn, part) for part in about_people), *seen]),
        title=_("What is stored about you"),
        choices=(Choice("/mydata", _("All that is stored about me")), Choice("/delete", _("Erase what is stored"))),
    )


def _part(turn: Turn, part: Part) -> str:
    _ = turn.gettext
    return "\n".join(
        [
            f"▪ {_(part.title)}",
            _(part.what),
            _("Why: {why}", why=_(part.why)),
            _("How long: {kept}", kept=_(part.kept, **part.values)),
            _("Who reads it: {readers}", readers=_(part.readers)),
        ]
    )


@topic.command("mydata", N_("All that is stored about me"))
async def show_mine(turn: Turn) -> Reply:
    """Readable, and as a JSON file with everything."""
    _ = turn.gettext
    about = await turn.records.about()
    if about is None:
        return Reply(_("Nothing is stored about you yet, except that you are writing now."))
    mine = await turn.records.mine()
    lines = [
        _("You write by: {channel}, since {date}.", channel=about.channel, date=_day(turn, about.since)),
        _("Language: {language}.", language=turn.languages.name(about.language, turn.language)),
        turn.ngettext("You have rated {n} answer.", "You have rated {n} answers.", len(about.ratings)),
        turn.ngettext("You have sent feedback {n} time.", "You have sent feedback {n} times.", len(mine)),
    ]
    if turn.draft is not None and turn.draft.record.text:
        lines.append(_("A text of yours waits to be sent: «{text}»", text=beginning(turn.draft.record.text)))
    lines += [
        f"{_day(turn, each.created)} · {_(LABELS[each.status])} · «{beginning(each.record.text)}»" for each in mine
    ]
    content = json.dumps(await _everything(turn, mine), ensure_ascii=False, indent=2, default=str)
    return Reply(
        "\n".join(lines),
        title=_("All that is stored about you"),
        choices=(Choice("/privacy", _("Why, and how long?")), Choice("/delete", _("Erase what is stored"))),
        document=Document("my-data.json", "application/json", content),
        passing=True,
    )


def _day(turn: Turn, moment: datetime) -> str:
    return turn.languages.date(moment.date(), turn.language)


async def _everything(turn: Turn, mine: Sequence[Submission]) -> dict[str, Any]:
    """All of it, under the names that docs/record.md explains."""
    about = await turn.records.about()
    conversation = turn.conversation
    return {
        "person": asdict(about) if about else {},
        "conversation": {
            "language": conversation.language,
            "language_chosen": conversation.language_chosen,
            "asked_languages": list(conversation.asked_languages),
            "step": conversation.step,
            "answers": dict(conversation.answers),
        },
        "draft": _plain(asdict(turn.draft)) if turn.draft else None,
        "submissions": [await _submission(turn, each) for each in mine],
    }


async def _submission(turn: Turn, submission: Submission) -> dict[str, Any]:
    letters = await turn.records.letters(submission.reference)
    files = []
    room = MOST_FILE_BYTES
    for attachment in submission.attachments:
        fits = attachment.size_bytes <= room
        content = base64.b64encode(await turn.records.content(attachment.id)).decode() if fits else ""
        room -= attachment.size_bytes if fits else 0
        note = {} if fits else {"left_out": "too large for this export; ask the operator"}
        files.append({**asdict(attachment), "base64": content, **note})
    return {
        **_plain(asdict(submission)),
        "letters": [_plain(asdict(letter)) for letter in letters],
        "attachments": files,
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """With lists in place of sets, which JSON does not have."""
    return {
        name: sorted(value) if isinstance(value, frozenset) else _plain(value) if isinstance(value, dict) else value
        for name, value in values.items()
    }


@topic.command("delete", N_("Erase what is stored about me"))
async def erase(turn: Turn) -> Reply:
    """`/delete`, then `/delete all yes`."""
    _ = turn.gettext
    if turn.argument == "all yes":
        turn.keep_draft(None)
        turn.record(EverythingErased())
        return Reply(
            _(
                "Everything is erased: your texts, files, ratings and every link between them and you. Your address goes "
                "within a day, unless you write to me again. Of what you sent only the count stays."
            ),
            passing=True,
        )
    mine = await turn.records.mine()
    single = [
        Choice(f"/record {each.reference} erase", f"{_day(turn, each.created)} · «{beginning(each.record.text, 30)}»")
        for each in mine[:10]
    ]
    return Reply(
        _("Erase everything that is stored about you, or one feedback alone? It cannot be brought back."),
        choices=(Choice("/delete all yes", _("Erase everything")), *single, Choice("/privacy", _("What is stored?"))),
        passing=True,
    )
