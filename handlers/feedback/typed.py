"""What is typed or sent amid the questions: an answer, more text, a file, or a question of the person's own."""

from dataclasses import replace

from bot.core import MOST_CHARACTERS, Choice, Draft, NotAChoice, Reply, Topic, Turn
from handlers.ask import alarms_about, answer_in_the_middle
from handlers.feedback import files, names
from handlers.feedback.questions import FLOW
from handlers.feedback.text import added

topic = Topic("feedback")

TAKES_ANY_WORDS = ("text", "organization")
SHORT_QUESTION = 200
QUESTION_MARKS = ("?", "؟", "？", "՞", ";", "፧")


async def take(turn: Turn, draft: Draft, name: str, said: str, *, tapped: bool) -> list[Reply]:
    """The next question after this answer, help first if the text sounds like an emergency."""
    taken = await FLOW.take(turn, draft, name, said, tapped=tapped)
    help_first = []
    if taken.alarming and not draft.alarming:
        help_first = await alarms_about(turn, taken.record.text)
    return [*help_first, keep(turn, taken)]


def keep(turn: Turn, draft: Draft) -> Reply:
    turn.keep_draft(draft)
    return FLOW.ask(turn, draft)


@topic.step_with_files
async def take_words(turn: Turn) -> Reply | list[Reply]:
    """What is typed or sent amid the questions: an answer, more text, a file, or a question of the person's own."""
    draft = turn.draft
    if draft is None:
        return nothing_begun(turn)
    if turn.incoming.file is not None:
        return await _take_file(turn, draft)
    if draft.at in TAKES_ANY_WORDS and _looks_like_question(turn.text):
        answers = await answer_in_the_middle(turn)
        if answers:
            return [*answers, _back_to_step(turn, draft)]
    if not draft.at:
        return await _take_aside(turn, draft)
    try:
        return await take(turn, draft, draft.at, turn.text, tapped=False)
    except NotAChoice:
        return await _unclear(turn, draft)


async def _take_file(turn: Turn, draft: Draft) -> list[Reply]:
    draft, said = await files.take_file(turn, draft)
    if turn.text:
        draft = added(draft, turn.text)
    return [Reply(said), keep(turn, draft)]


def _looks_like_question(words: str) -> bool:
    return len(words) <= SHORT_QUESTION and words.endswith(QUESTION_MARKS)


async def _unclear(turn: Turn, draft: Draft) -> Reply | list[Reply]:
    """What was typed is no answer to the question that waits."""
    _ = turn.gettext
    match draft.at:
        case "text":
            most = MOST_CHARACTERS - len(draft.record.text)
            text = _(
                "That is too long: {most} more characters fit in. I did not add it. Please send it shorter, or go on and "
                "send the rest as a second feedback.",
                most=most,
            )
            return [Reply(text), FLOW.ask(turn, draft)]
        case "country" if turn.countries.find(turn.text, turn.language):
            return replace(names.which_country(turn, turn.text), next=take_words)
        case "region":
            return replace(names.which_region(turn, draft, turn.text), next=take_words)
    aside = await _take_aside(turn, draft)
    if len(aside) == 1 and draft.at == "country":
        return replace(names.which_country(turn, turn.text), next=take_words)
    return aside


async def _take_aside(turn: Turn, draft: Draft) -> list[Reply]:
    """Answer a question asked in the middle, if it is one, and come back to the step."""
    answers = await answer_in_the_middle(turn)
    if not answers:
        answers = [Reply(turn.gettext("Please tap one of these, or write what it says."))]
    return [*answers, _back_to_step(turn, draft)]


def _back_to_step(turn: Turn, draft: Draft) -> Reply:
    """The question again; what was said may have been meant as part of the text."""
    draft = replace(draft, aside=turn.text)
    turn.keep_draft(draft)
    asked = FLOW.ask(turn, draft)
    add = Choice("/f aside", turn.gettext("Add what I just wrote to my text"))
    return replace(asked, choices=(*asked.choices, add))


def nothing_begun(turn: Turn) -> Reply:
    """What to say where there is no draft."""
    _ = turn.gettext
    return Reply(
        _("There is nothing here that waits to be sent. What you have sent is under /mine."),
        choices=(Choice("/feedback", _("Write feedback")), Choice("/mine", _("My feedback"))),
    )


FLOW.step = take_words
