"""Tables in and out: CSV and XLSX, with nothing in them that a spreadsheet would run."""

import csv
import re
import unicodedata
import warnings
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, time
from io import BytesIO, StringIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from bot.core import N_, CompactBotError

MOST_COLUMNS = 100
MOST_ROWS_OF_A_SHEET = 1_048_576
MOST_UNITS_OF_A_CELL = 32_767
"""What spreadsheets hold at most; a cell in UTF-16 units."""

# An XLSX is a compressed folder of XML: a small file may unpack to a huge one, or to very many tiny elements.
_UNPACKED_BYTES, _UNPACKED_BYTES_A_ROW = 10_000_000, 20_000
_ELEMENTS, _ELEMENTS_A_ROW = 100_000, 200

_REMOVED = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e]")
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_FORMULA = "=+-@−"
_EMPTY_LOOKING = "\u115f\u1160\u2800\u3164\uffa0"
_AFTER_SEPARATOR = re.compile(r"([;\t\n]\s*)(?=[=+\-@＝＋－＠])")
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t])"?(?:\r\n?|\n)')
_OTHER_ALPHABET = re.compile("[À-ÿ]{4}")
_FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_MOST_TITLE = 31
_NARROWEST, _WIDEST = 10, 60
_MEASURED_ROWS = 200
_HEADER, _TEXT = "Header", "Text"  # named styles: a style for each cell costs seconds

# What openpyxl, zipfile and the XML parsers raise for files that are damaged or made to do harm.
_DAMAGED = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)


class UnreadableTable(CompactBotError):
    """A file cannot be read as a table. `template` is an English text for `gettext`, `values` fill its placeholders."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


def printable(text: str) -> str:
    """The text without control characters and what turns writing around. A line ends with a line feed."""
    return _REMOVED.sub("", _LINE_ENDS.sub("\n", text))


def neutral(cell: str) -> str:
    """The printable text, with an apostrophe before what a spreadsheet would run. A plain number stays as it is."""
    text = printable(cell)
    if _NUMBER.fullmatch(text):
        return text
    visible = next((sign for sign in text if not _looks_empty(sign)), " ")
    return f"'{text}" if text[:1] in ("\t", "\n") or unicodedata.normalize("NFKC", visible)[0] in _FORMULA else text


def _looks_empty(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "ZCM" or sign in _EMPTY_LOOKING


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a byte order mark, comma and CRLF as in RFC 4180; every text is neutral.

    Where a semicolon separates, spreadsheets that open it do not see the quotes; so what follows a semicolon, a tab or
    a new line inside a cell is made neutral too.
    """
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(
        [_AFTER_SEPARATOR.sub(r"\1'", neutral(_text(value))) for value in row] for row in rows
    )
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(
    sheets: Mapping[str, Iterable[Sequence[object]]],
    *,
    lists: Mapping[int, Sequence[str]] | None = None,
    right_to_left: bool = False,
) -> bytes:
    """Sheets by title, each with a header row that stays in view. Every cell is a neutral text.

    `lists` are the values to choose from, by the number of a column of the first sheet; the first column is 1.
    """
    book = Workbook(write_only=True)
    for style in (_HEADER, _TEXT):
        wrapped = Alignment(vertical="top", wrap_text=True)
        book.add_named_style(NamedStyle(style, font=Font(bold=style == _HEADER), alignment=wrapped))
    for title, rows in sheets.items():
        _add_sheet(book, title, [list(map(_text, row)) for row in rows], right_to_left)
    if lists:
        _add_lists(book, book.worksheets[0], lists)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _add_sheet(book: Workbook, title: str, rows: Sequence[Sequence[str]], right_to_left: bool) -> None:
    sheet = book.create_sheet(_FORBIDDEN_IN_TITLES.sub(" ", title).strip()[:_MOST_TITLE])
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.freeze_panes = "A2"
    for column in range(max(map(len, rows), default=0)):
        texts = [row[column] for row in rows[:_MEASURED_ROWS] if len(row) > column]
        longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(max(longest + 2, _NARROWEST), _WIDEST)
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, text, header=number == 0) for text in row])


def _cell(sheet: object, text: str, *, header: bool = False) -> WriteOnlyCell:
    units = neutral(text).encode("utf-16-le")[: 2 * MOST_UNITS_OF_A_CELL]
    cell = WriteOnlyCell(sheet, units.decode("utf-16-le", errors="ignore"))
    cell.data_type = "s"  # it takes some texts for formulas or errors
    cell.style = _HEADER if header else _TEXT
    return cell


def _add_lists(book: Workbook, first: object, lists: Mapping[int, Sequence[str]]) -> None:
    """The values on a hidden sheet, one column each: a list inside the validation itself may have 255 characters only."""
    hidden = book.create_sheet("Lists")
    hidden.sheet_state = "hidden"
    for number in range(max(map(len, lists.values()))):
        row = [values[number] if number < len(values) else "" for values in lists.values()]
        hidden.append([_cell(hidden, value) for value in row])
    for position, (column, values) in enumerate(lists.items(), start=1):
        there, here = get_column_letter(position), get_column_letter(column)
        allowed = DataValidation(
            type="list",
            formula1=f"{quote_sheetname(hidden.title)}!${there}$1:${there}${len(values)}",
            allow_blank=True,
            showErrorMessage=True,
        )
        allowed.add(f"{here}2:{here}{MOST_ROWS_OF_A_SHEET}")
        first.data_validations.append(allowed)  # type: ignore[attr-defined]


def read_table(name: str, content: bytes, *, most_rows: int) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, each with its number as a spreadsheet shows it; cells as text without outer blanks.

    Empty cells at the end of a row are left out. `name` is the file's; its ending tells what it is. The header counts
    as a row. Of an XLSX it is the first sheet that is not hidden, with the values of formulas.

    Raises:
        UnreadableTable: it is neither CSV nor XLSX, damaged, too large, or has more rows or columns than allowed.
    """
    ending = PurePath(name).suffix.lower()
    if ending not in (".csv", ".xlsx"):
        raise UnreadableTable(N_("This is not a CSV or XLSX file. Please save the table as one of these."))
    found: list[tuple[int, list[str]]] = []
    for line, values in _xlsx_rows(content, most_rows) if ending == ".xlsx" else enumerate(_csv_rows(content), start=1):
        cells = [_text(value).strip() for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise UnreadableTable(
                N_("Row {line} has more than {most} columns. Is this the right file?"), line=line, most=MOST_COLUMNS
            )
        if cells and len(found) == most_rows:
            raise UnreadableTable(
                N_("The table has more than {most} rows. Please divide it into several files."), most=most_rows
            )
        if cells:
            found.append((line, cells))
    return found


def _text(value: object) -> str:
    """A value as plain text: dates in the ISO form, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value).replace("_x000D_", "")  # how Excel writes a carriage return


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    said = _SEPARATOR_LINE.match(text)
    text = text[said.end() :] if said else text
    reader = csv.reader(StringIO(text, newline=""), delimiter=said[1] if said else _separator(text), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise UnreadableTable(
            N_("Line {line} cannot be read: a quotation mark is missing or misplaced, or a cell is very long."),
            line=reader.line_num,
        ) from error


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16, or else the old code page of western Europe, unless that looks like another alphabet."""
    encoding = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    with suppress(UnicodeDecodeError):
        text = content.decode(encoding)
        if "\0" not in text:
            return text
    western = content.decode("cp1252", errors="replace")
    if encoding == "utf-16" or "\ufffd" in western or "\0" in western or _OTHER_ALPHABET.search(western):
        raise UnreadableTable(N_("The text of this file cannot be read. Please save it as CSV in UTF-8, or as XLSX."))
    return western


def _separator(text: str) -> str:
    """What stands most often between the cells of the first line that is not blank."""
    unquoted = re.sub(r'"(?:[^"]|"")*"', "", text.lstrip())
    return max(",;\t", key=re.split("[\r\n]", unquoted, maxsplit=1)[0].count)


def _xlsx_rows(content: bytes, most_rows: int) -> list[tuple[int, Sequence[object]]]:
    """The rows with anything in them; a column too many is enough to see that there are more than allowed."""
    try:
        _check_unpacked(content, most_rows)
        with warnings.catch_warnings(action="ignore"):  # it warns of what it leaves out, such as pictures
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), book.worksheets[0])
            # With bounds of our own: what the file says of its size need not be true.
            rows = sheet.iter_rows(max_row=MOST_ROWS_OF_A_SHEET, max_col=MOST_COLUMNS + 1, values_only=True)
            return [(line, row) for line, row in enumerate(rows, start=1) if any(value is not None for value in row)]
    except _DAMAGED as error:
        raise UnreadableTable(
            N_("This XLSX file is damaged or has a password. Please save a new copy without one.")
        ) from error


def _check_unpacked(content: bytes, most_rows: int) -> None:
    """Unpacks at most what the table of contents promises, which is what `zipfile` gives at most of each file."""
    with ZipFile(BytesIO(content)) as archive:
        size = sum(file.file_size for file in archive.infolist())
        if size <= _UNPACKED_BYTES + _UNPACKED_BYTES_A_ROW * most_rows:
            elements = sum(archive.read(file).count(b"<") for file in archive.infolist())
            if elements <= _ELEMENTS + _ELEMENTS_A_ROW * most_rows:
                return
    raise UnreadableTable(N_("This XLSX file holds too much. Please copy the filled rows into a new file."))
