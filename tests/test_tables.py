"""Tables in and out: what is written is read again, and nothing in it runs."""

import csv
import io
import re
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.xml import DEFUSEDXML

from bot.tables import MOST_COLUMNS, UnreadableTable, neutral, printable, read_table, write_csv, write_xlsx
from tests.fakes.hostile import ANY_TEXT

NASTY = ANY_TEXT | st.text(
    st.sampled_from("=+-@'\"＝;,\t\r\n 5a\0\x1b\x85\u200b\u202e\u2066\u2028\ufeff\ufffe\ud83d"), max_size=9
)
ROWS = st.lists(st.lists(NASTY, min_size=1, max_size=4), min_size=1, max_size=6)
SHEET = "xl/worksheets/sheet1.xml"
WRITTEN = write_xlsx({"T": [["code", "text"], ["a", "b"]]}, lists={1: ["a"]})
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def read(content: bytes, name: str = "table.csv", most_rows: int = 1000) -> list[tuple[int, list[str]]]:
    return read_table(name, content, most_rows=most_rows)


def complaint(content: bytes, name: str = "table.csv", most_rows: int = 1000) -> str:
    with pytest.raises(UnreadableTable) as caught:
        read(content, name, most_rows)
    assert str(caught.value) == caught.value.template.format(**caught.value.values)
    return str(caught.value)


def expected(rows: Sequence[Sequence[str]], written: Callable[[str], str] = neutral) -> list[tuple[int, list[str]]]:
    """The rows as they come back: neutral, without outer blanks and without empty cells at the end."""
    found = []
    for line, row in enumerate(rows, start=1):
        cells = [written(cell).strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        found += [(line, cells)] if cells else []
    return found


def xlsx(*rows: Sequence[object]) -> bytes:
    """A table as somebody else's program makes it."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def changed(content: bytes, member: str, change: Callable[[str], str]) -> bytes:
    """The same XLSX with one of its files changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name).decode()) if name == member else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("sign", list("=+-@＝＋－＠﹦﹢﹣﹫−"))
@pytest.mark.parametrize("before", ["", " ", "\u200b", "\ufeff ", "\u00a0\u2800", "\u0301", "\x00\x1b"])
def test_what_would_be_a_formula_gets_an_apostrophe(sign: str, before: str) -> None:
    assert neutral(f"{before}{sign}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("text", ["\tx", "\r\nx", "\rx", "-5+1", "+39 06 1234", "--5", "-5\n=1", "+", "=5", "@5"])
def test_so_does_what_begins_with_a_tab_or_a_line_end_or_is_no_plain_number(text: str) -> None:
    assert neutral(text)[0] == "'"


@pytest.mark.parametrize(
    "text", ["-5", "+5", "-5,25", "3.5", "a=b", "'=1", "", "naïve – été", "#N/A", "١٢", "\u200fمرحبا"]
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\0\x1b[1mb\x7f\x9b", "a[1mb"),
        ("a\u202eb\u202c", "ab"),
        ("a\ud83d\ufffe\uffffb", "ab"),
        ("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("\u2067א\u2069 \u200f٢ 👩🏽\u200d🚀", "\u2067א\u2069 \u200f٢ 👩🏽\u200d🚀"),
    ],
)
def test_controls_and_overrides_are_taken_out_and_isolates_stay(text: str, left: str) -> None:
    assert printable(text) == neutral(text) == left


@given(NASTY)
def test_what_cannot_be_seen_is_taken_out_and_a_second_time_changes_nothing(text: str) -> None:
    safe = neutral(text)
    assert neutral(safe) == safe
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e]", safe)
    visible = next((sign for sign in safe if unicodedata.category(sign)[0] not in "ZCM"), "")
    assert visible not in ("=", "@") or not safe


@given(ROWS)
def test_a_csv_is_read_as_it_was_written(rows: list[list[str]]) -> None:
    rows = [["code", "text"], *rows]
    content = write_csv(rows)
    assert content.startswith(b"\xef\xbb\xbf")
    again = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [[cell.replace("'", "") for cell in row] for row in again] == [
        [neutral(cell).replace("'", "") for cell in row] for row in rows
    ]
    assert read(content) == expected(again, str)


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_an_xlsx_is_read_as_it_was_written(rows: list[list[str]]) -> None:
    assert read(write_xlsx({"Table": rows}), "table.xlsx") == expected(rows)


def test_values_become_plain_text() -> None:
    row = [12.0, 0.1, 7, True, date(2026, 3, 1), datetime(2026, 3, 1), datetime(2026, 3, 1, 9, 30), None, "x"]  # noqa: DTZ001 -- cells have no zone
    cells = ["12", "0.1", "7", "TRUE", "2026-03-01", "2026-03-01", "2026-03-01 09:30:00", "", "x"]
    assert (
        read(xlsx(row), "t.xlsx") == read(write_xlsx({"T": [row]}), "t.XLSX") == read(write_csv([row])) == [(1, cells)]
    )


def test_csv_lines_end_as_the_standard_says_and_quotes_are_doubled() -> None:
    assert write_csv([["a", 'say "x", y'], ["b", ""]]).decode("utf-8-sig") == 'a,"say ""x"", y"\r\nb,\r\n'


@pytest.mark.parametrize("separator", [";", "\t", "\n"])
def test_a_formula_cannot_hide_behind_another_separator(separator: str) -> None:
    """Spreadsheets of half of Europe expect semicolons: they take the line apart there, and at the end of the line."""
    (line, *more) = write_csv([["x", f"harmless{separator} =HYPERLINK(1)"]]).decode("utf-8-sig").split(separator)
    assert [part.lstrip()[:1] for part in more if part.strip()] == ["'"]
    assert "harmless" in line


def test_a_sheet_has_texts_only_a_header_that_stays_and_lists_on_a_hidden_sheet() -> None:
    sheets = {"Feedback [1/2]": [["group", "text"], ["#N/A", "=1+1"]], "Codes": [["a"]]}
    book = load_workbook(
        io.BytesIO(write_xlsx(sheets, lists={1: ["diaspora", "academia"], 2: ["x"]}, right_to_left=True))
    )
    first, second, hidden = book.worksheets
    assert [first.title, second.title, hidden.sheet_state] == ["Feedback  1 2", "Codes", "hidden"]
    assert {cell.data_type for row in first.rows for cell in row} == {"s"}
    assert (first["A1"].font.b, first["A2"].font.b, first.freeze_panes) == (True, False, "A2")
    assert first.sheet_view.rightToLeft
    assert 10 <= first.column_dimensions["A"].width <= 60
    rules = {str(rule.sqref): rule.formula1 for rule in first.data_validations.dataValidation}
    assert rules == {"A2:A1048576": "'Lists'!$A$1:$A$2", "B2:B1048576": "'Lists'!$B$1:$B$1"}
    assert [[cell.value for cell in row] for row in hidden.rows] == [["diaspora", "x"], ["academia", None]]


def test_a_cell_holds_no_more_than_spreadsheets_take() -> None:
    ((_, (cell,)),) = read(write_xlsx({"T": [["😀" * 20_000]]}), "t.xlsx")
    assert cell == "😀" * 16_383


def test_a_sheet_may_be_empty() -> None:
    assert read(write_xlsx({"T": []}), "t.xlsx") == read(write_csv([])) == read(b"") == []


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_csv_comes_in_many_ways(separator: str, encoding: str, line_end: str) -> None:
    lines = [f"code{separator}text", "", f'é{separator}"a{separator}, {line_end}; ""b"""', separator]
    content = line_end.join(lines).encode(encoding)
    assert read(content) == [(1, ["code", "text"]), (3, ["é", f'a{separator}, {line_end}; "b"'])]


def test_the_separator_may_be_said_first() -> None:
    assert read(b"sep=;\r\na,b;c\r\n") == [(1, ["a,b", "c"])]


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_header_in_quotes_does_not_mislead(separator: str) -> None:
    assert read(f'"a,b,c;d;e"{separator}x\n'.encode()) == [(1, ["a,b,c;d;e", "x"])]


@pytest.mark.parametrize(
    "content",
    [
        "Мигранты;текст".encode("cp1251"),
        "مهاجر;نص".encode("cp1256"),
        "移民,文字".encode("gbk"),
        b"a\0b",
        b"\xff\xfea",
        b"\x81\x8d",
        write_xlsx({"T": [["a"]]}),
    ],
)
def test_a_text_that_would_come_out_garbled_is_refused(content: bytes) -> None:
    assert "Please save it as CSV in UTF-8, or as XLSX." in complaint(content)


@pytest.mark.parametrize("row", ['b,"c', 'b,"c"d', "b," + "c" * 200_000])
def test_a_wrong_line_is_named(row: str) -> None:
    assert complaint(f"a,a\n{row}".encode()).startswith("Line 2 cannot be read")


@pytest.mark.parametrize("name", ["table.xls", "table.ods", "table", "xlsx", "table.csv.exe", "../table.txt"])
def test_other_kinds_of_files_are_refused(name: str) -> None:
    assert "not a CSV or XLSX file" in complaint(b"a,b", name)


def test_too_many_rows_are_refused_and_blank_ones_do_not_count() -> None:
    rows = [["a"], ["b"], [""], [" "], ["c"]]
    for name, content in (("t.csv", write_csv(rows)), ("t.xlsx", write_xlsx({"T": rows}))):
        assert [line for line, _cells in read(content, name, 3)] == [1, 2, 5]
        assert "more than 2 rows" in complaint(content, name, 2)


def test_too_many_columns_are_refused() -> None:
    for most, content in (("t.csv", write_csv), ("t.xlsx", lambda rows: write_xlsx({"T": rows}))):
        assert read(content([["a"] * MOST_COLUMNS]), most) == [(1, ["a"] * MOST_COLUMNS)]
        assert f"Row 2 has more than {MOST_COLUMNS} columns" in complaint(content([["a"], ["a"] * 5000]), most)


def test_of_several_sheets_the_first_that_can_be_seen_is_read() -> None:
    book = Workbook()
    book.worksheets[0].append(["hidden"])
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("second").append(["seen"])
    content = io.BytesIO()
    book.save(content)
    assert read(content.getvalue(), "t.xlsx") == [(1, ["seen"])]


def test_what_a_file_says_of_its_size_is_not_believed() -> None:
    content = xlsx(["a"], ["b"])
    small = changed(content, SHEET, lambda sheet: sheet.replace('ref="A1:A2"', 'ref="A1:A1"'))
    large = changed(content, SHEET, lambda sheet: sheet.replace('ref="A1:A2"', 'ref="A1:XFD1048576"'))
    assert small != content != large
    assert read(small, "t.xlsx") == read(large, "t.xlsx") == [(1, ["a"]), (2, ["b"])]


def test_a_row_at_the_end_of_the_world_does_not_take_forever() -> None:
    content = changed(xlsx(["a"], ["b"]), SHEET, lambda sheet: sheet.replace('<row r="2">', '<row r="99999999999">'))
    assert read(content, "t.xlsx") == [(1, ["a"])]


def test_zip_bombs_are_not_unpacked() -> None:
    big = changed(xlsx(["a"]), SHEET, lambda sheet: sheet + " " * 40_000_000)
    many = changed(xlsx(["a"]), SHEET, lambda sheet: sheet.replace("<sheetData>", "<sheetData>" + "<row/>" * 400_000))
    assert len(big) < 100_000
    assert "holds too much" in complaint(big, "t.xlsx")
    assert "holds too much" in complaint(many, "t.xlsx")


def test_a_bomb_that_lies_about_its_size_is_damaged() -> None:
    content = changed(xlsx(["a"]), SHEET, lambda sheet: sheet + " " * 40_000_000)
    size = struct.pack("<L", zipfile.ZipFile(io.BytesIO(content)).getinfo(SHEET).file_size)
    assert content.count(size) == 2
    assert "damaged" in complaint(content.replace(size, struct.pack("<L", 100)), "t.xlsx")


@pytest.mark.parametrize("member", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_entities_are_not_expanded(member: str) -> None:
    content = changed(xlsx(["ten"]), member, lambda text: BOMB + text.replace("ten", "&b;"))
    assert DEFUSEDXML
    with suppress(UnreadableTable):
        assert "aa" not in str(read(content, "t.xlsx"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"code,text\n"])
def test_what_is_no_xlsx_is_told(content: bytes) -> None:
    assert "damaged or has a password" in complaint(content, "t.xlsx")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_files_are_told_and_never_break_anything(data: st.DataObject) -> None:
    content = bytearray(WRITTEN)
    for _times in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UnreadableTable):
        assert len(read(bytes(content), "t.xlsx")) <= 2


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_sheets_are_told_and_never_break_anything(data: st.DataObject) -> None:
    member = data.draw(st.sampled_from(["xl/workbook.xml", SHEET, "xl/styles.xml", "xl/sharedStrings.xml"]))
    found, instead = (
        data.draw(st.sampled_from(('"', "<", ">", "1", "0", "s", "r=", "a", "x", "/", "=", ""))) for _ in "ab"
    )
    content = changed(xlsx(["code", date(2026, 3, 1)], ["a", 5]), member, lambda text: text.replace(found, instead))
    with suppress(UnreadableTable):
        assert len(read(content, "t.xlsx")) <= 2


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for name in ("t.csv", "t.xlsx"):
        with suppress(UnreadableTable):
            assert all(cells[-1] for _line, cells in read(content, name))


def test_carriage_returns_of_other_programs_are_left_out() -> None:
    assert read(xlsx(["one_x000D_\ntwo"]), "t.xlsx") == [(1, ["one\ntwo"])]
