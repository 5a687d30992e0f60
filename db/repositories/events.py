"""Each kind of event to its table."""

import secrets
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import AnswerCommented, AnswerRated, Clock, Event, QuestionAsked
from db.models import CommentRow, GapRow, QuestionRow, RatingRow
from db.repositories.feedback_events import SqlFeedbackEvents
from db.repositories.upsert import insert

# Random and not counted up, so that the order of the rows does not tell who asked before whom.
_GAP_ID_BITS = 63


class SqlEvents:
    """See `bot.core.storage.Events`."""

    def __init__(self, session: AsyncSession, clock: Clock, feedback: SqlFeedbackEvents) -> None:
        self._session = session
        self._clock = clock
        self._feedback = feedback

    async def write(self, person_id: int, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, QuestionAsked | AnswerRated | AnswerCommented):
                await self._write(person_id, event)
            else:
                await self._feedback.write(person_id, event)
        await self._session.flush()

    async def _write(self, person_id: int, event: QuestionAsked | AnswerRated | AnswerCommented) -> None:
        now = self._clock.now()
        # To the day: by the minute it would lead to the conversation that was saved in the same moment.
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        match event:
            case QuestionAsked(language, kind, article, confidence, unanswered):
                row = QuestionRow(language=language, kind=kind, article=article, confidence=confidence, asked_at=day)
                self._session.add(row)
                if unanswered:
                    gap_id = secrets.randbits(_GAP_ID_BITS)
                    self._session.add(GapRow(id=gap_id, language=language, words=unanswered, asked_on=now.date()))
            case AnswerCommented(article, language, comment):
                comment_row = CommentRow(article=article, language=language, comment=comment, commented_at=day)
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
