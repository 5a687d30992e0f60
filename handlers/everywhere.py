"""What is said in every language that people may write in, also in those that no article is written in yet.

The texts of this file are all that the catalogue of such a language has; `tests/rules` checks that it has them.
"""

from bot.core import Choice, Contact, Reply, Translator, Turn
from handlers.article import article_choices
from handlers.browse import all_topics, instead, something_else


def help_text(own: Translator) -> str:
    """What the bot can do, in a few sentences."""
    _ = own.gettext
    return _(
        "Just write your question in your own words, for example: “My employer keeps my passport” or “Is the Compact "
        "binding?”. If you are in danger now, call the local emergency number: this bot cannot send help."
    )


def greet(turn: Turn, own: Translator) -> Reply:
    return Reply(
        help_text(own),
        choices=(all_topics(turn),),
        language=own.language.code,
    )


def say_that_articles_are_missing(turn: Turn, own: Translator, slug: str) -> Reply:
    """The person is understood; the answer follows in another language, and can be had in each of the others."""
    others = [language for language in turn.languages.all() if language.code != turn.language]
    shown_in = turn.languages.name(turn.language, own.language.code)
    return Reply(
        own.gettext(
            "I understand you, but my articles are not yet written in your language. Here is the answer in another "
            "language: {language}.",
            language=shown_in,
        ),
        note=own.gettext("No native speaker has checked this translation yet."),
        choices=tuple(Choice(f"/language {language.code} {slug}".strip(), language.name) for language in others),
        language=own.language.code,
    )


def ask_which(turn: Turn, own: Translator, slugs: tuple[str, ...]) -> Reply:
    return Reply(
        own.gettext("I am not quite sure what you mean. Is it one of these?"),
        choices=(*article_choices(turn, slugs), something_else(turn)),
        language=own.language.code,
    )


def decline(turn: Turn, own: Translator, slugs: tuple[str, ...]) -> Reply:
    """No answer, in one sentence, and what the bot does know."""
    known = own.gettext(
        "I have no answer to this. I know about the Global Compact for Migration and about life as a migrant."
    )
    parts = [known, *(instead(turn, slugs) if own is turn.translator else ())]
    choices = (*article_choices(turn, slugs), *article_choices(turn, ("where-to-turn",)))
    return Reply(
        "\n\n".join(parts),
        choices=(*dict.fromkeys(choices), all_topics(turn)),
        language=own.language.code,
    )


def refer(turn: Turn, own: Translator) -> Reply:
    return Reply(
        own.gettext(
            "Nobody here can decide or advise on a single case, and I would not want to guess about yours. A lawyer or "
            "a legal aid office can, and so can the office that has your file. About asylum, ask UNHCR."
        ),
        choices=article_choices(turn, ("legal-help",)),
        language=own.language.code,
    )


def what_to_do(own: Translator, contacts: tuple[Contact, ...]) -> list[str]:
    """What somebody in danger can do now, contacts of the country that was named, and who can help afterwards."""
    _ = own.gettext
    return [
        _(
            "Call the local emergency number, the police or the coast guard now, or go to the nearest hospital, if you "
            "can do it safely. Say where you are, how many people are with you and what is happening. I am a program "
            "and cannot send help."
        ),
        *(contact_line(contact) for contact in contacts),
        _(
            "As soon as you can: IOM (iom.int) and the Red Cross or Red Crescent (ifrc.org) help people who are "
            "stranded, hurt or abused, UNHCR (help.unhcr.org) people who had to flee, and a child helpline "
            "(childhelplineinternational.org) children and young people. Their help is free."
        ),
    ]


def alarm(turn: Turn, own: Translator, contacts: tuple[Contact, ...]) -> Reply:
    """Emergency help, and nothing of it kept."""
    countries = () if contacts else turn.service.contacts.countries()
    return Reply(
        "\n\n".join(what_to_do(own, contacts)),
        title=own.gettext("If you are in danger now"),
        choices=(
            *(Choice(f"/contacts {code}", turn.languages.territory(code, own.language.code)) for code in countries),
            *article_choices(turn, ("where-to-turn",)),
        ),
        language=own.language.code,
        passing=True,
    )


def contact_line(contact: Contact) -> str:
    """Name, number and address as the operator gave them, with the date on which they were checked."""
    return " · ".join(filter(None, (contact.name, contact.phone, contact.url, f"✓ {contact.checked:%Y-%m-%d}")))
