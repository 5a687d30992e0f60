"""The first message: what this is, who runs it, what is kept."""

from bot.core import Choice, Reply, Topic, Turn
from handlers.article import article_reply
from handlers.browse import all_topics
from handlers.feedback.talk import CONSULTATION, invite
from handlers.language import language_choices

topic = Topic("start")


@topic.command("start")
async def start(turn: Turn) -> Reply:
    """`/start`, or `/start objective-13` behind a link that opens an article, or `/start c-imrf-2026` a consultation."""
    if turn.argument.startswith(CONSULTATION):
        return invite(turn, turn.argument)
    return article_reply(turn, turn.argument) if turn.argument else welcome(turn)


def welcome(turn: Turn) -> Reply:
    """What this is in two sentences, who runs it, what is stored and who else can read along."""
    _ = turn.gettext
    parts = [
        _(
            "Hello! Ask me, in your own words, about the UN's Global Compact for Migration and about your life as a "
            "migrant. I answer in plain words and name my sources; I cannot decide or advise on your own case."
        )
    ]
    if turn.service.operator:
        parts.append(_("This bot is run by {operator}.", operator=turn.service.operator))
    parts.append(
        _(
            "I do not keep your name or your number: only your language, which topics were asked for, and your chat "
            "address in encrypted form. The app or line that you write through may see more."
        )
    )
    if turn.service.keeps_words:
        parts.append(
            _(
                "Questions that I could not answer are kept for a while, so that answers can be written: without "
                "names and numbers, and without any link to you."
            )
        )
    parts.append(_("What you tell a working group is stored as /privacy says, and you can have it erased: /delete."))
    tell = Choice("/feedback", _("Tell a working group what happens"))
    return Reply("\n\n".join(parts), choices=(all_topics(turn), tell, *language_choices(turn)))
