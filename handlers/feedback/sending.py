"""Sending a draft, putting it aside, dropping it."""

from dataclasses import replace

from bot.core import (
    Choice,
    Consent,
    Draft,
    DraftCodeGiven,
    FeedbackSent,
    NotAChoice,
    Record,
    Reply,
    SubmissionChanged,
    Turn,
    grouped,
    minutes,
    new_code,
)


async def send(turn: Turn, draft: Draft) -> Reply:
    """Send it. The receipt is said once and kept nowhere."""
    _ = turn.gettext
    if not draft.record.text or "text" not in draft.answered:
        raise NotAChoice
    if draft.editing:
        return await _save_changes(turn, draft)
    wait = await turn.records.wait_before_sending()
    if wait:
        return _not_yet(turn, minutes(wait))
    submissions = turn.intake.prepare(
        records_of(draft),
        turn.incoming.address.channel,
        names=turn.incoming.names,
        attachments=draft.attachments,
    )
    turn.record(FeedbackSent(tuple(submissions)))
    turn.keep_draft(None)
    if draft.record.sensitive:
        reader = _("The focal point reads it, and nobody else.")
    else:
        group = turn.intake.groups.name(submissions[0].working_group, turn.language)
        reader = _("It goes to: {group}.", group=group)
    return Reply(
        "\n\n".join(
            [
                _("Thank you! Your feedback is saved. {reader}", reader=reader),
                _("Your receipt: {receipt}", receipt=grouped(submissions[0].receipt)),
                _(
                    "Write it down: I do not show it again. With it you can see on any phone what became of your "
                    "feedback, and read the answer. Whoever has it can do so too."
                ),
            ]
        ),
        title=_("Sent"),
        choices=(Choice("/mine", _("My feedback")), Choice("/feedback", _("Write more feedback"))),
        passing=True,
    )


def records_of(draft: Draft) -> list[Record]:
    """What is sent: one record for each point."""
    record = replace(draft.record, consents=draft.record.consents | {Consent.KEEP})
    if len(draft.points) > 1 and not record.sensitive:
        return [replace(record, text=point.text, objectives=point.objectives) for point in draft.points]
    return [record]


async def _save_changes(turn: Turn, draft: Draft) -> Reply:
    _ = turn.gettext
    submission = await turn.records.one(draft.editing)
    if not submission.editable:
        return Reply(
            _("It is being read already and cannot be changed any more. You can still write to the working group."),
            choices=(
                Choice(f"/record {draft.editing} write", _("Write to the working group")),
                Choice("/f cancel", _("Cancel")),
            ),
        )
    (record,) = records_of(draft)
    if record.sensitive:
        record = record.with_least_detail()
    shown = turn.intake.shown(record, turn.incoming.names)
    turn.record(SubmissionChanged(draft.editing, record, shown, draft.attachments))
    turn.keep_draft(None)
    return Reply(
        _("Your changes are saved."), choices=(Choice(f"/record {draft.editing}", _("Show it")),), title=_("Saved")
    )


def _not_yet(turn: Turn, wait: int) -> Reply:
    text = turn.ngettext(
        "You have sent much in the last hour, so this has to wait {n} minute. Nothing is lost: it stays here until you "
        "send it.",
        "You have sent much in the last hour, so this has to wait {n} minutes. Nothing is lost: it stays here until you "
        "send it.",
        wait,
    )
    return Reply(
        text, choices=(Choice("/f send", turn.gettext("Send it now")), Choice("/f go", turn.gettext("« Back")))
    )


def give_code(turn: Turn) -> Reply:
    """The draft's own code, said once."""
    _ = turn.gettext
    code = new_code()
    turn.record(DraftCodeGiven(code))
    return Reply(
        _(
            "Your text is kept for {days} days. To go on with it on another phone or in another app, write me this code "
            "there: {code}",
            days=turn.service.kept.drafts.days,
            code=grouped(code),
        ),
        choices=(Choice("/f go", _("Go on here")),),
        passing=True,
    )


def something_waits(turn: Turn) -> Reply:
    """What to say where another draft would take the place of this one."""
    _ = turn.gettext
    return Reply(
        _("Something else waits here to be sent. Send or cancel that first."),
        choices=(Choice("/f go", _("Go on with it")), Choice("/f cancel", _("Cancel"))),
    )


def ask_whether_to_cancel(turn: Turn) -> Reply:
    _ = turn.gettext
    return Reply(
        _("Shall I delete what you have written?"),
        choices=(
            Choice("/f stop", _("Yes, delete it")),
            Choice("/f go", _("No, go on with it")),
            Choice("/f code", _("Go on later or elsewhere")),
        ),
    )
