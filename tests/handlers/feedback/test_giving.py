"""Giving feedback in the chat: few taps, nothing that has to be tapped, nothing lost."""

from datetime import timedelta

import pytest

from bot.core import MOST_CHARACTERS, Address, Consent, FeedbackType, SpeakingFor, StakeholderGroup, Submission, Wanted
from db.unit_of_work import SqlDatabase
from tests.conftest import make_assistant
from tests.fakes.chat import Person
from tests.fakes.clock import FakeClock
from tests.giving import QUESTION, TEXT, begin, give, own_texts, receipt_in, shortest_way

MOST_TAPS = 10


async def sent(database: SqlDatabase, *, sensitive: bool = False) -> list[Submission]:
    async with database.begin() as work:
        return list(await work.submissions.find(Wanted(sensitive=sensitive)))


async def the_one(database: SqlDatabase) -> Submission:
    (submission,) = await sent(database)
    return submission


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", QUESTION), ("ar", "هل احتجاز المهاجرين مسموح"), ("fr", "Est-ce qu’on peut m’enfermer en France ?")],
)
async def test_from_an_answer_to_a_sent_record_in_ten_taps_and_one_text(
    person: Person, database: SqlDatabase, language: str, question: str
) -> None:
    person.locale = language
    acts = list(shortest_way(language, question=question))
    for act in acts:
        await act.by(person)
    after_the_answer = acts[1:]
    assert sum(bool(act.label) for act in after_the_answer) <= MOST_TAPS
    assert sum(bool(act.words) for act in after_the_answer) == 1
    submission = await the_one(database)
    record = submission.record
    assert (record.text, record.country, record.objectives) == (TEXT, "IT", (13,))
    assert (record.group, record.feedback_type) == (StakeholderGroup.CIVIL_SOCIETY, FeedbackType.CONCERN)
    assert record.consents == {Consent.KEEP, Consent.CONTACT}
    assert submission.working_group == "detention"
    assert person.replies[-1].title == own_texts(language).gettext("Sent")


async def test_everything_may_be_written_instead_of_tapped(person: Person, database: SqlDatabase) -> None:
    await person.says("/feedback")
    for words in (TEXT, "go on", "13, 6", "Trade union", "For my organization", "Workers of the Port", "italia"):
        await person.says(words)
    for words in ("good practice", "go on", "i agree: send it"):
        await person.says(words)
    record = (await the_one(database)).record
    assert record.objectives == (13, 6)
    assert (record.group, record.speaking_for) == (StakeholderGroup.TRADE_UNION, SpeakingFor.ORGANIZATION)
    assert (record.organization, record.country) == ("Workers of the Port", "IT")
    assert record.feedback_type is FeedbackType.GOOD_PRACTICE


async def test_feedback_goes_on_in_the_language_of_the_answer(person: Person) -> None:
    await person.says("هل احتجاز المهاجرين مسموح في بلدكم؟")
    button = own_texts("ar").gettext("Is this happening where you are? Tell the working group")
    reply = await person.taps(button)
    assert (reply.language, reply.title) == ("ar", own_texts("ar").gettext("Step {number} of {all}", number=1, all=6))
    await person.says("إنهم يحتجزون الناس.")
    assert person.replies[-1].language == "ar"


async def test_progress_is_shown(person: Person) -> None:
    assert (await person.says("/feedback")).title == "Step 1 of 6"
    await person.says(TEXT)
    assert (await person.taps("Go on")).title == "Step 2 of 6"
    assert (await person.taps("Yes, go on")).title == "Step 3 of 6"


async def test_the_notice_comes_before_the_first_word_is_stored(person: Person) -> None:
    reply = await person.says("/feedback")
    assert "/delete" in reply.text
    assert "/privacy" in reply.text


async def test_several_messages_make_one_text(person: Person, database: SqlDatabase) -> None:
    await person.says("/feedback")
    await person.says("They are locked up.")
    await person.says("And nobody tells them why.")
    for label in (
        "Go on",
        "Yes, go on",
        "Rather not say",
        "Skip",
        "Skip",
        "None of these",
        "Go on",
        "I agree: send it",
    ):
        await person.taps(label)
    assert (await the_one(database)).record.text == "They are locked up.\n\nAnd nobody tells them why."


async def test_a_text_may_have_ten_thousand_characters_and_not_one_more(person: Person, database: SqlDatabase) -> None:
    await person.says("/feedback")
    await person.says("x" * (MOST_CHARACTERS - 5))
    await person.says("too much")
    assert "I did not add it" in person.replies[0].text
    await person.says("abc")
    assert str(MOST_CHARACTERS) in (await person.says("/f go")).text


async def test_going_back_changes_an_answer_and_leads_on_to_where_one_was(
    person: Person, database: SqlDatabase
) -> None:
    await begin(person)
    await person.taps("Yes, go on")
    await person.taps("Migrant")
    await person.taps("« Back")
    reply = await person.taps("Academia")
    assert reply.text == "For whom do you speak?"
    await person.taps("For myself")
    assert "Which country" in person.replies[-1].text


async def test_an_older_button_still_changes_its_answer(person: Person, database: SqlDatabase) -> None:
    await begin(person)
    await person.taps("Yes, go on")
    await person.presses("/f group migrant")
    await person.presses("/f speaking oneself")
    await person.presses("/f group diaspora")
    for label in ("Italy", "Concern", "Go on", "I agree: send it"):
        await person.taps(label)
    assert (await the_one(database)).record.group is StakeholderGroup.DIASPORA


async def test_every_answer_can_be_changed_on_the_card(person: Person, database: SqlDatabase) -> None:
    acts = list(shortest_way())
    for act in acts[:-1]:
        await act.by(person)
    await person.taps("Change something")
    await person.taps("Country")
    reply = await person.says("Libya")
    assert reply.title == "Ready to send"
    assert "Libya" in reply.text
    await person.taps("Add region, age or gender")
    await person.taps("Gender")
    await person.taps("Woman")
    await person.taps("I agree: send it")
    record = (await the_one(database)).record
    assert (record.country, record.gender) == ("LY", "woman")


async def test_a_region_is_never_finer_than_the_list(person: Person, database: SqlDatabase) -> None:
    acts = list(shortest_way())
    for act in acts[:-1]:
        await act.by(person)
    await person.taps("Add region, age or gender")
    await person.taps("Region")
    reply = await person.says("Via Roma 5, Palermo")
    assert "I do not find this region" in reply.text
    await person.says("sicilia")
    await person.taps("I agree: send it")
    assert (await the_one(database)).record.region == "IT-82"


async def test_cancelling_asks_once_and_deletes(person: Person, database: SqlDatabase) -> None:
    await begin(person)
    await person.taps("Cancel")
    await person.taps("No, go on with it")
    assert person.replies[-1].title == "Step 2 of 6"
    await person.taps("Cancel")
    await person.taps("Yes, delete it")
    assert "nothing here that waits" in (await person.says("/f go")).text


async def test_a_question_in_the_middle_is_answered_and_the_step_comes_back(person: Person) -> None:
    await begin(person)
    await person.taps("Yes, go on")
    await person.says("but can I be locked up")
    assert person.replies[0].title == "Can I be locked up?"
    assert person.replies[-1].title == "Step 3 of 6"


async def test_a_question_is_no_name_of_an_organization(person: Person) -> None:
    await begin(person)
    for label in ("Yes, go on", "Trade union", "For my organization"):
        await person.taps(label)
    await person.says("Can they be locked up for this?")
    assert person.replies[0].title == "Can I be locked up?"
    assert "What is your organization called" in person.replies[-1].text


async def test_what_looked_like_a_question_can_be_added_to_the_text(person: Person, database: SqlDatabase) -> None:
    await person.says("/feedback")
    await person.says("Why are they locked up?")
    assert person.replies[0].title == "Can I be locked up?"
    await person.taps("Add what I just wrote to my text")
    for label in ("Go on", "Yes, go on", "Rather not say", "Skip", "Skip", "Question", "Go on", "I agree: send it"):
        await person.taps(label)
    assert (await the_one(database)).record.text == "Why are they locked up?"


async def test_another_topic_in_the_middle_leads_back(person: Person) -> None:
    await begin(person)
    await person.says("/open detention")
    reply = await person.taps("« Back to my feedback")
    assert reply.title == "Step 2 of 6"


async def test_words_that_are_no_answer_lead_back_to_the_step(person: Person) -> None:
    await begin(person)
    await person.taps("Yes, go on")
    await person.says("mmmh")
    assert "Please tap one of these" in person.replies[0].text
    assert person.replies[-1].title == "Step 3 of 6"


async def test_several_points_are_sent_one_by_one_under_one_receipt(person: Person, database: SqlDatabase) -> None:
    about = ("People are locked up without a reason. " * 6).strip(), ("My child may not go to school. " * 6).strip()
    await begin(person, "\n\n".join(about))
    assert "2 things" in person.replies[-1].text
    await person.taps("Send them one by one")
    for label in ("Migrant", "For myself", "Skip", "Concern", "Go on", "I agree: send it"):
        await person.taps(label)
    receipt = receipt_in(person)
    async with database.begin() as work:
        first, second = await work.submissions.of_receipt(receipt)
    assert (first.record.text, first.record.objectives, first.working_group) == (about[0], (13,), "detention")
    assert (second.record.text, second.record.objectives, second.working_group) == (about[1], (15,), "secretariat")


async def test_points_can_be_joined_or_ignored(person: Person, database: SqlDatabase) -> None:
    about = [f"{words} {'They do this all the time here. ' * 8}" for words in ("locked up", "school", "racism")]
    await begin(person, "\n\n".join(about))
    await person.taps("Join 1 and 2")
    assert "2 things" in person.replies[-1].text
    await person.taps("Send it as one text")
    assert person.replies[-1].title == "Step 2 of 6"
    assert "objective" in person.replies[-1].text.casefold()


async def test_an_offer_says_what_it_holds(person: Person, database: SqlDatabase) -> None:
    await begin(person)
    for label in ("Yes, go on", "Private sector", "For myself", "Italy", "Offer of resources", "☐ Money"):
        await person.taps(label)
    for label in ("☐ People’s time", "Go on", "Go on", "I agree: send it"):
        await person.taps(label)
    assert (await the_one(database)).record.resources == ("financial", "human")


async def test_a_link_of_a_consultation_opens_it(person: Person, database: SqlDatabase) -> None:
    await person.says("/start c-imrf-2026")
    await person.taps("Begin")
    await person.says(TEXT)
    for label in ("Go on", "Yes, go on", "Migrant", "For myself", "Italy", "Praise", "Go on", "I agree: send it"):
        await person.taps(label)
    assert (await the_one(database)).record.consultation == "imrf-2026"


async def test_a_draft_survives_a_restart_and_days_of_silence(
    person: Person, other_worker: Person, database: SqlDatabase, clock: FakeClock
) -> None:
    await begin(person)
    clock.advance(timedelta(days=13))
    other_worker.replies = person.replies
    await other_worker.taps("Yes, go on")
    assert other_worker.replies[-1].title == "Step 3 of 6"
    reply = await other_worker.says("/feedback")
    assert "You have begun" in reply.text
    assert (await other_worker.taps("Go on with it")).title == "Step 3 of 6"


async def test_a_draft_goes_on_elsewhere_with_its_code(person: Person, database: SqlDatabase) -> None:
    await begin(person)
    await person.taps("Cancel")
    code = (await person.taps("Go on later or elsewhere")).text.rpartition(": ")[2]
    elsewhere = Person(make_assistant(database), Address("web", "another"))
    assert (await elsewhere.says(code)).title == "Step 2 of 6"
    for label in ("Yes, go on", "Migrant", "For myself", "Italy", "Concern", "Go on", "I agree: send it"):
        await elsewhere.taps(label)
    assert (await the_one(database)).record.text == TEXT
    assert "nothing here that waits" in (await person.says("/f go")).text
    assert "no such number" in (await Person(make_assistant(database), Address("web", "third")).says(code)).text


async def test_sending_twice_sends_once(person: Person, database: SqlDatabase) -> None:
    await give(person)
    reply = await person.presses("/f send")
    assert "nothing here that waits" in reply.text
    assert len(await sent(database)) == 1


async def test_who_sends_very_much_has_to_wait_and_loses_nothing(
    person: Person, database: SqlDatabase, clock: FakeClock
) -> None:
    for number in range(3):
        await give(person, text=f"Number {number}. {TEXT}")
    for act in list(shortest_way())[:-1]:
        await act.by(person)
    clock.advance(timedelta(minutes=20))
    reply = await person.taps("I agree: send it")
    assert "40 minutes" in reply.text
    clock.advance(timedelta(minutes=40))
    await person.taps("Send it now")
    assert len(await sent(database)) == 4


async def test_the_same_words_from_many_people_are_kept_and_marked(database: SqlDatabase) -> None:
    for number in range(3):
        await give(Person(make_assistant(database), Address("fake", f"person {number}")))
    assert [submission.copies for submission in await sent(database)] == [3, 3, 3]


async def test_reviewers_read_it_redacted_and_the_original_is_logged(person: Person, database: SqlDatabase) -> None:
    await give(person, text="Call me: +39 333 1234567, me@example.org. They are locked up in Italy.")
    submission = await the_one(database)
    assert "333" not in submission.record.text
    assert "example.org" not in submission.record.text
    async with database.begin() as work:
        original = await work.submissions.original(submission.reference, "A. Reviewer", "to call back")
    assert "+39 333 1234567" in original.record.text
