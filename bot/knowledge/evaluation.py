"""How well the search does on labelled questions, and setting its thresholds from them."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.core import FindingKind, OperatorError
from bot.knowledge.decision import Calibration, Decision, best_articles, decide, lead
from bot.knowledge.examples import KINDS
from bot.knowledge.index import Scores

URGENT_MISS_COSTS = 4.0
"""How many false alarms are as bad as one missed person in danger; the related article comes with every alarm."""

WORTH = {"right answer": 1.0, "wrong answer": -0.4, "right choice": 0.45, "wrong choices": -0.1}
"""To say that there is no answer is worth nothing."""

_WILSON_Z = 1.96


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, its language, and what would be right: a kind, and for answers any of these articles.

    No articles means that any is accepted: such a question tests only that it is not taken for something else.
    """

    id: str
    language: str
    question: str
    kind: FindingKind
    articles: tuple[str, ...]
    form: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one labelled question."""

    labelled: Labelled
    decision: Decision

    @property
    def right(self) -> bool:
        """The right kind and, for an answer, a right article first."""
        if self.labelled.kind is not FindingKind.ANSWER:
            return self.decision.kind is self.labelled.kind
        accepted = self.labelled.articles or self.decision.articles
        return self.decision.kind is FindingKind.ANSWER and self.decision.articles[0] in accepted

    @property
    def offered(self) -> bool:
        """Not answered, but a right article was among the choices."""
        shown = set(self.decision.articles) & set(self.labelled.articles)
        return self.decision.kind is FindingKind.CHOICES and bool(shown)

    @property
    def refused(self) -> bool:
        return self.labelled.kind is FindingKind.ANSWER and self.decision.kind is FindingKind.OUTSIDE


def read_labelled(paths: Iterable[Path]) -> list[Labelled]:
    """Questions of JSON-lines files.

    Raises:
        OperatorError: a line is not of the form that docs/finding.md describes.
    """
    found = []
    for path in paths:
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                line = json.loads(text)
                kind, articles = FindingKind(line["kind"]), tuple(line.get("articles", ()))
                labelled = Labelled(
                    line["id"], line["language"], line["question"], kind, articles, line.get("form", "")
                )
            except (ValueError, KeyError, TypeError) as error:
                raise OperatorError(f"{path}:{number}: not a labelled question ({error}).") from error
            found.append(labelled)
    return found


def interval(right: int, total: int) -> tuple[float, float]:
    """95 % Wilson interval of a share."""
    if not total:
        return 0.0, 1.0
    share, z2 = right / total, _WILSON_Z**2
    centre = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _WILSON_Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total**2)) / (1 + z2 / total)
    return centre - half, centre + half


def outcomes(labelled: Sequence[Labelled], scores: Sequence[Scores], calibration: Calibration) -> list[Outcome]:
    return [Outcome(each, decide(score, calibration)) for each, score in zip(labelled, scores, strict=True)]


def calibrate(labelled: Sequence[Labelled], scores: Sequence[Scores]) -> Calibration:
    """Thresholds from labelled questions.

    The chance is a logistic regression on the two best scores over all questions that have an answer and all that
    have none. Each kind's threshold is the one with the fewest errors, a miss of `urgent` counting URGENT_MISS_COSTS
    false alarms. The thresholds for answers and choices are the pair that is worth most to people, see WORTH.
    """
    features, right = [], []
    for each, score in zip(labelled, scores, strict=True):
        if each.kind is FindingKind.ANSWER and not each.articles:
            continue
        articles, (first, second) = best_articles(score)
        features.append((1.0, first, first - second))
        right.append(each.kind is FindingKind.ANSWER and articles[0] in each.articles)
    intercept, by_score, by_margin = _logistic(np.array(features), np.array(right, dtype=float)).round(3).tolist()
    kinds = {kind.value: round(_threshold(kind, labelled, scores), 3) for kind in KINDS}
    steps = np.arange(0, 1, 0.02).round(2).tolist()
    candidates = [
        Calibration(intercept, by_score, by_margin, answer_from, choices_from, kinds)
        for answer_from in steps
        for choices_from in steps
        if choices_from <= answer_from
    ]
    decided = outcomes(labelled, scores, candidates[0])
    undisputed = [outcome for outcome in decided if outcome.decision.kind not in KINDS]
    return max(candidates, key=lambda candidate: sum(_worth(outcome, candidate) for outcome in undisputed))


def _worth(outcome: Outcome, calibration: Calibration) -> float:
    """What it is worth to a person that this question is answered, offered or refused as these thresholds say."""
    articles, wanted = outcome.decision.articles, set(outcome.labelled.articles)
    if outcome.labelled.kind is FindingKind.ANSWER and not wanted:
        return 0.0
    if outcome.decision.confidence >= calibration.answer_from:
        return WORTH["right answer"] if articles[0] in wanted else WORTH["wrong answer"]
    if outcome.decision.confidence >= calibration.choices_from:
        return WORTH["right choice"] if wanted & set(articles) else WORTH["wrong choices"]
    return 0.0


def _threshold(kind: FindingKind, labelled: Sequence[Labelled], scores: Sequence[Scores]) -> float:
    leads = np.array([lead(kind, score) for score in scores])
    is_kind = np.array([each.kind is kind for each in labelled])
    miss_costs = URGENT_MISS_COSTS if kind is FindingKind.URGENT else 1.0
    thresholds = np.linspace(-0.5, 1.0, 301)
    costs = np.array(
        [miss_costs * (is_kind & (leads <= each)).sum() + (~is_kind & (leads > each)).sum() for each in thresholds]
    )
    # The middle of the cheapest stretch is the safest place on it.
    return float(np.median(thresholds[costs == costs.min()]))


def _logistic(features: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Logistic regression by Newton's method, with a little ridge so that it always ends."""
    weights = np.zeros(features.shape[1])
    for _round in range(50):
        chance = 1 / (1 + np.exp(-features @ weights))
        gradient = features.T @ (right - chance) - 1e-3 * weights
        curvature = (features * (chance * (1 - chance))[:, None]).T @ features + 1e-3 * np.eye(len(weights))
        weights += np.linalg.solve(curvature, gradient)
    return weights
