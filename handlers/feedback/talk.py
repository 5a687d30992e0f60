"""The conversation around the questions: starting, going on, sending, leaving."""

from collections.abc import Callable
from dataclasses import replace

from bot.core import N_, Choice, Draft, NotAChoice, Record, Replies, Reply, Turn
from handlers.feedback import review
from handlers.feedback.questions import FLOW
from handlers.feedback.sending import ask_whether_to_cancel, give_code, send
from handlers.feedback.text import added
from handlers.feedback.typed import keep, nothing_begun, take, take_words, topic

__all__ = ["CONSULTATION", "begin", "invite", "press", "start", "topic"]

CONSULTATION = "c-"
"""How the name of a consultation begins in a link."""


@topic.command("feedback", N_("Tell a working group what happens"))
async def begin(turn: Turn) -> Reply:
    """`/feedback`, `/feedback kept-passport` under an answer, or `/feedback c-imrf-2026` of a consultation.

    Under an answer in another language than the conversation's it is `/feedback kept-passport es`, and goes on in that.
    """
    origin, _space, language = turn.argument.partition(" ")
    if language in {known.code for known in turn.languages.all()}:
        turn.follow_language(language)
    _ = turn.gettext
    if turn.draft is not None and turn.draft.record.text:
        return Reply(
            _("You have begun to write something. What shall we do with it?"),
            choices=(
                Choice("/f go", _("Go on with it")),
                Choice(f"/f new {origin}".strip(), _("Delete it and write something new")),
                Choice("/f code", _("Go on elsewhere")),
            ),
        )
    return start(turn, origin)


def start(turn: Turn, origin: str) -> Reply:
    """The notice and the first question; `origin` is an article or a consultation, or nothing.

    Raises:
        UnknownArticle: there is none of that name.
    """
    is_consultation = origin.startswith(CONSULTATION)
    record = Record(language=turn.language, consultation=origin.removeprefix(CONSULTATION) if is_consultation else "")
    article = "" if is_consultation or not origin else turn.knowledge.article(origin, turn.language).slug
    draft = Draft(record=record, article=article, at="text")
    if turn.draft is not None:
        turn.keep_draft(None)  # with the files that came for it
    turn.keep_draft(draft)
    asked = FLOW.ask(turn, draft)
    return replace(asked, text=f"{asked.text}\n\n{_short_notice(turn)}")


def _short_notice(turn: Turn) -> str:
    _ = turn.gettext
    return _(
        "What you write is stored encrypted. A working group reads it with numbers and names hidden, and you can have it "
        "deleted at any time: /delete. More: /privacy"
    )


def invite(turn: Turn, origin: str) -> Reply:
    """Behind a link or QR code of a consultation."""
    _ = turn.gettext
    name = origin.removeprefix(CONSULTATION)
    return Reply(
        _(
            "Welcome! You are invited to the consultation “{name}”: tell a working group on migration what happens where "
            "you are. It takes about three minutes.",
            name=name,
        ),
        choices=(Choice(f"/feedback {origin}", _("Begin")), Choice("/help", _("What else you can do here"))),
    )


@topic.command("f")
async def press(turn: Turn) -> Replies:
    """`/f country IT`: what every button of the questions does, whenever it is tapped."""
    name, _space, value = turn.argument.partition(" ")
    draft = turn.draft
    if name == "new":
        return start(turn, value)
    if draft is None:
        return nothing_begun(turn)
    if FLOW.has(name):
        return await take(turn, draft, name, value, tapped=True)
    if name == "send":
        return await send(turn, draft)
    if name not in WAYS:
        raise NotAChoice
    return replace(WAYS[name](turn, draft, value), next=take_words)


def stop(turn: Turn, _draft: Draft, _value: str) -> Reply:
    turn.keep_draft(None)
    return Reply(turn.gettext("It is deleted. Ask me anything else."))


WAYS: dict[str, Callable[[Turn, Draft, str], Reply]] = {
    "go": lambda turn, draft, _value: FLOW.ask(turn, draft),
    "back": lambda turn, draft, _value: keep(turn, FLOW.back(draft)),
    "ask": lambda turn, draft, value: keep(turn, FLOW.reopened(draft, value)),
    "change": lambda turn, draft, _value: review.ask_what_to_change(turn, FLOW.changeable(draft)),
    "more": lambda turn, draft, _value: review.ask_what_to_add(turn, FLOW.changeable(draft)),
    "aside": lambda turn, draft, _value: keep(turn, replace(added(draft, draft.aside), aside="", at="text")),
    "code": lambda turn, _draft, _value: give_code(turn),
    "cancel": lambda turn, _draft, _value: ask_whether_to_cancel(turn),
    "stop": stop,
}
