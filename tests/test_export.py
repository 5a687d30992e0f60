"""Exports: every format has the same rows, and nothing that people did not agree to."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import hxl
import pytest

from bot.core import (
    AgeBand,
    Consent,
    FeedbackType,
    Gender,
    Intake,
    MigrationStatus,
    Record,
    Resource,
    SpeakingFor,
    StakeholderGroup,
    Status,
    Submission,
    Wanted,
    WorkingGroups,
)
from bot.export import COLUMNS, FORMATS, Export, format_of, select, to_csv, to_hxl, to_json, to_xlsx
from bot.tables import read_table
from db.unit_of_work import SqlDatabase

KEPT = frozenset({Consent.KEEP})
QUOTABLE = KEPT | {Consent.QUOTE}
NAMED = KEPT | {Consent.QUOTE_BY_NAME}
FULL = Record(
    text="=The school, “Rosa”;\nstays shut.",
    language="it",
    group=StakeholderGroup.MIGRANT_ORGANIZATION,
    speaking_for=SpeakingFor.ORGANIZATION,
    organization="Ponte Casa",
    people=12,
    country="IT",
    region="IT-82",
    objectives=(22, 6),
    feedback_type=FeedbackType.OFFER,
    resources=(Resource.TECHNICAL, Resource.HUMAN),
    consents=NAMED | {Consent.CONTACT},
    age=AgeBand.ADULT,
    gender=Gender.WOMAN,
    migration_status=MigrationStatus.IRREGULAR,
    consultation="imrf-2026",
)
# Hashtags of the HXL 1.1 dictionary that are used here.
DICTIONARY = {
    "#activity",
    "#adm1",
    "#capacity",
    "#country",
    "#date",
    "#description",
    "#indicator",
    "#meta",
    "#org",
    "#respondee",
    "#status",
}


Opened = Callable[[bytes], Any]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Opens a file with HXL's own library."""
    with ExitStack() as stack:

        def open_file(content: bytes) -> Any:
            path = tmp_path / f"{uuid4()}.csv"
            path.write_bytes(content)
            return stack.enter_context(hxl.data(str(path), hxl.InputOptions(allow_local=True)))

        yield open_file


def submission(record: Record = FULL, reference: str = "K7M2PQRS", status: Status = Status.NEW) -> Submission:
    moment = datetime(2026, 11, 23, 23, 59, tzinfo=UTC)
    return Submission(reference, record, status, "secretariat", "web", created=moment, changed=moment)


def said(text: str, *consents: Consent, organization: str = "") -> Submission:
    return submission(Record(text, "en", organization=organization, consents=frozenset({Consent.KEEP, *consents})))


def chosen(*found: Submission, internal: bool = False, demographics: bool = False) -> Export:
    return select(found, internal=internal, demographics=demographics)


def objects(export: Export) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(to_json(export))["submissions"]
    return rows


def texts(*found: Submission, internal: bool = False) -> list[object]:
    return [each["text"] for each in objects(chosen(*found, internal=internal))]


def test_every_column_has_its_value() -> None:
    (row,) = objects(chosen(submission(), demographics=True))
    assert row == {
        "reference": "K7M2PQRS",
        "created": "2026-11-23",
        "status": "new",
        "working_group": "secretariat",
        "stakeholder_group": "migrant-organization",
        "speaking_for": "organization",
        "organization": "Ponte Casa",
        "people": 12,
        "country": "IT",
        "region": "IT-82",
        "objectives": [22, 6],
        "main_objective": 22,
        "feedback_type": "offer",
        "resources": ["technical", "human"],
        "language": "it",
        "channel": "web",
        "consultation": "imrf-2026",
        "age_band": "25-49",
        "gender": "woman",
        "migration_status": "irregular",
        "may_contact": True,
        "may_quote": False,
        "may_quote_with_name": True,
        "copies": 1,
        "text": "=The school, “Rosa”;\nstays shut.",
    }


def test_a_table_has_the_same_with_lists_in_one_cell_and_a_text_that_does_not_run() -> None:
    export = chosen(submission(), demographics=True)
    header, row = csv.reader(io.StringIO(to_csv(export).decode("utf-8-sig"), newline=""))
    values = dict(zip(header, row, strict=True))
    assert list(values) == [column.name for column in COLUMNS] == list(objects(export)[0])
    assert (values["objectives"], values["resources"], values["people"]) == ("22;6", "technical;human", "12")
    assert (values["may_contact"], values["may_quote"]) == ("yes", "no")
    assert values["text"] == "'=The school, “Rosa”;\nstays shut."


def test_what_was_not_said_is_empty() -> None:
    (row,) = objects(chosen(said("")))
    assert (row["people"], row["objectives"], row["main_objective"], row["country"]) == (None, [], None, "")
    cells = to_csv(chosen(said(""))).decode().splitlines()[1].split(",")
    assert cells[:2] == ["K7M2PQRS", "2026-11-23"]
    assert {"None", "0", "[]", "()"}.isdisjoint(cells)


def test_all_formats_have_the_same_cells() -> None:
    export = chosen(submission(), said("Good day", Consent.QUOTE), said("not quotable"))
    from_csv = [cells for _line, cells in read_table("a.csv", to_csv(export), most_rows=9)]
    from_xlsx = [cells for _line, cells in read_table("a.xlsx", to_xlsx(export), most_rows=9)]
    header, tags, *rows = (cells for _line, cells in read_table("a.csv", to_hxl(export), most_rows=9))
    assert from_csv == from_xlsx == [header, *rows]
    assert tags == [column.hashtag for column in export.columns]


@pytest.mark.parametrize("demographics", [True, False])
def test_the_hashtags_are_read_by_hxl(opened: Opened, demographics: bool) -> None:
    source = opened(to_hxl(chosen(submission(), said("Good day", Consent.QUOTE), demographics=demographics)))
    columns, rows = source.columns, [row.dictionary for row in source]
    expected = [column for column in COLUMNS if demographics or not column.demographic]
    assert [column.header for column in columns] == [column.name for column in expected]
    assert [column.display_tag for column in columns] == [column.hashtag for column in expected]
    assert {column.tag for column in columns} <= {*DICTIONARY, "#x_objective"}
    assert rows[0]["#country+code+v_iso2"] == "IT"
    assert rows[1]["#description+feedback"] == "Good day"


def test_hxl_finds_nothing_wrong_and_takes_the_lists_apart(opened: Opened) -> None:
    plain = submission(replace(FULL, text="One line."))
    content = to_hxl(chosen(plain, said("Hi", Consent.QUOTE), demographics=True))
    assert hxl.validate(opened(content))["is_valid"] is True
    assert hxl.validate(opened(content.replace(b"2026-11-23", b"one day")))["is_valid"] is False
    expanded = opened(content).expand_lists("#x_objective+list", separator=";")
    assert [row.dictionary["#x_objective+code"] for row in expanded] == ["22", "6", ""]


@pytest.mark.parametrize(
    ("consents", "internal", "shown"),
    [
        ((), False, ""),
        ((Consent.CONTACT,), False, ""),
        ((Consent.QUOTE,), False, "some words"),
        ((Consent.QUOTE_BY_NAME,), False, "some words"),
        ((), True, "some words"),
    ],
)
def test_a_text_is_there_where_it_may_be_quoted(consents: Sequence[Consent], internal: bool, shown: str) -> None:
    export = chosen(said("some words", *consents), internal=internal)
    assert [each["text"] for each in objects(export)] == [shown]
    assert export.texts_left_out == (not shown)


@pytest.mark.parametrize("internal", [True, False])
def test_an_organization_is_named_only_where_it_agreed(internal: bool) -> None:
    quoted = said("We of PONTE CASA and Ponte Casamare ask", Consent.QUOTE, organization="Ponte Casa")
    (row,) = objects(chosen(quoted, internal=internal))
    assert (row["organization"], row["text"]) == ("", "We of [name] and Ponte Casamare ask")
    named = said("We of Ponte Casa ask", Consent.QUOTE_BY_NAME, organization="Ponte Casa")
    (row,) = objects(chosen(named, internal=internal))
    assert (row["organization"], row["text"]) == ("Ponte Casa", "We of Ponte Casa ask")


@pytest.mark.parametrize("internal", [True, False])
def test_sensitive_ones_and_those_taken_back_are_never_exported(internal: bool) -> None:
    sensitive = submission(replace(FULL, sensitive=True))
    back = submission(status=Status.WITHDRAWN)
    export = chosen(sensitive, back, replace(sensitive, status=Status.WITHDRAWN), internal=internal)
    assert (list(export.submissions), export.withdrawn_left_out, export.texts_left_out) == ([], 1, 0)
    for write in FORMATS.values():
        assert b"Rosa" not in write(export)


@pytest.mark.parametrize("internal", [True, False])
def test_of_an_erased_one_there_are_only_codes(internal: bool) -> None:
    (row,) = objects(chosen(replace(submission(), erased=True), internal=internal))
    assert (row["text"], row["organization"]) == ("", "")
    assert (row["stakeholder_group"], row["objectives"]) == ("migrant-organization", [22, 6])


def test_age_gender_and_status_are_there_only_if_asked_for() -> None:
    (row,) = objects(chosen(submission()))
    assert {"age_band", "gender", "migration_status"}.isdisjoint(row)
    for write in (to_csv, to_hxl, to_json):
        assert b"irregular" not in write(chosen(submission()))


def test_what_is_left_out_is_counted_in_the_file() -> None:
    whole = json.loads(
        to_json(chosen(said("a"), said("b"), said("c", Consent.QUOTE), submission(status=Status.WITHDRAWN)))
    )
    assert (whole["texts_left_out"], whole["withdrawn_left_out"], len(whole["submissions"])) == (2, 1, 3)


def test_the_ending_tells_the_format() -> None:
    assert [format_of(name) for name in ("a.csv", "a.HXL.csv", "b.xlsx", "hxl.json")] == [
        to_csv,
        to_hxl,
        to_xlsx,
        to_json,
    ]
    assert [format_of(name) for name in ("a", "a.txt", "csv", "a.csv.gz")] == [None] * 4


async def test_from_the_database_only_redacted_texts_come(any_database: SqlDatabase) -> None:
    intake = Intake(lambda text: text.replace("+39 06 1234567", "[number]"), WorkingGroups(()))
    records = [
        Record("Call +39 06 1234567", "en", consents=QUOTABLE),
        Record("Hidden", "en", consents=QUOTABLE, sensitive=True),
        Record("Taken back", "en", consents=QUOTABLE),
        Record("Erased", "en", consents=QUOTABLE, objectives=(7,)),
    ]
    new = intake.prepare(records, "web")
    async with any_database.begin() as work:
        await work.submissions.add(new, None)
    async with any_database.begin() as work:
        await work.submissions.withdraw(new[2].reference)
        await work.submissions.erase(new[3].reference)
    async with any_database.begin() as work:
        found = await work.submissions.find(Wanted())
    export = chosen(*found, internal=True)
    assert [(each["text"], each["objectives"]) for each in objects(export)] == [("", [7]), ("Call [number]", [])]
    assert export.withdrawn_left_out == 1
