"""Feedback in the making, sealed as a whole."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import Clock, Draft, Recipient, Seal
from db.models import AttachmentRow, ConversationRow, DraftRow, PersonRow
from db.repositories.people import SqlPeople
from db.repositories.upsert import insert

_DRAFT = TypeAdapter(Draft)


class SqlDrafts:
    """See `bot.core.archive.Drafts`."""

    def __init__(self, session: AsyncSession, people: SqlPeople, seal: Seal, clock: Clock) -> None:
        self._session = session
        self._people = people
        self._seal = seal
        self._clock = clock

    async def of_person(self, person_id: int) -> Draft | None:
        sealed = await self._session.scalar(select(DraftRow.content_sealed).where(DraftRow.person_id == person_id))
        return None if sealed is None else self.opened(sealed)

    async def put(self, person_id: int, draft: Draft) -> None:
        values = {
            "content_sealed": self._seal.encrypt_bytes(_DRAFT.dump_json(draft)),
            "saved_at": self._clock.now(),
            "reminded_at": None,
        }
        statement = insert(self._session, DraftRow).values(person_id=person_id, **values)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))

    async def end(self, person_id: int) -> None:
        await self._session.execute(delete(DraftRow).where(DraftRow.person_id == person_id))
        await self._session.execute(
            delete(AttachmentRow).where(AttachmentRow.person_id == person_id, AttachmentRow.submission_id.is_(None))
        )

    async def give_code(self, person_id: int, code: str) -> None:
        await self._session.execute(
            update(DraftRow)
            .where(DraftRow.person_id == person_id)
            .values(code_hash=self._seal.lookup_hash("draft code", code))
        )

    async def by_code(self, code: str) -> Draft | None:
        row = await self._row(code)
        return None if row is None else self.opened(row.content_sealed)

    async def take(self, code: str, person_id: int) -> None:
        row = await self._row(code)
        if row is None or row.person_id == person_id:
            return
        former, sealed = row.person_id, row.content_sealed
        await self.end(person_id)
        await self._session.execute(
            update(AttachmentRow)
            .where(AttachmentRow.person_id == former, AttachmentRow.submission_id.is_(None))
            .values(person_id=person_id)
        )
        await self._session.execute(delete(DraftRow).where(DraftRow.person_id == former))
        await self._session.execute(
            insert(self._session, DraftRow).values(
                person_id=person_id, content_sealed=sealed, saved_at=self._clock.now()
            )
        )

    async def to_remind(self, before: datetime, most: int) -> Sequence[Recipient]:
        due = (
            select(DraftRow.person_id)
            .join(PersonRow, PersonRow.id == DraftRow.person_id)
            .where(DraftRow.saved_at < before, DraftRow.reminded_at.is_(None), PersonRow.unreachable_since.is_(None))
            .limit(most)
            .with_for_update(of=DraftRow, skip_locked=True)
        )
        ids = await self._session.scalars(
            update(DraftRow)
            .where(DraftRow.person_id.in_(due.scalar_subquery()))
            .values(reminded_at=self._clock.now())
            .returning(DraftRow.person_id)
        )
        rows = await self._session.execute(
            select(PersonRow, ConversationRow.language)
            .join(ConversationRow, ConversationRow.person_id == PersonRow.id)
            .where(PersonRow.id.in_(list(ids)))
        )
        return [Recipient(person.id, self._people.address(person), language) for person, language in rows]

    def opened(self, sealed: bytes) -> Draft:
        return _DRAFT.validate_json(self._seal.decrypt_bytes(sealed))

    async def _row(self, code: str) -> DraftRow | None:
        hashes = self._seal.lookup_hashes("draft code", code)
        return await self._session.scalar(select(DraftRow).where(DraftRow.code_hash.in_(hashes)))
