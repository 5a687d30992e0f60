"""From scores to what the bot does: answer, offer choices, or say that it does not know."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bot.core import FindingKind
from bot.knowledge.examples import KINDS, kind_label
from bot.knowledge.index import Scores

CALIBRATION = Path(__file__).with_name("calibration.json")
MOST_CHOICES = 3
ARTICLE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Calibration:
    """Set by `compact-bot evaluate --calibrate` from a development set, never by hand.

    The chance that the best article is right is 1 / (1 + exp(-(intercept + score · s₁ + margin · (s₁ - s₂)))) for
    the two best scores. From `answer_from` on it is given as the answer, from `choices_from` on it is offered. A kind
    wins when its score exceeds its threshold in `kinds` by more than ARTICLE_SHARE of the best article's score.
    """

    intercept: float
    score: float
    margin: float
    answer_from: float
    choices_from: float
    kinds: Mapping[str, float]

    def chance(self, first: float, second: float) -> float:
        return 1 / (1 + math.exp(-(self.intercept + self.score * first + self.margin * (first - second))))


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, and the nearest articles, best first; none for what was recognised as outside."""

    kind: FindingKind
    articles: tuple[str, ...]
    confidence: float


def read_calibration(path: Path = CALIBRATION) -> Calibration:
    return Calibration(**json.loads(path.read_text(encoding="utf-8")))


def write_calibration(calibration: Calibration, path: Path = CALIBRATION) -> None:
    path.write_text(json.dumps(asdict(calibration), indent=4) + "\n", encoding="utf-8")


def decide(scores: Scores, calibration: Calibration) -> Decision:
    """What these scores mean. Nothing is invented: below the thresholds the bot says that it does not know."""
    articles, (first, second) = best_articles(scores)
    chance = calibration.chance(first, second)
    excess, kind = max((lead(kind, scores) - calibration.kinds[kind], kind) for kind in KINDS)
    if excess > 0:
        return Decision(kind, () if kind is FindingKind.OUTSIDE else articles, chance)
    if chance >= calibration.answer_from:
        return Decision(FindingKind.ANSWER, articles, chance)
    if chance >= calibration.choices_from:
        return Decision(FindingKind.CHOICES, articles, chance)
    return Decision(FindingKind.OUTSIDE, articles, chance)


def best_articles(scores: Scores) -> tuple[tuple[str, ...], tuple[float, float]]:
    """The nearest articles and the scores of the first two."""
    is_article = np.array([not label.startswith("kind:") for label in scores.labels])
    order = np.argsort(-np.where(is_article, scores.scores, -np.inf))[:MOST_CHOICES]
    first, second = (float(scores.scores[position]) for position in order[:2])
    return tuple(scores.labels[position] for position in order), (first, second)


def lead(kind: FindingKind, scores: Scores) -> float:
    """How far a kind is ahead of its share of the best article."""
    label = kind_label(kind)
    if label not in scores.labels:
        return -math.inf
    _articles, (first, _second) = best_articles(scores)
    return float(scores.scores[scores.labels.index(label)]) - ARTICLE_SHARE * first
