"""How well the search does on labelled questions."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core import FindingKind, OperatorError
from bot.knowledge.decision import Calibration, Decision, decide
from bot.knowledge.index import Scores

EVERY_LANGUAGE = "all"
MOST_FALL = 0.03
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

    @property
    def false_alarm(self) -> bool:
        return self.labelled.kind is not FindingKind.URGENT and self.decision.kind is FindingKind.URGENT

    @property
    def got(self) -> str:
        """The article it was answered with, or the kind it was taken for."""
        return self.decision.articles[0] if self.decision.kind is FindingKind.ANSWER else self.decision.kind


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


def groups(results: Sequence[Outcome]) -> dict[tuple[str, FindingKind], list[Outcome]]:
    """By language and kind, then by kind over all languages."""
    found: dict[tuple[str, FindingKind], list[Outcome]] = {}
    for language in (*sorted({result.labelled.language for result in results}), EVERY_LANGUAGE):
        for kind in FindingKind:
            group = [
                r for r in results if r.labelled.kind is kind and language in (r.labelled.language, EVERY_LANGUAGE)
            ]
            if group:
                found[language, kind] = group
    return found


def figures(results: Sequence[Outcome]) -> dict[str, float]:
    """Shares that are right: of the questions in each language, and of each kind over all languages."""
    return {
        f"{language} {kind}": round(sum(each.right for each in group) / len(group), 4)
        for (language, kind), group in groups(results).items()
        if kind is FindingKind.ANSWER or language == EVERY_LANGUAGE
    }


def fallen(now: Mapping[str, float], recorded: Mapping[str, float]) -> list[str]:
    """What is over MOST_FALL below its recorded figure, as one line each."""
    return [
        f"{name}: {now.get(name, 0.0):.1%} right, recorded {share:.1%}"
        for name, share in recorded.items()
        if now.get(name, 0.0) < share - MOST_FALL
    ]


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
