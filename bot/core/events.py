"""What handlers want remembered. The database layer writes each kind to its table."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.codes import Consent
from bot.core.draft import Draft
from bot.core.ports import FindingKind
from bot.core.submission import Attachment, NewSubmission, Record


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


@dataclass(frozen=True, slots=True)
class DraftKept:
    """The draft as it stands now; None ends it."""

    draft: Draft | None


@dataclass(frozen=True, slots=True)
class DraftCodeGiven:
    """The draft can be taken up elsewhere with this code."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DraftTaken:
    """A draft was taken up here, with its code."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileKept:
    """A file came for the draft."""

    attachment: Attachment
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileDropped:
    """A file of the draft is not wanted any more."""

    id: str


@dataclass(frozen=True, slots=True)
class FeedbackSent:
    """The person sent the draft: these are its points, under one receipt."""

    submissions: tuple[NewSubmission, ...]


@dataclass(frozen=True, slots=True)
class SubmissionChanged:
    """The person changed a submission before its review; `attachments` are all that it has now."""

    reference: str
    record: Record
    shown: str = field(repr=False)
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterWritten:
    """The person wrote to the working group about a submission."""

    reference: str
    text: str = field(repr=False)
    shown: str = field(repr=False)
    language: str


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """The person took one consent back; `shown` is what reviewers read without it."""

    reference: str
    consent: Consent
    shown: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoticesMuted:
    """The person wants to hear about a submission by message, or not."""

    reference: str
    muted: bool


@dataclass(frozen=True, slots=True)
class SubmissionWithdrawn:
    """The person took a submission back."""

    reference: str


@dataclass(frozen=True, slots=True)
class SubmissionErased:
    """The person had a submission erased."""

    reference: str


@dataclass(frozen=True, slots=True)
class EverythingErased:
    """The person had everything erased."""


@dataclass(frozen=True, slots=True)
class NumberTried:
    """A receipt or a code was tried in vain. `source` tells who tried."""

    source: str = field(repr=False)


FeedbackEvent = (
    DraftKept
    | DraftCodeGiven
    | DraftTaken
    | FileKept
    | FileDropped
    | FeedbackSent
    | SubmissionChanged
    | LetterWritten
    | ConsentWithdrawn
    | NoticesMuted
    | SubmissionWithdrawn
    | SubmissionErased
    | EverythingErased
    | NumberTried
)
Event = QuestionAsked | AnswerRated | AnswerCommented | FeedbackEvent
