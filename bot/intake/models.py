"""What the API takes and gives beside `Entry`."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from bot.core import RECEIPT_DIGITS, Status
from bot.intake.entry import Entry

MOST_AT_ONCE = 100


class Model(BaseModel):
    """Base of what is taken and given."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Batch(Model):
    """Several submissions at once: all of them are stored, or none."""

    submissions: tuple[Entry, ...] = Field(min_length=1, max_length=MOST_AT_ONCE)


class Receipt(Model):
    """A submission that was stored."""

    reference: str = Field(description="What the working group calls it by.")
    receipt: str = Field(
        description="16 digits for the speaker, who sees with them what became of it. Nobody else should learn them.",
        pattern=f"^[0-9]{{{RECEIPT_DIGITS}}}$",
    )
    status: Status
    working_group: str = Field(description="Short name of the working group that reads it; see /api/v1/codes.")


class Receipts(Model):
    """What was stored, in the order in which it was sent."""

    submissions: tuple[Receipt, ...]


class Asked(Model):
    """Whose status is asked for."""

    receipt: str = Field(description="The 16 digits; blanks and hyphens between them do no harm.", max_length=100)


class Answer(Model):
    """A letter of the working group."""

    text: str
    language: str
    sent: datetime


class Standing(Model):
    """Where a submission stands."""

    reference: str
    status: Status
    changed: datetime
    working_group: str
    answers: tuple[Answer, ...]


class Standings(Model):
    """The submissions of this receipt."""

    submissions: tuple[Standing, ...]


class Code(Model):
    """A code and how people read it."""

    code: str
    label: str


class Codes(Model):
    """Every code of the fields, of the status and of the working groups, with labels in one language."""

    language: str
    fields: dict[str, tuple[Code, ...]]
    status: tuple[Code, ...]
    working_groups: tuple[Code, ...]


class FieldProblem(Model):
    """What is wrong with one field."""

    pointer: str = Field(
        description="Where it stands in what was sent, as a JSON pointer such as #/submissions/0/text."
    )
    field: str
    reason: str


class ProblemDetails(Model):
    """Why a request was not taken (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: tuple[FieldProblem, ...] = ()
