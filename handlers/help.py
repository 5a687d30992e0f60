"""Help: what can be written here."""

from bot.core import N_, Choice, Reply, Topic, Turn
from handlers.browse import all_topics
from handlers.everywhere import help_text

topic = Topic("help")


@topic.command("help", N_("What you can do here"))
async def show_help(turn: Turn) -> Reply:
    _ = turn.gettext
    return Reply(
        help_text(turn.translator),
        choices=(
            all_topics(turn),
            Choice("/open where-to-turn", _("Who can help me?")),
            Choice("/feedback", _("Tell a working group what happens")),
            Choice("/mine", _("My feedback")),
            Choice("/language", _("Change the language")),
            Choice("/about", _("About this bot")),
            Choice("/privacy", _("What is stored, why and how long")),
        ),
    )
