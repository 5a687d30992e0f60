"""One's own feedback: status, answers, changes, and the receipt that opens it anywhere."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.core import Address, Consent, Kind, Sender, Status, Submission, Wanted
from bot.correspondence import Correspondence
from db.unit_of_work import SqlDatabase
from tests.conftest import make_assistant
from tests.fakes.around import GROUPS, SENT_AN_HOUR
from tests.fakes.chat import FakeChannel, Person, sent_file
from tests.fakes.clock import FakeClock
from tests.giving import begin, give, labels
from tests.shipped import LANGUAGES

ANSWER = "We have asked the ministry."


@pytest.fixture
def working_group(database: SqlDatabase) -> Correspondence:
    return Correspondence(database, LANGUAGES, GROUPS)


async def the_one(database: SqlDatabase) -> Submission:
    async with database.begin() as work:
        (submission,) = await work.submissions.find(Wanted())
    return submission


async def open_mine(person: Person) -> None:
    await person.says("/mine")
    await person.presses(person.replies[-1].choices[0].value)


async def test_somebody_who_sent_nothing_is_told_how(person: Person) -> None:
    reply = await person.says("/mine")
    assert labels(reply) == ["Write feedback"]


async def test_mine_shows_status_group_and_words(person: Person) -> None:
    await give(person)
    await open_mine(person)
    shown = person.replies[-1].text
    assert shown.startswith("Received.")
    assert "Group on detention" in shown
    assert "old school" in shown


async def test_an_answer_arrives_as_a_message_and_can_be_answered(
    person: Person, database: SqlDatabase, working_group: Correspondence, channel: FakeChannel, clock: FakeClock
) -> None:
    receipt = await give(person)
    submission = await the_one(database)
    assert await working_group.answer(submission.reference, ANSWER, "en")
    clock.advance(timedelta(seconds=1))
    async with database.begin() as work:
        news, answer = [pending.reply for pending in await work.outbox.claim(["fake"], 10)]
    assert news.text == f"Group on detention has answered your feedback (receipt ending in {receipt[-4:]}):"
    assert answer.text == ANSWER
    person.replies = [answer]
    await person.taps("Answer")
    await person.says("Thank you. My number is +39 333 1234567.")
    async with database.begin() as work:
        first, second = await work.letters.of(submission.reference, original=False)
    assert (first.sender, first.text) == (Sender.WORKING_GROUP, ANSWER)
    assert second.sender is Sender.PERSON
    assert "333" not in second.text
    await open_mine(person)
    assert "Answered." in person.replies[-1].text
    assert ANSWER in person.replies[-1].text
    assert "+39 333 1234567" in person.replies[-1].text


async def test_in_the_browser_news_come_with_the_next_message(
    database: SqlDatabase, working_group: Correspondence
) -> None:
    visitor = Person(make_assistant(database), Address("web", "a visitor"))
    await give(visitor)
    await working_group.answer((await the_one(database)).reference, ANSWER, "en")
    await visitor.says("can I be locked up")
    assert [reply.text for reply in visitor.replies][1] == ANSWER
    assert visitor.replies[-1].title == "Can I be locked up?"
    await visitor.says("can I be locked up")
    assert len(visitor.replies) == 1


async def test_a_new_status_is_told_unless_it_is_muted(
    person: Person, database: SqlDatabase, working_group: Correspondence
) -> None:
    await give(person)
    reference = (await the_one(database)).reference
    assert await working_group.set_status(reference, Status.IN_REVIEW)
    await open_mine(person)
    await person.taps("Tell me no news")
    assert not await working_group.set_status(reference, Status.CLOSED)
    await open_mine(person)
    await person.taps("Tell me news here")
    assert await working_group.answer(reference, ANSWER, "en")


async def test_without_consent_nobody_writes(
    person: Person, database: SqlDatabase, working_group: Correspondence
) -> None:
    await give(person)
    await open_mine(person)
    await person.taps("Take back: The working group may write to me here")
    submission = await the_one(database)
    assert Consent.CONTACT not in submission.record.consents
    assert not await working_group.answer(submission.reference, ANSWER, "en")


async def test_it_can_be_changed_until_the_review_begins(
    person: Person, database: SqlDatabase, working_group: Correspondence
) -> None:
    await give(person)
    await open_mine(person)
    await person.taps("Change it")
    await person.taps("Change something")
    await person.taps("Country")
    await person.says("France")
    await person.taps("Save the changes")
    submission = await the_one(database)
    assert submission.record.country == "FR"
    await working_group.set_status(submission.reference, Status.IN_REVIEW)
    await open_mine(person)
    assert "Change it" not in labels(person.replies[-1])
    assert "being read" in (await person.presses(f"/record {submission.reference} change")).text


async def test_a_change_that_comes_after_the_review_began_changes_nothing(
    person: Person, database: SqlDatabase, working_group: Correspondence
) -> None:
    await give(person)
    submission = await the_one(database)
    await person.presses(f"/record {submission.reference} change")
    await person.presses("/f ask country")
    await person.says("France")
    await working_group.set_status(submission.reference, Status.IN_REVIEW)
    reply = await person.taps("Save the changes")
    assert "being read" in reply.text
    assert (await the_one(database)).record.country == "IT"


async def test_a_file_can_be_added_and_taken_out_while_it_is_changed(person: Person, database: SqlDatabase) -> None:
    await give(person)
    reference = (await the_one(database)).reference
    for expected in (1, 0):
        await person.presses(f"/record {reference} change")
        if expected:
            await person.sends(Kind.PHOTO, sent_file(b"picture", "image/png"))
        else:
            await person.presses("/f files clear")
            assert len((await the_one(database)).attachments) == 1
        await person.taps("Save the changes")
        assert len((await the_one(database)).attachments) == expected


async def test_changing_one_does_not_throw_another_draft_away(person: Person, database: SqlDatabase) -> None:
    await give(person)
    await begin(person)
    reply = await person.presses(f"/record {(await the_one(database)).reference} change")
    assert "Something else waits here" in reply.text
    assert (await person.taps("Go on with it")).title == "Step 2 of 6"


async def test_a_long_text_stays_one_submission_when_it_is_changed(person: Person, database: SqlDatabase) -> None:
    await give(person)
    await person.presses(f"/record {(await the_one(database)).reference} change")
    await person.presses("/f ask text")
    await person.says("My child may not go to school. " * 12)
    await person.taps("Go on")
    assert person.replies[-1].title == "Ready to send"
    await person.taps("Save the changes")
    assert "school" in (await the_one(database)).record.text


async def test_what_was_withdrawn_can_still_be_erased(person: Person, database: SqlDatabase) -> None:
    await give(person)
    reference = (await the_one(database)).reference
    await person.presses(f"/record {reference} withdraw yes")
    await open_mine(person)
    await person.taps("Erase it")
    await person.taps("Yes, erase it")
    assert (await the_one(database)).erased


async def test_withdrawing_asks_once_and_deletes_the_words(person: Person, database: SqlDatabase) -> None:
    await give(person)
    await open_mine(person)
    await person.taps("Withdraw it")
    await person.taps("Yes, withdraw it")
    submission = await the_one(database)
    assert (submission.status, submission.record.text) == (Status.WITHDRAWN, "")
    await open_mine(person)
    assert person.replies[-1].text.startswith("Withdrawn.")


async def test_a_receipt_opens_it_from_another_phone_without_the_words(person: Person, database: SqlDatabase) -> None:
    receipt = await give(person)
    elsewhere = Person(make_assistant(database), Address("web", "another phone"))
    for typed in (receipt, " ".join(receipt), receipt.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))):
        await elsewhere.says(typed)
        assert elsewhere.replies[-1].text.startswith("Received.")
        assert "old school" not in elsewhere.replies[-1].text
    await elsewhere.taps("Write to the working group")
    await elsewhere.says("Something to add.")
    async with database.begin() as work:
        (letter,) = await work.letters.of((await the_one(database)).reference, original=False)
    assert letter.text == "Something to add."


async def test_what_a_receipt_opened_opens_only_in_that_chat(person: Person, database: SqlDatabase) -> None:
    receipt = await give(person)
    elsewhere = Person(make_assistant(database), Address("web", "another phone"))
    reply = await elsewhere.says(receipt)
    write = next(choice.value for choice in reply.choices if choice.label == "Write to the working group")
    stranger = Person(make_assistant(database), Address("web", "a stranger"))
    assert "do not have this feedback" in (await stranger.presses(write)).text
    reference = (await the_one(database)).reference
    assert "do not have this feedback" in (await stranger.presses(f"/record {reference}")).text
    assert "do not have this feedback" in (await stranger.presses(f"/record {reference}. write")).text


async def test_whoever_writes_very_many_letters_has_to_wait(
    person: Person, database: SqlDatabase, clock: FakeClock
) -> None:
    await give(person)
    reference = (await the_one(database)).reference
    for _letter in range(SENT_AN_HOUR):
        await person.presses(f"/record {reference} write")
        assert "saved with your feedback" in (await person.says("One more thing.")).text
    await person.presses(f"/record {reference} write")
    assert "try again in an hour" in (await person.says("And another.")).text
    clock.advance(timedelta(hours=1, seconds=1))
    await person.presses(f"/record {reference} write")
    assert "saved with your feedback" in (await person.says("And another.")).text


async def test_a_wrong_digit_is_told_at_once(person: Person) -> None:
    receipt = await give(person)
    wrong = receipt[:-1] + str((int(receipt[-1]) + 1) % 10)
    assert "A digit of this number is wrong" in (await person.says(wrong)).text


async def test_whoever_guesses_receipts_is_slowed_down(person: Person, database: SqlDatabase, clock: FakeClock) -> None:
    receipt = await give(person)
    thief = Person(make_assistant(database), Address("web", "a thief"))
    for _try in range(5):
        assert "no such number" in (await thief.says("0000 0000 0000 0000")).text
    assert "Too many wrong numbers" in (await thief.says(receipt)).text
    assert "Received" in (await person.says(receipt)).text
    clock.advance(timedelta(minutes=1))
    assert "Received" in (await thief.says(receipt)).text


async def test_the_receipt_is_nowhere_in_the_database(person: Person, database: SqlDatabase) -> None:
    receipt = await give(person)
    async with database._engine.connect() as connection:
        tables = await connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        stored = [str(row) for name in tables.all() for row in await connection.execute(text(f"SELECT * FROM {name}"))]  # noqa: S608
    assert receipt not in "".join("".join(stored).split())
