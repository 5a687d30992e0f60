"""Browsing: a section, then an article, two taps to any of them."""

from collections.abc import Iterator

from bot.core import N_, Choice, Reply, Topic, Turn

topic = Topic("browse")


SECTIONS = {
    "work": N_("Working abroad"),
    "job": N_("Your rights at work"),
    "papers": N_("Papers and status"),
    "family": N_("Children and family"),
    "life": N_("Daily life and services"),
    "money": N_("Money and diaspora"),
    "borders": N_("Borders and arrival"),
    "return": N_("Detention and return"),
    "danger": N_("Danger and help"),
    "objectives": N_("The 23 objectives"),
    "principles": N_("The ten guiding principles"),
    "compact": N_("What the Compact is"),
    "states": N_("Countries and votes"),
    "network": N_("The UN Network on Migration"),
    "reviews": N_("Reviews and reports"),
    "myths": N_("Myths and facts"),
    "story": N_("How it began in 2018"),
}


@topic.command("browse", N_("All topics"))
async def browse(turn: Turn) -> Reply:
    """`/browse` or `/browse objectives`."""
    slugs = turn.knowledge.section(turn.argument)
    if not slugs or turn.argument not in SECTIONS:
        return await show_sections(turn)
    articles = [turn.knowledge.article(slug, turn.language) for slug in slugs]
    choices = [Choice(f"/open {article.slug}", article.title) for article in articles]
    back = Choice("/browse", turn.gettext("« All topics"))
    return Reply(turn.gettext(SECTIONS[turn.argument]), choices=(*choices, back))


def all_topics(turn: Turn) -> Choice:
    """The button that leads to the list of sections."""
    return Choice("/browse", turn.gettext("All topics"))


def something_else(turn: Turn) -> Choice:
    """The same behind a list in which the right topic may be missing."""
    return Choice("/browse", turn.gettext("Something else"))


def instead(turn: Turn, slugs: tuple[str, ...]) -> Iterator[str]:
    """What to try where there is no answer: topics that come closest, if any, and people, if they can be reached."""
    _ = turn.gettext
    if slugs:
        yield _("These topics come closest. You can also say it in other words.")
    if turn.service.contact:
        yield _("You can reach people here: {contact}", contact=turn.service.contact)


async def show_sections(turn: Turn) -> Reply:
    """The list of sections."""
    _ = turn.gettext
    choices = tuple(Choice(f"/browse {name}", _(title)) for name, title in SECTIONS.items())
    return Reply(_("What would you like to read about?"), choices=choices)
