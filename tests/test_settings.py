"""What an operator can set."""

import os
from pathlib import Path

import pytest

from bot.core import OperatorError
from bot.settings import Described, Settings, describe, read_settings


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to start from and no settings of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.upper().startswith("BOT_")]:
        monkeypatch.delenv(name)


def described(name: str) -> Described:
    return next(each for each in describe(read_settings()) if each.name == name)


def test_nothing_has_to_be_set() -> None:
    settings = read_settings()
    assert (settings.host, settings.port, settings.data_dir) == ("127.0.0.1", 8080, Path("var"))
    assert settings.database == "sqlite:///var/compact-bot.db"
    assert not settings.telegram_token.get_secret_value()


def test_the_database_lies_in_the_data_folder_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_DATA_DIR", "/srv/bot")
    assert read_settings().database == "sqlite:////srv/bot/compact-bot.db"
    monkeypatch.setenv("BOT_DATABASE_URL", "postgresql://bot@db/bot")
    assert read_settings().database == "postgresql://bot@db/bot"


def test_the_environment_comes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("BOT_PORT=81\nBOT_OPERATOR=An association\nUNRELATED=1\n", encoding="utf-8")
    monkeypatch.setenv("BOT_PORT", "82")
    settings = read_settings()
    assert (settings.port, settings.operator) == (82, "An association")


def test_where_a_value_came_from_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("BOT_PORT=81\nbot_operator=An association\n", encoding="utf-8")
    monkeypatch.setenv("BOT_PORT", "82")
    origins = {each.name: (each.value, each.default, each.origin) for each in describe(read_settings())}
    assert origins["BOT_PORT"] == ("82", "8080", "environment")
    assert origins["BOT_OPERATOR"] == ("An association", "", ".env")
    assert origins["BOT_HOST"] == ("127.0.0.1", "127.0.0.1", "default")


def test_every_setting_says_what_it_is_for() -> None:
    assert {each.name for each in describe(read_settings())} == {
        f"BOT_{name.upper()}" for name in Settings.model_fields
    }
    assert all(each.help.endswith(".") for each in describe(read_settings()))


@pytest.mark.parametrize("name", ["BOT_SECRET_KEY", "BOT_TELEGRAM_TOKEN"])
def test_secrets_are_hidden(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert described(name).value == ""
    monkeypatch.setenv(name, "hunter2")
    assert described(name).value == "(set, hidden)"
    assert "hunter2" not in repr(read_settings())


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://bot:hunter2@db/bot", "postgresql://bot:***@db/bot"),
        ("postgresql://bot:hunter/2@db/bot", "postgresql://bot:***@db/bot"),
        ("postgresql://:hunter2@db/bot", "postgresql://:***@db/bot"),
        ("postgresql://bot@db/bot", "postgresql://bot@db/bot"),
        ("sqlite:///var/bot.db", "sqlite:///var/bot.db"),
    ],
)
def test_the_password_of_an_address_is_hidden(address: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", address)
    assert described("BOT_DATABASE_URL").value == shown


def test_several_sites_may_show_the_chat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_EMBED_ORIGINS", " https://one.example, ,http://[::1]:8000,https://*.three.example ")
    origins = ("https://one.example", "http://[::1]:8000", "https://*.three.example")
    assert read_settings().embed_origins == origins
    assert described("BOT_EMBED_ORIGINS").value == ",".join(origins)


@pytest.mark.parametrize("name", ["BOT_PUBLIC_URL", "BOT_TELEGRAM_API_URL"])
def test_a_slash_at_the_end_of_an_address_makes_no_difference(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "https://bot.example/")
    assert described(name).value == "https://bot.example"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_PORT", "eighty"),
        ("BOT_PORT", "-1"),
        ("BOT_PORT", "65536"),
        ("BOT_PORT", ""),
        ("BOT_PUBLIC_URL", "bot.example"),
        ("BOT_PUBLIC_URL", "ftp://bot.example"),
        ("BOT_PUBLIC_URL", "https://"),
        ("BOT_PUBLIC_URL", "https://["),
        ("BOT_TELEGRAM_API_URL", "javascript:alert(1)"),
        ("BOT_EMBED_ORIGINS", "https://one.example/page"),
        ("BOT_EMBED_ORIGINS", "https://one.example, two.example"),
        ("BOT_EMBED_ORIGINS", "https://one.example; script-src *"),
        ("BOT_EMBED_ORIGINS", "*"),
        ("BOT_WORDS_KEPT_DAYS", "-1"),
        ("BOT_ATTACHMENTS_MOST", "-1"),
        ("BOT_ATTACHMENT_MEGABYTES", "0"),
        ("BOT_ATTACHMENT_MEGABYTES", "21"),
        ("BOT_ATTACHMENT_TYPES", "pictures"),
        ("BOT_DRAFTS_KEPT_DAYS", "0"),
        ("BOT_FEEDBACK_AN_HOUR", "0"),
        ("BOT_PROXIES", "-1"),
        ("BOT_LOG_FORMAT", "xml"),
        ("BOT_LOG_LEVEL", "loud"),
        ("BOT_LOG_LEVEL", "INFO"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(OperatorError, match=f"^{name} is wrong: ") as caught:
        read_settings()
    assert "\n" not in str(caught.value)


def test_a_file_in_another_encoding_is_named() -> None:
    Path(".env").write_bytes("BOT_OPERATOR=Où".encode("latin-1"))
    with pytest.raises(OperatorError, match=r"^\.env is not in UTF-8"):
        read_settings()


def test_a_folder_of_that_name_holds_no_settings() -> None:
    Path(".env").mkdir()
    assert {each.origin for each in describe(read_settings())} == {"default"}
