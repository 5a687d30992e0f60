"""What one question costs: `python -m benchmarks.finding` prints times, memory and the share of each part."""

import asyncio
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.commands.articles import complete
from bot.knowledge.evaluation import read_labelled
from bot.knowledge.meaning import Meaning
from bot.parts import KnowledgeBase
from bot.settings import read_settings

DEVELOPMENT = Path(__file__).parent.parent / "tests" / "development"


def main() -> None:
    # One core, so that the figure does not depend on how many there are.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    begun = time.perf_counter()
    knowledge = KnowledgeBase(read_settings())
    print(f"loading articles and index: {time.perf_counter() - begun:.2f} s")
    complete(knowledge)
    # Every fourth of them is enough for a median, and takes two minutes.
    questions = [each.question for each in read_labelled(sorted(DEVELOPMENT.glob("*.jsonl")))][::4]
    meaning = Meaning()
    meaning.vectors(["warm"])
    finder = knowledge.finder
    vector = meaning.vectors(["warm"])[0]
    _print_times("the whole search", questions, lambda question: finder.find_now(question, "en"))
    _print_times("of it the model", questions, lambda question: meaning.vectors([question]))
    _print_times("of it the scores", questions, lambda question: finder.index.scores(question, "en", vector))
    loop = asyncio.new_event_loop()
    for question in questions:
        loop.run_until_complete(finder.find(question, "en"))
    _print_times("asked again", questions, lambda question: loop.run_until_complete(finder.find(question, "en")))
    loop.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at most: {memory:.0f} MB with {len(knowledge.examples)} examples")


def _print_times(what: str, questions: list[str], work: Callable[[str], object]) -> None:
    times = []
    for question in questions:
        begun = time.perf_counter()
        work(question)
        times.append((time.perf_counter() - begun) * 1000)
    percentiles = statistics.quantiles(times, n=100)
    print(
        f"{what}: median {statistics.median(times):.1f} ms, p95 {percentiles[94]:.1f} ms, p99 {percentiles[98]:.1f} ms "
        f"over {len(times)} questions on one core"
    )


if __name__ == "__main__":
    sys.exit(main())
