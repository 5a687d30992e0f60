"""`keys`: who may hand in feedback by program or table."""

import re

import pytest

from bot.intake.requests import KEY
from tests.commands.command_line import CommandLine

NAME = "Made-up Migrant Centre"


def test_a_key_is_made_listed_and_revoked(compact_bot: CommandLine) -> None:
    ended = compact_bot("keys", "add", f"  {NAME}\n", "--group", "civil-society")
    said, key = ended.lines
    assert said == f"Key of {NAME}, which is not shown again:"
    assert KEY.fullmatch(key)
    (line,) = compact_bot("keys", "list").lines
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\d  civil-society +{NAME}", line)
    assert key not in line
    assert compact_bot("keys", "revoke", NAME).out == f"The key of {NAME} is revoked.\n"
    assert compact_bot("keys", "list").out == ""


def test_every_key_is_another(compact_bot: CommandLine) -> None:
    keys = [compact_bot("keys", "add", name, "--group", "academia").lines[1] for name in ("One", "Two")]
    assert keys[0] != keys[1]
    assert len(compact_bot("keys", "list").lines) == 2


def test_an_organization_has_one_key(compact_bot: CommandLine) -> None:
    compact_bot("keys", "add", NAME, "--group", "civil-society")
    complaint = compact_bot("keys", "add", NAME, "--group", "academia").complains()
    assert complaint == f"'{NAME}' has a key already. Revoke that first: `compact-bot keys revoke`."
    assert len(compact_bot("keys", "list").lines) == 1


def test_what_is_not_there_cannot_be_revoked(compact_bot: CommandLine) -> None:
    assert compact_bot("keys", "revoke", NAME).complains() == f"'{NAME}' has no key: see `compact-bot keys list`."


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\x1bb"])
def test_a_name_that_cannot_be_shown_is_refused(compact_bot: CommandLine, name: str) -> None:
    assert "1 to 120 printable characters" in compact_bot("keys", "add", name, "--group", "academia").complains()


def test_the_stakeholder_group_must_be_one_of_the_known(compact_bot: CommandLine) -> None:
    ended = compact_bot("keys", "add", NAME, "--group", "kings")
    assert ended.status == 2
    assert "civil-society" in ended.err
    assert compact_bot("keys", "add", NAME).status == 2
