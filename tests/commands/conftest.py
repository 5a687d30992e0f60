"""Command lines: on the program itself, on a copy with all its texts, on a copy with a few."""

from pathlib import Path

import pytest

from tests.commands.command_line import CommandLine, copy_locales, copy_program
from tests.fakes.shelf import Shelf


@pytest.fixture
def compact_bot(tmp_path: Path) -> CommandLine:
    """The program itself, started in an empty folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    return CommandLine(folder)


@pytest.fixture
def copied(tmp_path: Path) -> CommandLine:
    """A copy of program and texts, to be changed; started in its own folder."""
    root = tmp_path / "copy"
    copy_program(root)
    copy_locales(root)
    return CommandLine(root, root)


@pytest.fixture
def small(tmp_path: Path) -> CommandLine:
    """A copy of the program with two articles; started in its own folder."""
    root = tmp_path / "small"
    copy_program(root)
    Shelf(root / "locales")
    return CommandLine(root, root)
