"""Reading a table of submissions: all of it is good, or everything that is wrong with it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from bot.core import N_, ApiKey, Countries, Translator
from bot.intake.entry import TITLES, Entry, Problem, problems
from bot.intake.reception import with_defaults
from bot.intake.vocabulary import Vocabulary
from bot.tables import UnreadableTable, read_table

MOST_ROWS = 2_000
MOST_BYTES = 5_000_000

_NEEDED_COLUMNS = ("text", "consent_keep")
_NO_TITLES = N_("The first row must have the titles of the columns, as in the template.")
_NO_ROWS = N_("There is nothing below the titles of the columns.")
_UNKNOWN_TITLE = N_("Column {column}: this title is not known. Please take one of the template, or remove the column.")
_SAME_TITLE = N_("Column {column}: another column has the same title.")
_NO_TITLE = N_("Column {column}: something stands here, but the column has no title.")
_MISSING_COLUMN = N_("{field}: this column is missing.")
_ZIP = b"PK\x03\x04"
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something wrong in a row, by the number that a spreadsheet shows; 0 for the table as a whole."""

    line: int
    problem: Problem

    def sentence(self, own: Translator) -> str:
        title = own.gettext(TITLES.get(self.problem.field, self.problem.field))
        return own.gettext(self.problem.text, **self.problem.values, **({"field": title} if title else {}))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a table says: `entries` by row, or everything that is wrong with it. `examples` are rows that were left out."""

    entries: Mapping[int, Entry] = field(default_factory=dict)
    problems: Sequence[RowProblem] = ()
    examples: int = 0


@dataclass(frozen=True, slots=True)
class _Header:
    line: int
    fields: Sequence[str | None]
    """Of each column; None where a title is missing or not known."""
    reader: str
    problems: Sequence[RowProblem]

    @property
    def is_complete(self) -> bool:
        return all(name in self.fields for name in _NEEDED_COLUMNS)


@dataclass(frozen=True, slots=True)
class SheetReader:
    """Reads tables that are written in any of the languages."""

    vocabulary: Vocabulary
    countries: Countries

    def read(self, content: bytes, key: ApiKey, reader: str) -> Sheet:
        """The entries of a CSV or XLSX file. Who is speaking is taken from the key where it is left out.

        `reader` is the language of whoever hands it in, for words that the titles do not tell the language of.
        """
        name = "table.xlsx" if content.startswith(_ZIP) else "table.csv"
        try:
            rows = read_table(name, content, most_rows=MOST_ROWS + 1)
        except UnreadableTable as error:
            return _wrong(error.template, **error.values)
        if not rows:
            return _wrong(_NO_TITLES)
        header = self._header(*rows[0], reader)
        if not any(header.fields):
            return _wrong(_NO_TITLES)
        return self._sheet(header, rows[1:], key)

    def _header(self, line: int, titles: Sequence[str], reader: str) -> _Header:
        reader = self.vocabulary.reader(titles, reader)
        fields: list[str | None] = []
        found = []
        for position, title in enumerate(titles):
            name = self.vocabulary.field(title, reader) if title else None
            if name is None and title:
                found.append(_column(line, _UNKNOWN_TITLE, position))
            elif name is not None and name in fields:
                found.append(_column(line, _SAME_TITLE, position))
            fields.append(name)
        missing = [name for name in _NEEDED_COLUMNS if name not in fields]
        found += [RowProblem(line, Problem(name, _MISSING_COLUMN, {})) for name in missing]
        return _Header(line, fields, reader, found)

    def _sheet(self, header: _Header, rows: Sequence[tuple[int, Sequence[str]]], key: ApiKey) -> Sheet:
        entries: dict[int, Entry] = {}
        found = list(header.problems)
        examples = 0
        for line, row in rows if header.is_complete else ():
            cells = {name: cell for name, cell in zip(header.fields, row, strict=False) if name}
            if self.vocabulary.is_example(cells.get("text", "")):
                examples += 1
                continue
            try:
                entries[line] = Entry.read(
                    with_defaults(self.vocabulary.values(cells, header.reader), key), self.countries
                )
            except ValidationError as error:
                found += [RowProblem(line, each) for each in problems(error)]
            found += _without_title(header, line, row)
        if not entries and not found:
            return _wrong(_NO_ROWS)
        return Sheet({} if found else entries, tuple(found), examples)


def _without_title(header: _Header, line: int, row: Sequence[str]) -> list[RowProblem]:
    """Of an unknown title is told in the header."""
    wide = [*header.fields, *[None] * (len(row) - len(header.fields))]
    told = {each.problem.values.get("column") for each in header.problems}
    found = [_column(line, _NO_TITLE, at) for at, cell in enumerate(row) if cell and wide[at] is None]
    return [each for each in found if each.problem.values["column"] not in told]


def _column(line: int, text: str, position: int) -> RowProblem:
    return RowProblem(line, Problem("", text, {"column": letters(position)}))


def _wrong(text: str, **values: object) -> Sheet:
    return Sheet(problems=(RowProblem(0, Problem("", text, values)),))


def letters(position: int) -> str:
    """What spreadsheets call a column: A to Z, then AA."""
    before, last = divmod(position, _LETTERS)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)
