"""One's own feedback: where it stands, what was answered, changing it, adding to it, taking it back."""

from dataclasses import replace

from bot.core import (
    LABELS,
    N_,
    Choice,
    Consent,
    ConsentWithdrawn,
    Draft,
    Letter,
    LetterWritten,
    NoticesMuted,
    Reply,
    Submission,
    SubmissionErased,
    SubmissionWithdrawn,
    Topic,
    Turn,
)
from handlers.feedback.objectives import objective_titles
from handlers.feedback.questions import FLOW, QUESTIONS
from handlers.feedback.sending import something_waits
from handlers.feedback.text import beginning

topic = Topic("record")

MOST_LISTED = 12
MOST_LETTERS = 6


@topic.command("mine", N_("My feedback and its answers"))
async def list_mine(turn: Turn) -> Reply:
    """All that this person sent, newest first."""
    _ = turn.gettext
    mine = await turn.records.mine()
    write = Choice("/feedback", _("Write feedback"))
    if not mine:
        return Reply(
            _("You have not sent anything from here. With the receipt of something else, write me its 16 digits."),
            choices=(write,),
        )
    choices = [Choice(f"/record {each.reference}", _headline(turn, each)) for each in mine[:MOST_LISTED]]
    text = turn.ngettext("You have sent feedback {n} time.", "You have sent feedback {n} times.", len(mine))
    return Reply(text, choices=(*choices, write, Choice("/mydata", _("All that is stored about me"))))


def _headline(turn: Turn, submission: Submission) -> str:
    day = turn.languages.date(submission.created.date(), turn.language)
    return f"{day} · {turn.gettext(LABELS[submission.status])}"


@topic.command("record")
async def show_or_do(turn: Turn) -> Reply:
    """`/record REFERENCE`, or with what to do: `write`, `change`, `withdraw`, `erase`, `mute`, `consent`…

    A reference is enough for one's own; another's needs the handle that its receipt gave.
    """
    handle, _space, action = turn.argument.partition(" ")
    submission = await turn.records.one(handle)
    if not action:
        return await show(turn, submission, handle)
    name, _space, value = action.partition(" ")
    acting = ACTIONS.get(name)
    # Of what was withdrawn the person may still have the rest erased.
    if acting is None or not (submission.open or acting is erase):
        return await show(turn, submission, handle)
    return acting(turn, submission, handle, value)


async def show(turn: Turn, submission: Submission, handle: str) -> Reply:
    """Status, text and mailbox of one submission, and what can be done with it."""
    _ = turn.gettext
    letters = await turn.records.letters(submission.reference)
    record = submission.record
    state = _(
        "{status}. Sent on {date}. Receipt ending in {ending}.",
        status=_(LABELS[submission.status]),
        date=turn.languages.date(submission.created.date(), turn.language),
        ending=submission.receipt_ending,
    )
    group = turn.intake.groups.name(submission.working_group, turn.language)
    reader = _("Only the focal point reads it.") if record.sensitive else _("It is with: {group}.", group=group)
    # Whoever found a receipt need not read what was written.
    words = f"«{beginning(record.text, 500)}»" if record.text and "." not in handle else ""
    objectives = "" if record.sensitive else objective_titles(turn, record.objectives)
    parts = [state, reader, words, objectives, *(_letter(turn, each) for each in letters[-MOST_LETTERS:])]
    return Reply("\n\n".join(filter(None, parts)), choices=_choices(turn, submission, handle))


def _letter(turn: Turn, letter: Letter) -> str:
    return turn.gettext(
        "{sender}, {date}: {text}",
        sender=turn.gettext(LABELS[letter.sender]),
        date=turn.languages.date(letter.sent.date(), turn.language),
        text=letter.text,
    )


def _choices(turn: Turn, submission: Submission, handle: str) -> tuple[Choice, ...]:
    _ = turn.gettext
    choices = []
    own = "." not in handle
    if submission.open:
        choices.append(("write", _("Write to the working group")))
        if own and submission.editable:
            choices.append(("change", _("Change it")))
        if own and submission.has_person:
            choices.append(
                ("mute off", _("Tell me news here")) if submission.muted else ("mute on", _("Tell me no news"))
            )
        choices += [
            (f"consent {each}", _("Take back: {consent}", consent=_(LABELS[each])))
            for each in Consent
            if own and each in submission.record.consents and each is not Consent.KEEP
        ]
        choices.append(("withdraw", _("Withdraw it")))
    if own:
        choices.append(("erase", _("Erase it")))
    buttons = [Choice(f"/record {handle} {action}", label) for action, label in choices]
    return (*buttons, Choice("/mine", _("My feedback")))


def write(turn: Turn, _submission: Submission, handle: str, _value: str) -> Reply:
    turn.remember("record", handle)
    return Reply(
        turn.gettext("What would you like to add or answer? Please leave out names and numbers of people."),
        choices=(Choice("stop", turn.gettext("Cancel")),),
        next=take_letter,
    )


@topic.step
async def take_letter(turn: Turn) -> Reply:
    """Any text is a letter to the working group."""
    _ = turn.gettext
    handle = turn.recall("record")
    back = (Choice(f"/record {handle}", _("Show it")),)
    if turn.pressed or turn.offered_choice():
        return Reply(_("All right, nothing was sent."), choices=back)
    submission = await turn.records.one(handle)
    if await turn.records.has_written_much(submission.reference):
        return Reply(_("Very many messages have been sent from here. Please try again in an hour."), choices=back)
    shown = turn.intake.redact_names(turn.redact(turn.text), turn.incoming.names)
    turn.record(LetterWritten(submission.reference, turn.text, shown, turn.language))
    return Reply(_("It is saved with your feedback; the working group reads it."), choices=back)


def change(turn: Turn, submission: Submission, handle: str, _value: str) -> Reply:
    if not submission.editable or "." in handle:
        return Reply(turn.gettext("It is being read already. You can still write to the working group."))
    if turn.draft is not None and turn.draft.record.text:
        return something_waits(turn)
    answered = frozenset(question.name for question in QUESTIONS)
    draft = Draft(
        record=submission.record,
        answered=answered,
        proposed=submission.record.objectives,
        attachments=submission.attachments,
        editing=submission.reference,
    )
    turn.keep_draft(draft)
    return FLOW.ask(turn, draft)


def withdraw(turn: Turn, submission: Submission, handle: str, value: str) -> Reply:
    _ = turn.gettext
    if value == "yes":
        turn.record(SubmissionWithdrawn(submission.reference))
        return Reply(_("It is withdrawn: its words are deleted and it is not counted any more."))
    return Reply(
        _("Withdraw it? Its words are deleted, and the working group does not use it any more."),
        choices=_yes_or_no(turn, handle, "withdraw", _("Yes, withdraw it")),
    )


def erase(turn: Turn, submission: Submission, handle: str, value: str) -> Reply:
    _ = turn.gettext
    if value == "yes" and "." not in handle:
        turn.record(SubmissionErased(submission.reference))
        return Reply(_("It is erased. Only the count stays: what it was about and where, without any link to you."))
    return Reply(
        _("Erase it? Its words, files, answers and the link to you are deleted at once and cannot be brought back."),
        choices=_yes_or_no(turn, handle, "erase", _("Yes, erase it")),
    )


def _yes_or_no(turn: Turn, handle: str, action: str, yes: str) -> tuple[Choice, ...]:
    return Choice(f"/record {handle} {action} yes", yes), Choice(f"/record {handle}", turn.gettext("No"))


def mute(turn: Turn, submission: Submission, _handle: str, value: str) -> Reply:
    _ = turn.gettext
    muted = value != "off"
    turn.record(NoticesMuted(submission.reference, muted))
    return Reply(_("I tell you no news about it.") if muted else _("I tell you here when there is news about it."))


def take_back(turn: Turn, submission: Submission, handle: str, value: str) -> Reply:
    _ = turn.gettext
    consent = next((each for each in Consent if each == value and each is not Consent.KEEP), None)
    if consent is None or "." in handle:
        return Reply(_("Whoever takes this back withdraws the feedback: choose “Withdraw it”."))
    record = replace(submission.record, consents=submission.record.consents - {consent})
    shown = turn.intake.shown(record, turn.incoming.names)
    turn.record(ConsentWithdrawn(submission.reference, consent, shown))
    return Reply(_("Taken back: {consent}", consent=_(LABELS[consent])))


ACTIONS = {
    "write": write,
    "change": change,
    "withdraw": withdraw,
    "erase": erase,
    "mute": mute,
    "consent": take_back,
}
