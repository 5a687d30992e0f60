"""What the bot cannot read, buttons whose time is over, and group chats."""

from bot.core import N_, Kind, Reply, Topic, Turn
from handlers.browse import all_topics

topic = Topic("unexpected")

CANNOT_READ = {
    Kind.PHOTO: N_("I cannot look at pictures, and I have not kept yours. Please write your question as text."),
    Kind.VOICE: N_("I cannot listen to voice messages, and I have not kept yours. Please write your question as text."),
    Kind.LOCATION: N_("I do not need to know where you are, and I have not kept it. Please write your question."),
    Kind.CONTACT: N_("I do not need contact details, and I have not kept them. Please write your question."),
    Kind.FILE: N_("I cannot read files, and I have not kept yours. Please write your question as text."),
    Kind.STICKER: N_("A nice one! If you have a question, just write it."),
    Kind.POLL: N_("I cannot vote in polls. Please write your question as text."),
    Kind.OTHER: N_("I can only read text. Please write your question in your own words."),
}


@topic.kind(*CANNOT_READ)
async def cannot_read(turn: Turn) -> Reply:
    _ = turn.gettext
    return Reply(_(CANNOT_READ[turn.incoming.kind]), choices=(all_topics(turn),))


@topic.kind(Kind.GROUP)
async def not_in_groups(turn: Turn) -> Reply:
    return Reply(turn.gettext("Please write to me in a private chat: here everybody would read what you ask."))


@topic.stale_button
async def button_is_over(turn: Turn) -> Reply:
    _ = turn.gettext
    return Reply(
        _("That button belongs to an earlier question. Just write what you would like to know."),
        choices=(all_topics(turn),),
    )
