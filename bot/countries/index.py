"""All names of countries, made ready for looking up."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.countries.mentions import Mentions
from bot.countries.names import PARTS, Name, Spelt, countries, everyday, iso_names, official_names, spelt
from bot.countries.spelling import APOSTROPHE, typed_form

ENGLISH = "en"
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Index:
    """Names as they are typed, with the countries that they mean, and names as they stand in texts.

    `english` names everybody may type, whatever they read; `everyday` are those that people say beside the correct
    ones, `official` those of treaties; `understood` are those of the languages that the bot understands, `everywhere`
    all but the official ones.
    """

    english: Sequence[Name]
    everyday: Sequence[Name]
    official: Mapping[str, str]
    understood: Mapping[str, Sequence[str]]
    everywhere: Mapping[str, Sequence[str]]
    mentions: Mentions


def make_index(names: Iterable[tuple[str, str, str]], understood: Collection[str]) -> Index:
    """From country, language and name. Within texts the names in `understood` languages count, and English ones."""
    parts_joined = ((PARTS.get(country, country), language, name) for country, language, name in names)
    known = [one for one in parts_joined if one[0] in countries()]
    english = spelt((*((country, name) for country, language, name in known if language == ENGLISH), *iso_names()))
    spoken = spelt(everyday().names)
    others = spelt((country, name) for country, language, name in known if language != ENGLISH)
    written = spelt((country, name) for country, language, name in known if language in understood)
    return Index(
        list(typed(english)),
        list(typed(spoken)),
        {typed_form(name): country for country, name in official_names()},
        _by_form(typed((*english, *spoken, *written))),
        _by_form(typed((*english, *spoken, *others))),
        Mentions((*english, *spoken, *spelt(everyday().sentences), *written)),
    )


def _by_form(names: Iterable[Name]) -> dict[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = {}
    for country, form in dict.fromkeys(names):
        found[form] = (*found.get(form, ()), country)
    return found


def typed(names: Iterable[Spelt]) -> Iterator[Name]:
    """How these names are typed, in Arabic also without the article."""
    for country, name, spelling in names:
        form = typed_form(name) if APOSTROPHE.search(name) else spelling
        yield from ((country, each) for each in dict.fromkeys((form, form.removeprefix(_ARTICLE))) if each)
