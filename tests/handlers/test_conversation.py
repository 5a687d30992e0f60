"""Conversations as people have them."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.core import Address, Finding, FindingKind, Kind
from db.unit_of_work import SqlDatabase
from tests.conftest import make_assistant
from tests.fakes.chat import FakeChannel, Person
from tests.fakes.knowledge import FakeKnowledge


async def test_a_question_gets_the_article_with_its_source(person: Person) -> None:
    reply = await person.says("can I be locked up")
    assert reply.title == "Can I be locked up?"
    assert [source.paragraph for source in reply.sources] == ["29"]


async def test_start_says_who_runs_the_bot_and_offers_every_other_language(person: Person) -> None:
    reply = await person.says("/start")
    assert "A test" in reply.text
    assert {"Français", "العربية", "中文"} <= {choice.label for choice in reply.choices}


async def test_a_deep_link_opens_an_article(person: Person) -> None:
    reply = await person.says("/start objective-13")
    assert reply.title.startswith("Objective 13")


async def test_a_deep_link_to_nowhere_offers_the_topics(person: Person) -> None:
    reply = await person.says("/start no-such-thing")
    assert [choice.value for choice in reply.choices] == ["/browse"]


async def test_the_phone_says_the_language(person: Person) -> None:
    person.locale = "fr-CA"
    assert (await person.says("/start")).language == "fr"


async def test_any_article_is_two_taps_away(person: Person) -> None:
    await person.says("/browse")
    await person.taps("Working abroad")
    reply = await person.taps("My employer keeps my passport")
    assert reply.text == "About kept-passport in en."


async def test_a_title_may_be_typed_instead_of_tapped(person: Person) -> None:
    await person.presses("/browse work")
    reply = await person.says("my employer keeps my PASSPORT")
    assert reply.title == "My employer keeps my passport"


async def test_a_useful_answer_takes_one_tap(person: Person, database: SqlDatabase) -> None:
    await person.says("can I be locked up")
    await person.taps("👍 Useful")
    await person.presses("/useful yes detention")
    assert await rows(database, "SELECT article, language, rating FROM ratings") == [("detention", "en", "yes")]


async def test_what_was_missing_is_kept_redacted_and_without_the_person(person: Person, database: SqlDatabase) -> None:
    await person.says("can I be locked up")
    await person.taps("👎 Not useful")
    reply = await person.says("Say how long! Call me: +49 30 901820, me@example.org")
    assert reply.text.startswith("Thank you")
    assert await rows(database, "SELECT article, comment FROM comments") == [
        ("detention", "Say how long! Call me: [phone], [e-mail]")
    ]


async def test_what_was_missing_can_be_skipped(person: Person, database: SqlDatabase) -> None:
    await person.presses("/useful no detention")
    await person.says("skip")
    assert await rows(database, "SELECT comment FROM comments") == []


async def test_another_process_goes_on_where_the_first_stopped(person: Person, other_worker: Person) -> None:
    await person.presses("/useful no detention")
    reply = await other_worker.says("how long?")
    assert reply.text.startswith("Thank you")


async def test_a_button_of_a_step_that_is_over_is_explained(person: Person) -> None:
    await person.presses("/useful no detention")
    await person.says("how long?")
    reply = await person.presses("rating.take_comment=skip")
    assert "earlier question" in reply.text


async def test_a_button_that_nobody_made_is_explained(person: Person) -> None:
    reply = await person.presses("nonsense")
    assert "earlier question" in reply.text


async def test_an_unknown_command_gets_help(person: Person) -> None:
    reply = await person.says("/frobnicate")
    assert "in your own words" in reply.text


async def test_language_changes_by_button_in_mid_conversation(person: Person) -> None:
    await person.says("can I be locked up")
    await person.says("/language")
    assert (await person.taps("Français")).language == "fr"
    reply = await person.says("mon patron garde mon passeport depuis des mois")
    assert reply.title == "Mon patron garde mon passeport"


async def test_writing_in_another_language_is_answered_in_it_and_asked_about_once(person: Person) -> None:
    await person.says("can I be locked up")
    await person.says("est-ce qu’on peut m’enfermer sans papiers ici ?")
    answer, offer = person.replies
    assert answer.title == "Peut-on m’enfermer ?"
    assert [choice.label for choice in offer.choices] == ["Français", "English"]
    await person.says("mon patron garde mon passeport depuis des mois")
    assert len(person.replies) == 1


async def test_declining_the_other_language_is_respected(person: Person) -> None:
    await person.says("est-ce qu’on peut m’enfermer sans papiers ici ?")
    await person.taps("English")
    reply = await person.says("mon patron garde mon passeport depuis des mois")
    assert reply.language == "en"


async def test_accepting_the_other_language_shows_the_answer_in_it(person: Person) -> None:
    await person.says("/language en")
    await person.says("est-ce qu’on peut m’enfermer sans papiers ici ?")
    assert person.replies[0].language == "en"
    reply = await person.taps("Français")
    assert reply.title == "Peut-on m’enfermer ?"


async def test_nearly_sure_offers_choices(person: Person) -> None:
    reply = await person.says("[choices]")
    assert [choice.value for choice in reply.choices] == ["/open detention", "/open kept-passport", "/browse"]


async def test_not_knowing_says_so_and_how_to_reach_people(person: Person) -> None:
    reply = await person.says("who won the football")
    assert reply.text.startswith("I have no answer")
    assert "test@example.org" in reply.text
    assert reply.sources == ()


async def test_danger_comes_with_the_emergency_number_first_and_leaves_no_trace(
    person: Person, database: SqlDatabase
) -> None:
    article = await person.says("[urgent]")
    assert person.replies[0].text.startswith("Call the local emergency number")
    assert article.title == "Can I be locked up?"
    assert await rows(database, "SELECT kind, article FROM questions") == [("urgent", "")]


async def test_a_single_case_is_referred(person: Person) -> None:
    article = await person.says("[referral]")
    assert "/open legal-help" in [choice.value for choice in person.replies[0].choices]
    assert article.title == "Can I be locked up?"


@pytest.mark.parametrize("kind", [FindingKind.URGENT, FindingKind.REFERRAL])
async def test_help_and_referral_come_without_an_article_too(database: SqlDatabase, kind: FindingKind) -> None:
    """As while the index is older than the articles."""

    class NoArticle(FakeKnowledge):
        async def find(self, message: str, hint: str) -> Finding:
            return replace(await super().find(message, hint), article="", choices=())

    person = Person(make_assistant(database, knowledge=NoArticle()), Address("web", "1"))
    reply = await person.says(f"[{kind}]")
    assert len(person.replies) == 1
    assert reply.text


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.TEXT, Kind.BUTTON)])
async def test_what_cannot_be_read_gets_a_kind_reply(person: Person, kind: Kind) -> None:
    reply = await person.sends(kind)
    assert reply.text


async def test_facts_that_go_stale_say_so(person: Person) -> None:
    reply = await person.presses("/open network")
    assert "check the official source" in reply.note


async def test_no_words_of_a_person_reach_the_database(person: Person, database: SqlDatabase) -> None:
    await person.says("my passport is in a drawer in Elm Street")
    for table in ("people", "conversations", "received_messages", "outbox", "questions"):
        assert "Elm Street" not in str(await rows(database, f"SELECT * FROM {table}"))  # noqa: S608 -- names above
    assert "4711" not in str(await rows(database, "SELECT * FROM people"))


async def test_the_same_message_delivered_twice_is_answered_once(
    person: Person, channel: FakeChannel, database: SqlDatabase
) -> None:
    first = await person.says("can I be locked up", message_id="7")
    again = await person.says("can I be locked up", message_id="7")
    await asyncio.sleep(0)
    assert again == first
    assert len(await rows(database, "SELECT id FROM questions")) == 1
    assert len(channel.delivered) == 1


async def test_a_broken_handler_apologises_and_leaves_the_conversation(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await person.presses("/useful no detention")

    def broken(_text: str) -> str:
        raise RuntimeError

    monkeypatch.setattr("bot.assistant.Turn.recall", broken)
    reply = await person.says("how long?")
    assert reply.text.startswith("Sorry")
    monkeypatch.undo()
    assert (await person.says("how long?")).text.startswith("Thank you")


async def test_people_who_fetch_their_replies_get_them_again(database: SqlDatabase) -> None:
    visitor = Person(make_assistant(database), Address("web", "a-session"))
    first = await visitor.says("can I be locked up", message_id="same")
    assert await visitor.says("can I be locked up", message_id="same") == first


async def rows(database: SqlDatabase, statement: str) -> list[tuple[object, ...]]:
    async with database._engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(statement))]
