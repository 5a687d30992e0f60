"""Keys of organizations, and the answers that their requests were given."""

import secrets
from collections.abc import Sequence
from typing import cast

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import Answered, ApiKey, Clock, Seal, StakeholderGroup
from db.models import ApiKeyRow, IdempotentAnswerRow
from db.repositories.upsert import insert

_ID_BITS = 62


class SqlApiKeys:
    """See `bot.core.archive.ApiKeys`."""

    def __init__(self, session: AsyncSession, seal: Seal, clock: Clock) -> None:
        self._session = session
        self._seal = seal
        self._clock = clock

    async def add(self, organization: str, group: StakeholderGroup, key: str) -> bool:
        statement = insert(self._session, ApiKeyRow).values(
            id=secrets.randbits(_ID_BITS),
            organization=organization,
            stakeholder_group=group,
            key_hash=self._seal.lookup_hash("api key", key),
            created_at=self._clock.now(),
        )
        added = await self._session.scalar(statement.on_conflict_do_nothing().returning(ApiKeyRow.id))
        return added is not None

    async def by_key(self, key: str) -> ApiKey | None:
        hashes = self._seal.lookup_hashes("api key", key)
        row = await self._session.scalar(select(ApiKeyRow).where(ApiKeyRow.key_hash.in_(hashes)))
        return None if row is None else _key(row)

    async def revoke(self, organization: str) -> bool:
        statement = delete(ApiKeyRow).where(ApiKeyRow.organization == organization)
        result = cast("CursorResult[object]", await self._session.execute(statement))
        return result.rowcount > 0

    async def all(self) -> Sequence[ApiKey]:
        rows = await self._session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.organization))
        return [_key(row) for row in rows]


class SqlIdempotency:
    """See `bot.core.archive.Idempotency`. Its INSERT is the first statement of the transaction."""

    def __init__(self, session: AsyncSession, seal: Seal, clock: Clock) -> None:
        self._session = session
        self._seal = seal
        self._clock = clock

    async def put(self, api_key_id: int, request_key: str, answered: Answered) -> Answered:
        hashes = self._seal.lookup_hashes("request key", request_key)
        statement = insert(self._session, IdempotentAnswerRow).values(
            api_key_id=api_key_id,
            request_hash=hashes[0],
            body_hash=answered.body_hash,
            seed_sealed=self._seal.encrypt(answered.seed),
            answer=answered.answer,
            answered_at=self._clock.now(),
        )
        await self._session.execute(statement.on_conflict_do_nothing())
        row = await self._session.scalar(
            select(IdempotentAnswerRow)
            .where(IdempotentAnswerRow.api_key_id == api_key_id, IdempotentAnswerRow.request_hash.in_(hashes))
            .order_by(IdempotentAnswerRow.answered_at)
            .limit(1)
        )
        if row is None:
            raise LookupError("an answer that was stored a moment ago is gone")
        return Answered(row.body_hash, self._seal.decrypt(row.seed_sealed), row.answer)


def _key(row: ApiKeyRow) -> ApiKey:
    return ApiKey(row.id, row.organization, StakeholderGroup(row.stakeholder_group), row.created_at)
