"""Replies that wait to be delivered. A lease says who is at it; whoever finds one run out goes on."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import Address, Choice, Clock, Pending, Reply, Source
from db.models import OutboxRow, PersonRow
from db.repositories.people import SqlPeople
from db.repositories.received import SqlReceived

# Longer than any delivery takes, so that a living process is never doubled; short enough that a person
# whose reply was cut off by a crash still waits for it.
LEASE = timedelta(seconds=60)


class SqlOutbox:
    """See `bot.core.storage.Outbox`."""

    def __init__(self, session: AsyncSession, people: SqlPeople, received: SqlReceived, clock: Clock) -> None:
        self._session = session
        self._people = people
        self._received = received
        self._clock = clock

    async def add(
        self, person_id: int, address: Address, message_id: str, replies: Sequence[Reply], *, fetched: bool
    ) -> list[Pending]:
        now = self._clock.now()
        rows = [
            OutboxRow(
                person_id=person_id,
                message_hash=self._received.hash(address, message_id),
                reply=_to_json(reply),
                attempts=0,
                leased_until=now + LEASE,
                delivered_at=now if fetched else None,
                created_at=now,
                passing=reply.passing,
            )
            for reply in replies
        ]
        self._session.add_all(rows)
        await self._session.flush()
        return [Pending(row.id, address, reply) for row, reply in zip(rows, replies, strict=True)]

    async def replies_to(self, address: Address, message_id: str) -> list[Reply]:
        rows = await self._session.scalars(
            select(OutboxRow.reply)
            .where(OutboxRow.message_hash == self._received.hash(address, message_id))
            .order_by(OutboxRow.id)
        )
        return [_from_json(row) for row in rows]

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
        return [Pending(row.id, addresses[row.person_id], _from_json(row.reply), row.attempts) for row in claimed]

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


def _to_json(reply: Reply) -> dict[str, Any]:
    # Buttons are saved as they are sent, so the step that they lead to needs no place of its own.
    return {
        "text": reply.text,
        "title": reply.title,
        "note": reply.note,
        "language": reply.language,
        "passing": reply.passing,
        "choices": [[choice.value, choice.label] for choice in reply.choices],
        "sources": [asdict(source) for source in reply.sources],
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
    )
