"""Any other text is a question: find the article, offer some, or say that there is none."""

from bot.core import Choice, Finding, FindingKind, QuestionAsked, Reply, Topic, Turn
from handlers.article import article_choices, article_reply
from handlers.help import help_text
from handlers.language import offer_language

topic = Topic("ask")


@topic.text
async def answer(turn: Turn) -> list[Reply]:
    """The answer, and once a question about the language if the person wrote in another one."""
    finding = await turn.knowledge.find(turn.text, turn.language)
    # Of a message from somebody in danger nothing is kept but the count.
    article = "" if finding.kind is FindingKind.URGENT else finding.article
    turn.record(QuestionAsked(finding.language, finding.kind, article, finding.confidence))
    offer = None
    if finding.sure_of_language and turn.languages.negotiate(finding.language) == finding.language:
        offer = offer_language(turn, finding.language, finding.article)
        if not turn.conversation.language_chosen:
            turn.speak(finding.language)
    replies = replies_to(turn, finding)
    return replies if offer is None else [*replies, offer]


def replies_to(turn: Turn, finding: Finding) -> list[Reply]:
    """What the bot says to what was found; an article, where there is one, stands last."""
    match finding.kind:
        case FindingKind.ANSWER:
            return [article_reply(turn, finding.article)]
        case FindingKind.CHOICES:
            return [_ask_which(turn, finding.choices)]
        case FindingKind.GREETING:
            return [Reply(help_text(turn), choices=(Choice("/browse", turn.gettext("All topics")),))]
        case FindingKind.URGENT:
            return [_urgent(turn), article_reply(turn, finding.article)]
        case FindingKind.REFERRAL:
            return [_refer(turn, finding.article)]
        case FindingKind.OUTSIDE:
            return [_do_not_know(turn, finding.choices)]


def _ask_which(turn: Turn, slugs: tuple[str, ...]) -> Reply:
    _ = turn.gettext
    return Reply(
        _("I am not quite sure what you mean. Is it one of these?"),
        choices=(*article_choices(turn, slugs), Choice("/browse", _("Something else"))),
    )


def _do_not_know(turn: Turn, slugs: tuple[str, ...]) -> Reply:
    _ = turn.gettext
    parts = [_("I have no answer to this. I know about the Global Compact for Migration and about life as a migrant.")]
    if slugs:
        parts.append(_("These topics come closest. You can also say it in other words."))
    if turn.service.contact:
        parts.append(_("You can reach people here: {contact}", contact=turn.service.contact))
    choices = (*article_choices(turn, slugs), *article_choices(turn, ("where-to-turn",)))
    return Reply("\n\n".join(parts), choices=(*dict.fromkeys(choices), Choice("/browse", _("All topics"))))


def _urgent(turn: Turn) -> Reply:
    _ = turn.gettext
    return Reply(
        _(
            "Call the local emergency number, the police or the coast guard now, or go to the nearest hospital, if you "
            "can do it safely. Say where you are, how many people are with you and what is happening. I am a program "
            "and cannot send help."
        ),
        title=_("If you are in danger now"),
        choices=article_choices(turn, ("where-to-turn",)),
    )


def _refer(turn: Turn, slug: str) -> Reply:
    _ = turn.gettext
    return Reply(
        _(
            "Nobody here can decide or advise on a single case, and I would not want to guess about yours. A lawyer or "
            "a legal aid office can, and so can the office that has your file. About asylum, ask UNHCR."
        ),
        choices=tuple(dict.fromkeys((*article_choices(turn, ("legal-help",)), *article_choices(turn, (slug,))))),
    )
