"""Contacts in an emergency, by country, where the operator has configured them."""

from bot.core import Choice, Reply, Topic, Turn
from handlers.article import article_choices
from handlers.everywhere import contact_line

topic = Topic("contacts")


@topic.command("contacts")
async def show_contacts(turn: Turn) -> Reply:
    """`/contacts IT`, or the countries there are."""
    _ = turn.gettext
    code = turn.argument.upper()
    contacts = turn.service.contacts.of(code)
    if contacts:
        return Reply(
            "\n\n".join(map(contact_line, contacts)),
            title=turn.languages.territory(code, turn.language),
            note=_("This may have changed since it was written: check the official source."),
            choices=article_choices(turn, ("where-to-turn",)),
        )
    countries = turn.service.contacts.countries()
    if not countries:
        return Reply(
            _("I have no telephone numbers here. Call the local emergency number if you are in danger now."),
            choices=article_choices(turn, ("where-to-turn",)),
        )
    return Reply(
        _("In which country are you?"),
        choices=tuple(Choice(f"/contacts {each}", turn.languages.territory(each, turn.language)) for each in countries),
    )
