"""docs/record.md explains every code, and no other."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from bot.core import (
    LABELS,
    AgeBand,
    Consent,
    FeedbackType,
    Gender,
    MigrationStatus,
    Resource,
    Sender,
    SpeakingFor,
    StakeholderGroup,
    Status,
)

CODEBOOK = (Path(__file__).parent.parent.parent / "docs" / "record.md").read_text(encoding="utf-8")
CODES = (
    AgeBand,
    Consent,
    FeedbackType,
    Gender,
    MigrationStatus,
    Resource,
    Sender,
    SpeakingFor,
    StakeholderGroup,
    Status,
)


@pytest.mark.parametrize("codes", CODES, ids=lambda codes: codes.__name__)
def test_every_code_is_explained_and_has_a_label(codes: type[StrEnum]) -> None:
    explained = set(re.findall(r"`([a-z0-9-]+)`", CODEBOOK))
    assert {code.value for code in codes} <= explained
    assert all(LABELS[code] for code in codes)


@pytest.mark.parametrize("codes", [StakeholderGroup, SpeakingFor, FeedbackType, Resource, Consent, Status])
def test_no_table_has_a_code_that_is_not_there(codes: type[StrEnum]) -> None:
    tables = re.split(r"\n\n", CODEBOOK)
    known = {code.value for code in codes}
    (table,) = [each for each in tables if each.startswith("| ") and f"| `{next(iter(codes)).value}` |" in each]
    assert set(re.findall(r"^\| `([a-z0-9-]+)` \|", table, re.MULTILINE)) == known
