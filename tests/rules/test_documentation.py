"""The documents say what there is: settings, commands, pages, stored columns; and nothing that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.__main__ import cli
from bot.assistant import TurnAssistant
from bot.channels.telegram import WEBHOOK_PATH
from bot.core import Store
from bot.privacy.keys import Keys
from bot.settings import PREFIX, Settings, describe
from bot.site import web_application
from db.models import Table
from db.unit_of_work import SqlDatabase
from tests.fakes.around import make_surroundings
from tests.fakes.clock import FakeClock
from tests.fakes.knowledge import FakeKnowledge

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
MADE_BY_ALEMBIC = {"alembic_version": {"version_num"}}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def everything() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)


def rows(document: str) -> Iterator[list[str]]:
    """Cells of every row of every table."""
    for line in document.splitlines():
        if line.startswith("| ") and not line.startswith("| ---"):
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def commands(group: click.Command, name: str = "compact-bot") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by the words that call it."""
    if isinstance(group, click.Group):
        if group.invoke_without_command:
            yield name, group
        for word, command in group.commands.items():
            yield from commands(command, f"{name} {word}")
    else:
        yield name, group


COMMANDS = dict(commands(cli))
SETTINGS = {each.name: each for each in describe(Settings(_env_file=None))}


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    (row,) = [row for row in rows(read("docs/settings.md")) if row[0] == f"`{name}`"]
    assert SETTINGS[name].default in (quoted(row[1]) or [""])
    assert row[2]


def test_no_document_names_a_setting_that_is_not_there() -> None:
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", everything())) == set(SETTINGS)


def test_no_other_file_names_a_setting_that_is_not_there() -> None:
    for name in ("Dockerfile", "compose.yaml", ".ci/run", "Makefile"):
        assert set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", read(name))) <= set(SETTINGS), name


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_is_documented(words: str) -> None:
    called = {call for row in rows(read("README.md")) for call in quoted(row[0])}
    assert [call for call in called if f"{call} ".startswith(f"{words} ")]


def test_no_document_names_a_command_that_is_not_there() -> None:
    for call in re.findall(r"`compact-bot( [^`]*)?`", everything()):
        words = call.split()
        assert any(name.split()[1:] == words[: len(name.split()) - 1] for name in COMMANDS), call


def test_no_document_names_an_option_that_is_not_there() -> None:
    known = {option for command in COMMANDS.values() for each in command.params for option in each.opts}
    used = {
        option
        for line in everything().splitlines()
        if "compact-bot" in line
        for option in re.findall(r"(?<!\S)`?(--[a-z-]+)", line)
    }
    assert used
    assert used - known == set()


def test_every_target_of_make_that_is_documented_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", everything())) | set(
        re.findall(r"^make ([a-z]+)$", everything(), re.MULTILINE)
    )
    assert {"run", "test"} <= named <= targets


def test_every_stored_column_is_documented_and_no_other() -> None:
    documented: dict[str, set[str]] = {}
    table = ""
    for row in rows(read("docs/privacy.md")):
        if row[0] != "table":
            (table,) = quoted(row[0]) or [table]
            documented.setdefault(table, set()).update(quoted(row[1]))
    stored = {table.name: {column.name for column in table.columns} for table in Table.metadata.tables.values()}
    assert documented == stored | MADE_BY_ALEMBIC


def test_every_page_is_documented_and_no_other(
    assistant: TurnAssistant, database: SqlDatabase, clock: FakeClock, keys: Keys
) -> None:
    around = make_surroundings(FakeKnowledge())
    store = Store(database, clock, keys)
    routes = web_application(Settings(_env_file=None), assistant, around, store, str.lower).router.routes()
    pages = {route.resource.canonical for route in routes if route.resource is not None}
    section = read("docs/settings.md").partition("## Pages")[2]
    documented = {page for row in rows(section) for page in quoted(row[0])}
    assert documented == pages | {WEBHOOK_PATH}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    missing = [
        link
        for link in links
        if not re.match(r"https?://|#|mailto:", link) and not (path.parent / link.partition("#")[0]).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_document_that_is_named_is_there(path: Path) -> None:
    named = re.findall(r"\bdocs/[\w-]+\.md\b", path.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_docstrings_name_only_documents_that_are_there() -> None:
    sources = [path for package in ("bot", "handlers", "db") for path in (ROOT / package).rglob("*.py")]
    named = {
        name for path in sources for name in re.findall(r"\b(?:docs/)?[\w-]+\.md\b", path.read_text(encoding="utf-8"))
    }
    assert {name for name in named if name.startswith("docs/") and not (ROOT / name).exists()} == set()
    assert any(name.startswith("docs/") for name in named)
