"""Storing what an organization hands in: all of it or nothing, and once even if it is sent twice."""

import asyncio
import hmac
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from bot.core import (
    RECEIPT_DIGITS,
    SENDING_WINDOW,
    Answered,
    ApiKey,
    CompactBotError,
    Intake,
    NewSubmission,
    SpeakingFor,
    Store,
    check_digit,
)
from bot.intake.entry import Entry

_SEED_BYTES = 16
_STORED_AT_ONCE = 100  # others are served in between
_SPEAKER = ("stakeholder_group", "speaking_for", "organization")


class OtherRequest(CompactBotError):
    """Something else was handed in under the key of this request before."""


class TooMany(CompactBotError):
    """More was handed in with this key within the hour than is taken."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What is handed in at once. `request_key` names the request: it is taken once. `body` is what was sent.

    `most_an_hour` is how many submissions are taken from this key by this channel.
    """

    key: ApiKey
    channel: str
    request_key: str
    body: str = field(repr=False)
    entries: Sequence[Entry]
    most_an_hour: int

    @property
    def source(self) -> str:
        return f"{self.channel} {self.key.organization}"


@dataclass(frozen=True, slots=True)
class Stored:
    """A submission as it was stored; `receipt` are 16 digits."""

    reference: str
    working_group: str
    receipt: str = field(repr=False)


class Reception:
    """Takes submissions from organizations. `language_of` tells the language of a text, or nothing if that is not sure."""

    def __init__(self, store: Store, intake: Intake, language_of: Callable[[str], str]) -> None:
        self._database = store.database
        self._clock = store.clock
        self._intake = intake
        self._language_of = language_of

    async def key(self, given: str) -> ApiKey | None:
        async with self._database.begin() as work:
            return await work.api_keys.by_key(given)

    async def take(self, handed_in: HandedIn) -> list[Stored]:
        """Store it, in the order of the entries. The same request again changes nothing and gives the same answer.

        Raises:
            OtherRequest: the key of the request was used for something else.
            TooMany: the organization has to wait up to `SENDING_WINDOW`.
        """
        seed = secrets.token_hex(_SEED_BYTES)
        new = await asyncio.to_thread(self._prepare, handed_in, seed)
        answer = json.dumps([[each.reference, each.working_group] for each in new])
        mine = Answered(_body_hash(seed, handed_in.body), seed, answer)
        request_key = f"{handed_in.channel} {handed_in.request_key}"
        async with self._database.begin() as work:
            kept = await work.idempotency.put(handed_in.key.id, request_key, mine)
            if kept.seed == seed:
                since = self._clock.now() - SENDING_WINDOW
                if (
                    len(await work.submissions.sent_since(since, source=handed_in.source)) + len(new)
                    > handed_in.most_an_hour
                ):
                    raise TooMany
                for start in range(0, len(new), _STORED_AT_ONCE):
                    await work.submissions.add(new[start : start + _STORED_AT_ONCE], None)
        if kept.body_hash != _body_hash(kept.seed, handed_in.body):
            raise OtherRequest
        return [
            Stored(reference, group, receipt(kept.seed, position))
            for position, (reference, group) in enumerate(json.loads(kept.answer))
        ]

    def _prepare(self, handed_in: HandedIn, seed: str) -> list[NewSubmission]:
        prepared = []
        for position, entry in enumerate(handed_in.entries):
            record = entry.record()
            record = replace(record, language=record.language or self._language_of(record.text))
            prepared += self._intake.prepare(
                [record], handed_in.channel, source=handed_in.source, receipt=receipt(seed, position)
            )
        return prepared


def receipt(seed: str, position: int) -> str:
    """The receipt of the submission at this position: the stored answer need not hold it."""
    hashed = int.from_bytes(sha256(f"{seed} {position}".encode()).digest())
    digits = f"{hashed % 10 ** (RECEIPT_DIGITS - 1):0{RECEIPT_DIGITS - 1}}"
    return digits + check_digit(digits)


def with_defaults(values: Mapping[str, object], key: ApiKey) -> dict[str, object]:
    """Who is speaking, where that is left out: the organization of the key."""
    given = {name: value for name, value in values.items() if name not in _SPEAKER or value != ""}
    filled = given if "stakeholder_group" in given else {"speaking_for": SpeakingFor.ORGANIZATION.value, **given}
    if filled.get("speaking_for") == SpeakingFor.ORGANIZATION:
        return {"stakeholder_group": key.group.value, "organization": key.organization, **filled}
    return filled


def _body_hash(seed: str, body: str) -> bytes:
    """With the seed, which is stored sealed: nobody can try whether a text that they guess was sent."""
    return hmac.digest(seed.encode(), body.encode(), sha256)
