"""Each kind of event to its table."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import AnswerCommented, AnswerRated, Clock, Event, QuestionAsked
from db.models import CommentRow, QuestionRow, RatingRow
from db.repositories.upsert import insert


class SqlEvents:
    """See `bot.core.ports.Events`."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def write(self, person_id: int, events: Sequence[Event]) -> None:
        for event in events:
            await self._write(person_id, event)
        await self._session.flush()

    async def _write(self, person_id: int, event: Event) -> None:
        now = self._clock.now()
        match event:
            case QuestionAsked(language, kind, article, confidence):
                row = QuestionRow(language=language, kind=kind, article=article, confidence=confidence, asked_at=now)
                self._session.add(row)
            case AnswerCommented(article, language, comment):
                comment_row = CommentRow(article=article, language=language, comment=comment, commented_at=now)
                self._session.add(comment_row)
            case AnswerRated(article, language, rating):
                statement = insert(self._session, RatingRow).values(
                    person_id=person_id, article=article, language=language, rating=rating, rated_at=now
                )
                await self._session.execute(
                    statement.on_conflict_do_update(
                        index_elements=["person_id", "article", "language"],
                        set_={"rating": rating, "rated_at": now},
                    )
                )
