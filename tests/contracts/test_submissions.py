"""Submissions, letters, drafts and files, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.core import (
    Address,
    Attachment,
    Consent,
    Conversation,
    Draft,
    FeedbackType,
    Intake,
    Kept,
    NewSubmission,
    Record,
    ReviewBegan,
    Sender,
    Status,
    UnknownSubmission,
    Wanted,
)
from bot.privacy.keys import Keys
from db.unit_of_work import SqlDatabase
from tests.conftest import make_assistant, migrated
from tests.fakes.around import GROUPS, REDACT
from tests.fakes.chat import Person
from tests.fakes.clock import FakeClock
from tests.giving import shortest_way

HERE = Address("fake", "4711")
DAY = timedelta(days=1)
RECORD = Record(
    text="They are locked up. Call +39 333 1234567.",
    language="en",
    country="IT",
    region="IT-82",
    objectives=(13, 6),
    feedback_type=FeedbackType.CONCERN,
    organization="Workers of the Port",
    consents=frozenset({Consent.KEEP, Consent.CONTACT}),
    consultation="imrf-2026",
)
INTAKE = Intake(REDACT, GROUPS)


@pytest.fixture
async def person_id(any_database: SqlDatabase) -> int:
    async with any_database.begin() as work:
        return await work.conversations.save(HERE, Conversation(language="fr", version=1))


@pytest.fixture
async def second_process(any_url: str, keys: Keys, clock: FakeClock) -> AsyncIterator[SqlDatabase]:
    async with migrated(any_url, keys, clock) as opened:
        yield opened


async def store(database: SqlDatabase, *records: Record, person_id: int | None = None) -> list[NewSubmission]:
    new = INTAKE.prepare(records or (RECORD,), "fake", source="a source")
    async with database.begin() as work:
        await work.submissions.add(new, person_id)
    return new


async def found(database: SqlDatabase, wanted: Wanted) -> list[str]:
    async with database.begin() as work:
        return [each.reference for each in await work.submissions.find(wanted)]


async def test_what_was_given_is_read_again_redacted(any_database: SqlDatabase, person_id: int) -> None:
    (new,) = await store(any_database, person_id=person_id)
    async with any_database.begin() as work:
        submission = await work.submissions.get(new.reference)
        original = await work.submissions.original(new.reference, "A. Reader", "to check")
    assert submission.record == replace(RECORD, text=new.shown)
    assert "333" not in new.shown
    assert original.record == RECORD
    assert (submission.status, submission.working_group) == (Status.NEW, "detention")
    assert submission.receipt_ending == new.receipt[-4:]


async def test_each_look_at_an_original_is_written_down(any_database: SqlDatabase) -> None:
    (new,) = await store(any_database)
    async with any_database.begin() as work:
        await work.submissions.original(new.reference, "A. Reader", "to check")
    async with any_database._engine.connect() as connection:
        rows = await connection.execute(text("SELECT reference, reader, reason FROM original_views"))
        assert [tuple(row) for row in rows] == [(new.reference, "A. Reader", "to check")]


async def test_a_look_at_nothing_is_an_error_and_leaves_no_trace(any_database: SqlDatabase) -> None:
    with pytest.raises(UnknownSubmission):
        async with any_database.begin() as work:
            await work.submissions.original("XXXXXXXX", "A. Reader", "to check")
    async with any_database._engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM original_views")) == 0


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        (Wanted(), True),
        (Wanted(status=Status.NEW, working_group="detention", objective=6, country="IT"), True),
        (Wanted(language="en", feedback_type=FeedbackType.CONCERN, consultation="imrf-2026"), True),
        (Wanted(objective=8), False),
        (Wanted(status=Status.CLOSED), False),
        (Wanted(country="FR"), False),
        (Wanted(sensitive=True), False),
        (Wanted(most=0), False),
    ],
)
async def test_submissions_are_found_by_their_codes(any_database: SqlDatabase, wanted: Wanted, is_found: bool) -> None:
    (new,) = await store(any_database)
    assert await found(any_database, wanted) == ([new.reference] if is_found else [])


async def test_submissions_are_found_by_the_day_newest_first(any_database: SqlDatabase, clock: FakeClock) -> None:
    first = (await store(any_database))[0].reference
    today = clock.now().date()
    clock.advance(DAY)
    second = (await store(any_database))[0].reference
    assert await found(any_database, Wanted()) == [second, first]
    assert await found(any_database, Wanted(until=today)) == [first]
    assert await found(any_database, Wanted(since=today + DAY)) == [second]
    assert await found(any_database, Wanted(most=1)) == [second]


async def test_sensitive_ones_are_found_only_when_asked_for(any_database: SqlDatabase) -> None:
    (new,) = await store(any_database, replace(RECORD, sensitive=True))
    assert await found(any_database, Wanted()) == []
    assert await found(any_database, Wanted(sensitive=True)) == [new.reference]


async def test_points_share_a_receipt_and_count_once(any_database: SqlDatabase, clock: FakeClock) -> None:
    new = await store(any_database, RECORD, replace(RECORD, text="Something else."))
    async with any_database.begin() as work:
        assert [each.reference for each in await work.submissions.of_receipt(new[0].receipt)] == [
            each.reference for each in new
        ]
        assert await work.submissions.sent_since(clock.now() - DAY, source="a source") == [clock.now()]
        assert await work.submissions.sent_since(clock.now() - DAY, source="another") == []


async def test_the_same_words_are_counted_whatever_their_punctuation(any_database: SqlDatabase) -> None:
    await store(any_database)
    (new,) = await store(any_database, replace(RECORD, text=RECORD.text.upper().replace(".", "!!")))
    async with any_database.begin() as work:
        assert (await work.submissions.get(new.reference)).copies == 2


async def test_editing_replaces_everything_until_the_review_begins(any_database: SqlDatabase) -> None:
    (new,) = await store(any_database)
    changed = replace(RECORD, text="Other words.", objectives=(8,), country="LY", region="")
    async with any_database.begin() as work:
        await work.submissions.edit(new.reference, changed, "Other words.")
    async with any_database.begin() as work:
        assert (await work.submissions.get(new.reference)).record == changed
        await work.submissions.set_status(new.reference, Status.IN_REVIEW)
    with pytest.raises(ReviewBegan):
        async with any_database.begin() as work:
            await work.submissions.edit(new.reference, RECORD, "x")


async def test_of_an_edit_and_a_review_that_race_one_waits_for_the_other(
    any_database: SqlDatabase, second_process: SqlDatabase
) -> None:
    (new,) = await store(any_database)

    async def edit() -> None:
        async with any_database.begin() as work:
            await work.submissions.edit(new.reference, replace(RECORD, country="FR"), "x")
            began.set()
            await asyncio.sleep(0.1)

    async def review() -> None:
        await began.wait()
        async with second_process.begin() as work:
            await work.submissions.set_status(new.reference, Status.IN_REVIEW)

    began = asyncio.Event()
    await asyncio.gather(edit(), review())
    async with any_database.begin() as work:
        submission = await work.submissions.get(new.reference)
    assert (submission.record.country, submission.status) == ("FR", Status.IN_REVIEW)


async def test_the_mailbox_keeps_both_sides_in_order(any_database: SqlDatabase) -> None:
    (new,) = await store(any_database)
    async with any_database.begin() as work:
        await work.letters.add(new.reference, Sender.PERSON, "My number is 333", "My number is [phone]", "en")
        await work.letters.add(new.reference, Sender.WORKING_GROUP, "Thanks.", "Thanks.", "en")
    async with any_database.begin() as work:
        own = [letter.text for letter in await work.letters.of(new.reference, original=True)]
        shown = [letter.text for letter in await work.letters.of(new.reference, original=False)]
    assert own == ["My number is 333", "Thanks."]
    assert shown == ["My number is [phone]", "Thanks."]


async def test_nobody_writes_to_what_is_not_there(any_database: SqlDatabase) -> None:
    with pytest.raises(UnknownSubmission):
        async with any_database.begin() as work:
            await work.letters.add("XXXXXXXX", Sender.PERSON, "x", "x", "en")


async def test_a_recipient_is_known_until_the_link_is_cut(
    any_database: SqlDatabase, person_id: int, clock: FakeClock
) -> None:
    (new,) = await store(any_database, person_id=person_id)
    async with any_database.begin() as work:
        recipient = await work.submissions.recipient(new.reference)
        assert recipient is not None
        assert (recipient.address, recipient.language) == (HERE, "fr")
        await work.submissions.set_status(new.reference, Status.CLOSED)
    clock.advance(timedelta(days=91))
    async with any_database.begin() as work:
        counts = await work.expired.delete(Kept())
        assert counts["links to people"] == 1
        assert await work.submissions.recipient(new.reference) is None


async def test_texts_grow_old_and_their_codes_stay(any_database: SqlDatabase, clock: FakeClock) -> None:
    (new,) = await store(any_database)
    async with any_database.begin() as work:
        await work.files.put(Attachment("a file", "image/png", 3), b"abc", None)
        await work.letters.add(new.reference, Sender.PERSON, "x", "x", "en")
    clock.advance(timedelta(days=731))
    async with any_database.begin() as work:
        counts = await work.expired.delete(Kept())
        submission = await work.submissions.get(new.reference)
        assert list(await work.letters.of(new.reference, original=False)) == []
        with pytest.raises(UnknownSubmission):
            await work.files.content("a file")
    assert counts["texts of submissions"] == 1
    assert submission.erased
    assert (submission.record.text, submission.record.organization) == ("", "")
    assert (submission.record.objectives, submission.record.country) == (RECORD.objectives, "IT")


async def test_a_draft_that_is_still_written_at_keeps_its_older_files(
    any_database: SqlDatabase, person_id: int, clock: FakeClock
) -> None:
    async with any_database.begin() as work:
        await work.files.put(Attachment("a file", "image/png", 3), b"abc", person_id)
        await work.drafts.put(person_id, Draft(record=RECORD))
    for _week in range(3):
        clock.advance(timedelta(days=7))
        async with any_database.begin() as work:
            await work.drafts.put(person_id, Draft(record=RECORD))
            await work.expired.delete(Kept())
    assert await counts_of(any_database, "drafts", "attachments") == [1, 1]


@pytest.mark.parametrize(("days", "left"), [(13, 1), (15, 0)])
async def test_a_draft_waits_fourteen_days(
    any_database: SqlDatabase, person_id: int, clock: FakeClock, days: int, left: int
) -> None:
    async with any_database.begin() as work:
        await work.drafts.put(person_id, Draft(record=RECORD))
        await work.files.put(Attachment("a file", "image/png", 3), b"abc", person_id)
    clock.advance(timedelta(days=days))
    async with any_database.begin() as work:
        await work.expired.delete(Kept())
    assert await counts_of(any_database, "drafts", "attachments") == [left, left]


async def test_a_draft_is_recalled_once(any_database: SqlDatabase, person_id: int, clock: FakeClock) -> None:
    async with any_database.begin() as work:
        await work.drafts.put(person_id, Draft(record=RECORD))
    clock.advance(DAY * 4)
    for expected in (1, 0):
        async with any_database.begin() as work:
            assert len(await work.drafts.to_remind(clock.now() - DAY * 3, 10)) == expected


async def test_a_draft_moves_with_its_files_by_its_code(any_database: SqlDatabase, person_id: int) -> None:
    draft = Draft(record=RECORD, at="country")
    async with any_database.begin() as work:
        other = await work.conversations.save(Address("web", "another"), Conversation(language="en", version=1))
        await work.drafts.put(person_id, draft)
        await work.files.put(Attachment("a file", "image/png", 3), b"abc", person_id)
        await work.drafts.give_code(person_id, "123456789012")
    async with any_database.begin() as work:
        assert await work.drafts.by_code("123456789012") == draft
        await work.drafts.take("123456789012", other)
    async with any_database.begin() as work:
        assert await work.drafts.of_person(other) == draft
        assert await work.drafts.of_person(person_id) is None
        assert await work.drafts.by_code("123456789012") is None
        assert await work.files.content("a file") == b"abc"


async def test_people_who_stay_silent_go_unless_an_answer_may_reach_them(
    any_database: SqlDatabase, person_id: int, clock: FakeClock
) -> None:
    async with any_database.begin() as work:
        await work.conversations.save(Address("web", "another"), Conversation(language="en", version=1))
    await store(any_database, person_id=person_id)
    clock.advance(timedelta(days=366))
    async with any_database.begin() as work:
        assert (await work.expired.delete(Kept()))["people"] == 1
    assert await counts_of(any_database, "people", "submissions") == [1, 1]


async def test_the_same_sending_at_two_processes_at_once_is_stored_once(
    any_database: SqlDatabase, second_process: SqlDatabase
) -> None:
    person = Person(make_assistant(any_database), HERE)
    acts = list(shortest_way())
    for act in acts[:-1]:
        await act.by(person)
    other = Person(make_assistant(second_process), HERE)
    replies = await asyncio.gather(
        person.presses("/f send", message_id="the same"), other.presses("/f send", message_id="the same")
    )
    assert replies[0].text == replies[1].text
    assert len(await found(any_database, Wanted())) == 1


async def test_two_processes_take_turns_in_one_flow(any_database: SqlDatabase, second_process: SqlDatabase) -> None:
    people = [Person(make_assistant(database), HERE) for database in (any_database, second_process)]
    for number, act in enumerate(shortest_way()):
        now, before = people[number % 2], people[number % 2 - 1]
        now.replies = before.replies
        await act.by(now)
    assert len(await found(any_database, Wanted())) == 1


async def counts_of(database: SqlDatabase, *tables: str) -> list[int]:
    async with database._engine.connect() as connection:
        return [int(await connection.scalar(text(f"SELECT count(*) FROM {name}"))) for name in tables]  # noqa: S608
