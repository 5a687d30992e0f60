"""What the logs say, and what they never say."""

import json
import logging
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from bot.logs import configure

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw-"
WORDS = "my name is Elm Street"

Lines = Callable[[], list[str]]


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Lines]:
    """What was logged since the last call. Logging is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def since_last() -> list[str]:
        return capsys.readouterr().err.splitlines()

    yield since_last
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


both_forms = pytest.mark.parametrize("form", ["console", "json"])


def only(lines: Lines) -> dict[str, Any]:
    (line,) = lines()
    found: dict[str, Any] = json.loads(line)
    return found


def fail(words: str) -> None:
    try:
        {"known": 1}.pop(words)
    except KeyError as error:
        raise ValueError(words) from error


def test_an_event_is_one_line_of_json(lines: Lines) -> None:
    configure("info", "json")
    structlog.get_logger().info("message_came_again", language="ar", note="two\nlines")
    event = only(lines)
    assert event.pop("timestamp").endswith("Z")
    assert event == {"event": "message_came_again", "level": "info", "language": "ar", "note": "two\nlines"}


def test_an_event_is_one_readable_line(lines: Lines) -> None:
    configure("info", "console")
    structlog.get_logger().info("message_came_again", language="ar", note="two\nlines")
    (line,) = lines()
    assert "message_came_again" in line
    assert "language=ar" in line
    assert "\x1b" not in line


@pytest.mark.parametrize(
    ("level", "heard"),
    [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)],
)
def test_the_level_is_the_least_that_is_heard(lines: Lines, level: str, heard: int) -> None:
    configure(level, "json")
    log = structlog.get_logger()
    for say in (log.debug, log.info, log.warning, log.error):
        say("something")
    assert len(lines()) == heard


def test_a_turn_can_be_followed(lines: Lines) -> None:
    configure("info", "json")
    with structlog.contextvars.bound_contextvars(turn="4f2a", channel="telegram"):
        structlog.get_logger().info("turn_runs_again")
    assert only(lines).items() >= {"turn": "4f2a", "channel": "telegram"}.items()


@pytest.mark.parametrize(
    "text", [TOKEN, f"https://api.telegram.org/bot{TOKEN}/getMe", f"https://api.telegram.org/file/bot{TOKEN}/a.jpg"]
)
@both_forms
def test_the_token_is_never_said(lines: Lines, form: str, text: str) -> None:
    configure("info", form)
    structlog.get_logger().warning(f"failed at {text}", address=text)
    with structlog.contextvars.bound_contextvars(where=text):
        structlog.get_logger().info("bound")
    said = "\n".join(lines())
    assert TOKEN.partition(":")[2] not in said
    assert said.count("(token)") == 3


@pytest.mark.parametrize("words", [WORDS, TOKEN])
def test_an_exception_is_its_type_and_place_without_its_message(lines: Lines, words: str) -> None:
    configure("info", "json")
    try:
        fail(words)
    except ValueError:
        structlog.get_logger().exception("handler_failed")
    event = only(lines)
    assert (event["error"], event["cause"], event["level"]) == ("ValueError", "KeyError", "error")
    assert event["at"].split(" < ")[0].startswith("test_logs.py:")
    assert len(event["at"].split(" < ")) == 2
    assert words not in str(event)


@both_forms
def test_an_exception_handed_over_is_told_in_the_same_way(lines: Lines, form: str) -> None:
    configure("info", form)
    error = ValueError(WORDS)
    structlog.get_logger().error("delivery_failed", exc_info=error)
    structlog.get_logger().error("delivery_failed", exc_info=(ValueError, error, None))
    told = lines()
    assert len(told) == 2
    assert all("ValueError" in line and WORDS not in line for line in told)


def test_without_an_exception_nothing_is_made_up(lines: Lines) -> None:
    configure("info", "json")
    structlog.get_logger().error("sweep_failed", exc_info=True)
    assert "error" not in only(lines)


def test_of_a_library_only_the_place_is_told(lines: Lines) -> None:
    configure("info", "json")
    logging.getLogger("httpx").warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    event = only(lines)
    assert (event["event"], event["logger"], event["level"]) == ("library_message", "httpx", "warning")
    assert "test_logs.py:" in event["where"]
    assert TOKEN not in str(event)
    assert "api.telegram.org" not in str(event)


def test_of_a_librarys_exception_only_the_type_is_told(lines: Lines) -> None:
    configure("info", "json")
    try:
        fail(WORDS)
    except ValueError:
        logging.getLogger("asyncio").exception("Task exception was never retrieved: %s", WORDS)
    event = only(lines)
    assert event["error"] == "ValueError"
    assert WORDS not in str(event)


@both_forms
def test_what_a_library_mentions_in_passing_is_not_heard(lines: Lines, form: str) -> None:
    configure("info", form)
    logging.getLogger("httpx").info("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    assert lines() == []


@both_forms
def test_a_warning_is_told_without_its_text(lines: Lines, form: str) -> None:
    configure("info", form)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(WORDS, stacklevel=1)
    (line,) = lines()
    assert "library_message" in line
    assert "py.warnings" in line
    assert WORDS not in line
