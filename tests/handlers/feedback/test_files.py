"""Photos, voice notes and documents that go with feedback."""

from sqlalchemy import text

from bot.core import Kind, Wanted
from db.unit_of_work import SqlDatabase
from tests.fakes.chat import Person, sent_file
from tests.giving import begin

PICTURE = b"a picture's bytes, easy to find"


async def files(database: SqlDatabase) -> list[tuple[object, ...]]:
    async with database._engine.connect() as connection:
        statement = text("SELECT media_type, submission_id IS NULL, content_sealed FROM attachments")
        return [tuple(row) for row in await connection.execute(statement)]


async def test_a_photo_goes_with_the_feedback_sealed(person: Person, database: SqlDatabase) -> None:
    await person.says("/feedback")
    await person.says("They are locked up.")
    await person.taps("Add a photo, voice note or document")
    await person.sends(Kind.PHOTO, sent_file(PICTURE, "image/png"))
    assert "1 file is with it" in person.replies[-1].text
    ((media_type, is_loose, sealed),) = await files(database)
    assert (media_type, is_loose) == ("image/png", 1)
    assert PICTURE not in bytes(str(sealed), "latin-1", "replace")
    for label in ("Go on", "Go on", "Yes, go on", "Migrant", "For myself", "Skip", "Concern", "Go on"):
        await person.taps(label)
    await person.taps("I agree: send it")
    async with database.begin() as work:
        (submission,) = await work.submissions.find(Wanted())
        assert await work.files.content(submission.attachments[0].id) == PICTURE
    assert [row[1] for row in await files(database)] == [0]


async def test_words_under_a_photo_are_part_of_the_text(person: Person) -> None:
    await person.says("/feedback")
    await person.sends(Kind.PHOTO, sent_file(PICTURE, "image/png"), text="The old school where they are locked up.")
    assert "I have 40 characters so far" in person.replies[-1].text


async def test_a_file_that_is_not_taken_is_explained_and_nothing_is_lost(person: Person) -> None:
    await begin(person)
    await person.sends(Kind.FILE, sent_file(PICTURE, "application/zip"))
    assert person.replies[0].text == "I cannot take files of this kind."
    assert person.replies[-1].title == "Step 2 of 6"


async def test_more_files_than_are_taken_are_refused(person: Person, database: SqlDatabase) -> None:
    await begin(person)
    for _number in range(3):
        await person.sends(Kind.PHOTO, sent_file(PICTURE, "image/png"))
    assert "2 is the most" in person.replies[0].text
    assert len(await files(database)) == 2


async def test_files_can_be_taken_out_again(person: Person, database: SqlDatabase) -> None:
    await person.says("/feedback")
    await person.says("They are locked up.")
    await person.sends(Kind.PHOTO, sent_file(PICTURE, "image/png"))
    await person.taps("Add a photo, voice note or document")
    await person.taps("Remove the files")
    assert await files(database) == []


async def test_the_files_of_a_cancelled_draft_go_with_it(person: Person, database: SqlDatabase) -> None:
    await begin(person)
    await person.sends(Kind.PHOTO, sent_file(PICTURE, "image/png"))
    await person.taps("Cancel")
    await person.taps("Yes, delete it")
    assert await files(database) == []
