"""What is kept of questions that found no answer."""

from bot.core import Address, Service
from db.unit_of_work import SqlDatabase
from tests.conftest import make_assistant
from tests.fakes.chat import Person
from tests.handlers.test_conversation import rows


async def test_a_question_without_an_answer_is_kept_redacted(person: Person, database: SqlDatabase) -> None:
    await person.says("who pays my pension? my name is Maria Gomez, call +49 30 901820 or m@example.org")
    ((language, words),) = await rows(database, "SELECT language, words FROM gaps")
    assert language == "en"
    assert "who pays my pension?" in str(words)
    for part in ("Maria", "Gomez", "901820", "example.org"):
        assert part not in str(words)


async def test_a_question_with_an_answer_is_not_kept(person: Person, database: SqlDatabase) -> None:
    await person.says("can I be locked up")
    await person.says("[referral] will they grant it to me")
    await person.says("[greeting] hello")
    assert await rows(database, "SELECT words FROM gaps") == []


async def test_nothing_leads_from_it_to_a_person_or_a_minute(person: Person, database: SqlDatabase) -> None:
    await person.says("who pays my pension?")
    await person.says("who buys my house?")
    kept = await rows(database, "SELECT id, asked_on FROM gaps")
    assert len(kept) == 2
    assert {len(str(day)) for _number, day in kept} == {len("2026-11-25")}
    numbers = [int(str(number)) for number, _day in kept]
    assert abs(numbers[0] - numbers[1]) > 1000  # drawn at random


async def test_where_words_are_not_kept_none_are(database: SqlDatabase) -> None:
    person = Person(make_assistant(database, service=Service(keeps_words=False)), Address("web", "1"))
    await person.says("who pays my pension?")
    assert await rows(database, "SELECT words FROM gaps") == []
    assert len(await rows(database, "SELECT id FROM questions")) == 1


async def test_the_welcome_says_what_is_kept(person: Person, database: SqlDatabase) -> None:
    assert "could not answer" in (await person.says("/start")).text
    other = Person(make_assistant(database, service=Service(keeps_words=False)), Address("web", "1"))
    assert "could not answer" not in (await other.says("/start")).text
