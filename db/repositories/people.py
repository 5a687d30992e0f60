"""People by address. Used by the other repositories; nothing outside needs a person as such."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import About, Address, Clock, Seal
from db.models import ConversationRow, PersonRow, RatingRow
from db.repositories.upsert import insert


class SqlPeople:
    """Finds people by the keyed hash of their address."""

    def __init__(self, session: AsyncSession, seal: Seal, clock: Clock) -> None:
        self._session = session
        self._seal = seal
        self._clock = clock

    def hash(self, address: Address) -> bytes:
        return address_hash(self._seal, address)

    def address(self, row: PersonRow) -> Address:
        return Address(row.channel, self._seal.decrypt(row.address_encrypted))

    async def add(self, address: Address) -> int | None:
        """Add a person and return the id, or None if another process just did."""
        statement = insert(self._session, PersonRow).values(
            channel=address.channel,
            address_hash=self.hash(address),
            address_encrypted=self._seal.encrypt(address.chat),
            created_at=self._clock.now(),
        )
        return await self._session.scalar(statement.on_conflict_do_nothing().returning(PersonRow.id))

    async def mark_unreachable(self, address: Address) -> int | None:
        """Note since when a person cannot be reached, and return the id."""
        return await self._session.scalar(
            update(PersonRow)
            .where(PersonRow.address_hash == self.hash(address))
            .values(unreachable_since=self._clock.now())
            .returning(PersonRow.id)
        )

    async def about(self, person_id: int) -> About:
        """See `bot.core.storage.People`."""
        found = await self._session.execute(
            select(PersonRow.channel, PersonRow.created_at, ConversationRow.language)
            .join(ConversationRow, ConversationRow.person_id == PersonRow.id)
            .where(PersonRow.id == person_id)
        )
        ratings = await self._session.execute(
            select(RatingRow.article, RatingRow.language, RatingRow.rating).where(RatingRow.person_id == person_id)
        )
        return About(*found.one(), ratings=[(article, language, rating) for article, language, rating in ratings])

    async def by_id(self, person_ids: set[int]) -> dict[int, Address]:
        rows = await self._session.scalars(select(PersonRow).where(PersonRow.id.in_(person_ids)))
        return {row.id: self.address(row) for row in rows}


def address_hash(seal: Seal, address: Address) -> bytes:
    """What a person is found by."""
    return seal.lookup_hash("address", address.channel, address.chat)
