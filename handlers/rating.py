"""Was this useful? One tap, and if not, what was missing."""

from enum import StrEnum

from bot.core import AnswerCommented, AnswerRated, Choice, Rating, Reply, Topic, Turn

topic = Topic("rating")


class Skip(StrEnum):
    """The one button under the question what was missing."""

    SKIP = "skip"


@topic.command("useful")
async def rate(turn: Turn) -> Reply:
    """`/useful yes detention`: what the two buttons under an answer do."""
    _ = turn.gettext
    word, _space, slug = turn.argument.partition(" ")
    turn.knowledge.article(slug, turn.language)
    rating = Rating.YES if word == Rating.YES else Rating.NO
    turn.record(AnswerRated(slug, turn.language, rating))
    if rating is Rating.YES:
        return Reply(_("Thank you! That helps to make the answers better."))
    if not turn.service.keeps_words:
        return Reply(_("I am sorry. Please try it in other words."))
    turn.remember("article", slug)
    return Reply(
        _("I am sorry. What did you want to know, or what was wrong? Please leave out names and numbers."),
        choices=(Choice(Skip.SKIP, _("Skip")),),
        next=take_comment,
    )


@topic.step
async def take_comment(turn: Turn) -> Reply:
    """Any text is the comment; it is kept without any link to the person."""
    _ = turn.gettext
    offered = turn.offered_choice()
    if not turn.pressed and offered is None:
        comment = turn.redact(turn.text)
        turn.record(AnswerCommented(turn.recall("article"), turn.language, comment))
        return Reply(_("Thank you! Those who look after the answers will read it."))
    return Reply(_("All right. Ask me anything else."))
