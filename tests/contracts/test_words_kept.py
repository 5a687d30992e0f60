"""Official documents, words kept for editors and passing replies, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import (
    Address,
    AnswerCommented,
    Conversation,
    FindingKind,
    Kept,
    Numbered,
    OfficialDocument,
    QuestionAsked,
    Reply,
)
from db.unit_of_work import SqlDatabase
from tests.fakes.clock import FakeClock

HERE = Address("fake", "4711")
NEW = Conversation(language="fr", version=1)
MONTH, DAY = timedelta(days=30), timedelta(days=1)
UNANSWERED = QuestionAsked("en", FindingKind.OUTSIDE, "", 0.1, unanswered="who pays my pension?")


@pytest.fixture
async def person_id(any_database: SqlDatabase) -> int:
    async with any_database.begin() as work:
        return await work.conversations.save(HERE, NEW)


def document(clock: FakeClock) -> OfficialDocument:
    passages = (Numbered("1", "First words.", b"\0\1"), Numbered("1(a)", "Second \u2019words\u2019.\n  As they stand."))
    return OfficialDocument("A/RES/73/195", "fr", "f" * 64, clock.now(), 0.5, passages)


async def all_documents(database: SqlDatabase) -> list[OfficialDocument]:
    async with database.begin() as work:
        return list(await work.documents.all())


async def test_a_document_is_read_as_it_was_put(any_database: SqlDatabase, clock: FakeClock) -> None:
    async with any_database.begin() as work:
        assert not await work.documents.put(document(clock))
    assert await all_documents(any_database) == [document(clock)]


async def test_a_document_takes_the_place_of_its_earlier_copy_alone(
    any_database: SqlDatabase, clock: FakeClock
) -> None:
    spanish = replace(document(clock), language="es")
    newer = replace(document(clock), passages=(Numbered("1", "Other words."),))
    async with any_database.begin() as work:
        await work.documents.put(document(clock))
        await work.documents.put(spanish)
    async with any_database.begin() as work:
        assert await work.documents.put(newer)
    assert await all_documents(any_database) == [spanish, newer]


async def test_a_removed_document_is_gone(any_database: SqlDatabase, clock: FakeClock) -> None:
    async with any_database.begin() as work:
        await work.documents.put(document(clock))
    async with any_database.begin() as work:
        assert not await work.documents.remove("A/RES/73/195", "es")
        assert await work.documents.remove("A/RES/73/195", "fr")
    assert await all_documents(any_database) == []


async def test_the_state_changes_with_every_change(any_database: SqlDatabase, clock: FakeClock) -> None:
    states = []
    for change in ("none", "put", "put again", "remove"):
        clock.advance(timedelta(seconds=1))
        async with any_database.begin() as work:
            if change.startswith("put"):
                await work.documents.put(document(clock))
            elif change == "remove":
                await work.documents.remove("A/RES/73/195", "fr")
        async with any_database.begin() as work:
            states.append(await work.documents.state())
    assert len({*states[:3]}) == 3
    assert states[3] != states[2]


async def test_what_was_asked_in_vain_is_read_newest_first(
    any_database: SqlDatabase, person_id: int, clock: FakeClock
) -> None:
    for words in ("first", "second", "third"):
        async with any_database.begin() as work:
            await work.events.write(person_id, [replace(UNANSWERED, unanswered=words)])
        clock.advance(DAY)
    async with any_database.begin() as work:
        assert [gap.words for gap in await work.gaps.all(2)] == ["third", "second"]


async def test_comments_come_with_their_article(any_database: SqlDatabase, person_id: int) -> None:
    async with any_database.begin() as work:
        await work.events.write(person_id, [AnswerCommented("detention", "fr", "Combien de temps ?")])
    async with any_database.begin() as work:
        (gap,) = await work.gaps.all(10)
    assert (gap.words, gap.language, gap.article) == ("Combien de temps ?", "fr", "detention")


async def test_an_answered_question_leaves_no_words(any_database: SqlDatabase, person_id: int) -> None:
    async with any_database.begin() as work:
        await work.events.write(person_id, [replace(UNANSWERED, unanswered="")])
    async with any_database.begin() as work:
        assert list(await work.gaps.all(10)) == []


async def test_words_go_when_their_time_is_over(any_database: SqlDatabase, person_id: int, clock: FakeClock) -> None:
    async with any_database.begin() as work:
        await work.events.write(person_id, [UNANSWERED])
    clock.advance(MONTH)
    async with any_database.begin() as work:
        assert sum((await work.expired.delete(Kept(words=MONTH))).values()) == 0
    clock.advance(DAY)
    async with any_database.begin() as work:
        assert (await work.expired.delete(Kept(words=MONTH)))["questions without an answer"] == 1
        assert list(await work.gaps.all(10)) == []


async def test_a_passing_reply_goes_when_it_has_arrived(any_database: SqlDatabase, person_id: int) -> None:
    async with any_database.begin() as work:
        replies = [Reply("stays"), Reply("goes", passing=True)]
        for pending in await work.outbox.add(person_id, HERE, "1", replies, fetched=False):
            await work.outbox.delivered(pending.id)
    async with any_database.begin() as work:
        assert [reply.text for reply in await work.outbox.replies_to(HERE, "1")] == ["stays"]


async def test_a_passing_reply_that_is_fetched_may_be_fetched_again_for_an_hour(
    any_database: SqlDatabase, person_id: int, clock: FakeClock
) -> None:
    async with any_database.begin() as work:
        await work.outbox.add(person_id, HERE, "1", [Reply("goes", passing=True)], fetched=True)
        assert len(await work.outbox.replies_to(HERE, "1")) == 1
    clock.advance(timedelta(hours=1, seconds=1))
    async with any_database.begin() as work:
        await work.expired.delete(Kept(words=MONTH))
        assert await work.outbox.replies_to(HERE, "1") == []
