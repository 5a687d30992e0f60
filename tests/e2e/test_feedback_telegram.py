"""Feedback over a Bot API, by the started program: in three languages, and killed at every step."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.core import Submission, Wanted
from bot.parts import SystemClock, make_keys
from bot.settings import Settings
from db.engine import create_engine
from db.unit_of_work import SqlDatabase
from tests.e2e.bot_api import BotApi, Sent, bot_api
from tests.e2e.program import running
from tests.fakes.telegram_api import TOKEN
from tests.fakes.telegram_updates import says, taps
from tests.giving import Act, own_texts, shortest_way
from tests.waiting import until

SECONDS = 30
QUESTIONS = {
    "en": "my employer keeps my passport",
    "ar": "صاحب العمل يحتفظ بجواز سفري",
    "es": "mi jefe se queda con mi pasaporte",
}
TEXTS = {
    "en": "The recruiters here in Italy keep the passports of seasonal workers until the harvest is over.",
    "ar": "يحتفظ الوسطاء هنا في إيطاليا بجوازات سفر العمال الموسميين حتى ينتهي موسم الحصاد.",
    "es": "Los intermediarios aquí en Italia guardan los pasaportes de los temporeros hasta el final de la cosecha.",
}


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with bot_api() as opened:
        yield opened


@pytest.fixture
def settings(api: BotApi, tmp_path: Path) -> dict[str, str]:
    return {"BOT_DATA_DIR": str(tmp_path), "BOT_TELEGRAM_TOKEN": TOKEN, "BOT_TELEGRAM_API_URL": api.address}


def acts(language: str) -> list[Act]:
    """The shortest way; the objective that the index proposes is confirmed."""
    return list(shortest_way(language, TEXTS[language], QUESTIONS[language]))


async def does(api: BotApi, act: Act, language: str) -> None:
    """One act; returns when it is answered."""
    before = len(api.sent)
    if act.words:
        await api.brings(says(act.words, language=language))
    else:
        await until(lambda: button(api.sent, act.label), SECONDS)
        await api.brings(taps(button(api.sent, act.label), language=language))
    await until(lambda: len(api.sent) > before, SECONDS)


def button(sent: Sequence[Sent], label: str) -> str:
    """What the latest button of this label carries, if it has come."""
    return next((each.buttons[label] for each in reversed(sent) if label in each.buttons), "")


async def submissions(folder: Path) -> Sequence[Submission]:
    settings = Settings(_env_file=None, data_dir=folder)
    database = SqlDatabase(create_engine(settings.database), make_keys(settings), SystemClock())
    async with database.begin() as work:
        found = [
            await work.submissions.original(each.reference, "A test", "to compare")
            for each in await work.submissions.find(Wanted())
        ]
    await database.close()
    return found


@pytest.mark.parametrize("language", ["en", "ar", "es"])
async def test_feedback_from_an_answer_to_a_receipt(
    api: BotApi, settings: dict[str, str], tmp_path: Path, language: str
) -> None:
    async with running(settings) as program:
        for act in acts(language):
            await does(api, act, language)
        await until(lambda: own_texts(language).gettext("Sent") in api.sent[-1].text, SECONDS)
        assert await program.stop() == 0
        assert TEXTS[language] not in program.log
    (submission,) = await submissions(tmp_path)
    record = submission.record
    assert (record.text, record.language, record.country) == (TEXTS[language], language, "IT")
    assert record.objectives
    assert api.refused == []


async def test_a_kill_at_every_step_loses_and_doubles_nothing(
    api: BotApi, settings: dict[str, str], tmp_path: Path
) -> None:
    for act in acts("en"):
        async with running(settings) as program:
            await does(api, act, "en")
            await program.kill()
    async with running(settings):
        await until(lambda: "Sent" in api.sent[-1].text, SECONDS)
    (submission,) = await submissions(tmp_path)
    assert submission.record.text == TEXTS["en"]
    assert sum(each.text.startswith("Sent") for each in api.sent) >= 1
