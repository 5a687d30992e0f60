"""Conversations, saved only on the version they were loaded at."""

from types import MappingProxyType

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import Address, Choice, Clock, Conversation, Draft, StaleConversation
from db.models import ConversationRow, DraftRow, PersonRow
from db.repositories.drafts import SqlDrafts
from db.repositories.people import SqlPeople


class SqlConversations:
    """See `bot.core.storage.Conversations`."""

    def __init__(self, session: AsyncSession, people: SqlPeople, drafts: SqlDrafts, clock: Clock) -> None:
        self._session = session
        self._people = people
        self._drafts = drafts
        self._clock = clock

    async def load(self, address: Address) -> Conversation | None:
        found = await self._session.execute(
            select(ConversationRow, DraftRow.content_sealed)
            .join(PersonRow, PersonRow.id == ConversationRow.person_id)
            .outerjoin(DraftRow, DraftRow.person_id == ConversationRow.person_id)
            .where(PersonRow.address_hash == self._people.hash(address))
        )
        row = found.one_or_none()
        if row is None:
            return None
        sealed = row[1]
        return _conversation(row[0], None if sealed is None else self._drafts.opened(sealed))

    async def save(self, address: Address, conversation: Conversation) -> int:
        """Write it and return the person's id; one INSERT or UPDATE decides who was first."""
        if conversation.person_id is None:
            return await self._add(address, conversation)
        saved = await self._session.scalar(
            update(ConversationRow)
            .where(ConversationRow.person_id == conversation.person_id)
            .where(ConversationRow.version == conversation.version - 1)
            .values(_columns(conversation) | {"updated_at": self._clock.now()})
            .returning(ConversationRow.version)
        )
        if saved is None:
            raise StaleConversation
        return conversation.person_id

    async def _add(self, address: Address, conversation: Conversation) -> int:
        person_id = await self._people.add(address)
        if person_id is None:
            raise StaleConversation
        columns = _columns(conversation)
        self._session.add(ConversationRow(person_id=person_id, updated_at=self._clock.now(), **columns))
        await self._session.flush()
        return person_id


def _columns(conversation: Conversation) -> dict[str, object]:
    return {
        "language": conversation.language,
        "language_chosen": conversation.language_chosen,
        "step": conversation.step,
        "answers": dict(conversation.answers),
        "offered": [[choice.value, choice.label] for choice in conversation.offered],
        "asked_languages": list(conversation.asked_languages),
        "version": conversation.version,
    }


def _conversation(row: ConversationRow, draft: Draft | None) -> Conversation:
    return Conversation(
        language=row.language,
        language_chosen=row.language_chosen,
        person_id=row.person_id,
        step=row.step,
        answers=MappingProxyType(row.answers),
        offered=tuple(Choice(value, label) for value, label in row.offered),
        asked_languages=tuple(row.asked_languages),
        version=row.version,
        draft=draft,
    )
