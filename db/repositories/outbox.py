"""Replies that wait to be delivered. A lease says who is at it; whoever finds one run out goes on."""

import base64
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import Address, Choice, Clock, Document, Pending, Reply, Seal, Source
from db.models import OutboxRow, PersonRow
from db.repositories.people import SqlPeople
from db.repositories.received import SqlReceived

# Longer than any delivery takes, so that a living process is never doubled; short enough that a person
# whose reply was cut off by a crash still waits for it.
LEASE = timedelta(seconds=60)


_IN_SEAL = "sealed"


class SqlOutbox:
    """See `bot.core.storage.Outbox`."""

    def __init__(
        self, session: AsyncSession, people: SqlPeople, received: SqlReceived, seal: Seal, clock: Clock
    ) -> None:
        self._session = session
        self._people = people
        self._received = received
        self._seal = seal
        self._clock = clock

    async def add(
        self, person_id: int, address: Address, message_id: str, replies: Sequence[Reply], *, fetched: bool
    ) -> list[Pending]:
        now = self._clock.now()
        message_hash = self._received.hash(address, message_id)
        rows = [self._row(person_id, message_hash, reply, leased_until=now + LEASE) for reply in replies]
        for row in rows:
            row.delivered_at = now if fetched else None
        self._session.add_all(rows)
        await self._session.flush()
        return [Pending(row.id, address, reply) for row, reply in zip(rows, replies, strict=True)]

    def _row(self, person_id: int, message_hash: bytes, reply: Reply, leased_until: datetime) -> OutboxRow:
        return OutboxRow(
            person_id=person_id,
            message_hash=message_hash,
            reply=self._sealed(reply),
            attempts=0,
            leased_until=leased_until,
            delivered_at=None,
            created_at=self._clock.now(),
            passing=reply.passing,
        )

    async def post(self, person_id: int, address: Address, reply: Reply) -> None:
        message_hash = self._received.hash(address, f"notice {secrets.token_hex(16)}")
        self._session.add(self._row(person_id, message_hash, reply, leased_until=self._clock.now()))
        await self._session.flush()

    async def take_over(self, person_id: int, address: Address, message_id: str) -> list[Reply]:
        rows = await self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.person_id == person_id, OutboxRow.delivered_at.is_(None))
            .values(message_hash=self._received.hash(address, message_id), delivered_at=self._clock.now())
            .returning(OutboxRow.id, OutboxRow.reply)
        )
        return [self._opened(reply) for _id, reply in sorted(rows, key=lambda row: row.id)]

    async def replies_to(self, address: Address, message_id: str) -> list[Reply]:
        rows = await self._session.scalars(
            select(OutboxRow.reply)
            .where(OutboxRow.message_hash == self._received.hash(address, message_id))
            .order_by(OutboxRow.id)
        )
        return [self._opened(row) for row in rows]

    async def claim(self, channels: Sequence[str], limit: int) -> list[Pending]:
        now = self._clock.now()
        due = (
            select(OutboxRow.id)
            .join(PersonRow, PersonRow.id == OutboxRow.person_id)
            .where(OutboxRow.delivered_at.is_(None), OutboxRow.leased_until < now)
            .where(PersonRow.channel.in_(channels))
            .order_by(OutboxRow.id)
            .limit(limit)
            .with_for_update(of=OutboxRow, skip_locked=True)
        )
        rows = await self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id.in_(due.scalar_subquery()))
            .values(leased_until=now + LEASE, attempts=OutboxRow.attempts + 1)
            .returning(OutboxRow.id, OutboxRow.person_id, OutboxRow.reply, OutboxRow.attempts)
        )
        claimed = sorted(rows, key=lambda row: row.id)
        addresses = await self._people.by_id({row.person_id for row in claimed})
        return [Pending(row.id, addresses[row.person_id], self._opened(row.reply), row.attempts) for row in claimed]

    async def delivered(self, pending_id: int) -> None:
        await self._session.execute(
            update(OutboxRow).where(OutboxRow.id == pending_id).values(delivered_at=self._clock.now())
        )
        await self._session.execute(delete(OutboxRow).where(OutboxRow.id == pending_id, OutboxRow.passing))

    async def postpone(self, pending_ids: Sequence[int], seconds: float) -> None:
        await self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id.in_(pending_ids))
            .values(leased_until=self._clock.now() + timedelta(seconds=seconds))
        )

    async def give_up(self, address: Address) -> None:
        person_id = await self._people.mark_unreachable(address)
        await self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.person_id == person_id, OutboxRow.delivered_at.is_(None))
            .values(delivered_at=self._clock.now())
        )
        await self._session.execute(delete(OutboxRow).where(OutboxRow.person_id == person_id, OutboxRow.passing))

    def _sealed(self, reply: Reply) -> dict[str, str]:
        """A reply may repeat what a person wrote, or hold a receipt."""
        return _wrapped(self._seal.encrypt(json.dumps(_to_json(reply), ensure_ascii=False)))

    def _opened(self, saved: dict[str, Any]) -> Reply:
        if _IN_SEAL not in saved:  # written before replies were sealed
            return _from_json(saved)
        return _from_json(json.loads(self._seal.decrypt(_unwrapped(saved))))


def reseal(seal: Seal, saved: dict[str, Any]) -> dict[str, Any]:
    """A saved reply under the present key."""
    return _wrapped(seal.encrypt_bytes(seal.decrypt_bytes(_unwrapped(saved)))) if _IN_SEAL in saved else saved


def _wrapped(sealed: bytes) -> dict[str, str]:
    return {_IN_SEAL: base64.b64encode(sealed).decode()}


def _unwrapped(saved: dict[str, Any]) -> bytes:
    return base64.b64decode(saved[_IN_SEAL])


def _to_json(reply: Reply) -> dict[str, Any]:
    return {
        "text": reply.text,
        "title": reply.title,
        "note": reply.note,
        "language": reply.language,
        "passing": reply.passing,
        "choices": [[choice.value, choice.label] for choice in reply.choices],
        "sources": [asdict(source) for source in reply.sources],
        "document": asdict(reply.document) if reply.document else None,
    }


def _from_json(saved: dict[str, Any]) -> Reply:
    return Reply(
        saved["text"],
        title=saved["title"],
        note=saved["note"],
        language=saved["language"],
        passing=saved.get("passing", False),
        choices=tuple(Choice(value, label) for value, label in saved["choices"]),
        sources=tuple(Source(**source) for source in saved["sources"]),
        document=Document(**saved["document"]) if saved.get("document") else None,
    )
