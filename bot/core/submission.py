"""Submissions: what a person gives, what is stored of it, and the letters about it."""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.codes import (
    AgeBand,
    Consent,
    FeedbackType,
    Gender,
    MigrationStatus,
    Resource,
    Sender,
    SpeakingFor,
    StakeholderGroup,
    Status,
)
from bot.core.numbers import new_receipt

MOST_CHARACTERS = 10_000
"""How long the text of one submission may be."""
MOST_NAME_CHARACTERS = 120
MOST_PEOPLE = 10_000_000
SECRETARIAT = "secretariat"
"""The working group of what no other is responsible for."""

REDACTED_NAME = "[name]"

_SHORTEST_NAME = 2
_LEAST_IN_ANY_CASE = 5
_REFERENCE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # without vowels and what looks alike: it spells no word
_REFERENCE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Record:
    """What a person gives, in the codes of `bot.core.codes`. Everything but the text and the consent may be left out.

    `language` is that of the text. `people` counts a group, 0 for not said. `country` is an ISO 3166-1 code such as
    `IT`, `region` an ISO 3166-2 code such as `IT-82`; nothing finer is asked. `objectives` are numbers, the main one
    first. `consultation` is the short name of the one that the person came from.
    """

    text: str = field(default="", repr=False)
    language: str = ""
    group: StakeholderGroup = StakeholderGroup.NOT_SAID
    speaking_for: SpeakingFor = SpeakingFor.ONESELF
    organization: str = field(default="", repr=False)
    people: int = 0
    country: str = ""
    region: str = ""
    objectives: tuple[int, ...] = ()
    feedback_type: FeedbackType = FeedbackType.NOT_SAID
    resources: tuple[Resource, ...] = ()
    consents: frozenset[Consent] = frozenset()
    age: AgeBand = AgeBand.NOT_SAID
    gender: Gender = Gender.NOT_SAID
    migration_status: MigrationStatus = MigrationStatus.NOT_SAID
    sensitive: bool = False
    consultation: str = ""

    def with_least_detail(self) -> "Record":
        """What the focal point needs of sensitive feedback: no group, objective, band or name, and no quoting."""
        return Record(
            text=self.text,
            language=self.language,
            country=self.country,
            consents=self.consents & {Consent.KEEP, Consent.CONTACT},
            sensitive=True,
            consultation=self.consultation,
        )


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a submission: sealed, never opened here. `id` is random."""

    id: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """A submission ready to be stored. `shown` and `shown_organization` are redacted: what reviewers read.

    `receipt` are 16 digits; only a keyed hash of them is stored, and the last four so that a notice can name it.
    `source` tells apart those who send without a chat, for flood control: an address or the name of a key.
    """

    record: Record
    reference: str
    receipt: str = field(repr=False)
    shown: str = field(repr=False)
    working_group: str = SECRETARIAT
    channel: str = ""
    attachments: tuple[Attachment, ...] = ()
    source: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission as it is stored.

    `record.text` is the original if it was asked for, and the redacted text otherwise. `copies` counts the
    submissions with the same words, this one included. `receipt_ending` are the last four digits. `erased` ones have
    their codes only.
    """

    reference: str
    record: Record
    status: Status
    working_group: str
    channel: str
    created: datetime
    changed: datetime
    closed: datetime | None = None
    receipt_ending: str = ""
    copies: int = 1
    muted: bool = False
    erased: bool = False
    has_person: bool = False
    attachments: tuple[Attachment, ...] = ()

    @property
    def editable(self) -> bool:
        """Until its review begins, the person may change it."""
        return self.status is Status.NEW and not self.erased

    @property
    def open(self) -> bool:
        """Whether it can still be added to or withdrawn."""
        return self.status is not Status.WITHDRAWN and not self.erased


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of a submission's mailbox. What a person wrote is redacted unless the original was asked for."""

    sender: Sender
    text: str = field(repr=False)
    language: str
    sent: datetime


@dataclass(frozen=True, slots=True)
class WorkingGroup:
    """Who reviews what. `names` are by language, English always; `known` tells whether its name was found at the source."""

    id: str
    names: Mapping[str, str]
    objectives: tuple[int, ...]
    focal_points: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    known: bool = True

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["en"]


class WorkingGroups:
    """The groups of an operator, and the secretariat for what is nobody's."""

    def __init__(self, groups: Sequence[WorkingGroup]) -> None:
        self._by_id = {group.id: group for group in groups}

    def all(self) -> Sequence[WorkingGroup]:
        return list(self._by_id.values())

    def name(self, group_id: str, language: str) -> str:
        """The group's name; of one that is no longer there its short name."""
        group = self._by_id.get(group_id)
        return group.name(language) if group else group_id

    def route(self, objectives: Sequence[int]) -> str:
        """The group of the main objective, which is the first."""
        if objectives:
            for group in self._by_id.values():
                if objectives[0] in group.objectives:
                    return group.id
        return SECRETARIAT


@dataclass(frozen=True, slots=True)
class Intake:
    """Makes submissions of records: redacted, routed, with a reference and a receipt."""

    redact: Callable[[str], str]
    groups: WorkingGroups

    def prepare(
        self,
        records: Sequence[Record],
        channel: str,
        *,
        names: Sequence[str] = (),
        attachments: tuple[Attachment, ...] = (),
        source: str = "",
        receipt: str = "",
    ) -> list[NewSubmission]:
        """The points of one sending: one receipt for all of them, the files with the first.

        Sensitive ones are cut down to the least detail, whatever way they came.
        `names` are those of the sender, as far as the channel tells them: they are taken out and not stored.
        """
        receipt = receipt or new_receipt()
        least = [record.with_least_detail() if record.sensitive else record for record in records]
        return [
            NewSubmission(
                record,
                new_reference(),
                receipt,
                self.shown(record, names),
                self.groups.route(record.objectives),
                channel,
                attachments if position == 0 else (),
                source,
            )
            for position, record in enumerate(least)
        ]

    def shown(self, record: Record, names: Sequence[str] = ()) -> str:
        """The text as reviewers read it. The organization's name stays only where it may be quoted."""
        hidden = () if Consent.QUOTE_BY_NAME in record.consents else (record.organization,)
        return self.redact_names(self.redact(record.text), (*names, *hidden))

    def redact_names(self, text: str, names: Sequence[str]) -> str:
        """The text without these names; long ones whatever their case."""
        for name in sorted(filter(None, (name.strip() for name in names)), key=len, reverse=True):
            if len(name) >= _SHORTEST_NAME:
                text = _as_word(name).sub(REDACTED_NAME, text)
        return text


def _as_word(name: str) -> re.Pattern[str]:
    """The name where it stands as a word of its own; in scripts without blanks anywhere."""
    # Not the word of a mark, such as [link].
    edge = r"(?<![\w\[])", r"(?![\w\]])"
    before, after = edge if name[0].isascii() or name[0].upper() != name[0].lower() else ("", "")
    # "May" and "An" are names, "may" and "an" are words.
    flags = re.IGNORECASE if len(name) >= _LEAST_IN_ANY_CASE else re.NOFLAG
    return re.compile(f"{before}{re.escape(name)}{after}", flags)


def new_reference() -> str:
    """A pseudonym of eight letters and digits: what reviewers call a submission by. 28^8 of them."""
    return "".join(secrets.choice(_REFERENCE_LETTERS) for _ in range(_REFERENCE_LENGTH))
