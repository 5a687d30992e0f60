"""The report of `evaluate` with plots, as one page without scripts."""

from collections import Counter
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import pygal
from jinja2 import Environment

from bot.core import FindingKind
from bot.knowledge.evaluation import Outcome, groups, interval

STEPS = 10

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Evaluation</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 } td, th { border: 1px solid #bbb; padding: .2rem .6rem; text-align: start }
td.number { text-align: end } svg { max-width: 100%; height: auto }
</style>
<h1>Evaluation of {{ results | length }} messages</h1>
{% for chart in charts %}<figure>{{ chart | safe }}</figure>{% endfor %}
<h2>By language and kind</h2>
<table><tr><th>Language<th>Kind<th>Messages<th>Right<th>95 % interval<th>Offered<th>Refused</tr>
{% for row in rows %}<tr><td>{{ row.language }}<td>{{ row.kind }}<td class=number>{{ row.total }}
<td class=number>{{ row.right }}<td class=number>{{ row.interval }}<td class=number>{{ row.offered }}<td class=number>{{ row.refused }}</tr>
{% endfor %}</table>
<h2>What kinds were taken for</h2>
<table><tr><th>Kind<th>Taken for<th>Messages</tr>
{% for (kind, taken), count in kinds %}<tr><td>{{ kind }}<td>{{ taken }}<td class=number>{{ count }}</tr>
{% endfor %}</table>
<h2>What articles were mistaken for</h2>
<table><tr><th>Article<th>Answered with<th>Questions</tr>
{% for (wanted, got), count in articles %}<tr><td>{{ wanted }}<td>{{ got }}<td class=number>{{ count }}</tr>
{% endfor %}</table>
<h2>What went wrong</h2>
<table><tr><th>Message<th>Language<th>Wanted<th>Got<th>Confidence</tr>
{% for each in wrong %}<tr><td dir=auto>{{ each.labelled.question }}<td>{{ each.labelled.language }}
<td>{{ each.labelled.articles | join(", ") or each.labelled.kind }}<td>{{ each.got }}<td class=number>{{ "%.2f" % each.decision.confidence }}</tr>
{% endfor %}</table>
</html>
"""


def page(results: Sequence[Outcome]) -> str:
    """Everything about these results, with the messages that went wrong."""
    rows = []
    for (language, kind), group in groups(results).items():
        right = sum(each.right for each in group)
        low, high = interval(right, len(group))
        rows.append(
            {
                "language": language,
                "kind": kind,
                "total": len(group),
                "right": right,
                "interval": f"{low:.0%} to {high:.0%}",
                "offered": sum(each.offered for each in group),
                "refused": sum(each.refused for each in group),
            }
        )
    return (
        Environment(autoescape=True)
        .from_string(_PAGE)
        .render(
            results=results,
            charts=[_bars(results), curve(results)],
            rows=rows,
            kinds=sorted(kind_confusions(results).items()),
            articles=article_confusions(results).most_common(),
            wrong=[each for each in results if not each.right],
        )
    )


def curve(results: Sequence[Outcome]) -> str:
    """How often the first article is right, by confidence, as SVG; on the diagonal 0.8 is right in 8 of 10."""
    chart = pygal.XY(
        title="Confidence, and how often the first article is right",
        x_title="confidence",
        y_title="right",
        xrange=(0, 1),
        range=(0, 1),
        **_PLAIN,
    )
    chart.add("perfect", [(0, 0), (1, 1)], show_dots=False)
    points = []
    for step in range(STEPS):
        low, high = step / STEPS, (step + 1) / STEPS
        group = [
            each for each in results if low <= each.decision.confidence < high or each.decision.confidence == high == 1
        ]
        if group:
            right = sum(is_right_first(each) for each in group)
            points.append(
                {
                    "value": (sum(each.decision.confidence for each in group) / len(group), right / len(group)),
                    "label": f"{right} of {len(group)}",
                }
            )
    chart.add("measured", points)
    return _drawn(chart)


def is_right_first(result: Outcome) -> bool:
    """What confidence is the chance of: the message asks for an article, and the first one found is right."""
    wanted, found = result.labelled, result.decision.articles
    return wanted.kind is FindingKind.ANSWER and bool(found) and (not wanted.articles or found[0] in wanted.articles)


def kind_confusions(results: Sequence[Outcome]) -> Counter[tuple[str, str]]:
    """How often each kind was taken for another one; that choices were offered for a question is none."""
    return Counter(
        (str(each.labelled.kind), str(each.decision.kind))
        for each in results
        if each.decision.kind not in (each.labelled.kind, FindingKind.CHOICES)
    )


def article_confusions(results: Sequence[Outcome]) -> Counter[tuple[str, str]]:
    """How often a question for one article was answered with another."""
    return Counter(
        (each.labelled.articles[0], each.got)
        for each in results
        if not each.right and each.labelled.articles and each.decision.kind is FindingKind.ANSWER
    )


def _bars(results: Sequence[Outcome]) -> str:
    answers = {language: group for (language, kind), group in groups(results).items() if kind is FindingKind.ANSWER}
    chart = pygal.StackedBar(title="Questions by language, in %", x_labels=list(answers), range=(0, 100), **_PLAIN)
    for name, counts in {
        "right": [sum(each.right for each in group) for group in answers.values()],
        "offered as a choice": [sum(each.offered for each in group) for group in answers.values()],
        "refused": [sum(each.refused for each in group) for group in answers.values()],
    }.items():
        chart.add(name, [100 * count / len(group) for count, group in zip(counts, answers.values(), strict=True)])
    return _drawn(chart)


def _drawn(chart: pygal.Graph) -> str:
    """As SVG without the scripts that pygal puts into every chart."""
    chart.add_xml_filter(_without_scripts)
    return str(chart.render(is_unicode=True))


def _without_scripts(root: Element) -> Element:
    for parent in list(root.iter()):
        for child in [each for each in parent if str(each.tag).endswith("script")]:
            parent.remove(child)
    return root


_PLAIN = {"js": [], "disable_xml_declaration": True, "legend_at_bottom": True, "width": 800, "height": 480}
