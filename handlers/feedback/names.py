"""Questions that are answered in words: an organization's name, how many people, a country, a region."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import MOST_NAME_CHARACTERS, MOST_PEOPLE, Choice, Draft, NotAChoice, Reply, SpeakingFor, Turn
from handlers.feedback.choices import is_skip, ordinary, skip_button
from handlers.feedback.flow import Question, answered, button

MOST_SUGGESTED = 3
MOST_DIGITS = 8


def _ask_organization(turn: Turn, _draft: Draft) -> Reply:
    _ = turn.gettext
    return Reply(
        _("What is your organization called? The name is kept apart and shown only if you agree to be quoted with it."),
        choices=(skip_button(turn, "organization"),),
    )


async def _take_organization(turn: Turn, draft: Draft, said: str, _tapped: bool) -> Draft:
    if is_skip(turn, said):
        return answered(draft, "organization")
    name = " ".join(said.split())[:MOST_NAME_CHARACTERS]
    return answered(replace(draft, record=replace(draft.record, organization=name)), "organization")


def _ask_people(turn: Turn, _draft: Draft) -> Reply:
    return Reply(turn.gettext("About how many people is the group?"), choices=(skip_button(turn, "people"),))


async def _take_people(turn: Turn, draft: Draft, said: str, _tapped: bool) -> Draft:
    if is_skip(turn, said):
        return answered(draft, "people")
    digits = "".join(sign for sign in said if sign.isdecimal())
    if not digits or len(digits) > MOST_DIGITS or not 0 < int(digits) <= MOST_PEOPLE:
        raise NotAChoice
    return answered(replace(draft, record=replace(draft.record, people=int(digits))), "people")


def _ask_country(turn: Turn, draft: Draft) -> Reply:
    _ = turn.gettext
    named = turn.countries.named_in(draft.record.text)[:MOST_SUGGESTED]
    return Reply(
        _("Which country is it about? Tap it, or write its name, a few letters of it, or send its flag."),
        choices=(*_country_buttons(turn, named), skip_button(turn, "country")),
    )


def _country_buttons(turn: Turn, countries: Sequence[str]) -> list[Choice]:
    return [button("country", code, turn.countries.name(code, turn.language)) for code in countries]


async def _take_country(turn: Turn, draft: Draft, said: str, _tapped: bool) -> Draft:
    if is_skip(turn, said):
        return answered(replace(draft, record=replace(draft.record, country="", region="")), "country")
    found = turn.countries.find(said, turn.language)
    if len(found) != 1:
        raise NotAChoice
    return answered(replace(draft, record=replace(draft.record, country=found[0], region="")), "country")


def which_country(turn: Turn, said: str) -> Reply:
    """What to say to a country that is not clear."""
    _ = turn.gettext
    found = turn.countries.find(said, turn.language)
    text = _("Which of these do you mean?") if found else _("I do not find this country. Please write it differently.")
    return Reply(text, choices=(*_country_buttons(turn, found), skip_button(turn, "country")))


def _ask_region(turn: Turn, draft: Draft) -> Reply:
    _ = turn.gettext
    country = turn.countries.name(draft.record.country, turn.language)
    return Reply(
        _("Which part of {country}? A region or province is enough: please nothing smaller.", country=country),
        choices=(*_region_buttons(turn, draft, ""), skip_button(turn, "region")),
    )


def _region_buttons(turn: Turn, draft: Draft, said: str) -> list[Choice]:
    regions = turn.countries.regions(draft.record.country, said)
    return [button("region", region.code, region.name) for region in regions]


async def _take_region(turn: Turn, draft: Draft, said: str, _tapped: bool) -> Draft:
    if is_skip(turn, said):
        return answered(replace(draft, record=replace(draft.record, region="")), "region")
    known = turn.countries.region(said.upper())
    found = [known] if known else turn.countries.regions(draft.record.country, said)
    if len(found) != 1 or not found[0].code.startswith(f"{draft.record.country}-"):
        raise NotAChoice
    return answered(replace(draft, record=replace(draft.record, region=found[0].code)), "region")


def which_region(turn: Turn, draft: Draft, said: str) -> Reply:
    """What to say to a region that is not clear."""
    _ = turn.gettext
    buttons = _region_buttons(turn, draft, said)
    text = _("Which of these do you mean?") if buttons else _("I do not find this region. Please write it differently.")
    return Reply(text, choices=(*buttons, skip_button(turn, "region")))


ORGANIZATION = Question(
    "organization",
    3,
    _ask_organization,
    _take_organization,
    lambda draft: ordinary(draft) and draft.record.speaking_for is SpeakingFor.ORGANIZATION,
)
PEOPLE = Question(
    "people",
    3,
    _ask_people,
    _take_people,
    lambda draft: ordinary(draft) and draft.record.speaking_for is SpeakingFor.GROUP,
)
COUNTRY = Question("country", 4, _ask_country, _take_country, lambda _draft: True)
REGION = Question(
    "region",
    4,
    _ask_region,
    _take_region,
    lambda draft: ordinary(draft) and bool(draft.record.country),
    optional=True,
)
