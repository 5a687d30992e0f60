"""`evaluate`: how well the search does on labelled questions."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from bot.commands import evaluation_report as report
from bot.commands.articles import complete
from bot.core import FindingKind
from bot.knowledge.decision import read_calibration, write_calibration
from bot.knowledge.evaluation import Outcome, fallen, figures, groups, interval, outcomes, read_labelled
from bot.parts import KnowledgeBase
from bot.settings import read_settings

MOST_CONFUSIONS = 20
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--calibrate", "set_calibration", is_flag=True, help="First set the thresholds from these questions.")
@click.option("--held-out", is_flag=True, help="Judge each question by thresholds set without it (ten folds).")
@click.option("--errors", is_flag=True, help="Also print each question that went wrong.")
@click.option("--html", type=FILE, help="Also write a report with plots.")
@click.option("--curve", type=FILE, help="Also draw how often each confidence is right, as SVG.")
@click.option("--record", type=FILE, help="Keep the figures in this file.")
@click.option("--recorded", type=FILE, help="Exit with status 1 if a figure fell over 3 points below this file's.")
def evaluate(
    files: tuple[Path, ...],
    html: Path | None,
    curve: Path | None,
    record: Path | None,
    recorded: Path | None,
    *,
    set_calibration: bool,
    held_out: bool,
    errors: bool,
) -> None:
    """Print per language and kind how many labelled questions are right, wrong and refused."""
    from bot.knowledge.calibrating import calibrate, out_of_fold  # noqa: PLC0415 -- takes SciPy, slow to import

    knowledge = KnowledgeBase(read_settings())
    complete(knowledge)
    labelled = read_labelled(files)
    looked = [knowledge.finder.look(each.question, knowledge.languages.default) for each in labelled]
    scores = [each.scores for each in looked]
    if set_calibration:
        write_calibration(calibrate(labelled, scores))
    results = out_of_fold(labelled, scores) if held_out else outcomes(labelled, scores, read_calibration())
    _print_table(results)
    _print_safety(results)
    _print_languages(
        Counter(
            (each.language, each.language == seen.detected.language)
            for each, seen in zip(labelled, looked, strict=True)
        )
    )
    _print_confusions(results)
    if errors:
        _print_errors(results)
    if html is not None:
        html.write_text(report.page(results), encoding="utf-8")
    if curve is not None:
        curve.write_text(report.curve(results), encoding="utf-8")
    if record is not None:
        record.write_text(json.dumps(figures(results), indent=4) + "\n", encoding="utf-8")
    if recorded is not None:
        worse = fallen(figures(results), json.loads(recorded.read_text(encoding="utf-8")))
        if worse:
            click.echo("\n".join(["Worse than recorded:", *worse]))
            sys.exit(1)


def _print_table(results: Sequence[Outcome]) -> None:
    click.echo("| language | kind | messages | right | 95 % interval | offered as a choice | wrong | refused |")
    click.echo("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for (language, kind), group in groups(results).items():
        right = sum(result.right for result in group)
        offered, refused = sum(result.offered for result in group), sum(result.refused for result in group)
        low, high = interval(right, len(group))
        click.echo(
            f"| {language} | {kind} | {len(group)} | {right} ({right / len(group):.0%}) | {low:.0%} to {high:.0%} "
            f"| {offered} | {len(group) - right - offered - refused} | {refused} |"
        )


def _print_safety(results: Sequence[Outcome]) -> None:
    click.echo("\n| language | emergencies found | false alarms among the others | other matters given an article |")
    click.echo("| --- | --- | --- | --- |")
    for language in (*sorted({result.labelled.language for result in results}), "all"):
        mine = [result for result in results if language in (result.labelled.language, "all")]
        urgent = [result for result in mine if result.labelled.kind is FindingKind.URGENT]
        outside = [result for result in mine if result.labelled.kind is FindingKind.OUTSIDE]
        answered = sum(result.decision.kind is FindingKind.ANSWER for result in outside)
        click.echo(
            f"| {language} | {_share(sum(r.right for r in urgent), len(urgent))} "
            f"| {_share(sum(r.false_alarm for r in mine), len(mine) - len(urgent))} | {_share(answered, len(outside))} |"
        )


def _print_languages(recognised: Counter[tuple[str, bool]]) -> None:
    click.echo("\nLanguage recognised: ", nl=False)
    shares = []
    for language in sorted({name for name, _right in recognised}):
        right, wrong = recognised[language, True], recognised[language, False]
        shares.append(f"{language} {_share(right, right + wrong)}")
    click.echo(", ".join(shares))


def _print_confusions(results: Sequence[Outcome]) -> None:
    click.echo("\n| kind | taken for | messages |\n| --- | --- | --- |")
    for (kind, taken), count in sorted(report.kind_confusions(results).items()):
        click.echo(f"| {kind} | {taken} | {count} |")
    click.echo("\n| article | answered with | questions |\n| --- | --- | --- |")
    for (wanted, got), count in report.article_confusions(results).most_common(MOST_CONFUSIONS):
        click.echo(f"| {wanted} | {got} | {count} |")


def _print_errors(results: Sequence[Outcome]) -> None:
    click.echo("")
    for result in results:
        if not result.right:
            wanted, found = result.labelled, result.decision
            click.echo(
                f"{wanted.id} {wanted.question[:140]!r} is {wanted.kind} {','.join(wanted.articles)}: "
                f"got {found.kind} {','.join(found.articles)} {found.confidence:.2f}"
            )


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "none"
