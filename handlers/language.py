"""Changing the language: by button, by its name, or by going on in it."""

from bot.core import N_, Choice, Reply, Topic, Turn
from handlers.article import article_reply
from handlers.browse import all_topics

topic = Topic("language")


@topic.command("language", N_("Change the language"))
async def change_language(turn: Turn) -> Reply:
    """`/language`, `/language fr`, or `/language fr detention` to read that article again."""
    code, _space, slug = turn.argument.partition(" ")
    known = {language.code: language for language in turn.languages.all()}
    if code not in known:
        return Reply(turn.gettext("Which language shall I use?"), choices=language_choices(turn))
    before = turn.language
    turn.switch_language(code)
    confirmation = Reply(
        turn.gettext("I now answer in {language}. What would you like to know?", language=known[code].name),
        choices=(all_topics(turn),),
    )
    return article_reply(turn, slug) if slug and code != before else confirmation


def language_choices(turn: Turn) -> tuple[Choice, ...]:
    """A button for each other language, in its own name."""
    others = [language for language in turn.languages.all() if language.code != turn.language]
    return tuple(Choice(f"/language {language.code}", language.name) for language in others)


def offer_language(turn: Turn, written: str, slug: str) -> Reply | None:
    """Ask, once for each language, whether to go on in the one the person has just written in."""
    conversation = turn.conversation
    if written in (conversation.language, *conversation.asked_languages):
        return None
    turn.note_asked_language(written)
    names = {language.code: language.name for language in turn.languages.all()}
    _ = turn.languages.translator(written).gettext
    return Reply(
        _("You wrote in {language}. Shall I go on in it?", language=names[written]),
        choices=(
            Choice(f"/language {written} {slug}".strip(), names[written]),
            Choice(f"/language {conversation.language}", names[conversation.language]),
        ),
        language=written,
    )
