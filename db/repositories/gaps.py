"""What people asked in vain."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import Gap
from db.models import CommentRow, GapRow


class SqlGaps:
    """See `bot.core.storage.Gaps`."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self, most: int) -> Sequence[Gap]:
        asked = await self._session.scalars(select(GapRow).order_by(GapRow.asked_on.desc(), GapRow.id).limit(most))
        missed = await self._session.scalars(select(CommentRow).order_by(CommentRow.id.desc()).limit(most))
        return [
            *(Gap(row.words, row.language, row.asked_on) for row in asked),
            *(Gap(row.comment, row.language, row.commented_at.date(), row.article) for row in missed),
        ]
