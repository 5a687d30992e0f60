"""From scores to what the bot does: answer, offer choices, or say that it does not know."""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.core import FindingKind
from bot.knowledge.examples import KINDS, is_kind, kind_label
from bot.knowledge.index import Scores

Floats = npt.NDArray[np.float64]

CALIBRATION = Path(__file__).with_name("calibration.json")
MOST_CHOICES = 3
CLASSES = (FindingKind.ANSWER, *KINDS)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Set by `compact-bot evaluate --calibrate` from a development set, never by hand.

    `kinds` has a row of weights for each of CLASSES, over `features`; the chance of a kind is the softmax of its row.
    `urgency` multiplies the chance of an emergency before the likeliest kind is taken: missing one is worse than one too
    many. `article` has the weights of the chance that the best article is right, given that there is one: the logistic
    of their sum. From `sure_from` on that article is the answer, from `answer_from` on it is the answer and others are
    offered beside it, from `choices_from` on it is one of those that are offered.
    """

    kinds: tuple[tuple[float, ...], ...]
    article: tuple[float, ...]
    urgency: float
    sure_from: float
    answer_from: float
    choices_from: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, and the nearest articles, best first; none for what was recognised as outside.

    `confidence` is the chance that the first article is a right answer. A sure answer stands alone.
    """

    kind: FindingKind
    articles: tuple[str, ...]
    confidence: float
    sure: bool = True


def read_calibration(path: Path = CALIBRATION) -> Calibration:
    saved = json.loads(path.read_text(encoding="utf-8"))
    kinds = tuple(tuple(saved["kinds"][kind]) for kind in CLASSES)
    return Calibration(**{**saved, "kinds": kinds, "article": tuple(saved["article"])})


def write_calibration(calibration: Calibration, path: Path = CALIBRATION) -> None:
    saved = asdict(calibration) | {"kinds": dict(zip(CLASSES, calibration.kinds, strict=True))}
    path.write_text(json.dumps(saved, indent=4) + "\n", encoding="utf-8")


def decide(scores: Scores, calibration: Calibration) -> Decision:
    """What these scores mean. Nothing is invented: below the thresholds the bot says that it does not know."""
    if not any(not is_kind(label) for label in scores.labels):
        return Decision(FindingKind.OUTSIDE, (), 0.0)
    articles = best_articles(scores)
    found = features(scores)
    chances = kind_chances(found, calibration)
    weighted = chances * np.where(np.array(CLASSES) == FindingKind.URGENT, calibration.urgency, 1.0)
    kind = CLASSES[int(weighted.argmax())]
    right = article_chance(found, calibration)
    confidence = float(chances[0] * right)
    if kind is FindingKind.OUTSIDE:
        return Decision(kind, (), confidence)
    if kind is FindingKind.ANSWER and right < calibration.answer_from:
        kind = FindingKind.CHOICES if right >= calibration.choices_from else FindingKind.OUTSIDE
    return Decision(kind, articles, confidence, right >= calibration.sure_from)


def best_articles(scores: Scores) -> tuple[str, ...]:
    """The nearest articles, best first."""
    articles = np.array([not is_kind(label) for label in scores.labels])
    order = np.argsort(-np.where(articles, scores.scores, -np.inf), kind="stable")[: min(MOST_CHOICES, articles.sum())]
    return tuple(scores.labels[position] for position in order)


def features(scores: Scores) -> Floats:
    """What the chances are computed from, shape (9,): 1, the best article's score, its lead, the score of each of the
    four kinds, how near the nearest example is, and the logarithm of the length."""
    by_label = dict(zip(scores.labels, scores.scores.tolist(), strict=True))
    first, second = ([by_label[label] for label in best_articles(scores)] + [0.0, 0.0])[:2]
    kinds = [by_label.get(kind_label(kind), 0.0) for kind in KINDS]
    return np.array([1.0, first, first - second, *kinds, scores.nearest, math.log1p(scores.length)])


def kind_chances(found: Floats, calibration: Calibration) -> Floats:
    """The chance of each of CLASSES, shape (5,); they sum to 1."""
    sums = np.array(calibration.kinds) @ found
    powers = np.exp(sums - sums.max())
    chances: Floats = powers / powers.sum()
    return chances


def article_chance(found: Floats, calibration: Calibration) -> float:
    """The chance that the best article is right if the message asks for one."""
    return float(1 / (1 + np.exp(-(found @ np.array(calibration.article)))))
