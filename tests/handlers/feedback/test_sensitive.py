"""Sensitive feedback: help first, then the focal point alone, with the least detail."""

import pytest

from bot.core import Address, Consent, Kind, StakeholderGroup, Wanted
from db.unit_of_work import SqlDatabase
from tests.conftest import make_assistant
from tests.fakes.chat import Person, sent_file
from tests.giving import begin, labels, receipt_in

ALARMING = "[urgent] The guard of the partner takes money from the women in Italy and beats them."
FOCAL_POINT = "Send it to the focal point only"


async def test_help_comes_first_and_then_the_question_whether_to_send_it(person: Person) -> None:
    await begin(person, ALARMING)
    help_first, asked = person.replies[0], person.replies[-1]
    assert help_first.title == "If you are in danger now"
    assert FOCAL_POINT in labels(asked)
    assert "no emergency service" in asked.text


async def test_the_end_of_a_long_text_is_looked_at_too(person: Person) -> None:
    await begin(person, f"{'They keep the wages back. ' * 120}\n\n{ALARMING}")
    assert person.replies[0].title == "If you are in danger now"


async def test_it_goes_with_the_least_detail(person: Person, database: SqlDatabase) -> None:
    await begin(person, ALARMING)
    for label in (FOCAL_POINT, "Italy", "☐ The working group may write to me here", "Go on", "I agree: send it"):
        await person.taps(label)
    async with database.begin() as work:
        assert list(await work.submissions.find(Wanted())) == []
        (submission,) = await work.submissions.find(Wanted(sensitive=True))
    record = submission.record
    assert (record.country, record.objectives, record.group) == ("IT", (), StakeholderGroup.NOT_SAID)
    assert record.consents == {Consent.KEEP, Consent.CONTACT}
    assert submission.working_group == "secretariat"
    assert receipt_in(person)


async def test_a_false_alarm_goes_on_as_ordinary_feedback(person: Person) -> None:
    await begin(person, ALARMING)
    reply = await person.taps("It is ordinary feedback")
    assert reply.title == "Step 2 of 6"


async def test_a_person_can_mark_it(person: Person, database: SqlDatabase) -> None:
    await person.says("/feedback")
    await person.taps("☐ Abuse by staff, or somebody in danger: for the focal point only")
    await person.says("A man of the organization asks for favours.")
    reply = await person.taps("Go on")
    assert reply.title == "Step 4 of 6"
    for label in ("Skip", "Go on", "I agree: send it"):
        await person.taps(label)
    async with database.begin() as work:
        assert len(await work.submissions.find(Wanted(sensitive=True))) == 1


async def test_the_card_says_who_reads_it(person: Person) -> None:
    await begin(person, ALARMING)
    for label in (FOCAL_POINT, "Skip", "Go on"):
        await person.taps(label)
    assert "Only the focal point reads it" in person.replies[-1].text
    assert not any("quoted" in label for label in labels(person.replies[-1]))


async def test_a_file_is_not_kept_with_it(person: Person, database: SqlDatabase) -> None:
    await begin(person, ALARMING)
    await person.taps(FOCAL_POINT)
    await person.sends(Kind.PHOTO, sent_file(b"picture", "image/png"))
    assert "did not keep this file" in person.replies[0].text


async def test_alarming_words_in_the_middle_are_met_with_help(person: Person) -> None:
    await begin(person)
    await person.taps("Yes, go on")
    await person.says("[urgent] they are beating me now")
    assert person.replies[0].title == "If you are in danger now"
    assert person.replies[-1].title == "Step 3 of 6"


@pytest.mark.parametrize("words", ["/feedback", "/mine"])
async def test_no_flow_keeps_anybody_from_help(database: SqlDatabase, words: str) -> None:
    person = Person(make_assistant(database), Address("fake", "in danger"))
    await person.says(words)
    await person.says("[urgent] help")
    if words == "/feedback":
        await person.taps("Go on")
    assert person.replies[0].title == "If you are in danger now"
