"""What a posted form says: the record that it makes, or what is wrong with it in the language of its page."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from bot.core import MOST_CHARACTERS, N_, Countries, Record, Translator
from bot.intake.cleaning import words
from bot.intake.entry import TITLES, Entry, Problem, problems
from bot.intake.pages import spaced
from bot.web.posted import Posted

CODES = ("stakeholder_group", "speaking_for", "feedback_type", "age", "gender", "migration_status")
TICKS = ("sensitive", "consent_keep", "consent_contact", "consent_quote", "consent_quote_by_name")
LISTS = ("objectives", "resources")
PLACES = ("country", "country_code", "region", "region_code")
FIELDS = ("text", "organization", "people", "consultation", *CODES, *TICKS, *LISTS, *PLACES)

MOST_DIGITS = 12

_ORDER = tuple(Entry.model_fields)
_NO_TEXT = N_("Please write what you want to say.")
_LONG_TEXT = N_("Your text has {count} characters; {most} can be taken. Please shorten it by {over}.")
_NO_CONSENT = N_("Please tick that it may be kept. Nothing is stored without it.")
_UNKNOWN_COUNTRY = N_("This country is not known here. Please write its name differently, or leave the field empty.")
_WHICH_COUNTRY = N_("Several countries may be meant. Please choose one of them, or write the name differently.")
_REGION_ALONE = N_("Please give the country too, or leave the region empty.")
_UNKNOWN_REGION = N_("This region is not known here. Please write its name differently, or leave the field empty.")
_WHICH_REGION = N_("Several regions may be meant. Please choose one of them, or write the name differently.")


@dataclass(frozen=True, slots=True)
class Place:
    """What a typed name of a country or region means: its code, or `choices` of code and name to choose from.

    `problem` is English for `gettext`.
    """

    code: str = ""
    choices: Sequence[tuple[str, str]] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the form says. `record` is the empty one as long as there are problems: field and sentence, as on the page."""

    record: Record
    problems: Sequence[tuple[str, str]] = ()
    country: Place = field(default_factory=Place)
    region: Place = field(default_factory=Place)


def read_answers(posted: Posted, countries: Countries, own: Translator) -> Answers:
    """The answers; places are looked up as they are written, in any language."""
    country = _country(posted, countries, own)
    region = _region(posted, countries, country)
    found = [(name, own.gettext(place.problem)) for name, place in _places(country, region) if place.problem]
    record = Record()
    try:
        record = Entry.read(_values(posted, country, region), countries).record()
    except ValidationError as error:
        found += [(each.field, _sentence(each, posted, own)) for each in problems(error)]
    if found:
        known = [each for each in found if each[0] in _ORDER]
        return Answers(Record(), sorted(known, key=lambda each: _ORDER.index(each[0])), country, region)
    return Answers(record, (), country, region)


def text_problem(text: str, own: Translator) -> str:
    """What is wrong with a text that somebody wrote, if there is anything."""
    if not text:
        return own.gettext(_NO_TEXT)
    over = len(text) - MOST_CHARACTERS
    if over <= 0:
        return ""
    return own.gettext(_LONG_TEXT, count=spaced(len(text)), most=spaced(MOST_CHARACTERS), over=spaced(over))


def numbers(typed: Sequence[str]) -> tuple[int | str, ...]:
    """Those that are numbers as such, in the digits of any script; each once and in order."""
    return tuple(dict.fromkeys(_number("".join(each.split())) for each in typed))


def _number(typed: str) -> int | str:
    return int(typed) if typed.isdecimal() and len(typed) <= MOST_DIGITS else typed


def _values(posted: Posted, country: Place, region: Place) -> dict[str, object]:
    """As `Entry.read` takes them; what was left empty is left out."""
    texts = {name: posted.one(name) for name in ("organization", "consultation", *CODES) if posted.one(name)}
    people = numbers((posted.one("people"),))[0]
    return {
        "text": posted.one("text"),
        **texts,
        **({"people": people} if posted.one("people").strip() else {}),
        **{name: True for name in TICKS if posted.one(name)},
        "objectives": numbers(posted.all("objectives")),
        "resources": tuple(dict.fromkeys(posted.all("resources"))),
        "country": country.code,
        "region": region.code,
    }


def _country(posted: Posted, countries: Countries, own: Translator) -> Place:
    typed = posted.one("country").strip()
    if not typed:
        return Place()
    reader = own.language.code
    choices = [(code, countries.name(code, reader)) for code in countries.find(typed, reader)]
    place = _chosen(typed, choices, posted.one("country_code"))
    return replace(place, problem=_WHICH_COUNTRY if choices else _UNKNOWN_COUNTRY) if not place.code else place


def _region(posted: Posted, countries: Countries, country: Place) -> Place:
    typed = posted.one("region").strip()
    if not typed or country.problem:
        return Place()
    if not country.code:
        return Place(problem=_REGION_ALONE)
    choices = [(region.code, region.name) for region in countries.regions(country.code, typed)]
    place = _chosen(typed, choices, posted.one("region_code"))
    return replace(place, problem=_WHICH_REGION if choices else _UNKNOWN_REGION) if not place.code else place


def _chosen(typed: str, choices: Sequence[tuple[str, str]], chosen: str) -> Place:
    """The one that was chosen, or the only one, or the one of exactly this name, as the form suggests them.

    A choice among earlier ones, for another name, does not count.
    """
    codes = [code for code, _name in choices]
    if chosen in codes:
        return Place(chosen, choices)
    exact = [code for code, name in choices if name.casefold() == typed.casefold()]
    certain = exact if len(exact) == 1 else codes
    return Place(certain[0]) if len(certain) == 1 else Place("", choices)


def _places(country: Place, region: Place) -> tuple[tuple[str, Place], ...]:
    return ("country", country), ("region", region)


def _sentence(problem: Problem, posted: Posted, own: Translator) -> str:
    if problem.field == "consent_keep":
        return own.gettext(_NO_CONSENT)
    if problem.field == "text" and (sentence := text_problem(str(words(posted.one("text"))), own)):
        return sentence
    title = own.gettext(TITLES.get(problem.field, problem.field))
    return own.gettext(problem.text, field=title, **problem.values)
