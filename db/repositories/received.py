"""Which messages were taken."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import Address, AlreadyReceived, Clock, Seal
from db.models import ReceivedRow
from db.repositories.upsert import insert


class SqlReceived:
    """See `bot.core.storage.Received`. Its INSERT is the first statement of a turn's transaction."""

    def __init__(self, session: AsyncSession, seal: Seal, clock: Clock) -> None:
        self._session = session
        self._seal = seal
        self._clock = clock

    def hash(self, address: Address, message_id: str) -> bytes:
        return self._seal.lookup_hash("message", address.channel, address.chat, message_id)

    async def add(self, address: Address, message_id: str) -> None:
        statement = insert(self._session, ReceivedRow).values(
            message_hash=self.hash(address, message_id), received_at=self._clock.now()
        )
        added = await self._session.scalar(statement.on_conflict_do_nothing().returning(ReceivedRow.message_hash))
        if added is None:
            raise AlreadyReceived
