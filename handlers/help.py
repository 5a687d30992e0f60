"""Help: what can be written here."""

from bot.core import Choice, Reply, Topic, Turn
from handlers.browse import N_

topic = Topic("help")


@topic.command("help", N_("What you can do here"))
async def show_help(turn: Turn) -> Reply:
    _ = turn.gettext
    return Reply(
        help_text(turn),
        choices=(
            Choice("/browse", _("All topics")),
            Choice("/open where-to-turn", _("Who can help me?")),
            Choice("/language", _("Change the language")),
            Choice("/about", _("About this bot")),
        ),
    )


def help_text(turn: Turn) -> str:
    """What the bot can do, in a few sentences."""
    _ = turn.gettext
    return _(
        "Just write your question in your own words, for example: “My employer keeps my passport” or “Is the Compact "
        "binding?”. If you are in danger now, call the local emergency number: this bot cannot send help."
    )
