"""`submissions`: what people sent, for working groups."""

import asyncio
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.commands.answering import answer, known, route, spelled, status
from bot.core import (
    MOST_NAME_CHARACTERS,
    OBJECTIVES,
    FeedbackType,
    Letter,
    OperatorError,
    Status,
    Submission,
    Wanted,
)
from bot.export import FORMATS, agreed, as_object, cell, columns, format_of, select
from bot.parts import open_database
from bot.settings import read_settings
from bot.tables import printable

FEWEST_SENSITIVE = 10
"""Smaller numbers of sensitive submissions are not told: they may point to somebody."""

_FOCAL_POINTS_ONLY = "Sensitive: for focal points only. Do not copy or pass on what you read here."
_DAY = click.DateTime(["%Y-%m-%d"])
_BEGINNING = 100
_FILTERS = (
    click.option("--status", type=click.Choice([each.value for each in Status])),
    click.option("--group", "working_group", default="", help="Short name of the working group."),
    click.option("--objective", type=click.IntRange(OBJECTIVES.start, OBJECTIVES.stop - 1)),
    click.option("--country", default="", help="ISO 3166-1 code, such as IT."),
    click.option("--language", default="", help="Language of the text, such as fr."),
    click.option("--type", "feedback_type", type=click.Choice([each.value for each in FeedbackType])),
    click.option("--consultation", default="", help="Short name of the consultation."),
    click.option("--since", type=_DAY, help="From this day on."),
    click.option("--until", type=_DAY, help="Until this day, which counts too."),
)


@click.group()
def submissions() -> None:
    """What people sent: list, read, export, answer (docs/record.md explains the codes)."""


for command in (answer, status, route):
    submissions.add_command(command)


def _filtered(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_FILTERS):
        command = option(command)
    return command


@submissions.command("list")
@_filtered
@click.option("--sensitive", is_flag=True, help="Sensitive ones alone, for focal points; they are left out otherwise.")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines, one a submission.")
def list_command(*, most: int, as_json: bool, sensitive: bool, **filters: Any) -> None:
    """The newest first, with the beginning of their redacted text."""
    (found,) = asyncio.run(_find(replace(_wanted(**filters), sensitive=sensitive, most=most)))
    if sensitive:
        click.echo(_FOCAL_POINTS_ONLY, err=True)
    for each in (agreed(submission, internal=True) for submission in found):
        click.echo(
            json.dumps(as_object(each, columns(demographics=False)), ensure_ascii=False) if as_json else _line(each)
        )
    if not found and not as_json:
        click.echo("There are none.")


@submissions.command()
@click.argument("reference")
@click.option("--original", is_flag=True, help="The words as they were written; this is logged.")
@click.option("--reader", default="", help="With --original: who reads it.")
@click.option("--reason", default="", help="With --original: why it is needed.")
def show(reference: str, *, original: bool, reader: str, reason: str) -> None:
    """One submission with its codes, its history and its letters; words are redacted."""
    read_by = (reader.strip(), reason.strip()) if original else None
    if read_by and not all(read_by):
        raise OperatorError(
            "An original is shown to a named reader for a reason. Give --reader NAME and --reason TEXT."
        )
    if len(reader) > MOST_NAME_CHARACTERS:
        raise OperatorError(f"--reader has more than {MOST_NAME_CHARACTERS} characters.")
    submission, letters = asyncio.run(_read(spelled(reference), read_by))
    if submission.record.sensitive:
        click.echo(_FOCAL_POINTS_ONLY, err=True)
    for line in _described(submission if original else agreed(submission, internal=True), letters):
        click.echo(line)


@submissions.command()
@click.argument("file", type=click.Path(path_type=Path))
@_filtered
@click.option("--internal", is_flag=True, help="All redacted texts, not only those that may be quoted.")
@click.option("--demographics", is_flag=True, help="Also age, gender and migration status: they can identify people.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
def export(file: Path, *, internal: bool, demographics: bool, force: bool, **filters: Any) -> None:
    """Write submissions to FILE, as its ending says: .csv, .xlsx, .json, or .hxl.csv with HXL hashtags.

    Sensitive ones and those that were taken back are left out, and texts that may not be quoted.
    """
    write = format_of(file.name)
    if write is None:
        raise OperatorError(f"The ending of {file.name} is not known. Use one of {', '.join(FORMATS)}.")
    if file.exists() and not force:
        raise OperatorError(f"{file} exists already. Choose another name, or replace it with --force.")
    wanted = _wanted(**filters)
    found, sensitive = asyncio.run(_find(wanted, replace(wanted, sensitive=True)))
    selected = select(found, internal=internal, demographics=demographics)
    _replace(file, write(selected))
    click.echo(f"Submissions written to {file}: {len(selected.submissions)}.")
    if selected.texts_left_out:
        click.echo(f"Texts left out, as they may not be quoted: {selected.texts_left_out} (--internal takes them).")
    if selected.withdrawn_left_out:
        click.echo(f"Submissions left out, as they were taken back: {selected.withdrawn_left_out}.")
    told = len(sensitive) if len(sensitive) >= FEWEST_SENSITIVE else f"fewer than {FEWEST_SENSITIVE}"
    click.echo(f"Submissions left out, as they are sensitive: {told}.")


def _wanted(
    *,
    status: str | None,
    objective: int | None,
    feedback_type: str | None,
    country: str,
    since: datetime | None,
    until: datetime | None,
    **same: Any,
) -> Wanted:
    return Wanted(
        status=Status(status) if status else None,
        objective=objective or 0,
        feedback_type=FeedbackType(feedback_type) if feedback_type else None,
        country=country.upper(),
        since=since.date() if since else None,
        until=until.date() if until else None,
        **same,
    )


async def _find(*wanted: Wanted) -> list[Sequence[Submission]]:
    async with open_database(read_settings()) as database, database.begin() as work:
        return [await work.submissions.find(each) for each in wanted]


async def _read(reference: str, read_by: tuple[str, str] | None) -> tuple[Submission, Sequence[Letter]]:
    """The submission and its redacted letters; with a reader and a reason the original, which is logged."""
    async with open_database(read_settings()) as database, database.begin() as work:
        with known(reference):
            get = work.submissions
            submission = await (get.original(reference, *read_by) if read_by else get.get(reference))
        return submission, await work.letters.of(reference, original=False)


def _line(each: Submission) -> str:
    record = each.record
    objectives = ";".join(map(str, record.objectives))
    said = (each.status, each.working_group, record.group, record.country, objectives, record.feedback_type)
    head = "  ".join(filter(None, (each.reference, f"{each.created:%Y-%m-%d}", *said, record.language)))
    copies = f"  ×{each.copies}" if each.copies > 1 else ""
    text = printable(" ".join(record.text.split()))
    return f"{head}{copies}\n    {text[:_BEGINNING]}{'…' if len(text) > _BEGINNING else ''}"


def _described(submission: Submission, letters: Sequence[Letter]) -> Iterator[str]:
    """Codes and history, one a line, then the words."""
    values = {**as_object(submission), "changed": f"{submission.changed:%Y-%m-%d}"}
    if submission.closed:
        values["closed"] = f"{submission.closed:%Y-%m-%d}"
    text = values.pop("text")
    if submission.erased:
        values["erased"] = True
    yield from (f"{name:20} {printable(cell(value))}" for name, value in values.items() if cell(value))
    for attachment in submission.attachments:
        yield f"{'file':20} {attachment.media_type}, {attachment.size_bytes} bytes"
    yield from _indented("text", cell(text))
    for letter in letters:
        yield from _indented(f"{letter.sent:%Y-%m-%d} {letter.sender} ({letter.language})", letter.text)


def _indented(title: str, text: str) -> Iterator[str]:
    if text:
        yield f"{title}:"
        yield from (f"    {line}" for line in printable(text).split("\n"))


def _replace(file: Path, content: bytes) -> None:
    """Write the whole file or nothing, for the operator's eyes only."""
    try:
        descriptor, temporary = tempfile.mkstemp(dir=file.parent, prefix=".compact-bot-")
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(descriptor)
            Path(temporary).replace(file)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        raise OperatorError(f"{file} cannot be written: {error.strerror}.") from error
