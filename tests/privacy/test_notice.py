"""The privacy notice names every stored column, and says what the settings say."""

from datetime import timedelta

import pytest

from bot.core import Kept
from bot.privacy.notice import ConfiguredNotice
from db.models import Table

NOTICE = ConfiguredNotice(Kept(), has_telegram=True)
MADE_BY_ALEMBIC = {"alembic_version.version_num"}


def test_every_stored_column_is_named_by_one_part_of_the_notice() -> None:
    named = [column for part in NOTICE.parts() for column in part.columns]
    stored = {f"{table.name}.{column.name}" for table in Table.metadata.tables.values() for column in table.columns}
    assert set(named) == stored | MADE_BY_ALEMBIC
    assert len(named) == len(set(named))


def test_every_part_says_what_why_how_long_and_who() -> None:
    for part in NOTICE.parts():
        assert all((part.title, part.what, part.why, part.kept, part.readers))
        part.kept.format(**part.values)


@pytest.mark.parametrize(
    ("kept", "days"),
    [
        (Kept(drafts=timedelta(days=3)), 3),
        (Kept(links=timedelta(days=11)), 11),
        (Kept(attachments=timedelta(days=77)), 77),
        (Kept(texts=timedelta(days=400)), 400),
        (Kept(people=timedelta(days=55)), 55),
        (Kept(words=timedelta(days=9)), 9),
    ],
)
def test_the_notice_says_how_long_it_is_here(kept: Kept, days: int) -> None:
    said = [part.kept.format(**part.values) for part in ConfiguredNotice(kept, has_telegram=False).parts()]
    assert any(f"{days} days" in text for text in said)


def test_what_telegram_sees_is_said_where_there_is_telegram() -> None:
    assert any("Telegram" in text for text in NOTICE.channels())
    assert not any("Telegram" in text for text in ConfiguredNotice(Kept(), has_telegram=False).channels())
