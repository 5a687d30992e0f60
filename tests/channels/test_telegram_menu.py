"""What Telegram shows of the bot outside its messages."""

from itertools import repeat

import pytest

from bot.channels.telegram import TelegramChannel
from tests.channels.conftest import MENU
from tests.fakes.telegram_api import BAD_GATEWAY, CANNOT_PARSE, TIME_OUT, Failure, FakeBotApi, too_many_requests
from tests.shipped import LANGUAGES

CODES = [language.code for language in LANGUAGES.all()]

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning")


def translated(code: str, text: str) -> str:
    return LANGUAGES.translator(code).gettext(text)


@pytest.mark.parametrize("code", CODES)
async def test_commands_name_and_descriptions_are_set_in_each_language(
    telegram: TelegramChannel, api: FakeBotApi, code: str
) -> None:
    await telegram.show_menu()
    assert [(each["command"], each["description"]) for each in api.shown["Commands", code]] == [
        (command.name, translated(code, command.description)) for command in MENU.commands
    ]
    assert api.shown["Name", code] == translated(code, MENU.name)
    assert api.shown["Description", code] == translated(code, MENU.description)
    assert api.shown["ShortDescription", code] == translated(code, MENU.short_description)


async def test_whoever_speaks_another_language_sees_the_default_one(telegram: TelegramChannel, api: FakeBotApi) -> None:
    await telegram.show_menu()
    for what in ("Commands", "Name", "Description", "ShortDescription"):
        assert api.shown[what, ""] == api.shown[what, "en"]
    assert api.shown["Name", ""] == MENU.name


async def test_languages_differ(telegram: TelegramChannel, api: FakeBotApi) -> None:
    await telegram.show_menu()
    assert len({api.shown["Name", code] for code in CODES}) == len(CODES)


async def test_what_is_shown_already_is_not_set_again(telegram: TelegramChannel, api: FakeBotApi) -> None:
    await telegram.show_menu()
    api.calls.clear()
    api.shown["Description", "fr"] = "An older text"
    await telegram.show_menu()
    changed = [call for call in api.calls if call.method.startswith("set") and call.method != "setMyCommands"]
    assert [(call.method, call.parameters["language_code"]) for call in changed] == [("setMyDescription", "fr")]


@pytest.mark.parametrize(
    "failure", [too_many_requests(3600), CANNOT_PARSE, BAD_GATEWAY, TIME_OUT], ids=["429", "400", "502", "time-out"]
)
@pytest.mark.parametrize("refused", ["Commands", "Name", "Description", "ShortDescription"])
async def test_a_refusal_does_not_stop_the_rest(
    telegram: TelegramChannel, api: FakeBotApi, refused: str, failure: Failure
) -> None:
    api.fail(f"setMy{refused}", repeat(failure))
    await telegram.show_menu()
    missing = {(refused, code) for code in ["", *CODES]}
    everything = {
        (what, code) for what in ("Commands", "Name", "Description", "ShortDescription") for code in ["", *CODES]
    }
    assert set(api.shown) == everything - missing


@pytest.mark.parametrize("what", ["Name", "Description", "ShortDescription"])
async def test_what_cannot_be_asked_for_is_set(telegram: TelegramChannel, api: FakeBotApi, what: str) -> None:
    api.fail(f"getMy{what}", repeat(BAD_GATEWAY))
    await telegram.show_menu()
    assert {code for shown, code in api.shown if shown == what} == {"", *CODES}
