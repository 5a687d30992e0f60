"""`submissions`: what operators and working groups read and write from the command line."""

import asyncio
import json
import os
import stat
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.__main__ import main
from bot.core import (
    Address,
    Consent,
    Conversation,
    FeedbackType,
    Intake,
    Record,
    Sender,
    StakeholderGroup,
    Status,
    UnitOfWork,
    WorkingGroups,
)
from bot.export import COLUMNS
from bot.privacy.keys import Keys
from bot.tables import read_table
from db.engine import create_engine
from tests.commands.command_line import CommandLine, Ended
from tests.conftest import SECRET, migrated
from tests.fakes.clock import FakeClock

FOCAL_POINTS = "Sensitive: for focal points only. Do not copy or pass on what you read here.\n"
INTAKE = Intake(lambda text: text.replace("Amina", "[name]"), WorkingGroups(()))
SCHOOL = Record(
    text="Amina says:\nthe school stays shut.\x1b[2J\u202e",
    language="it",
    group=StakeholderGroup.DIASPORA,
    organization="Ponte Casa",
    country="IT",
    objectives=(22, 6),
    feedback_type=FeedbackType.CONCERN,
    consents=frozenset({Consent.KEEP}),
    consultation="imrf-2026",
)
PRAISE = Record("Well done", "en", feedback_type=FeedbackType.PRAISE, consents=frozenset({Consent.KEEP, Consent.QUOTE}))


@dataclass(frozen=True)
class Operator:
    """Runs `compact-bot submissions …` on a database, and puts things into it.

    In this process: starting fifty of their own takes minutes. `test_it_runs_in_a_process_of_its_own` starts one.
    """

    folder: Path
    url: str
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    clock: FakeClock = field(default_factory=FakeClock)

    def __call__(self, *words: str) -> Ended:
        with self.monkeypatch.context() as patch:
            for name in [name for name in os.environ if name.upper().startswith("BOT_")]:
                patch.delenv(name)
            patch.setenv("BOT_DATABASE_URL", self.url)
            patch.setenv("BOT_SECRET_KEY", SECRET)
            patch.chdir(self.folder)
            patch.setattr("sys.argv", ["compact-bot", "submissions", *words])
            with pytest.raises(SystemExit) as ended:
                main()
        out, err = self.capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err)

    def keep(self, *records: Record) -> list[str]:
        """Store them; their references."""
        new = INTAKE.prepare(records, "web")
        self.works(lambda work: work.submissions.add(new, None))
        return [each.reference for each in new]

    def works(self, act: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
        """What a transaction returns."""

        async def run() -> Any:
            async with migrated(self.url, Keys(SECRET), self.clock) as database, database.begin() as work:
                return await act(work)

        return asyncio.run(run())

    def views(self) -> list[tuple[str, str, str]]:
        """Who looked at which original, and why."""

        async def run() -> list[tuple[str, str, str]]:
            engine = create_engine(self.url)
            async with engine.connect() as connection:
                found = await connection.execute(text("SELECT reference, reader, reason FROM original_views"))
                rows = [(row.reference, row.reader, row.reason) for row in found]
            await engine.dispose()
            return rows

        return asyncio.run(run())

    def file(self, name: str) -> Path:
        return self.folder / name

    def references(self, *filters: str) -> list[str]:
        return [each["reference"] for each in self("list", "--json", *filters).json_lines]


@pytest.fixture
def operator(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Operator:
    folder = tmp_path / "here"
    folder.mkdir()
    return Operator(folder, sqlite_url, monkeypatch, capsys)


@pytest.fixture
def any_operator(operator: Operator, any_url: str) -> Operator:
    """The same test on both databases."""
    return replace(operator, url=any_url)


def test_it_runs_in_a_process_of_its_own(compact_bot: CommandLine) -> None:
    assert compact_bot("submissions", "list").out == "There are none.\n"
    assert "There is no submission" in compact_bot("submissions", "show", "22222222").complains()


def test_without_any_it_says_so(operator: Operator) -> None:
    assert operator("list").out == "There are none.\n"
    assert operator("list", "--json").out == ""


def test_the_list_has_codes_and_the_beginning_of_the_redacted_text(operator: Operator) -> None:
    (school,) = operator.keep(SCHOOL)
    (long,) = operator.keep(replace(PRAISE, text="word " * 50))
    lines = operator("list").lines
    assert lines[0] == f"{long}  2026-11-23  new  secretariat  not-said  praise  en"
    assert lines[1] == "    " + ("word " * 20) + "…"
    assert lines[2:] == [
        f"{school}  2026-11-23  new  secretariat  diaspora  IT  22;6  concern  it",
        "    [name] says: the school stays shut.[2J",
    ]


def test_copies_are_counted(operator: Operator) -> None:
    operator.keep(PRAISE, replace(PRAISE, text="WELL, done!"))
    assert [line.endswith("  en  ×2") for line in operator("list").lines[::2]] == [True, True]


def test_json_has_the_codes_and_names_no_organization(operator: Operator) -> None:
    operator.keep(SCHOOL)
    (row,) = operator("list", "--json").json_lines
    assert list(row) == [column.name for column in COLUMNS if not column.demographic]
    assert (row["organization"], row["objectives"], row["country"]) == ("", [22, 6], "IT")
    assert row["text"].startswith("[name] says")


def test_the_list_can_be_narrowed(any_operator: Operator) -> None:
    school, praise = any_operator.keep(SCHOOL, PRAISE)
    any_operator.works(lambda work: work.submissions.route(praise, "forced-labour"))
    any_operator.works(lambda work: work.submissions.set_status(praise, Status.IN_REVIEW))
    for of_school, of_praise in (
        (("--country", "it"), ("--group", "forced-labour")),
        (("--objective", "6"), ("--status", "in-review")),
        (("--language", "it"), ("--type", "praise")),
        (("--consultation", "imrf-2026"), ("--most", "1")),
    ):
        assert any_operator.references(*of_school) == [school]
        assert any_operator.references(*of_praise) == [praise]
    assert any_operator.references("--since", "2026-11-23", "--until", "2026-11-23") == [praise, school]
    assert any_operator.references("--since", "2026-11-24") == any_operator.references("--until", "2026-11-22") == []
    assert any_operator.references("--country", "IT", "--type", "praise") == []


@pytest.mark.parametrize(
    "words",
    [("--status", "lost"), ("--type", "x"), ("--objective", "24"), ("--since", "yesterday"), ("--most", "0")],
)
def test_a_filter_that_makes_no_sense_is_refused(operator: Operator, words: tuple[str, str]) -> None:
    ended = operator("list", *words)
    assert (ended.status, ended.out) == (2, "")
    assert words[0] in ended.err


def test_sensitive_ones_are_listed_only_when_asked_for_with_a_warning(operator: Operator) -> None:
    secret, praise = operator.keep(replace(SCHOOL, sensitive=True), PRAISE)
    assert operator.references() == [praise]
    ended = operator("list", "--sensitive")
    assert ended.lines[0].startswith(secret)
    assert ended.err == FOCAL_POINTS
    assert operator("show", secret).err == FOCAL_POINTS
    assert operator("show", praise).err == ""


def test_one_is_shown_with_its_codes_history_and_letters(operator: Operator) -> None:
    (school,) = operator.keep(SCHOOL)
    operator.clock.advance(timedelta(days=2))
    operator.works(lambda work: work.letters.add(school, Sender.PERSON, "I am Amina", "I am [name]", "it"))
    operator.works(lambda work: work.submissions.set_status(school, Status.CLOSED))
    shown = operator("show", school.lower())
    values = dict(line.split(maxsplit=1) for line in shown.lines if not line.startswith(" ") and ":" not in line)
    assert (values["reference"], values["status"], values["objectives"]) == (school, "closed", "22;6")
    assert (values["created"], values["changed"], values["closed"]) == ("2026-11-23", "2026-11-25", "2026-11-25")
    assert values["may_quote"] == "no"
    assert shown.lines[-5:] == [
        "text:",
        "    [name] says:",
        "    the school stays shut.[2J",
        "2026-11-25 person (it):",
        "    I am [name]",
    ]
    assert "Amina" not in shown.out
    assert "Ponte Casa" not in shown.out


def test_an_original_is_shown_to_a_named_reader_for_a_reason_and_that_is_logged(any_operator: Operator) -> None:
    (school,) = any_operator.keep(SCHOOL)
    shown = any_operator("show", school, "--original", "--reader", " R. Costa ", "--reason", "a child may be in danger")
    assert "    Amina says:" in shown.lines
    assert any_operator.views() == [(school, "R. Costa", "a child may be in danger")]


@pytest.mark.parametrize(
    "words", [(), ("--reader", "R. Costa"), ("--reason", "why"), ("--reader", " ", "--reason", "why")]
)
def test_an_original_without_reader_or_reason_is_not_shown(operator: Operator, words: tuple[str, ...]) -> None:
    (school,) = operator.keep(SCHOOL)
    assert "Give --reader NAME and --reason TEXT" in operator("show", school, "--original", *words).complains()
    assert operator.views() == []


def test_a_reader_has_a_name_of_common_length(any_operator: Operator) -> None:
    (school,) = any_operator.keep(SCHOOL)
    complaint = any_operator("show", school, "--original", "--reader", "x" * 121, "--reason", "why").complains()
    assert complaint == "--reader has more than 120 characters."


def test_an_unknown_reference_is_told_and_logs_nothing(operator: Operator) -> None:
    operator.keep(SCHOOL)
    assert operator("show", "22222222").complains() == (
        "There is no submission '22222222': see `compact-bot submissions list`."
    )
    assert operator("show", "22222222", "--original", "--reader", "R", "--reason", "why").complains()
    assert operator.views() == []


def test_of_an_erased_one_the_codes_are_shown(operator: Operator) -> None:
    (school,) = operator.keep(SCHOOL)
    operator.works(lambda work: work.submissions.erase(school))
    lines = operator("show", school).lines
    assert "erased               yes" in lines
    assert not [line for line in lines if line.startswith(("text", "organization"))]


def test_an_export_says_what_was_left_out_and_is_for_the_operator_alone(any_operator: Operator) -> None:
    school, praise, back, _secret = any_operator.keep(SCHOOL, PRAISE, SCHOOL, replace(SCHOOL, sensitive=True))
    any_operator.works(lambda work: work.submissions.withdraw(back))
    assert any_operator("export", "out.csv").lines == [
        "Submissions written to out.csv: 2.",
        "Texts left out, as they may not be quoted: 1 (--internal takes them).",
        "Submissions left out, as they were taken back: 1.",
        "Submissions left out, as they are sensitive: fewer than 10.",
    ]
    path = any_operator.file("out.csv")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = [cells for _line, cells in read_table("out.csv", path.read_bytes(), most_rows=9)]
    assert [row[0] for row in rows] == ["reference", praise, school]
    assert [each.name for each in any_operator.folder.iterdir() if each.name.startswith(".")] == []


def test_each_ending_has_its_format_and_others_are_refused(operator: Operator) -> None:
    operator.keep(PRAISE)
    for name in ("a.csv", "a.xlsx", "a.json", "a.hxl.csv"):
        assert operator("export", name).status == 0
    contents = {path.name: path.read_bytes() for path in operator.folder.glob("a.*")}
    assert contents["a.xlsx"].startswith(b"PK")
    assert json.loads(contents["a.json"])["submissions"][0]["text"] == "Well done"
    assert b"#date+reported" in contents["a.hxl.csv"]
    assert b"#date+reported" not in contents["a.csv"]
    assert operator("export", "a.pdf").complains() == (
        "The ending of a.pdf is not known. Use one of .hxl.csv, .csv, .xlsx, .json."
    )
    assert not operator.file("a.pdf").exists()


def test_an_export_can_be_narrowed_and_widened(operator: Operator) -> None:
    school, _praise = operator.keep(SCHOOL, PRAISE)
    ended = operator("export", "a.json", "--objective", "22", "--internal", "--demographics")
    assert ended.lines[0] == "Submissions written to a.json: 1."
    assert "quoted" not in ended.out
    (row,) = json.loads(operator.file("a.json").read_text())["submissions"]
    assert (row["reference"], row["age_band"]) == (school, "not-said")
    assert row["text"].startswith("[name] says:\n")


def test_a_file_is_replaced_only_by_force(operator: Operator) -> None:
    operator.keep(PRAISE)
    path = operator.file("out.csv")
    path.write_text("mine")
    assert operator("export", "out.csv").complains() == (
        "out.csv exists already. Choose another name, or replace it with --force."
    )
    assert path.read_text() == "mine"
    assert operator("export", "out.csv", "--force").status == 0
    assert "Well done" in path.read_text()


def test_a_file_that_cannot_be_written_is_told(operator: Operator) -> None:
    operator.keep(PRAISE)
    assert "none/out.csv cannot be written" in operator("export", "none/out.csv").complains()
    operator.file("folder.csv").mkdir()
    assert "folder.csv cannot be written" in operator("export", "folder.csv", "--force").complains()
    assert [each.name for each in operator.folder.iterdir() if each.name.startswith(".")] == []


def test_sensitive_ones_are_counted_from_ten_on(operator: Operator) -> None:
    secret = replace(SCHOOL, sensitive=True)
    for number, told in ((9, "fewer than 10"), (1, "10")):
        operator.keep(*[secret] * number)
        assert (
            operator("export", "a.csv", "--force").lines[-1] == f"Submissions left out, as they are sensitive: {told}."
        )
    assert operator("export", "a.csv", "--force", "--type", "praise").lines[-1].endswith("fewer than 10.")


def mailbox(operator: Operator, reference: str) -> list[tuple[str, str, str]]:
    letters = operator.works(lambda work: work.letters.of(reference, original=True))
    return [(letter.sender, letter.text, letter.language) for letter in letters]


def test_an_answer_is_in_the_mailbox(any_operator: Operator) -> None:
    (school,) = any_operator.keep(SCHOOL)
    ended = any_operator("answer", school.lower(), "--text", " It opens on Monday.\n", "--language", "en")
    assert ended.out == (
        f"Written to the mailbox of {school}, which is answered now. "
        "No message goes out: it is read by whoever has the receipt.\n"
    )
    assert mailbox(any_operator, school) == [("working-group", "It opens on Monday.", "en")]
    assert any_operator.references("--status", "answered") == [school]


def test_who_agreed_to_it_gets_a_message(operator: Operator) -> None:
    """Their address is known and they consented to be written to."""
    new = INTAKE.prepare([replace(SCHOOL, consents=frozenset({Consent.KEEP, Consent.CONTACT}))], "fake")
    address = Address("fake", "4711")

    async def keep(work: UnitOfWork) -> None:
        person = await work.conversations.save(address, Conversation(language="fr", version=1))
        await work.submissions.add(new, person)

    operator.works(keep)
    ended = operator("answer", new[0].reference, "--text", "It opens on Monday.", "--language", "en")
    assert ended.out.endswith("which is answered now. A message goes out as soon as the bot runs.\n")
    ended = operator("status", new[0].reference, "closed")
    assert ended.out == f"{new[0].reference} is closed now. A message goes out as soon as the bot runs.\n"
    operator.clock.advance(timedelta(days=36_500))  # the command goes by the clock on the wall
    pending = operator.works(lambda work: work.outbox.claim(["fake"], 9))
    assert "It opens on Monday." in [each.reply.text for each in pending]


def test_an_answer_may_come_from_a_file_and_close_it(operator: Operator) -> None:
    (school,) = operator.keep(SCHOOL)
    operator.file("answer.txt").write_bytes("\ufeffLundi.\r\nMerci.".encode())
    ended = operator("answer", school, "--file", "answer.txt", "--language", "fr", "--status", "closed")
    assert "which is closed now" in ended.out
    assert operator.references("--status", "closed") == [school]
    assert mailbox(operator, school) == [("working-group", "Lundi.\nMerci.", "fr")]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ((), "either with --text TEXT or with --file FILE"),
        (("--text", "a", "--file", "b.txt"), "either with --text TEXT or with --file FILE"),
        (("--file", "none.txt"), "none.txt cannot be read: No such file or directory."),
        (("--file", "latin.txt"), "latin.txt cannot be read: it is not in UTF-8."),
        (("--file", "empty.txt"), "between 1 and 10000 characters; this one has 0"),
        (("--text", "a" * 10_001), "between 1 and 10000 characters; this one has 10001"),
        (("--text", "a", "--language", "xx"), "'xx' is no language of this bot. Those that there are:"),
    ],
)
def test_an_answer_that_cannot_be_given_changes_nothing(
    operator: Operator, words: tuple[str, ...], complaint: str
) -> None:
    (school,) = operator.keep(SCHOOL)
    operator.file("latin.txt").write_bytes(b"\xe9t\xe9")
    operator.file("empty.txt").write_bytes(b" \n")
    assert complaint in operator("answer", school, "--language", "en", *words).complains()
    assert mailbox(operator, school) == []
    assert operator.references("--status", "new") == [school]


def test_a_status_is_set(operator: Operator) -> None:
    (school,) = operator.keep(SCHOOL)
    ended = operator("status", school, "in-review")
    assert ended.out == f"{school} is in-review now. No message goes out: it is read by whoever has the receipt.\n"
    assert operator.references("--status", "in-review") == [school]


def test_only_the_person_can_take_a_submission_back(operator: Operator) -> None:
    (school,) = operator.keep(SCHOOL)
    assert operator("status", school, "withdrawn").status == 2
    assert operator.references("--status", "new") == [school]


def test_a_submission_is_passed_on_to_another_group(any_operator: Operator) -> None:
    (school,) = any_operator.keep(SCHOOL)
    any_operator.file("var").mkdir()
    any_operator.file("var/working-groups.toml").write_text(
        "".join(f'[[group]]\nid = "{name}"\nnames.en = "{name.title()}"\n' for name in ("secretariat", "schools"))
    )
    assert any_operator("route", school, "schools").out == f"{school} is now with: Schools (schools).\n"
    assert any_operator.references("--group", "schools") == [school]
    assert any_operator("route", school, "scools").complains() == (
        "There is no working group 'scools'. Those that there are: secretariat, schools."
    )


@pytest.mark.parametrize(
    "words", [("answer", "--text", "a", "--language", "en"), ("status", "closed"), ("route", "secretariat")]
)
def test_nothing_is_done_with_what_was_taken_back_erased_or_never_there(
    operator: Operator, words: tuple[str, ...]
) -> None:
    back, erased = operator.keep(SCHOOL, SCHOOL)
    operator.works(lambda work: work.submissions.withdraw(back))
    operator.works(lambda work: work.submissions.erase(erased))
    command, *rest = words
    for reference in (back, erased):
        assert operator(command, reference, *rest).complains() == (
            f"{reference} was taken back or erased: nothing can be done with it any more."
        )
    assert "There is no submission" in operator(command, "22222222", *rest).complains()
    assert operator.references("--status", "withdrawn") == [back]
