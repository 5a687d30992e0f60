"""What submitters hear: answers in their language, little about what is sensitive, one reminder."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import Address, Consent, Conversation, Draft, Intake, Record, Reply, Status, UnknownSubmission
from bot.correspondence import Correspondence, remind
from db.unit_of_work import SqlDatabase
from tests.conftest import make_assistant
from tests.fakes.around import GROUPS, REDACT
from tests.fakes.chat import Person
from tests.fakes.clock import FakeClock
from tests.giving import begin
from tests.shipped import LANGUAGES

HERE = Address("fake", "4711")
THREE_DAYS = timedelta(days=3)
RECORD = Record(
    text="They are locked up.",
    language="fr",
    objectives=(13,),
    consents=frozenset({Consent.KEEP, Consent.CONTACT}),
)


@pytest.fixture
async def person_id(any_database: SqlDatabase) -> int:
    async with any_database.begin() as work:
        return await work.conversations.save(HERE, Conversation(language="fr", version=1))


@pytest.fixture
def working_group(any_database: SqlDatabase) -> Correspondence:
    return Correspondence(any_database, LANGUAGES, GROUPS)


async def store(database: SqlDatabase, record: Record, person_id: int | None) -> str:
    new = Intake(REDACT, GROUPS).prepare([record], "fake")
    async with database.begin() as work:
        await work.submissions.add(new, person_id)
    return new[0].reference


async def posted(database: SqlDatabase, clock: FakeClock) -> list[Reply]:
    clock.advance(timedelta(seconds=1))
    async with database.begin() as work:
        return [pending.reply for pending in await work.outbox.claim(["fake"], 10)]


async def test_the_news_are_in_the_persons_language_and_the_answer_in_its_own(
    any_database: SqlDatabase, working_group: Correspondence, person_id: int, clock: FakeClock
) -> None:
    reference = await store(any_database, RECORD, person_id)
    assert await working_group.answer(reference, "We asked the ministry.", "en")
    news, answer = await posted(any_database, clock)
    assert (news.language, answer.language) == ("fr", "en")
    assert answer.text == "We asked the ministry."
    assert {choice.value.partition(" ")[0] for choice in answer.choices} == {"/record"}


async def test_of_something_sensitive_no_more_is_said_than_that_there_is_an_answer(
    any_database: SqlDatabase, working_group: Correspondence, person_id: int, clock: FakeClock
) -> None:
    reference = await store(any_database, replace(RECORD, sensitive=True), person_id)
    await working_group.answer(reference, "About the guard.", "en")
    (news,) = await posted(any_database, clock)
    assert "guard" not in news.text
    assert "detention" not in news.text


@pytest.mark.parametrize("consents", [frozenset({Consent.KEEP}), RECORD.consents])
async def test_who_did_not_agree_or_has_no_chat_finds_the_answer_by_receipt_alone(
    any_database: SqlDatabase, working_group: Correspondence, person_id: int, consents: frozenset[Consent]
) -> None:
    agreed = Consent.CONTACT in consents
    reference = await store(any_database, replace(RECORD, consents=consents), None if agreed else person_id)
    assert not await working_group.answer(reference, "We asked.", "en")
    async with any_database.begin() as work:
        (letter,) = await work.letters.of(reference, original=True)
    assert letter.text == "We asked."


async def test_what_was_withdrawn_is_not_answered_and_stays_withdrawn(
    any_database: SqlDatabase, working_group: Correspondence, person_id: int
) -> None:
    reference = await store(any_database, RECORD, person_id)
    async with any_database.begin() as work:
        await work.submissions.withdraw(reference)
    for act in (working_group.answer(reference, "x", "en"), working_group.set_status(reference, Status.CLOSED)):
        with pytest.raises(UnknownSubmission):
            await act
    async with any_database.begin() as work:
        assert (await work.submissions.get(reference)).status is Status.WITHDRAWN


async def test_a_draft_is_recalled_once_in_the_persons_language(
    any_database: SqlDatabase, person_id: int, clock: FakeClock
) -> None:
    async with any_database.begin() as work:
        await work.drafts.put(person_id, Draft(record=RECORD))
    clock.advance(THREE_DAYS - timedelta(hours=1))
    await remind(any_database, LANGUAGES, clock, THREE_DAYS)
    assert await posted(any_database, clock) == []
    clock.advance(timedelta(hours=2))
    for expected in (1, 0):
        await remind(any_database, LANGUAGES, clock, THREE_DAYS)
        replies = await posted(any_database, clock)
        assert len(replies) == expected
        assert all(reply.language == "fr" for reply in replies)


async def test_the_reminder_leads_back_to_the_step(database: SqlDatabase, clock: FakeClock) -> None:
    visitor = Person(make_assistant(database), Address("web", "a visitor"))
    await begin(visitor)
    clock.advance(THREE_DAYS + timedelta(hours=1))
    await remind(database, LANGUAGES, clock, THREE_DAYS)
    await visitor.says("can I be locked up")
    assert "did not send it" in visitor.replies[0].text
    assert (await visitor.taps("Go on with it")).title == "Step 2 of 6"
