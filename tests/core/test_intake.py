"""Making submissions of records: names, least detail, one receipt."""

import pytest

from bot.core import Attachment, Consent, Intake, Record, StakeholderGroup
from tests.fakes.around import GROUPS

INTAKE = Intake(redact=str, groups=GROUPS)


@pytest.mark.parametrize(
    ("text", "names", "shown"),
    [
        ("I am Amina Diallo and amina stays.", ("Amina", "Diallo"), "I am [name] [name] and [name] stays."),
        ("May says that you may go.", ("May",), "[name] says that you may go."),
        ("Write to [link] or the link.", ("Linkx", "link"), "Write to [link] or the [name]."),
        ("我是王小明，请帮忙。", ("王小明",), "我是[name]，请帮忙。"),
        ("A B C", ("A", ""), "A B C"),
    ],
)
def test_the_senders_names_are_taken_out_as_words(text: str, names: tuple[str, ...], shown: str) -> None:
    assert INTAKE.redact_names(text, names) == shown


@pytest.mark.parametrize("may_be_named", [True, False])
def test_the_organization_is_named_only_where_it_may_be_quoted(may_be_named: bool) -> None:
    consents = frozenset({Consent.KEEP, *([Consent.QUOTE_BY_NAME] if may_be_named else [])})
    record = Record(text="Port Workers say so.", organization="Port Workers", consents=consents)
    assert INTAKE.shown(record) == ("Port Workers say so." if may_be_named else "[name] say so.")


def test_points_have_one_receipt_and_the_first_has_the_files() -> None:
    files = (Attachment("a", "image/png", 3),)
    first, second = INTAKE.prepare([Record(text="a"), Record(text="b")], "fake", attachments=files)
    assert first.receipt == second.receipt
    assert first.reference != second.reference
    assert (first.attachments, second.attachments) == (files, ())


def test_sensitive_feedback_is_cut_down_whatever_way_it_came() -> None:
    record = Record(
        text="Words.",
        group=StakeholderGroup.MIGRANT,
        organization="Port Workers",
        country="IT",
        region="IT-82",
        objectives=(13,),
        consents=frozenset(Consent),
        sensitive=True,
    )
    (new,) = INTAKE.prepare([record], "api")
    assert new.record == Record(
        text="Words.", country="IT", consents=frozenset({Consent.KEEP, Consent.CONTACT}), sensitive=True
    )
    assert new.working_group == "secretariat"
