"""A person's rights: what is stored, all of it, and erasing it."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from bot.core import Kept, Kind, Wanted
from bot.correspondence import Correspondence
from db.unit_of_work import SqlDatabase
from tests.conftest import FINISH_SECONDS
from tests.fakes.around import GROUPS
from tests.fakes.chat import Person, sent_file
from tests.fakes.clock import FakeClock
from tests.giving import give, labels
from tests.shipped import LANGUAGES

WORDS = "Quetzalcoatlus nests behind the barracks in Italy, where people are locked up."
LETTER = "Archaeopteryx was seen there too."
FOUND = re.compile(rb"quetzalcoatlus|archaeopteryx", re.IGNORECASE)


def stored_bytes(url: str) -> bytes:
    """All files of the database, its journal too."""
    path = Path(str(make_url(url).database))
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))


async def give_and_write(person: Person, database: SqlDatabase) -> str:
    """Feedback with a letter each way; returns its reference."""
    await give(person, text=WORDS)
    async with database.begin() as work:
        (submission,) = await work.submissions.find(Wanted())
    await person.presses(f"/record {submission.reference} write")
    await person.says(LETTER)
    await Correspondence(database, LANGUAGES, GROUPS).answer(submission.reference, f"About: {LETTER}", "en")
    return submission.reference


async def test_the_notice_names_what_why_how_long_and_who(person: Person) -> None:
    shown = (await person.says("/privacy")).text
    for words in ("Why:", "How long:", "Who reads it:", "Telegram sees", "14 days", "730 days"):
        assert words in shown


async def test_my_data_is_readable_and_a_file_with_everything(person: Person, database: SqlDatabase) -> None:
    await person.says("can I be locked up")
    await person.taps("👍 Useful")
    reference = await give_and_write(person, database)
    await person.says("/feedback")
    await person.says("Half a thought.")
    reply = await person.says("/mydata")
    assert WORDS[:40] in reply.text
    assert reply.document is not None
    everything = json.loads(reply.document.content)
    (submission,) = everything["submissions"]
    assert (submission["reference"], submission["record"]["text"]) == (reference, WORDS)
    assert [letter["text"] for letter in submission["letters"]] == [LETTER, f"About: {LETTER}"]
    assert everything["draft"]["record"]["text"] == "Half a thought."
    assert everything["person"]["ratings"] == [["detention", "en", "yes"]]


async def test_my_data_has_the_files(person: Person) -> None:
    await person.says("/feedback")
    await person.sends(Kind.PHOTO, sent_file(b"picture", "image/png"), text="They are locked up.")
    for label in ("Go on", "Yes, go on", "Migrant", "For myself", "Skip", "Concern", "Go on", "I agree: send it"):
        await person.taps(label)
    reply = await person.says("/mydata")
    assert reply.document is not None
    (submission,) = json.loads(reply.document.content)["submissions"]
    assert submission["attachments"][0]["base64"] == "cGljdHVyZQ=="


@pytest.mark.parametrize("way", ["one", "all", "withdrawn"])
async def test_erased_words_are_nowhere_in_the_database_files(
    person: Person, database: SqlDatabase, sqlite_url: str, way: str
) -> None:
    reference = await give_and_write(person, database)
    assert FOUND.search(stored_bytes(sqlite_url))
    presses = {
        "one": (f"/record {reference} erase yes",),
        "all": ("/delete", "/delete all yes"),
        "withdrawn": (f"/record {reference} withdraw yes",),
    }
    for data in presses[way]:
        await person.presses(data)
    await person.assistant.finish(FINISH_SECONDS)  # type: ignore[attr-defined]
    assert not FOUND.search(stored_bytes(sqlite_url))


async def test_what_is_erased_has_no_link_and_stays_counted(person: Person, database: SqlDatabase) -> None:
    receipt = await give(person)
    await person.says("/mine")
    await person.presses(person.replies[-1].choices[0].value)
    await person.taps("Erase it")
    await person.taps("Yes, erase it")
    async with database.begin() as work:
        (left,) = await work.submissions.find(Wanted())
        assert await work.submissions.recipient(left.reference) is None
        assert list(await work.submissions.of_receipt(receipt)) == []
    assert left.erased
    assert (left.record.country, left.record.objectives) == ("IT", (13,))
    assert (left.record.text, left.record.region, left.has_person) == ("", "", False)
    assert "You have not sent anything" in (await person.says("/mine")).text


async def test_erasing_everything_asks_first_and_then_takes_all(
    person: Person, database: SqlDatabase, clock: FakeClock
) -> None:
    await person.says("can I be locked up")
    await person.taps("👍 Useful")
    await give(person)
    await person.says("/feedback")
    await person.says("Half a thought.")
    await person.says("/delete")
    reply = await person.taps("Erase everything")
    assert "Everything is erased" in reply.text
    assert await counts(database, "ratings", "drafts", "letters", "attachments") == [0, 0, 0, 0]
    assert await counts(database, "people") == [1]
    clock.advance(timedelta(days=1, seconds=1))
    async with database.begin() as work:
        await work.expired.delete(Kept())
    assert await counts(database, "people", "conversations", "outbox", "submissions") == [0, 0, 0, 1]


async def test_whoever_writes_again_after_erasing_stays(
    person: Person, database: SqlDatabase, clock: FakeClock
) -> None:
    await give(person)
    await person.presses("/delete all yes")
    clock.advance(timedelta(hours=1))
    await person.says("can I be locked up")
    clock.advance(timedelta(days=1))
    async with database.begin() as work:
        await work.expired.delete(Kept())
    assert await counts(database, "people") == [1]


async def test_delete_offers_each_feedback_alone(person: Person) -> None:
    await give(person)
    reply = await person.says("/delete")
    assert any("They keep people" in label for label in labels(reply))


async def counts(database: SqlDatabase, *tables: str) -> list[int]:
    async with database._engine.connect() as connection:
        return [int(await connection.scalar(text(f"SELECT count(*) FROM {name}"))) for name in tables]  # noqa: S608
