"""A submission and its letters as its sender reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import LABELS, FeedbackType, Letter, Sender, Submission, Surroundings, Translator
from bot.intake.pages import objective_title


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter. `mine` tells that the reader wrote it."""

    letter: Letter
    sender: str
    sent: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A submission without its text: whoever has found a receipt learns little."""

    submission: Submission
    status: str
    sent: str
    group: str
    objectives: Sequence[str]
    feedback_type: str
    letters: Sequence[ShownLetter]


def shown(submission: Submission, letters: Sequence[Letter], around: Surroundings, own: Translator) -> Shown:
    reader, record = own.language.code, submission.record
    return Shown(
        submission,
        own.gettext(LABELS[submission.status]),
        around.languages.date(submission.created.date(), reader),
        around.intake.groups.name(submission.working_group, reader),
        [objective_title(each, around.knowledge, reader) for each in record.objectives],
        "" if record.feedback_type is FeedbackType.NOT_SAID else own.gettext(LABELS[record.feedback_type]),
        [_shown_letter(letter, around, own) for letter in letters],
    )


def _shown_letter(letter: Letter, around: Surroundings, own: Translator) -> ShownLetter:
    sent = around.languages.date(letter.sent.date(), own.language.code)
    return ShownLetter(letter, own.gettext(LABELS[letter.sender]), sent, letter.sender is Sender.PERSON)
