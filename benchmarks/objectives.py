"""How well objectives and points are found: `python -m benchmarks.objectives` prints the tables of docs/finding.md.

Weights are chosen from a grid on four fifths of the development set and judged on the last fifth, in turn. Takes four
minutes of one core.
"""

import asyncio
import itertools
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.core import FindingKind
from bot.knowledge.articles import Library
from bot.knowledge.decision import read_calibration
from bot.knowledge.evaluation import Labelled, read_labelled
from bot.knowledge.finder import Finder
from bot.knowledge.index import Scores
from bot.knowledge.objectives import LONG_FROM, WEIGHTS, Floats, Piece, Weights, likeliest, shares, size_of, themes
from bot.parts import KnowledgeBase
from bot.settings import read_settings

TESTS = Path(__file__).parent.parent / "tests"
WITHOUT = (FindingKind.GREETING, FindingKind.OUTSIDE)
FOLDS = 5
GRID = [
    replace(WEIGHTS, nearness=nearness, others=others, least=least)
    for nearness, others, least in itertools.product((0.02, 0.03, 0.04, 0.05), (0.0, 0.35, 0.5), (0.02, 0.05, 0.1))
]
GAINS = (20, 40, 60, 80, 100)
PUT_TOGETHER = 400
MOST_THEMES = 5


@dataclass(frozen=True, slots=True)
class Message:
    """A message, what the index says of it, and the main objectives that are right; none if it is about none."""

    language: str
    text: str
    scores: Scores
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class Text:
    """Messages put together: pieces with their shares, and where a new theme begins."""

    parts: tuple[Piece, ...]
    of_parts: tuple[Floats, ...]
    begins: tuple[int, ...]


class Measure:
    """Counts over the messages, by weights."""

    def __init__(self, library: Library, messages: Sequence[Message], written: Iterable[str]) -> None:
        self._entries = library.entries
        self._calibration = read_calibration()
        self.messages = messages
        self._written = frozenset(written)

    def shares(self, message: Message, weights: Weights) -> Floats:
        return shares(message.scores, self._entries, self._calibration, weights)

    def named(self, weights: Weights) -> list[tuple[int, ...]]:
        return [likeliest(self.shares(message, weights), weights) for message in self.messages]

    def judged_apart(self) -> list[tuple[int, ...]]:
        """What is named for each message by the weights that are best for the other four fifths."""
        by_weights = {weights: self.named(weights) for weights in GRID}
        found: list[tuple[int, ...]] = [()] * len(self.messages)
        for fold in range(FOLDS):
            others = [position for position in range(len(self.messages)) if position % FOLDS != fold]
            best = max(GRID, key=lambda weights: sum(self._counts(by_weights[weights], others)[:3]))
            print(f"fold {fold + 1}: nearness {best.nearness}, others {best.others}, least {best.least}", flush=True)
            for position in range(fold, len(self.messages), FOLDS):
                found[position] = by_weights[best][position]
        return found

    def row(self, name: str, named: Sequence[tuple[int, ...]], *, written: bool) -> str:
        chosen = [n for n, each in enumerate(self.messages) if (each.language in self._written) == written]
        first, among, silent, about, about_none = self._counts(named, chosen)
        without = f"{silent / about_none:.1%} of {about_none}" if about_none else ""
        return f"| {name} | {about} | {first / about:.1%} | {among / about:.1%} | {without} |"

    def _counts(self, named: Sequence[tuple[int, ...]], chosen: Sequence[int]) -> tuple[int, int, int, int, int]:
        first = among = silent = about = 0
        for position in chosen:
            right, got = self.messages[position].right, named[position]
            about += bool(right)
            first += bool(right.intersection(got[:1]))
            among += bool(right.intersection(got))
            silent += not right and not got
        return first, among, silent, about, len(chosen) - about


def main() -> None:
    knowledge = KnowledgeBase(read_settings())
    finder, library = knowledge.finder, knowledge.library
    written = [language.code for language in knowledge.languages.all()]
    labelled = read_labelled(sorted((TESTS / "development").glob("*.jsonl")))
    messages = [_message(each, finder, library) for each in labelled if each.articles or each.kind in WITHOUT]
    measure = Measure(library, messages, written)
    apart = measure.judged_apart()
    shipped = measure.named(WEIGHTS)
    print("| messages | about an objective | main one first | among the three | none named for those about none |")
    print("| --- | --- | --- | --- | --- |")
    for name, named in (("judged apart", apart), ("shipped weights", shipped)):
        for spoken, is_written in (("six written languages", True), ("the others", False)):
            print(measure.row(f"{spoken}, {name}", named, written=is_written))
    print("\n| gain | of texts about one thing left whole | cut right | too few | too many |")
    print("| --- | --- | --- | --- | --- |")
    texts = _put_together(measure)
    for gain in GAINS:
        print(_cutting(texts, replace(WEIGHTS, gain=gain)))
    print()
    asyncio.run(_print_feedback(finder))


def _message(labelled: Labelled, finder: Finder, library: Library) -> Message:
    objectives = [library.entries[slug].objectives for slug in labelled.articles]
    scores = finder.look(labelled.question, "en").scores
    return Message(labelled.language, labelled.question, scores, frozenset(each[0] for each in objectives if each))


def _put_together(measure: Measure) -> list[Text]:
    """Texts of one to five themes without paragraphs, each theme two or more messages about one objective."""
    by_theme: dict[tuple[str, int], list[Message]] = defaultdict(list)
    for message in measure.messages:
        for objective in message.right if len(message.right) == 1 else ():
            by_theme[message.language, objective].append(message)
    languages = sorted({language for language, _objective in by_theme})
    chance = random.Random(1)
    texts: list[Text] = []
    while len(texts) < PUT_TOGETHER:
        spoken = chance.choice(languages)
        themes_there = [each for (language, _), each in by_theme.items() if language == spoken and len(each) > 1]
        wanted = chance.randint(1, MOST_THEMES)
        if len(themes_there) >= wanted:
            most = 6 if wanted == 1 else 3
            groups = [chance.sample(each, min(most, len(each))) for each in chance.sample(themes_there, wanted)]
            text = _text(groups, measure)
            if sum(part.size for part in text.parts) >= LONG_FROM:
                texts.append(text)
    return texts


def _text(groups: Sequence[Sequence[Message]], measure: Measure) -> Text:
    sizes = [size_of(message.text) for group in groups for message in group]
    parts = tuple(Piece(0, 0, size, opens=False) for size in sizes)
    of_parts = tuple(measure.shares(message, WEIGHTS) for group in groups for message in group)
    begins = tuple(itertools.accumulate((len(group) for group in groups[:-1]), initial=0))
    return Text(parts, of_parts, begins)


def _cutting(texts: Sequence[Text], weights: Weights) -> str:
    cut = [[run.start for run in themes(text.parts, text.of_parts, weights)] for text in texts]
    single = [len(begins) for begins, text in zip(cut, texts, strict=True) if len(text.begins) == 1]
    right = sum(begins == list(text.begins) for begins, text in zip(cut, texts, strict=True))
    more = [len(begins) - len(text.begins) for begins, text in zip(cut, texts, strict=True)]
    few, many = sum(each < 0 for each in more), sum(each > 0 for each in more)
    shown = " | ".join(f"{count / len(texts):.0%}" for count in (right, few, many))
    return f"| {weights.gain} | {single.count(1)} of {len(single)} | {shown} |"


async def _print_feedback(finder: Finder) -> None:
    lines = [json.loads(line) for line in (TESTS / "knowledge" / "feedback.jsonl").read_text("utf-8").splitlines()]
    short = [line for line in lines if line.get("objectives")]
    named = [await finder.objectives(line["text"], line["language"]) for line in short]
    pairs = list(zip([line["objectives"] for line in short], named, strict=True))
    print(
        f"feedback, {len(short)} texts: main objective first {sum(right[:1] == list(got[:1]) for right, got in pairs)}, "
        f"a right one first {sum(got[:1] != () and got[0] in right for right, got in pairs)}, "
        f"main one among the three {sum(right[0] in got for right, got in pairs)}"
    )
    long = [line for line in lines if "points" in line]
    found = [[point.objectives[:1] for point in await finder.points(line["text"], line["language"])] for line in long]
    several = list(zip([line["points"] for line in long], found, strict=True))
    print(
        f"long feedback, {len(long)} texts: as many points as there are {sum(len(a) == len(b) for a, b in several)}, "
        f"each with its main objective first {sum([(each,) for each in a] == b for a, b in several)}"
    )


if __name__ == "__main__":
    sys.exit(main())
