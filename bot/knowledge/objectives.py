"""Which of the Compact's objectives a text is about, and where it goes over from one thing to another.

The weights and what they bring are measured by `python -m benchmarks.objectives`; docs/finding.md has the table.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.core import OBJECTIVES, FindingKind
from bot.knowledge.articles import Entry
from bot.knowledge.decision import CLASSES, Calibration, features, kind_chances
from bot.knowledge.examples import is_kind
from bot.knowledge.index import Scores

Floats = npt.NDArray[np.float64]

MOST_OBJECTIVES = 3
MOST_POINTS = 8
MOST_PIECES = 24
LONG_FROM = 300
"""Size from which a text is looked at piece by piece, and may be about several things."""
SHORTEST_PIECE = 60
MOST_LOOKED_AT = 500
"""Characters of a piece that are looked at: more than any has in a text of 10,000 that has its sentences marked."""
MOST_OF_A_STRETCH = 1500
"""Characters: of a longer message the search would not look at the end."""

# Signs that end a sentence where a blank follows, and those that need none.
_WITH_BLANK = ".!?؟…۔।॥။។።፧"
_ENDS = "。！？।॥။។።፧"
_CLOSERS = '"”»』」)）\\]’'
_BORDER = re.compile(
    rf"\s+|(?<=[{_ENDS}])(?=[^\s{_ENDS}{_CLOSERS}])|(?<=[{_ENDS}][{_CLOSERS}])(?=[^\s{_ENDS}{_CLOSERS}])"
)
_SENTENCE_END = re.compile(rf"[{_WITH_BLANK}{_ENDS}][{_CLOSERS}]?\Z")
_BULLET = re.compile(r"[-–—•*·▪●]\s|\d{1,2}[.)．、]")
# Thai, Lao and Khmer end a sentence with a blank alone.
_BLANK_ENDS = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LETTERS_OF_A_SIGN = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """How scores become objectives.

    An article's share falls by the factor e with each `nearness` that its score is below the best one. `others` is what
    an article's other objectives count beside its main one, `least` the share from which an objective is named. A text
    is cut in two where main objectives of their own explain `gain` letters more, or only `gain_of_paragraph` more where
    a paragraph or an item of a list ends.
    """

    nearness: float
    others: float
    least: float
    gain: float
    gain_of_paragraph: float


WEIGHTS = Weights(nearness=0.03, others=0.35, least=0.05, gain=60, gain_of_paragraph=40)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, from `start` to `end`. `opens` tells that a paragraph or an item of a list begins with it."""

    start: int
    end: int
    size: int
    opens: bool


def stretches(text: str) -> Iterator[str]:
    """The text in parts of whole pieces, each short enough to be found as one message."""
    start = end = 0
    for piece in pieces(text):
        if piece.end - start > MOST_OF_A_STRETCH and end > start:
            yield text[start:end]
            start = piece.start
        end = piece.end
    if end > start:
        yield text[start:end]


def size_of(text: str) -> int:
    """Its length in letters; a sign of Chinese, Japanese or Korean counts three."""
    return len(text) + (_LETTERS_OF_A_SIGN - 1) * len(_WIDE.findall(text))


def pieces(text: str) -> list[Piece]:
    """The text in its sentences, from the first letter to the last, in order, with nothing but blanks between.

    Short ones are joined to a neighbour, and in a very long text as many as it takes to have MOST_PIECES at the most.
    A text that is not long is one piece, an empty one none.
    """
    end = len(text.rstrip())
    start = end - len(text[:end].lstrip())
    whole = Piece(start, end, size_of(text[start:end]), opens=True)
    if whole.size < LONG_FROM:
        return [whole] if whole.size else []
    smallest = max(SHORTEST_PIECE, whole.size / (MOST_PIECES - 1))
    found: list[Piece] = []
    for piece in _sentences(text, start, end):
        if piece.opens and found and not found[-1].opens:
            _join_short_end(found)
        if found and found[-1].size < smallest:
            found[-1] = _joined(found[-1], piece)
        else:
            found.append(piece)
    _join_short_end(found)
    return found


def shares(
    scores: Scores, entries: Mapping[str, Entry], calibration: Calibration, weights: Weights = WEIGHTS
) -> Floats:
    """How much of a message is about each objective, shape (24,), 1 at the most; the first is for none of them.

    What is a greeting or outside altogether is about none.
    """
    found = np.zeros(OBJECTIVES.stop)
    known = [position for position, label in enumerate(scores.labels) if label in entries and not is_kind(label)]
    if not known:
        return found
    near = scores.scores[known].astype(np.float64)
    of_articles = np.exp((near - near.max()) / weights.nearness)
    of_articles /= of_articles.sum()
    for position, share in zip(known, of_articles.tolist(), strict=True):
        main, *others = entries[scores.labels[position]].objectives or (0,)
        found[main] += share
        found[others] += weights.others * share
    chances = dict(zip(CLASSES, kind_chances(features(scores), calibration).tolist(), strict=True))
    about_something: Floats = found * (1 - chances[FindingKind.GREETING] - chances[FindingKind.OUTSIDE])
    return about_something


def together(parts: Sequence[Piece], of_parts: Sequence[Floats]) -> Floats:
    """The shares of several pieces as one, by their size; all 0 for no piece."""
    summed = np.zeros(OBJECTIVES.stop)
    for part, found in zip(parts, of_parts, strict=True):
        summed += part.size * found
    return summed / max(sum(part.size for part in parts), 1)


def likeliest(found: Floats, weights: Weights = WEIGHTS) -> tuple[int, ...]:
    """Objectives by their share, the largest first, MOST_OBJECTIVES at the most."""
    order = (np.argsort(-found[1:], kind="stable") + 1).tolist()
    return tuple(number for number in order[:MOST_OBJECTIVES] if found[number] >= weights.least)


def themes(parts: Sequence[Piece], of_parts: Sequence[Floats], weights: Weights = WEIGHTS) -> list[slice]:
    """The pieces in runs that are each about one thing, MOST_POINTS at the most; one run for one piece.

    Of all ways to cut the text it is the one whose runs' main objectives explain most letters, less what each cut costs:
    dynamic programming, in the square of the number of pieces.
    """
    sums = np.zeros((len(parts) + 1, OBJECTIVES.stop - 1))
    for position, (part, found) in enumerate(zip(parts, of_parts, strict=True)):
        sums[position + 1] = sums[position] + part.size * found[1:]
    costs = [weights.gain_of_paragraph if part.opens else weights.gain for part in parts]
    # A row for each number of runs: the best value up to each end, and where the last run begins.
    rows = [[(float(explained.max()), 0) for explained in sums]]
    while len(rows) < min(MOST_POINTS, len(parts)):
        rows.append([_last_cut(rows[-1], sums, costs, end) for end in range(len(sums))])
    return _runs(rows, len(parts))


def _last_cut(before: Sequence[tuple[float, int]], sums: Floats, costs: Sequence[float], end: int) -> tuple[float, int]:
    """The best value with one run more than `before`, and where that run begins; no cut is possible before `end` 2."""
    ways = [
        (before[start][0] + float((sums[end] - sums[start]).max()) - costs[start], start) for start in range(1, end)
    ]
    return max(ways, default=(-np.inf, 0))


def _runs(rows: Sequence[Sequence[tuple[float, int]]], end: int) -> list[slice]:
    """The runs of the best way, read from the last one back."""
    found: list[slice] = []
    best = max(range(len(rows)), key=lambda row: rows[row][end][0])
    for row in range(best, -1, -1):
        start = rows[row][end][1]
        found.insert(0, slice(start, end))
        end = start
    return found


def _sentences(text: str, start: int, end: int) -> Iterator[Piece]:
    opens = True
    for border in _BORDER.finditer(text, start, end):
        opens_next = _opens(text, border)
        if opens_next is None:
            continue
        yield Piece(start, border.start(), size_of(text[start : border.start()]), opens)
        start, opens = border.end(), opens_next
    if start < end:
        yield Piece(start, end, size_of(text[start:end]), opens)


def _opens(text: str, border: re.Match[str]) -> bool | None:
    """Whether a paragraph or an item begins after these blanks; None if they are within a sentence."""
    breaks = border[0].count("\n")
    if breaks:
        return breaks > 1 or _BULLET.match(text, border.end()) is not None
    before, after = text[max(border.start() - 2, 0) : border.start()], text[border.end()]
    if not border[0] or _SENTENCE_END.search(before):
        return False
    return False if _BLANK_ENDS.match(before[-1]) and _BLANK_ENDS.match(after) else None


def _join_short_end(found: list[Piece]) -> None:
    if len(found) > 1 and found[-1].size < SHORTEST_PIECE:
        found[-2:] = [_joined(*found[-2:])]


def _joined(one: Piece, other: Piece) -> Piece:
    return Piece(one.start, other.end, one.size + other.size, one.opens)
