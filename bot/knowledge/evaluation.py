"""How well the search does on labelled questions, and setting its thresholds from them."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.core import FindingKind, OperatorError
from bot.knowledge.decision import Calibration, Decision, best_articles, decide
from bot.knowledge.examples import KINDS, kind_label
from bot.knowledge.index import Scores

MOST_OUTSIDE_ANSWERED = 0.03
"""Share of messages outside the topic that may get an article on the development set; users must see at most 5 in 100."""
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
    have none. An answer is given from the lowest chance that keeps wrongly answered outsiders under
    MOST_OUTSIDE_ANSWERED; each kind's offset is the one with the fewest errors, misses of `urgent` counting tenfold.
    """
    kinds = {kind: _offset(kind, labelled, scores) for kind in KINDS}
    features, right = [], []
    for each, score in zip(labelled, scores, strict=True):
        if each.kind is FindingKind.ANSWER and not each.articles:
            continue
        articles, (first, second) = best_articles(score)
        features.append((1.0, first, first - second))
        right.append(each.kind is FindingKind.ANSWER and articles[0] in each.articles)
    intercept, by_score, by_margin = _logistic(np.array(features), np.array(right, dtype=float)).tolist()
    open_to_all = Calibration(
        intercept, by_score, by_margin, 0.0, 0.0, {kind.value: value for kind, value in kinds.items()}
    )
    outside = [
        outcome.decision.confidence
        for outcome in outcomes(labelled, scores, open_to_all)
        if outcome.labelled.kind is FindingKind.OUTSIDE and outcome.decision.kind is FindingKind.ANSWER
    ]
    allowed = int(MOST_OUTSIDE_ANSWERED * sum(each.kind is FindingKind.OUTSIDE for each in labelled))
    outside.sort(reverse=True)
    answer_from = outside[allowed] + 1e-3 if len(outside) > allowed else 0.0
    return Calibration(
        intercept=round(intercept, 3),
        score=round(by_score, 3),
        margin=round(by_margin, 3),
        answer_from=round(answer_from, 3),
        choices_from=round(answer_from / 2, 3),
        kinds={kind.value: round(value, 3) for kind, value in kinds.items()},
    )


def _offset(kind: FindingKind, labelled: Sequence[Labelled], scores: Sequence[Scores]) -> float:
    """What to add to a kind's score before it is compared with the best article's."""
    leads, wanted = [], []
    for each, score in zip(labelled, scores, strict=True):
        by_label = dict(zip(score.labels, score.scores.tolist(), strict=True))
        if kind_label(kind) not in by_label:
            return 0.0
        _articles, (first, _second) = best_articles(score)
        leads.append(by_label[kind_label(kind)] - first)
        wanted.append(each.kind is kind)
    gaps, is_kind = np.array(leads), np.array(wanted)
    offsets = np.linspace(-0.5, 0.5, 201)
    miss_costs = 10.0 if kind is FindingKind.URGENT else 1.0

    def cost(offset: float) -> float:
        taken = gaps + offset > 0
        return float(miss_costs * (is_kind & ~taken).sum() + (~is_kind & taken).sum())

    costs = np.array([cost(offset) for offset in offsets])
    # The middle of the cheapest stretch is the safest place on it.
    return float(np.median(offsets[costs == costs.min()]))


def _logistic(features: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Logistic regression by Newton's method, with a little ridge so that it always ends."""
    weights = np.zeros(features.shape[1])
    for _round in range(50):
        chance = 1 / (1 + np.exp(-features @ weights))
        gradient = features.T @ (right - chance) - 1e-3 * weights
        curvature = (features * (chance * (1 - chance))[:, None]).T @ features + 1e-3 * np.eye(len(weights))
        weights += np.linalg.solve(curvature, gradient)
    return weights
