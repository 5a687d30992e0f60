"""Tables that are handed in: everything is good, or everything wrong is told."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import Consent, SpeakingFor, StakeholderGroup
from bot.intake.entry import TITLES
from bot.intake.sheets import MOST_ROWS, Sheet, letters
from bot.tables import write_csv, write_xlsx
from tests.fakes.hostile import ANY_TEXT
from tests.intake.office import NAME, READER, WORDS, api_key, table
from tests.shipped import LANGUAGES

HEADER = ("text", "consent_keep")


def read(content: bytes, reader: str = "en") -> Sheet:
    return READER.read(content, api_key(), reader)


def told(*rows: Sequence[str]) -> list[tuple[int, str]]:
    """What is wrong with a table: line and reason."""
    sheet = read(table(*rows))
    assert sheet.entries == {}
    return [(each.line, each.sentence(LANGUAGES.translator("en"))) for each in sheet.problems]


def values(name: str, cell: str, *others: tuple[str, str]) -> dict[str, object]:
    """The entry made of a row with this cell, as a dictionary."""
    columns = [("text", WORDS), ("consent_keep", "yes"), (name, cell), *others]
    sheet = read(table([column for column, _ in columns], [each for _, each in columns]))
    assert sheet.problems == ()
    return sheet.entries[2].model_dump()


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("stakeholder_group", "trade-union", "trade-union"),
        ("stakeholder_group", " TRADE  Union ", "trade-union"),
        ("stakeholder_group", "ｔｒａｄｅ ｕｎｉｏｎ", "trade-union"),
        ("country", "IT", "IT"),
        ("country", "Italia", "IT"),
        ("country", "إيطاليا", "IT"),
        ("language", "AR", "ar"),
        ("language", "Arabic", "ar"),
        ("language", "العربية", "ar"),
        ("language", "français", "fr"),
        ("language", "árabe", "ar"),
        ("objectives", "6; 22", (6, 22)),
        ("objectives", "6,22", (6, 22)),
        ("objectives", "6 22", (6, 22)),
        ("objectives", "٦، ٢٢", (6, 22)),
        ("objectives", "13", (13,)),
        ("sensitive", "X", True),
        ("sensitive", "1", True),
        ("sensitive", "TRUE", True),
        ("sensitive", "0", False),
        ("sensitive", "No", False),
        ("consultation", "review-2026", "review-2026"),
        ("age", "18 to 24", "18-24"),
    ],
)
def test_a_cell_may_be_a_code_or_a_label_however_it_is_written(name: str, cell: str, value: object) -> None:
    assert values(name, cell)[name] == value


@pytest.mark.parametrize(
    "cell", ["technical; human", "Knowledge or technical help; people’s time", "technical\nhuman", "technical, human"]
)
def test_several_resources_may_be_named(cell: str) -> None:
    assert values("resources", cell, ("feedback_type", "offer"))["resources"] == ("technical", "human")


@pytest.mark.parametrize("cell", ["IT-82", "it-82", "Sicilia", "SICILIA"])
def test_a_region_may_be_a_code_or_a_name(cell: str) -> None:
    assert values("region", cell, ("country", "Italy"))["region"] == "IT-82"


def test_of_several_countries_the_one_of_exactly_this_name_is_meant() -> None:
    content = table((*HEADER, "country"), (WORDS, "yes", "Congo"))
    assert read(content, "es").entries[2].country == "CG"
    assert [each.problem.field for each in read(content, "en").problems] == ["country"]


def test_columns_may_stand_in_any_order_and_rows_may_be_blank() -> None:
    sheet = read(table(["consent_keep", "Feedback"], ["", ""], ["yes", "First"], ["", ""], ["yes", "Second"]))
    assert {line: entry.text for line, entry in sheet.entries.items()} == {3: "First", 5: "Second"}


def test_who_is_speaking_is_taken_from_the_key_where_it_is_left_out() -> None:
    record = read(table(HEADER, [WORDS, "yes"])).entries[2].record()
    assert (record.organization, record.group) == (NAME, StakeholderGroup.CIVIL_SOCIETY)
    assert record.speaking_for is SpeakingFor.ORGANIZATION
    assert record.consents == {Consent.KEEP}


@pytest.mark.parametrize(
    ("given", "group", "speaking_for", "organization"),
    [
        (("migrant", "", ""), "migrant", "oneself", ""),
        (("migrant", "organization", ""), "migrant", "organization", NAME),
        (("", "organization", "Another"), "civil-society", "organization", "Another"),
        (("", "group", ""), "not-said", "group", ""),
        (("", "oneself", ""), "not-said", "oneself", ""),
    ],
)
def test_somebody_else_who_is_speaking_is_not_taken_for_the_organization(
    given: tuple[str, str, str], group: str, speaking_for: str, organization: str
) -> None:
    columns = (*HEADER, "stakeholder_group", "speaking_for", "organization")
    entry = read(table(columns, [WORDS, "yes", *given])).entries[2]
    assert (entry.stakeholder_group, entry.speaking_for, entry.organization) == (group, speaking_for, organization)


def test_every_bad_row_is_told_with_its_line_and_every_reason() -> None:
    rows = [
        (*HEADER, "country", "objectives", "people"),
        (WORDS, "yes", "IT", "13", ""),
        ("", "no", "Congo", "24", "many"),
        (WORDS, "yes", "", "6.22", ""),
        ("x" * 10_001, "perhaps", "", "", ""),
        (WORDS, "yes", "", "", "12"),
    ]
    assert told(*rows) == [
        (3, "Feedback: please fill this in."),
        (3, "Number of people: please give a whole number from 0 to 10000000."),
        (3, "Country: this country is not known or not clear. Please give its code of two letters, such as IT."),
        (3, "Objectives: please give a whole number from 1 to 23."),
        (3, "Consent to keep it: nothing is stored without this consent."),
        (4, "Objectives: please give a whole number from 1 to 23."),
        (5, "Feedback: this is too long, at most 10000 characters are taken."),
        (5, "Consent to keep it: nothing is stored without this consent."),
        (6, "Number of people: this can be given only where a group is speaking."),
    ]


def test_two_thousand_bad_rows_are_all_told() -> None:
    assert len(told(HEADER, *[(WORDS, "no")] * MOST_ROWS)) == MOST_ROWS


def test_two_thousand_rows_are_taken_and_no_more() -> None:
    rows = [HEADER, *[(WORDS, "yes")] * MOST_ROWS]
    assert len(read(table(*rows)).entries) == MOST_ROWS
    ((line, reason),) = told(*rows, (WORDS, "yes"))
    assert line == 0
    assert "more than 2001 rows" in reason


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        ([], ["The first row must have the titles of the columns, as in the template."]),
        ([(WORDS, "yes")], ["The first row must have the titles of the columns, as in the template."]),
        ([HEADER], ["There is nothing below the titles of the columns."]),
        ([("text",), (WORDS,)], ["Consent to keep it: this column is missing."]),
        ([("consent_keep",), ("yes",)], ["Feedback: this column is missing."]),
        (
            [(*HEADER, "Telephone"), (WORDS, "yes", "123")],
            ["Column C: this title is not known. Please take one of the template, or remove the column."],
        ),
        ([(*HEADER, "Feedback"), (WORDS, "yes", WORDS)], ["Column C: another column has the same title."]),
        (
            [HEADER, (WORDS, "yes", "", "something")],
            ["Column D: something stands here, but the column has no title."],
        ),
    ],
)
def test_what_is_wrong_with_the_columns_is_told(rows: Sequence[Sequence[str]], reasons: list[str]) -> None:
    assert [reason for _line, reason in told(*rows)] == reasons


def test_unknown_columns_and_bad_rows_are_told_together() -> None:
    assert [line for line, _reason in told((*HEADER, "Telephone"), (WORDS, "no", "1"), (WORDS, "no", "2"))] == [1, 2, 3]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"PK\x03\x04 damaged", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"a\0b"]
)
def test_what_is_no_table_is_told_in_one_sentence(content: bytes) -> None:
    sheet = read(content)
    assert len(sheet.problems) == 1
    assert sheet.problems[0].sentence(LANGUAGES.translator("ar"))


@given(st.lists(st.lists(ANY_TEXT, min_size=1, max_size=6), max_size=5), st.booleans())
@settings(max_examples=60)
def test_hostile_cells_do_no_harm(rows: list[list[str]], has_header: bool) -> None:
    table_rows = [list(TITLES)[:6], *rows] if has_header else rows
    for content in (write_csv(table_rows), write_xlsx({"T": table_rows})):
        sheet = read(content)
        assert bool(sheet.problems) is not bool(sheet.entries)
        for each in sheet.problems:
            each.sentence(LANGUAGES.translator("ar")).encode()


def test_formulas_are_words() -> None:
    sheet = read(table(HEADER, ["=cmd|' /C calc'!A0", "yes"]))
    assert sheet.entries[2].text == "=cmd|' /C calc'!A0"


def test_no_reason_repeats_what_stands_in_a_cell() -> None:
    secret = "Amina Made-up"
    rows = [(*HEADER, *list(TITLES)[1:12], secret), (WORDS, *[secret] * 13)]
    assert all(secret not in reason for _line, reason in told(*rows))


@pytest.mark.parametrize(("position", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")])
def test_columns_are_named_as_spreadsheets_do(position: int, name: str) -> None:
    assert letters(position) == name
