"""`run`, `settings`, `db` and what keeps them from working."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.schema import newest_revision
from tests.commands.command_line import CommandLine


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_help_names_every_command(compact_bot: CommandLine) -> None:
    ended = compact_bot("--help")
    assert ended.status == 0
    for name in ("run", "settings", "doctor", "ask", "evaluate", "languages", "articles", "db"):
        assert f"\n  {name} " in ended.out


def test_an_unknown_command_is_refused(compact_bot: CommandLine) -> None:
    ended = compact_bot("frobnicate")
    assert ended.status == 2
    assert "No such command 'frobnicate'" in ended.err


def test_settings_are_shown_with_origin_and_without_secrets(compact_bot: CommandLine) -> None:
    (compact_bot.folder / ".env").write_text("BOT_SECRET_KEY=hunter2\nBOT_OPERATOR=An association\n", encoding="utf-8")
    ended = compact_bot("settings", BOT_DATABASE_URL="postgresql://bot:hunter2@db/bot", BOT_TELEGRAM_TOKEN="hunter2")
    assert ended.status == 0
    assert "BOT_OPERATOR = 'An association'  (.env; default '')" in ended.lines
    assert "BOT_SECRET_KEY = '(set, hidden)'  (.env; default '')" in ended.lines
    assert "BOT_TELEGRAM_TOKEN = '(set, hidden)'  (environment; default '')" in ended.lines
    assert "BOT_PORT = '8080'  (default; default '8080')" in ended.lines
    assert "hunter2" not in ended.out + ended.err


@pytest.mark.parametrize(
    "words", [["run"], ["settings"], ["doctor"], ["db", "upgrade"], ["languages"], ["ask", "hello"]]
)
def test_a_wrong_setting_is_one_line(compact_bot: CommandLine, words: list[str]) -> None:
    said = compact_bot(*words, BOT_PORT="hunter2").complains()
    assert said.startswith("BOT_PORT is wrong: ")
    assert "hunter2" not in said


def test_a_taken_port_is_one_line(compact_bot: CommandLine, taken_port: int) -> None:
    said = compact_bot("run", BOT_PORT=str(taken_port), BOT_LOG_LEVEL="error").complains()
    assert said.startswith(f"Cannot listen on 127.0.0.1:{taken_port} (")
    assert said.endswith("address already in use). Set BOT_PORT to another.")


def test_an_address_of_another_machine_is_one_line(compact_bot: CommandLine) -> None:
    said = compact_bot("run", BOT_HOST="192.0.2.1", BOT_PORT="0", BOT_LOG_LEVEL="error").complains()
    assert said.startswith("Cannot listen on 192.0.2.1:0 (")


@pytest.mark.parametrize("folder", ["file", "file/var"])
def test_a_data_folder_that_cannot_be_made_is_one_line(compact_bot: CommandLine, folder: str) -> None:
    (compact_bot.folder / "file").touch()
    said = compact_bot("run", BOT_DATA_DIR=folder).complains()
    assert said.startswith(f"{folder}/secret.key cannot be read or written (")
    assert said.endswith("Set BOT_DATA_DIR to a folder of your own.")
    assert (
        compact_bot("db", "upgrade", BOT_DATA_DIR=folder).complains().startswith(f"The folder {folder} cannot be made")
    )


def test_a_short_secret_is_one_line(compact_bot: CommandLine) -> None:
    said = compact_bot("run", BOT_SECRET_KEY="hunter2").complains()
    assert said == "BOT_SECRET_KEY must have at least 32 characters."


def test_a_default_language_that_is_not_there_is_one_line(compact_bot: CommandLine) -> None:
    assert (
        compact_bot("run", BOT_DEFAULT_LANGUAGE="sw")
        .complains()
        .startswith("The default language 'sw' has no articles in")
    )


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://bot@localhost/bot", "BOT_DATABASE_URL must look like sqlite:///"),
        ("nonsense", "BOT_DATABASE_URL must look like sqlite:///"),
        ("sqlite:///no.db", "The database sqlite+aiosqlite:///no.db cannot be used: file is not a database."),
        (
            "postgresql://bot:hunter2@127.0.0.1:1/bot",
            "The database postgresql+asyncpg://bot:***@127.0.0.1:1/bot cannot",
        ),
    ],
)
def test_a_database_that_cannot_be_used_is_one_line(compact_bot: CommandLine, address: str, said: str) -> None:
    (compact_bot.folder / "no.db").write_bytes(b"no database" * 100)
    assert compact_bot("db", "upgrade", BOT_DATABASE_URL=address).complains().startswith(said)


def test_the_schema_is_brought_up_to_date_once_and_again(compact_bot: CommandLine) -> None:
    for _time in range(2):
        ended = compact_bot("db", "upgrade")
        assert (ended.status, ended.out) == (0, f"The database is at revision {newest_revision()}.\n")
    assert "people" in tables(compact_bot.folder / "var" / "compact-bot.db")


def test_a_database_of_a_newer_program_is_one_line(compact_bot: CommandLine) -> None:
    compact_bot("db", "upgrade")
    with closing(sqlite3.connect(compact_bot.folder / "var" / "compact-bot.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert "is at revision 9999, which this program does not know" in compact_bot("db", "upgrade").complains()


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
