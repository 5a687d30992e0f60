"""`evaluate`: how well the search does on labelled questions."""

from collections import Counter
from pathlib import Path

import click

from bot.commands.articles import complete
from bot.core import FindingKind
from bot.knowledge.decision import read_calibration, write_calibration
from bot.knowledge.evaluation import Outcome, calibrate, interval, outcomes, read_labelled
from bot.parts import KnowledgeBase
from bot.settings import read_settings


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--calibrate", "set_thresholds", is_flag=True, help="Set the search's thresholds from these questions.")
@click.option("--errors", is_flag=True, help="Also print each question that went wrong.")
def evaluate(files: tuple[Path, ...], *, set_thresholds: bool, errors: bool) -> None:
    """Print per language and kind how many labelled questions are right, wrong and refused."""
    knowledge = KnowledgeBase(read_settings())
    complete(knowledge)
    labelled = read_labelled(files)
    looked = [knowledge.finder.look(each.question, knowledge.languages.default) for each in labelled]
    scores = [each.scores for each in looked]
    if set_thresholds:
        write_calibration(calibrate(labelled, scores))
    results = outcomes(labelled, scores, read_calibration())
    languages = Counter(
        (each.language, each.language == seen.detected.language) for each, seen in zip(labelled, looked, strict=True)
    )
    _print_table(results)
    for language in sorted({each.language for each in labelled}):
        right, wrong = languages[language, True], languages[language, False]
        click.echo(f"language of {language} questions recognised: {right} of {right + wrong}")
    if errors:
        for result in results:
            if not result.right:
                found = result.decision
                click.echo(
                    f"{result.labelled.id} {result.labelled.question[:140]!r} is {result.labelled.kind} "
                    f"{','.join(result.labelled.articles)}: got {found.kind} {','.join(found.articles)} {found.confidence:.2f}"
                )


def _print_table(results: list[Outcome]) -> None:
    click.echo("| language | kind | questions | right | 95 % interval | offered as a choice | wrong | refused |")
    click.echo("| --- | --- | --- | --- | --- | --- | --- | --- |")
    groups = sorted({(result.labelled.language, result.labelled.kind) for result in results})
    for language, kind in [*groups, *(("all", kind) for kind in FindingKind)]:
        group = [r for r in results if r.labelled.kind is kind and language in (r.labelled.language, "all")]
        if not group:
            continue
        right = sum(result.right for result in group)
        offered, refused = sum(result.offered for result in group), sum(result.refused for result in group)
        low, high = interval(right, len(group))
        click.echo(
            f"| {language} | {kind} | {len(group)} | {right} ({right / len(group):.0%}) | {low:.0%} to {high:.0%} "
            f"| {offered} | {len(group) - right - offered - refused} | {refused} |"
        )
