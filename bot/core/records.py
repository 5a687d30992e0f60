"""What the conversation may read of what is stored about a person."""

import hmac
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.codes import Sender
from bot.core.draft import Draft
from bot.core.errors import UnknownSubmission
from bot.core.ports import Clock, Seal
from bot.core.storage import About, Database
from bot.core.submission import Letter, Submission

TRIES_KEPT = timedelta(hours=24)
FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
_TOKEN_DIGITS = 16
SENDING_WINDOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Store:
    """Where records are read, and how it is known who may read them."""

    database: Database
    clock: Clock
    seal: Seal


class Records:
    """One person's records. Each call is a transaction of its own, which only reads.

    `source` names who asks for receipts and codes: too many wrong ones are slowed down. `most_sent` is how many
    sendings an hour are taken from one person.
    """

    def __init__(self, store: Store, person_id: int | None, source: str, most_sent: int) -> None:
        self._database = store.database
        self._clock = store.clock
        self._seal = store.seal
        self._person_id = person_id
        self.source = source
        self._most_sent = most_sent

    async def mine(self) -> Sequence[Submission]:
        """What this person sent, newest first."""
        if self._person_id is None:
            return ()
        async with self._database.begin() as work:
            return await work.submissions.of_person(self._person_id)

    async def one(self, handle: str) -> Submission:
        """One of this person's own, by its reference; or one whose receipt was shown here, by its handle.

        Raises:
            UnknownSubmission: there is none, or this person may not see it.
        """
        reference, _dot, token = handle.partition(".")
        for submission in await self.mine():
            if submission.reference == reference:
                return submission
        if not hmac.compare_digest(token, self._token(reference)):
            raise UnknownSubmission(reference)
        async with self._database.begin() as work:
            return await work.submissions.get(reference)

    async def of_receipt(self, receipt: str) -> Sequence[Submission]:
        async with self._database.begin() as work:
            return await work.submissions.of_receipt(receipt)

    def handle(self, reference: str) -> str:
        """What opens it from this chat, and from no other, once its receipt was shown here."""
        return f"{reference}.{self._token(reference)}"

    def _token(self, reference: str) -> str:
        return self._seal.lookup_hash("opened", self.source, reference).hex()[:_TOKEN_DIGITS]

    async def letters(self, reference: str) -> Sequence[Letter]:
        """The mailbox as the person reads it."""
        async with self._database.begin() as work:
            return await work.letters.of(reference, original=True)

    async def about(self) -> About | None:
        """What else is kept about this person; None if nothing is."""
        if self._person_id is None:
            return None
        async with self._database.begin() as work:
            return await work.people.about(self._person_id)

    async def content(self, attachment_id: str) -> bytes:
        """The bytes of one of this person's files."""
        async with self._database.begin() as work:
            return await work.files.content(attachment_id)

    async def draft_of_code(self, code: str) -> Draft | None:
        async with self._database.begin() as work:
            return await work.drafts.by_code(code)

    async def wait_before_trying(self) -> timedelta:
        """How long to wait before the next receipt or code; nothing for the first few, then twice as long each time."""
        now = self._clock.now()
        async with self._database.begin() as work:
            tried = await work.tries.since(self.source, now - TRIES_KEPT)
        return wait_after(tried, now)

    async def wait_before_sending(self) -> timedelta:
        """How long until this person, or this source where there is no person, can send again.

        Nothing unless they sent very much.
        """
        now = self._clock.now()
        source = "" if self._person_id is not None else self.source
        async with self._database.begin() as work:
            sent = await work.submissions.sent_since(now - SENDING_WINDOW, person_id=self._person_id, source=source)
        # The next one is taken as soon as one of the last so many is an hour old.
        return sent[-self._most_sent] + SENDING_WINDOW - now if len(sent) >= self._most_sent else timedelta()

    async def has_written_much(self, reference: str) -> bool:
        """Whether so many letters came to this mailbox in the last hour that the next one has to wait."""
        since = self._clock.now() - SENDING_WINDOW
        return wrote_much(await self.letters(reference), since, self._most_sent)


def minutes(wait: timedelta) -> int:
    """In whole minutes, none too few."""
    return math.ceil(wait / timedelta(minutes=1))


def wrote_much(letters: Sequence[Letter], since: datetime, most: int) -> bool:
    """Whether the person wrote so many of these since then."""
    return sum(letter.sender is Sender.PERSON and letter.sent > since for letter in letters) >= most


def wait_after(tried: Sequence[datetime], now: datetime) -> timedelta:
    """How long after these wrong tries the next one has to wait."""
    if len(tried) < FREE_TRIES:
        return timedelta()
    doubled = min(len(tried) - FREE_TRIES, 16)
    wait = min(FIRST_WAIT * (1 << doubled), LONGEST_WAIT)
    return max(tried[-1] + wait - now, timedelta())
