"""People in danger: help first, in their language, and nothing stays behind."""

from datetime import date

import pytest

from bot.assistant import TurnAssistant
from bot.contacts import ContactBook
from bot.core import Address, Contact, Service
from bot.knowledge.text import normalise
from db.unit_of_work import SqlDatabase
from tests.conftest import make_assistant
from tests.fakes.chat import FakeChannel, Person
from tests.handlers.test_conversation import rows

LINE = Contact("IT", "A line", "+39 000", "https://example.org/it", "https://example.org/source", date(2026, 11, 1))
OTHER = Contact("TN", "Another line", "+216 000", "", "https://example.org/source", date(2026, 10, 1))
BOOK = ContactBook((LINE, OTHER), ((normalise("Italy"), "IT"), (normalise("Italie"), "IT"), (normalise("تونس"), "TN")))


@pytest.fixture
def helped(database: SqlDatabase) -> Person:
    """Somebody whose operator has configured contacts in two countries."""
    service = Service("A test", "test@example.org", contacts=BOOK)
    return Person(make_assistant(database, service=service), Address("web", "1"))


async def test_help_comes_in_the_language_of_the_message_even_if_another_was_chosen(person: Person) -> None:
    await person.says("/language fr")
    await person.says("[urgent] the water is coming into our boat and nobody can swim")
    assert [reply.language for reply in person.replies] == ["en", "fr"]


async def test_help_comes_in_a_language_without_articles(person: Person) -> None:
    await person.says("[urgent] estamos num barco, está a entrar água e ninguém sabe nadar")
    alarm, article = person.replies
    assert (alarm.language, article.language) == ("pt", "en")
    assert alarm.text.strip()


async def test_in_a_language_that_is_not_understood_the_alarm_comes_in_english_too(person: Person) -> None:
    await person.says("/language fr")
    await person.says("[urgent] எங்கள் படகில் தண்ணீர் வருகிறது, எங்களுக்கு நீந்தத் தெரியாது")
    assert [reply.language for reply in person.replies] == ["fr", "en", "fr"]


async def test_where_the_language_is_not_sure_the_alarm_comes_in_english_too(person: Person) -> None:
    await person.says("/language fr")
    await person.says("[urgent] 🆘🆘")
    assert [reply.language for reply in person.replies] == ["fr", "en", "fr"]


async def test_no_number_is_shown_that_nobody_has_configured(person: Person) -> None:
    await person.says("[urgent] we are in the sea off Italy")
    assert not any(character.isdigit() for character in person.replies[0].text)


@pytest.mark.parametrize(
    ("message", "contact"),
    [
        ("we are in the sea off Italy", LINE),
        ("on est en mer, près de l'ITALIE", LINE),
        ("نحن في البحر قرب تونس", OTHER),
    ],
)
async def test_contacts_of_the_country_that_is_named_come_at_once(
    helped: Person, message: str, contact: Contact
) -> None:
    await helped.says(f"[urgent] {message}")
    assert contact.phone in helped.replies[0].text
    assert f"{contact.checked:%Y-%m-%d}" in helped.replies[0].text


async def test_else_each_country_is_a_tap_away(helped: Person) -> None:
    await helped.says("[urgent] the engine has stopped")
    assert {"/contacts IT", "/contacts TN"} <= {choice.value for choice in helped.replies[0].choices}
    assert LINE.phone not in helped.replies[0].text
    assert "+39 000" in (await helped.taps("Italy")).text


async def test_of_the_message_nothing_stays_but_a_count(person: Person, database: SqlDatabase) -> None:
    await person.says("[urgent] they have locked us in a cellar near the old mill")
    assert await rows(database, "SELECT kind, article, confidence FROM questions") == [("urgent", "", 0.0)]
    for table in ("people", "conversations", "received_messages", "outbox", "gaps", "comments"):
        assert "mill" not in str(await rows(database, f"SELECT * FROM {table}"))  # noqa: S608 -- names above


async def test_replies_to_somebody_in_danger_go_when_they_have_arrived(
    person: Person, assistant: TurnAssistant, database: SqlDatabase, channel: FakeChannel
) -> None:
    await person.says("[urgent] they have locked us in")
    await assistant.finish(5)
    assert len(channel.delivered) == 2
    assert await rows(database, "SELECT id FROM outbox") == []


async def test_in_danger_nobody_is_asked_for_a_rating(person: Person) -> None:
    article = await person.says("[urgent] they have locked us in")
    assert not any(choice.value.startswith("/useful") for choice in article.choices)
