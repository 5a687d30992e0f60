"""`retention` and `keys rotate`, on a database with something in it."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.core import Address, Wanted
from bot.parts import SystemClock, make_keys
from bot.privacy.keys import Keys, read_or_make_secrets
from bot.settings import Settings
from db.engine import create_engine
from db.models import Table
from db.resealing import SEALED, reseal
from db.unit_of_work import SqlDatabase
from tests.commands.command_line import CommandLine
from tests.conftest import SECRET, make_assistant, migrated
from tests.fakes.chat import Person
from tests.fakes.clock import FakeClock
from tests.giving import TEXT, begin, give

NEW_SECRET = "another secret, just as long as the other one"


async def test_everything_is_readable_after_a_rotation_and_receipts_are_still_found(
    any_url: str, clock: FakeClock
) -> None:
    old, new = Keys(SECRET), Keys(NEW_SECRET, [SECRET])
    async with migrated(any_url, old, clock) as database:
        person = Person(make_assistant(database), Address("fake", "4711"))
        receipt = await give(person)
        await begin(person)
    engine = create_engine(any_url)
    assert await reseal(engine, new) > 3
    await engine.dispose()
    reduced = Keys(NEW_SECRET, [old.lookup_only])
    async with migrated(any_url, reduced, clock) as database:
        person = Person(make_assistant(database), Address("fake", "4711"))
        assert (await person.says("/f go")).title == "Step 2 of 6"
        await person.says("/mine")
        assert "1 time" in person.replies[-1].text
        assert (await person.says(receipt)).text.startswith("Received.")
        async with database.begin() as work:
            (submission,) = await work.submissions.find(Wanted())
            original = await work.submissions.original(submission.reference, "A test", "to compare")
        assert original.record.text == TEXT


async def test_a_rotation_that_was_cut_short_is_made_up_for(sqlite_url: str, clock: FakeClock) -> None:
    old, new = Keys(SECRET), Keys(NEW_SECRET, [SECRET])
    async with migrated(sqlite_url, old, clock) as database:
        await give(Person(make_assistant(database), Address("fake", "4711")))
    engine = create_engine(sqlite_url)
    for _run in range(2):
        await reseal(engine, new)
    await engine.dispose()
    async with migrated(sqlite_url, Keys(NEW_SECRET), clock) as database, database.begin() as work:
        (submission,) = await work.submissions.find(Wanted())
        assert await work.submissions.recipient(submission.reference) is not None


def test_every_column_that_looks_encrypted_is_found() -> None:
    sealed = {f"{table.name}.{column.name}" for table in Table.metadata.sorted_tables for column in table.columns}
    assert {name for name in sealed if name.endswith(SEALED)} == {
        "people.address_encrypted",
        "submissions.text_sealed",
        "submissions.organization_sealed",
        "letters.text_sealed",
        "attachments.content_sealed",
        "drafts.content_sealed",
        "idempotent_answers.seed_sealed",
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


async def filled(folder: Path, age: timedelta) -> None:
    """A database of the data folder with one submission of that age."""
    settings = Settings(_env_file=None, data_dir=folder)
    clock = FakeClock()
    clock.advance(SystemClock().now() - clock.now() - age)
    async with migrated(settings.database, make_keys(settings), clock) as database:
        await give(Person(make_assistant(database), Address("fake", "4711")))


async def texts(folder: Path) -> list[str]:
    settings = Settings(_env_file=None, data_dir=folder)
    database = SqlDatabase(create_engine(settings.database), make_keys(settings), SystemClock())
    async with database._engine.connect() as connection:
        found = list(await connection.scalars(text("SELECT text FROM submissions")))
    await database.close()
    return found


async def test_a_dry_run_says_what_would_go_and_leaves_it(folder: Path) -> None:
    await filled(folder, timedelta(days=800))
    result = CommandLine(folder)("retention", "--dry-run", BOT_DATA_DIR=str(folder))
    assert "would go       1 texts of submissions" in result.out
    assert await texts(folder) == [TEXT]
    result = CommandLine(folder)("retention", BOT_DATA_DIR=str(folder))
    assert "gone           1 texts of submissions" in result.out
    assert await texts(folder) == [""]


async def test_nothing_goes_before_its_time(folder: Path) -> None:
    await filled(folder, timedelta(hours=1))
    result = CommandLine(folder)("retention", BOT_DATA_DIR=str(folder))
    assert "submissions" not in result.out
    assert await texts(folder) == [TEXT]


async def test_the_secret_of_the_folder_is_replaced(folder: Path) -> None:
    await filled(folder, timedelta(hours=1))
    before = read_or_make_secrets(folder / "secret.key").current
    result = CommandLine(folder)("keys", "rotate", BOT_DATA_DIR=str(folder))
    assert "rows are encrypted under the new secret" in result.out
    after = read_or_make_secrets(folder / "secret.key")
    assert after.current != before
    assert before not in after.old
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600
    settings = Settings(_env_file=None, data_dir=folder)
    async with migrated(settings.database, make_keys(settings), FakeClock()) as database, database.begin() as work:
        (submission,) = await work.submissions.find(Wanted())
        original = await work.submissions.original(submission.reference, "A test", "to compare")
    assert original.record.text == TEXT


def test_a_secret_of_the_environment_needs_the_former_one(folder: Path) -> None:
    result = CommandLine(folder)("keys", "rotate", BOT_DATA_DIR=str(folder), BOT_SECRET_KEY=NEW_SECRET)
    assert "BOT_OLD_SECRET_KEYS" in result.complains()
