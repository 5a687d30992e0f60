"""What the repositories promise, on SQLite and on PostgreSQL."""

import json
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest
from sqlalchemy import text

from bot.core import (
    Address,
    AlreadyReceived,
    AnswerRated,
    Choice,
    Conversation,
    Kept,
    Rating,
    Reply,
    Source,
    StaleConversation,
)
from db.unit_of_work import SqlDatabase
from tests.fakes.clock import FakeClock

HERE = Address("fake", "4711")
THERE = Address("fake", "4712")
NEW = Conversation(language="fr", version=1)
REPLY = Reply(
    "Text",
    title="Title",
    choices=(Choice("/open detention", "Detention"),),
    sources=(Source("A/RES/73/195", "29", "label", "https://undocs.org/fr/A/RES/73/195"),),
    language="fr",
)


@pytest.fixture
async def person_id(any_database: SqlDatabase) -> int:
    async with any_database.begin() as work:
        return await work.conversations.save(HERE, NEW)


async def test_a_conversation_is_loaded_as_it_was_saved(any_database: SqlDatabase) -> None:
    conversation = replace(
        NEW,
        language_chosen=True,
        step="rating.take_comment",
        answers=MappingProxyType({"article": "detention"}),
        offered=(Choice("rating.take_comment=skip", "Passer"),),
        asked_languages=("ar", "fr"),
    )
    async with any_database.begin() as work:
        person_id = await work.conversations.save(HERE, conversation)
    async with any_database.begin() as work:
        assert await work.conversations.load(HERE) == replace(conversation, person_id=person_id)
        assert await work.conversations.load(THERE) is None


async def test_saving_on_an_old_version_is_refused(any_database: SqlDatabase, person_id: int) -> None:
    second = replace(NEW, person_id=person_id, version=2)
    async with any_database.begin() as work:
        await work.conversations.save(HERE, second)
    with pytest.raises(StaleConversation):
        async with any_database.begin() as work:
            await work.conversations.save(HERE, second)


@pytest.mark.usefixtures("person_id")
async def test_a_person_cannot_be_added_twice(any_database: SqlDatabase) -> None:
    with pytest.raises(StaleConversation):
        async with any_database.begin() as work:
            await work.conversations.save(HERE, NEW)


async def test_a_message_is_taken_once_for_each_chat(any_database: SqlDatabase) -> None:
    async with any_database.begin() as work:
        await work.received.add(HERE, "1")
        await work.received.add(THERE, "1")
    with pytest.raises(AlreadyReceived):
        async with any_database.begin() as work:
            await work.received.add(HERE, "1")


async def test_an_error_leaves_nothing_behind(any_database: SqlDatabase) -> None:
    async def fail_half_way() -> None:
        async with any_database.begin() as work:
            await work.received.add(HERE, "1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_half_way()
    async with any_database.begin() as work:
        await work.received.add(HERE, "1")


async def test_a_reply_belongs_to_its_process_until_the_lease_runs_out(
    any_database: SqlDatabase, person_id: int, clock: FakeClock
) -> None:
    async with any_database.begin() as work:
        (pending,) = await work.outbox.add(person_id, HERE, "1", [REPLY], fetched=False)
    async with any_database.begin() as work:
        assert await work.outbox.claim(["fake"], 10) == []
    clock.advance(timedelta(seconds=61))
    async with any_database.begin() as work:
        (claimed,) = await work.outbox.claim(["fake"], 10)
    assert claimed == replace(pending, attempts=1)
    async with any_database.begin() as work:
        assert await work.outbox.claim(["fake"], 10) == []


async def test_a_delivered_reply_is_never_claimed_again(
    any_database: SqlDatabase, person_id: int, clock: FakeClock
) -> None:
    async with any_database.begin() as work:
        (pending,) = await work.outbox.add(person_id, HERE, "1", [REPLY], fetched=False)
        await work.outbox.delivered(pending.id)
    clock.advance(timedelta(hours=1))
    async with any_database.begin() as work:
        assert await work.outbox.claim(["fake"], 10) == []
        assert await work.outbox.replies_to(HERE, "1") == [REPLY]
        assert await work.outbox.replies_to(THERE, "1") == []


async def test_only_channels_of_this_process_are_claimed(
    any_database: SqlDatabase, person_id: int, clock: FakeClock
) -> None:
    async with any_database.begin() as work:
        await work.outbox.add(person_id, HERE, "1", [REPLY], fetched=False)
    clock.advance(timedelta(hours=1))
    async with any_database.begin() as work:
        assert await work.outbox.claim(["other"], 10) == []


async def test_postponed_replies_wait_that_long_and_keep_their_order(
    any_database: SqlDatabase, person_id: int, clock: FakeClock
) -> None:
    replies = [replace(REPLY, text=str(number)) for number in range(3)]
    async with any_database.begin() as work:
        pending = await work.outbox.add(person_id, HERE, "1", replies, fetched=False)
        await work.outbox.postpone([each.id for each in pending], seconds=300)
    clock.advance(timedelta(seconds=299))
    async with any_database.begin() as work:
        assert await work.outbox.claim(["fake"], 10) == []
    clock.advance(timedelta(seconds=2))
    async with any_database.begin() as work:
        claimed = await work.outbox.claim(["fake"], 10)
    assert [each.reply.text for each in claimed] == ["0", "1", "2"]


async def test_giving_up_on_a_person_drops_what_waits_for_them_alone(
    any_database: SqlDatabase, person_id: int, clock: FakeClock
) -> None:
    async with any_database.begin() as work:
        other = await work.conversations.save(THERE, NEW)
        await work.outbox.add(person_id, HERE, "1", [REPLY], fetched=False)
        await work.outbox.add(other, THERE, "1", [REPLY], fetched=False)
        await work.outbox.give_up(HERE)
    clock.advance(timedelta(hours=1))
    async with any_database.begin() as work:
        assert [each.address for each in await work.outbox.claim(["fake"], 10)] == [THERE]


async def test_rating_again_replaces_the_rating(any_database: SqlDatabase, person_id: int) -> None:
    for rating in (Rating.YES, Rating.NO):
        async with any_database.begin() as work:
            await work.events.write(person_id, [AnswerRated("detention", "fr", rating)])


async def test_what_was_kept_long_enough_is_deleted(
    any_database: SqlDatabase, person_id: int, clock: FakeClock
) -> None:
    async with any_database.begin() as work:
        await work.received.add(HERE, "1")
        (waiting, done) = await work.outbox.add(person_id, HERE, "1", [REPLY, REPLY], fetched=False)
        await work.outbox.delivered(done.id)
    clock.advance(timedelta(days=2, seconds=1))
    async with any_database.begin() as work:
        assert sum((await work.expired.delete(Kept())).values()) == 2
    async with any_database.begin() as work:
        assert [each.id for each in await work.outbox.claim(["fake"], 10)] == [waiting.id]


async def test_replies_that_were_saved_before_they_were_sealed_are_still_delivered(
    any_database: SqlDatabase, person_id: int, clock: FakeClock
) -> None:
    async with any_database.begin() as work:
        await work.outbox.add(person_id, HERE, "1", [REPLY], fetched=False)
    plain = {"text": "An older one.", "title": "", "note": "", "language": "fr", "choices": [], "sources": []}
    async with any_database._engine.begin() as connection:
        await connection.execute(text("UPDATE outbox SET reply = :reply"), {"reply": json.dumps(plain)})
    clock.advance(timedelta(minutes=2))
    async with any_database.begin() as work:
        assert [each.reply for each in await work.outbox.claim(["fake"], 10)] == [Reply("An older one.", language="fr")]


async def test_a_saved_reply_cannot_be_read_in_the_database(any_database: SqlDatabase, person_id: int) -> None:
    async with any_database.begin() as work:
        await work.outbox.add(person_id, HERE, "1", [Reply("Your receipt: 1234")], fetched=False)
    async with any_database._engine.connect() as connection:
        saved = str((await connection.execute(text("SELECT reply FROM outbox"))).all())
    assert "receipt" not in saved
