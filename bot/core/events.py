"""What handlers want remembered. The database layer writes each kind to its table."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.ports import FindingKind


class Rating(StrEnum):
    """Whether an answer helped."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question was asked and this was found. The words are kept, redacted, only where no article was found."""

    language: str
    kind: FindingKind
    article: str
    confidence: float
    unanswered: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AnswerRated:
    """A person rated an article. Rating it again replaces the earlier rating."""

    article: str
    language: str
    rating: Rating


@dataclass(frozen=True, slots=True)
class AnswerCommented:
    """What a person missed in an article: kept redacted and without any link to the person."""

    article: str
    language: str
    comment: str = field(repr=False)


Event = QuestionAsked | AnswerRated | AnswerCommented
