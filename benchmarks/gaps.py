"""How far apart questions may be that belong together: `python -m benchmarks.gaps` prints the table behind
`bot.knowledge.gaps.FARTHEST`. Questions with the same article belong together.
"""

import sys
from collections import Counter
from pathlib import Path

from scipy.cluster.hierarchy import fcluster, linkage

from bot.knowledge.evaluation import read_labelled
from bot.parts import KnowledgeBase
from bot.settings import read_settings

DEVELOPMENT = Path(__file__).parent.parent / "tests" / "development"
DISTANCES = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


def main() -> None:
    questions = [each for each in read_labelled(sorted(DEVELOPMENT.glob("*.jsonl"))) if each.articles]
    vectors = KnowledgeBase(read_settings()).finder.meanings([(each.question, each.language) for each in questions])
    merges = linkage(vectors, "average", "cosine")
    print(
        "| farthest | groups | mean size | in a group of their own article's | alone |\n| --- | --- | --- | --- | --- |"
    )
    for distance in DISTANCES:
        numbers = fcluster(merges, distance, "distance")
        sizes = Counter(numbers)
        members: dict[int, Counter[str]] = {}
        for number, each in zip(numbers, questions, strict=True):
            members.setdefault(number, Counter())[each.articles[0]] += 1
        together = sum(max(articles.values()) for articles in members.values()) / len(questions)
        alone = sum(size == 1 for size in sizes.values()) / len(questions)
        print(f"| {distance} | {len(sizes)} | {len(questions) / len(sizes):.1f} | {together:.0%} | {alone:.0%} |")


if __name__ == "__main__":
    sys.exit(main())
