"""What is stored, as protocols over one transaction."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.core.archive import ApiKeys, Drafts, Files, Idempotency, Letters, Submissions, Tries
from bot.core.conversation import Conversation
from bot.core.events import Event
from bot.core.messages import Address, Reply
from bot.core.passages import OfficialDocument


@dataclass(frozen=True, slots=True)
class Pending:
    """A saved reply that has not been delivered yet, and how often that was tried."""

    id: int
    address: Address
    reply: Reply
    attempts: int = 0


class Conversations(Protocol):
    """Conversations by address."""

    async def load(self, address: Address) -> Conversation | None: ...

    async def save(self, address: Address, conversation: Conversation) -> int:
        """Write it and return the person's id.

        Raises:
            StaleConversation: another process wrote first.
        """


class Received(Protocol):
    """Which messages were taken."""

    async def add(self, address: Address, message_id: str) -> None:
        """Mark a message as taken.

        Raises:
            AlreadyReceived: it was taken before.
        """


class Outbox(Protocol):
    """Replies that are saved and wait to be delivered."""

    async def add(
        self, person_id: int, address: Address, message_id: str, replies: Sequence[Reply], *, fetched: bool
    ) -> list[Pending]:
        """Save replies. Fetched ones need no delivery; the others are the caller's to deliver for a short time."""

    async def replies_to(self, address: Address, message_id: str) -> list[Reply]:
        """The replies saved for a message that was taken before, in order."""

    async def post(self, person_id: int, address: Address, reply: Reply) -> None:
        """Save a reply that nobody has just asked for, such as a notice; whoever sweeps next delivers it."""

    async def take_over(self, person_id: int, address: Address, message_id: str) -> list[Reply]:
        """Replies that wait for a person who fetches theirs: from now on they belong to this message."""

    async def claim(self, channels: Sequence[str], limit: int) -> list[Pending]:
        """Replies of these channels that nobody is delivering, oldest first; for a short time they are the caller's."""

    async def delivered(self, pending_id: int) -> None: ...

    async def postpone(self, pending_ids: Sequence[int], seconds: float) -> None:
        """Leave these for whoever comes after that time."""

    async def give_up(self, address: Address) -> None:
        """The person is unreachable: drop everything that waits for them."""


class Events(Protocol):
    """Where events are written."""

    async def write(self, person_id: int, events: Sequence[Event]) -> None: ...


@dataclass(frozen=True, slots=True)
class Gap:
    """Redacted words that show editors what is missing: a question without an answer, or what an answer missed.

    `article` is the one that was found not useful; empty for a question that none was found for.
    """

    words: str
    language: str
    day: date
    article: str = ""


class Gaps(Protocol):
    """What people asked in vain, without any link to them."""

    async def all(self, most: int) -> Sequence[Gap]:
        """The newest of them, at most that many of each sort."""


class Documents(Protocol):
    """The official documents that the operator has added."""

    async def put(self, document: OfficialDocument) -> bool:
        """Add it, or put it in the place of one of that symbol and language; says whether there was one."""

    async def remove(self, symbol: str, language: str) -> bool:
        """Remove it; says whether it was there."""

    async def all(self) -> Sequence[OfficialDocument]:
        """All of them with their passages in order, by symbol and language."""

    async def state(self) -> str:
        """Something that changes whenever a document does; cheap to ask."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How long each class is kept. `words` are those in comments and gaps; `links` lead from a closed submission to its
    person; `texts` are the words of a submission, after which its codes alone stay; `people` are those who have not
    written for so long and have no submission that leads to them.
    """

    words: timedelta = timedelta(days=90)
    drafts: timedelta = timedelta(days=14)
    links: timedelta = timedelta(days=90)
    attachments: timedelta = timedelta(days=365)
    texts: timedelta = timedelta(days=730)
    people: timedelta = timedelta(days=365)


class Expired(Protocol):
    """What has been kept long enough."""

    async def delete(self, kept: Kept) -> Mapping[str, int]:
        """Delete it and say, for each class, how many rows it was."""


@dataclass(frozen=True, slots=True)
class About:
    """What is kept about a person beside their submissions: where they write, since when, what they rated."""

    channel: str
    since: datetime
    language: str
    ratings: Sequence[tuple[str, str, str]]


class People(Protocol):
    """People, by number."""

    async def about(self, person_id: int) -> About: ...


class UnitOfWork(Protocol):
    """All repositories over one transaction."""

    async def undo(self) -> None:
        """Take back everything that this transaction has done so far."""

    @property
    def people(self) -> People: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def received(self) -> Received: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def events(self) -> Events: ...
    @property
    def gaps(self) -> Gaps: ...
    @property
    def documents(self) -> Documents: ...
    @property
    def expired(self) -> Expired: ...
    @property
    def submissions(self) -> Submissions: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def files(self) -> Files: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def tries(self) -> Tries: ...
    @property
    def api_keys(self) -> ApiKeys: ...
    @property
    def idempotency(self) -> Idempotency: ...


class Database(Protocol):
    """Transactions. A clean end commits, an error rolls back."""

    def begin(self) -> AbstractAsyncContextManager[UnitOfWork]: ...

    async def shred(self) -> None:
        """See that what was deleted is gone from the files too, as far as the database can."""
