"""A submission in the making: kept sealed with the conversation until it is sent, dropped or too old."""

from dataclasses import dataclass, field

from bot.core.submission import Attachment, Record


@dataclass(frozen=True, slots=True)
class Point:
    """One of several things that a text speaks of, with the objectives that it seems to be about."""

    text: str = field(repr=False)
    objectives: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been given so far.

    `at` is the question that waits for an answer, `answered` are those that were answered or skipped. `proposed` are
    the objectives that were found in the text, `article` is the one that the person came from. `points` are sent as
    submissions of their own, under one receipt. `editing` is the reference of a submission that is being changed.
    `aside` is a question asked in the middle, which may yet be meant as part of the text. `alarming` tells that the
    text sounded like an emergency and help was shown.
    """

    record: Record = field(default_factory=Record)
    at: str = ""
    answered: frozenset[str] = frozenset()
    article: str = ""
    proposed: tuple[int, ...] = ()
    points: tuple[Point, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    editing: str = ""
    aside: str = field(default="", repr=False)
    alarming: bool = False
