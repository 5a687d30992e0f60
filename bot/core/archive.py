"""What is stored of submissions, as protocols over one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.core.codes import Consent, FeedbackType, Sender, StakeholderGroup, Status
from bot.core.draft import Draft
from bot.core.messages import Address
from bot.core.submission import Attachment, Letter, NewSubmission, Record, Submission


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which submissions to list; what is empty does not narrow. `since` and `until` are days, both included.

    Sensitive ones are left out unless they alone are asked for. `most` is how many at most, newest first.
    """

    status: Status | None = None
    working_group: str = ""
    objective: int = 0
    country: str = ""
    language: str = ""
    feedback_type: FeedbackType | None = None
    consultation: str = ""
    since: date | None = None
    until: date | None = None
    sensitive: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """The person behind a submission, as long as that is known: for notices, never for reviewers."""

    person_id: int
    address: Address
    language: str


class Submissions(Protocol):
    """Submissions. Every method that names one raises `UnknownSubmission` if there is none of that reference."""

    async def add(self, new: Sequence[NewSubmission], person_id: int | None) -> None:
        """Store them; attachments that were kept for the draft become theirs."""

    async def get(self, reference: str) -> Submission: ...

    async def original(self, reference: str, reader: str, reason: str) -> Submission:
        """The same with the text as it was written. Who looked and why is logged in the same transaction."""

    async def of_person(self, person_id: int) -> Sequence[Submission]:
        """A person's own, with the original text, newest first; without those that are erased."""

    async def of_receipt(self, receipt: str) -> Sequence[Submission]:
        """Those sent under this receipt, oldest first; none for an unknown one."""

    async def find(self, wanted: Wanted) -> Sequence[Submission]:
        """Newest first, with the redacted text; erased ones have none."""

    async def sent_since(
        self, since: datetime, *, person_id: int | None = None, source: str = ""
    ) -> Sequence[datetime]:
        """When this person, or this source, has sent something since then, oldest first: points of one text count once."""

    async def edit(self, reference: str, record: Record, shown: str, attachments: Sequence[Attachment] = ()) -> None:
        """Replace what was given. Of its files those stay that are named; those kept for the draft become its own.

        Raises:
            ReviewBegan: its working group is reading it already.
        """

    async def set_status(self, reference: str, status: Status) -> None:
        """Of one that was withdrawn or erased there is no status to set: `UnknownSubmission`."""

    async def route(self, reference: str, working_group: str) -> None: ...

    async def withdraw(self, reference: str) -> None:
        """Take it back: its words are shredded and it is counted no more."""

    async def withdraw_consent(self, reference: str, consent: Consent, shown: str) -> None:
        """`shown` is the text as reviewers read it from now on: without a name that may not be quoted any more."""

    async def mute(self, reference: str, *, muted: bool) -> None: ...

    async def erase(self, reference: str) -> None:
        """Shred words, files, letters, receipt and the link to the person; the codes stay for the counts."""

    async def erase_all(self, person_id: int) -> None:
        """Erase all of a person's, and whatever else is kept about them, the person included."""

    async def recipient(self, reference: str) -> Recipient | None:
        """Whom to tell; None if the link is cut or was never there."""


class Letters(Protocol):
    """The mailboxes of submissions."""

    async def add(self, reference: str, sender: Sender, text: str, shown: str, language: str) -> None:
        """`shown` is what the other side reads: redacted if a person wrote it."""

    async def of(self, reference: str, *, original: bool) -> Sequence[Letter]:
        """Oldest first. `original` for the person's own eyes."""


class Files(Protocol):
    """Attachments, sealed."""

    async def put(self, attachment: Attachment, content: bytes, person_id: int | None) -> None: ...

    async def content(self, attachment_id: str) -> bytes:
        """Raises `UnknownSubmission` if it is gone."""

    async def drop(self, attachment_id: str) -> None:
        """Delete a file of a draft; those of a submission stay until its change is saved."""


class Drafts(Protocol):
    """At most one draft a person, sealed."""

    async def of_person(self, person_id: int) -> Draft | None: ...

    async def put(self, person_id: int, draft: Draft) -> None: ...

    async def end(self, person_id: int) -> None: ...

    async def give_code(self, person_id: int, code: str) -> None:
        """From now on the draft can be taken up elsewhere with this code; an earlier one ends."""

    async def by_code(self, code: str) -> Draft | None: ...

    async def take(self, code: str, person_id: int) -> None:
        """Make the draft of this code the draft of this person, in the place of any other of theirs."""

    async def to_remind(self, before: datetime, most: int) -> Sequence[Recipient]:
        """People whose draft was last touched before this and who were not reminded yet; they count as reminded now."""


class Tries(Protocol):
    """Receipts and codes that were tried in vain, by who tried: keyed hashes, for a day."""

    async def add(self, source: str) -> None: ...

    async def since(self, source: str, moment: datetime) -> Sequence[datetime]:
        """When it was tried since then, oldest first."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """Who may hand in submissions by program or table. `id` is never used twice; of the key only a hash is stored."""

    id: int
    organization: str
    group: StakeholderGroup
    created: datetime


class ApiKeys(Protocol):
    """Keys of organizations, one for each name."""

    async def add(self, organization: str, group: StakeholderGroup, key: str) -> bool:
        """Says whether it was added: not if there is a key of that name."""

    async def by_key(self, key: str) -> ApiKey | None: ...

    async def revoke(self, organization: str) -> bool:
        """Says whether there was one. Its answers to repeated requests go with it; submissions stay."""

    async def all(self) -> Sequence[ApiKey]:
        """By name."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How a request was answered, so that the same answer can be given again.

    `body_hash` tells whether it is the same request. The receipts are made from `seed`; `answer` is without them.
    """

    body_hash: bytes
    seed: str = field(repr=False)
    answer: str


class Idempotency(Protocol):
    """Answers to requests that may be repeated, by the key of the organization and that of the request."""

    async def put(self, api_key_id: int, request_key: str, answered: Answered) -> Answered:
        """Store it and return it, or return the one that is stored already; two at once wait for each other."""
