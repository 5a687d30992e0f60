"""Setting the calibration from labelled messages: chances by maximum likelihood, thresholds by what they are worth."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bot.core import FindingKind
from bot.knowledge.decision import CLASSES, Calibration, article_chance, best_articles, decide, features
from bot.knowledge.evaluation import Labelled, Outcome
from bot.knowledge.index import Scores

Floats = npt.NDArray[np.float64]

MOST_FALSE_ALARMS = 0.015
"""Share of the other messages that may be taken for an emergency; within it as many emergencies as possible are found."""

RIGHT_FIRST = {"sure": 1.0, "answer": 0.9, "choices": 0.45}
RIGHT_BESIDE = {"sure": -0.4, "answer": 0.35, "choices": 0.45}
WRONG = {"sure": -0.4, "answer": -0.4, "choices": -0.1}
"""What a person gains when the first article is right, when it is one of the others, and when none is; to be told that
there is no answer is worth nothing."""

STEP = 0.04

RIDGE = 0.01
FOLDS = 10


def calibrate(labelled: Sequence[Labelled], scores: Sequence[Scores]) -> Calibration:
    """The calibration that fits these messages."""
    found = np.array([features(each) for each in scores])
    classes = np.array([CLASSES.index(each.kind) for each in labelled])
    asked = np.array([each.kind is FindingKind.ANSWER and bool(each.articles) for each in labelled])
    right = np.array([best_articles(score)[0] in each.articles for each, score in zip(labelled, scores, strict=True)])
    kinds = _softmax_weights(found, classes, len(CLASSES))
    article = _softmax_weights(found[asked], right[asked].astype(int), 2)
    calibration = Calibration(
        tuple(tuple(row) for row in kinds.round(3).tolist()),
        tuple((article[1] - article[0]).round(3).tolist()),
        urgency=1.0,
        sure_from=0.0,
        answer_from=0.0,
        choices_from=0.0,
    )
    calibration = replace(calibration, urgency=_urgency(calibration, found, classes))
    return _with_thresholds(calibration, labelled, scores)


def out_of_fold(labelled: Sequence[Labelled], scores: Sequence[Scores], seed: int = 0) -> list[Outcome]:
    """What becomes of each message when the calibration is set without it and a tenth of the others."""
    folds = np.random.default_rng(seed).integers(0, FOLDS, len(labelled))
    outcomes: list[Outcome | None] = [None] * len(labelled)
    for fold in range(FOLDS):
        seen, unseen = (np.flatnonzero(picked).tolist() for picked in (folds != fold, folds == fold))
        calibration = calibrate([labelled[i] for i in seen], [scores[i] for i in seen])
        for i in unseen:
            outcomes[i] = Outcome(labelled[i], decide(scores[i], calibration))
    return [outcome for outcome in outcomes if outcome is not None]


def _softmax_weights(found: Floats, classes: npt.NDArray[np.int64], count: int) -> Floats:
    """Multinomial logistic regression with a little ridge, shape (classes, features)."""
    size = found.shape[1]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(count, size)
        sums = found @ weights.T
        sums -= sums.max(axis=1, keepdims=True)
        chances = np.exp(sums)
        chances /= chances.sum(axis=1, keepdims=True)
        rows = np.arange(len(found))
        value = -np.log(np.maximum(chances[rows, classes], 1e-300)).sum() + RIDGE * (weights**2).sum()
        chances[rows, classes] -= 1
        return float(value), (chances.T @ found + 2 * RIDGE * weights).ravel()

    fitted = minimize(loss, np.zeros(count * size), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    weights: Floats = fitted.x.reshape(count, size)
    return weights


def _urgency(calibration: Calibration, found: Floats, classes: npt.NDArray[np.int64]) -> float:
    """The largest factor with which at most MOST_FALSE_ALARMS of the other messages are taken for an emergency."""
    sums = found @ np.array(calibration.kinds).T
    urgent = CLASSES.index(FindingKind.URGENT)
    # A message is taken for an emergency when the factor exceeds this.
    needed = np.exp(np.delete(sums, urgent, axis=1).max(axis=1) - sums[:, urgent])
    others = np.sort(needed[classes != urgent])
    return round(float(max(1.0, others[int(MOST_FALSE_ALARMS * len(others))])), 3)


def _with_thresholds(calibration: Calibration, labelled: Sequence[Labelled], scores: Sequence[Scores]) -> Calibration:
    """The thresholds that are worth most to people, over the messages that no kind has taken."""
    chances, gains = [], []
    for each, score in zip(labelled, scores, strict=True):
        undisputed = decide(score, calibration).kind is FindingKind.ANSWER
        if undisputed and (each.articles or each.kind is not FindingKind.ANSWER):
            articles, wanted = best_articles(score), set(each.articles)
            worth = RIGHT_FIRST if articles[0] in wanted else RIGHT_BESIDE if wanted & set(articles) else WRONG
            chances.append(article_chance(features(score), calibration))
            gains.append([worth["sure"], worth["answer"], worth["choices"]])
    # What each way gains in all, if it is taken from a step on.
    steps = np.arange(0, 1, STEP).round(2)
    above = np.array(chances)[None, :] >= steps[:, None]
    sure, answer, choices = (above @ np.array(gains).reshape(-1, 3)).T

    def worth_of(picked: tuple[int, int, int]) -> float:
        sure_from, answer_from, choices_from = picked
        return float(
            sure[sure_from] + (answer[answer_from] - answer[sure_from]) + (choices[choices_from] - choices[answer_from])
        )

    ordered = combinations_with_replacement(range(len(steps) - 1, -1, -1), 3)
    best = max(ordered, key=worth_of)
    sure_from, answer_from, choices_from = (float(steps[position]) for position in best)
    return replace(calibration, sure_from=sure_from, answer_from=answer_from, choices_from=choices_from)
