"""About: the Network, this bot, its limits, its sources, its licence."""

from bot.core import N_, Choice, Reply, Topic, Turn

topic = Topic("about")


@topic.command("about", N_("About this bot"))
async def show_about(turn: Turn) -> Reply:
    _ = turn.gettext
    parts = [
        _(
            "The UN Network on Migration helps countries to carry out the Global Compact for Safe, Orderly and Regular "
            "Migration. This bot explains both. It is not an office of the UN and decides nothing about anybody."
        ),
        _(
            "Its answers are fixed texts, based on official documents and public sources. A program finds the one that "
            "fits your question and adds nothing to it. They are not legal advice. The official text of the Compact is "
            "resolution A/RES/73/195 of the UN General Assembly."
        ),
        _("Compact Bot is free software under the Apache License 2.0."),
    ]
    if turn.service.operator:
        parts.insert(1, _("This bot is run by {operator}.", operator=turn.service.operator))
    if turn.service.contact:
        parts.append(_("You can reach people here: {contact}", contact=turn.service.contact))
    return Reply(
        "\n\n".join(parts),
        title=_("About this bot"),
        choices=(
            Choice("/open network", turn.knowledge.article("network", turn.language).title),
            Choice("/open what-is-the-compact", turn.knowledge.article("what-is-the-compact", turn.language).title),
        ),
    )
