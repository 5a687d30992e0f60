"""Official documents: put, removed and read as a whole."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.core import Numbered, OfficialDocument
from db.models import DocumentRow, PassageRow


class SqlDocuments:
    """See `bot.core.storage.Documents`."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def put(self, document: OfficialDocument) -> bool:
        replaced = await self.remove(document.symbol, document.language)
        passages = [
            PassageRow(position=position, paragraph=each.paragraph, text=each.text, meaning=each.meaning)
            for position, each in enumerate(document.passages)
        ]
        self._session.add(
            DocumentRow(
                symbol=document.symbol,
                language=document.language,
                fingerprint=document.fingerprint,
                added_at=document.added,
                near=document.near,
                passages=passages,
            )
        )
        await self._session.flush()
        return replaced

    async def remove(self, symbol: str, language: str) -> bool:
        statement = delete(DocumentRow).where(DocumentRow.symbol == symbol, DocumentRow.language == language)
        result = cast("CursorResult[object]", await self._session.execute(statement))
        return result.rowcount > 0

    async def all(self) -> Sequence[OfficialDocument]:
        rows = await self._session.scalars(
            select(DocumentRow)
            .options(selectinload(DocumentRow.passages))
            .order_by(DocumentRow.symbol, DocumentRow.language)
        )
        return [
            OfficialDocument(
                row.symbol,
                row.language,
                row.fingerprint,
                row.added_at,
                row.near,
                tuple(Numbered(each.paragraph, each.text, each.meaning) for each in row.passages),
            )
            for row in rows
        ]

    async def state(self) -> str:
        counted = await self._session.execute(
            select(func.count(DocumentRow.id), func.max(DocumentRow.id), func.max(DocumentRow.added_at))
        )
        return " ".join(map(str, counted.one()))
