"""Submissions as files for working groups and analysts: CSV, XLSX, JSON, and CSV with HXL hashtags.

All have the same columns and codes; docs/record.md says what each means.
"""

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core import Consent, Intake, Status, Submission, WorkingGroups
from bot.tables import write_csv, write_xlsx

Value = str | int | bool | Sequence[str] | Sequence[int] | None
LIST_SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in every format, its HXL hashtag, and where its value comes from.

    Hashtags are those of the HXL 1.1 dictionary; one of our own begins with `#x_`, as HXL asks. `demographic` ones can
    help to identify a person and are exported only where they are asked for.
    """

    name: str
    hashtag: str
    value: Callable[[Submission], Value]
    demographic: bool = False


def _may(consent: Consent) -> Callable[[Submission], Value]:
    return lambda each: consent in each.record.consents


COLUMNS = (
    Column("reference", "#meta+id", lambda each: each.reference),
    Column("created", "#date+reported", lambda each: each.created.date().isoformat()),
    Column("status", "#status+code", lambda each: each.status),
    Column("working_group", "#org+code+reviewing", lambda each: each.working_group),
    Column("stakeholder_group", "#respondee+type+code", lambda each: each.record.group),
    Column("speaking_for", "#respondee+role+code", lambda each: each.record.speaking_for),
    Column("organization", "#org+name+speaking", lambda each: each.record.organization),
    Column("people", "#indicator+people+num", lambda each: each.record.people or None),
    Column("country", "#country+code+v_iso2", lambda each: each.record.country),
    Column("region", "#adm1+code+v_iso3166_2", lambda each: each.record.region),
    Column("objectives", "#x_objective+code+list", lambda each: each.record.objectives),
    Column("main_objective", "#x_objective+code+main", lambda each: next(iter(each.record.objectives), None)),
    Column("feedback_type", "#indicator+feedback+type+code", lambda each: each.record.feedback_type),
    Column("resources", "#capacity+type+code+list", lambda each: each.record.resources),
    Column("language", "#meta+language+code", lambda each: each.record.language),
    Column("channel", "#meta+channel+code", lambda each: each.channel),
    Column("consultation", "#activity+consultation+code", lambda each: each.record.consultation),
    Column("age_band", "#respondee+age+code", lambda each: each.record.age, demographic=True),
    Column("gender", "#respondee+gender+code", lambda each: each.record.gender, demographic=True),
    Column("migration_status", "#respondee+status+code", lambda each: each.record.migration_status, demographic=True),
    Column("may_contact", "#meta+consent+contact", _may(Consent.CONTACT)),
    Column("may_quote", "#meta+consent+quote", _may(Consent.QUOTE)),
    Column("may_quote_with_name", "#meta+consent+quote+name", _may(Consent.QUOTE_BY_NAME)),
    Column("copies", "#indicator+copies+num", lambda each: each.copies),
    Column("text", "#description+feedback", lambda each: each.record.text),
)


# Of a stored text: the consent to be named may have been withdrawn since the organization's name was left in it.
_UNNAMED = Intake(redact=str, groups=WorkingGroups(()))


@dataclass(frozen=True, slots=True)
class Export:
    """What goes into a file, and how much was left out: texts that may not be quoted, submissions taken back."""

    submissions: Sequence[Submission]
    columns: Sequence[Column]
    texts_left_out: int
    withdrawn_left_out: int


def select(found: Iterable[Submission], *, internal: bool, demographics: bool) -> Export:
    """What the people behind these submissions agreed to, of redacted submissions as `Submissions.find` gives them.

    Sensitive ones and those that were taken back are left out. The text is there where it may be quoted; `internal`
    takes all texts, for the working groups' own use. An organization is named only where it may be quoted by name.
    """
    usable = [each for each in found if not each.record.sensitive]
    given = [each for each in usable if each.status is not Status.WITHDRAWN]
    shown = [agreed(each, internal=internal) for each in given]
    texts = [sum(bool(each.record.text) for each in some) for some in (given, shown)]
    return Export(shown, columns(demographics=demographics), texts[0] - texts[1], len(usable) - len(given))


def columns(*, demographics: bool) -> list[Column]:
    return [column for column in COLUMNS if demographics or not column.demographic]


def agreed(submission: Submission, *, internal: bool) -> Submission:
    """The submission without what others may not read, see `select`; of an erased one only the codes."""
    record = submission.record
    by_name = Consent.QUOTE_BY_NAME in record.consents and not submission.erased
    quotable = (by_name or internal or Consent.QUOTE in record.consents) and not submission.erased
    return replace(
        submission,
        record=replace(
            record,
            text=_UNNAMED.shown(record) if quotable else "",
            organization=record.organization if by_name else "",
        ),
    )


def as_object(submission: Submission, columns: Sequence[Column] = COLUMNS) -> dict[str, Value]:
    """One submission as it stands in JSON."""
    return {column.name: column.value(submission) for column in columns}


def to_csv(export: Export) -> bytes:
    return write_csv(_rows(export))


def to_hxl(export: Export) -> bytes:
    """CSV with a row of hashtags; without the byte order mark, which HXL tools take for a part of the first header."""
    header, *rows = _rows(export)
    return write_csv([header, [column.hashtag for column in export.columns], *rows]).removeprefix(BOM_UTF8)


def to_xlsx(export: Export) -> bytes:
    return write_xlsx({"Submissions": _rows(export)})


def to_json(export: Export) -> bytes:
    whole = {
        "texts_left_out": export.texts_left_out,
        "withdrawn_left_out": export.withdrawn_left_out,
        "submissions": [as_object(each, export.columns) for each in export.submissions],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


FORMATS: Mapping[str, Callable[[Export], bytes]] = {
    ".hxl.csv": to_hxl,
    ".csv": to_csv,
    ".xlsx": to_xlsx,
    ".json": to_json,
}
"""How to write a file, by the ending of its name; the longer ending stands first."""


def format_of(name: str) -> Callable[[Export], bytes] | None:
    """How to write a file of this name; None for an ending that is not known."""
    return next((write for ending, write in FORMATS.items() if name.lower().endswith(ending)), None)


def _rows(export: Export) -> list[list[str]]:
    header = [column.name for column in export.columns]
    return [header, *([cell(column.value(each)) for column in export.columns] for each in export.submissions)]


def cell(value: Value) -> str:
    """A value in a table: `yes` or `no`, lists with semicolons, nothing for what was not said."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int):
        return str(value)
    return LIST_SEPARATOR.join(map(str, value))
