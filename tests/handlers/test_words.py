"""The exact words of official documents."""

import pytest

from bot.core import Address, Finding, FindingKind, Passage
from db.unit_of_work import SqlDatabase
from tests.conftest import make_assistant
from tests.fakes.chat import Person
from tests.fakes.knowledge import SOURCE, WORDS_OF_THE_LAW, FakeKnowledge


class OnlyPassages(FakeKnowledge):
    """Finds no article, but official words."""

    async def find(self, message: str, hint: str) -> Finding:
        found = await super().find(message, hint)
        passages = (Passage(SOURCE, "en", WORDS_OF_THE_LAW),)
        return Finding(FindingKind.PASSAGE, found.language, found.sure_of_language, "", (), 0.2, passages)


async def test_the_words_behind_an_answer_are_one_tap_away(person: Person) -> None:
    await person.says("can I be locked up")
    reply = await person.taps("Show the exact words")
    assert WORDS_OF_THE_LAW in reply.text
    assert (reply.title, reply.sources) == (SOURCE.label, (SOURCE,))


async def test_where_the_document_is_not_there_nothing_is_offered(person: Person) -> None:
    answer = await person.says("my boss has my passport")
    assert "Show the exact words" not in [choice.label for choice in answer.choices]


async def test_an_old_button_without_a_document_is_explained(person: Person) -> None:
    reply = await person.presses("/words kept-passport")
    assert "official text" in reply.text
    assert [choice.value for choice in reply.choices] == ["/open kept-passport"]


@pytest.mark.parametrize("slug", ["no-such-article", ""])
async def test_words_of_nothing_lead_on(person: Person, slug: str) -> None:
    assert (await person.presses(f"/words {slug}")).choices


async def test_words_without_an_answer_are_offered_as_what_they_are(database: SqlDatabase) -> None:
    person = Person(make_assistant(database, knowledge=OnlyPassages()), Address("web", "1"))
    await person.says("something about custody")
    said, quoted = person.replies
    assert said.text.startswith("I have no answer to this.")
    assert WORDS_OF_THE_LAW in quoted.text
    assert quoted.sources == (SOURCE,)
