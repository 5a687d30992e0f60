"""Logs: structured, in English, one event a line, and nothing that belongs to a person or opens a door."""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

# https://core.telegram.org/bots/api#authorizing-your-bot
_TOKEN = re.compile(r"\d{6,}:[\w-]{30,}")


def configure(level: str, form: str) -> None:
    """Set up structlog and send the standard library's warnings the same way."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _describe_exception,
            _hide_tokens,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries put addresses with the token, or what a person wrote, into their messages: only that they spoke is kept.
    logging.basicConfig(level=logging.WARNING, handlers=[_OnlyWhere()], force=True)
    logging.captureWarnings(capture=True)


class _OnlyWhere(logging.Handler):
    """Passes on where a library's record came from, not what it says."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        where = f"{record.pathname.rpartition('site-packages/')[2]}:{record.lineno}"
        structlog.get_logger(record.name).warning("library_message", logger=record.name, where=where, error=error)


def _describe_exception(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception as its types and places. Its message may hold what a person wrote, so it is left out."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__qualname__
        event["at"] = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
        if error.__cause__ is not None:
            event["cause"] = type(error.__cause__).__qualname__
    return event


def _hide_tokens(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: _TOKEN.sub("(token)", value) if isinstance(value, str) else value for name, value in event.items()}
