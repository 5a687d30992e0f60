"""One submission as it is handed in: what is taken, what is cleaned, and what is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.core import (
    MOST_CHARACTERS,
    AgeBand,
    Consent,
    FeedbackType,
    Gender,
    MigrationStatus,
    Record,
    Resource,
    SpeakingFor,
    StakeholderGroup,
)
from bot.intake.entry import TITLES, Entry, problems
from tests.fakes.hostile import ANY_TEXT
from tests.intake.office import COUNTRIES, SMALLEST, WORDS

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=5,
)


def wrong(values: dict[str, object]) -> dict[str, str]:
    """What is wrong, as people read it, by field."""
    with pytest.raises(ValidationError) as caught:
        Entry.read({**SMALLEST, **values}, COUNTRIES)
    return {each.field: each.text.format(field=each.field, **each.values) for each in problems(caught.value)}


def test_everything_that_can_be_given_is_in_the_record() -> None:
    entry = Entry.read(
        {
            "text": WORDS,
            "language": "en",
            "stakeholder_group": "trade-union",
            "speaking_for": "group",
            "organization": "A made-up union",
            "people": 40,
            "country": "IT",
            "region": "IT-82",
            "objectives": [13, 6],
            "feedback_type": "offer",
            "resources": ["technical", "human"],
            "consent_keep": True,
            "consent_contact": True,
            "consent_quote": True,
            "consent_quote_by_name": True,
            "age": "25-49",
            "gender": "woman",
            "migration_status": "regular",
            "sensitive": True,
            "consultation": "review-2026",
        },
        COUNTRIES,
    )
    assert entry.record() == Record(
        text=WORDS,
        language="en",
        group=StakeholderGroup.TRADE_UNION,
        speaking_for=SpeakingFor.GROUP,
        organization="A made-up union",
        people=40,
        country="IT",
        region="IT-82",
        objectives=(13, 6),
        feedback_type=FeedbackType.OFFER,
        resources=(Resource.TECHNICAL, Resource.HUMAN),
        consents=frozenset(Consent),
        age=AgeBand.ADULT,
        gender=Gender.WOMAN,
        migration_status=MigrationStatus.REGULAR,
        sensitive=True,
        consultation="review-2026",
    )


def test_all_but_the_words_and_the_consent_may_be_left_out() -> None:
    assert Entry.read(SMALLEST, COUNTRIES).record() == Record(text=WORDS, consents=frozenset({Consent.KEEP}))
    assert wrong({"text": ""}) == {"text": "text: please fill this in."}
    with pytest.raises(ValidationError) as caught:
        Entry.read({}, COUNTRIES)
    assert [each.field for each in problems(caught.value)] == ["text", "consent_keep"]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"text": " \0\u202e\ufeff "}, {"text": "text: please fill this in."}),
        ({"text": "x" * 10_001}, {"text": "text: this is too long, at most 10000 characters are taken."}),
        ({"text": 5}, {"text": "text: this is not the kind of value that belongs here."}),
        ({"language": "xx"}, {"language": "language: this language is not known. Please give its code, such as ar."}),
        ({"stakeholder_group": "king"}, {"stakeholder_group": "stakeholder_group: this is none of the known values."}),
        ({"country": "Congo"}, {"country": "country: this country is not known or not clear. Please give its code of two letters, such as IT."}),
        ({"country": "ZZ"}, {"country": "country: this country is not known or not clear. Please give its code of two letters, such as IT."}),
        ({"country": "IT", "region": "IT-99"}, {"region": "region: this region is not known. Please give its code, such as IT-82."}),
        ({"country": "FR", "region": "IT-82"}, {"region": "region: this is no part of the country that is given."}),
        ({"region": "IT-82"}, {"region": "region: this is no part of the country that is given."}),
        ({"objectives": [0]}, {"objectives": "objectives: please give a whole number from 1 to 23."}),
        ({"objectives": [24]}, {"objectives": "objectives: please give a whole number from 1 to 23."}),
        ({"objectives": [True]}, {"objectives": "objectives: please give a whole number from 1 to 23."}),
        ({"objectives": [6, 6]}, {"objectives": "objectives: each can be named only once."}),
        ({"objectives": [*range(1, 24), 1]}, {"objectives": "objectives: at most 23 are taken."}),
        ({"objectives": 6}, {"objectives": "objectives: this is not the kind of value that belongs here."}),
        ({"people": 5}, {"people": "people: this can be given only where a group is speaking."}),
        ({"people": -1}, {"people": "people: please give a whole number from 0 to 10000000."}),
        ({"people": "5"}, {"people": "people: please give a whole number from 0 to 10000000."}),
        ({"speaking_for": "organization"}, {"organization": "organization: please name the organization that is speaking."}),
        ({"organization": "x" * 121}, {"organization": "organization: this is too long, at most 120 characters are taken."}),
        ({"consent_quote_by_name": True}, {"consent_quote_by_name": "consent_quote_by_name: please give the name of the organization too."}),
        ({"resources": ["financial"]}, {"resources": "resources: this can be given only with an offer of resources."}),
        ({"feedback_type": "offer", "resources": ["gold"]}, {"resources": "resources: this is none of the known values."}),
        ({"consent_keep": False}, {"consent_keep": "consent_keep: nothing is stored without this consent."}),
        ({"consent_keep": "true"}, {"consent_keep": "consent_keep: nothing is stored without this consent."}),
        ({"consent_keep": 1}, {"consent_keep": "consent_keep: nothing is stored without this consent."}),
        ({"sensitive": "no"}, {"sensitive": "sensitive: please say yes or no."}),
        ({"consultation": "Not a short name"}, {"consultation": "consultation: only small letters a to z, digits and hyphens are taken."}),
        ({"consultation": "x" * 41}, {"consultation": "consultation: this is too long, at most 40 characters are taken."}),
        ({"name": "x"}, {"name": "name: there is no such field."}),
        ({"My name is Made-up": "x"}, {"?": "?: there is no such field."}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_field_by_field(values: dict[str, object], found: dict[str, str]) -> None:
    assert wrong(values) == found


def test_everything_wrong_is_told_at_once_and_nothing_that_follows_from_it() -> None:
    found = wrong({"text": "", "speaking_for": "king", "people": 5, "country": "ZZ", "region": "IT-82", "age": 7})
    assert list(found) == ["text", "speaking_for", "country", "age"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\0b\ud800c\u202ed\u2066e\u2069\x1b", "abcde"),
        ("first\r\nsecond\rthird\u2028fourth", "first\nsecond\nthird\nfourth"),
        ("  \n x \t", "x"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩🏽\u200d🚀", "👩🏽\u200d🚀"),
        ("x" * MOST_CHARACTERS + " " * 50, "x" * MOST_CHARACTERS),
    ],
)
def test_words_lose_what_does_harm_and_nothing_else(given: str, kept: str) -> None:
    assert Entry.read({**SMALLEST, "text": given}, COUNTRIES).text == kept


def test_names_are_one_line_and_codes_may_be_written_in_capitals() -> None:
    values = {
        **SMALLEST,
        "organization": " A\n made-up\t union ",
        "country": "it ",
        "region": "it-82",
        "language": "EN",
    }
    entry = Entry.read(values, COUNTRIES)
    assert entry.organization == "A made-up union"
    assert (entry.country, entry.region, entry.language) == ("IT", "IT-82", "en")


def test_every_field_has_a_title_of_its_own_and_a_description() -> None:
    assert list(TITLES) == list(Entry.model_fields)
    assert len(set(TITLES.values())) == len(TITLES)
    assert all(each.description for each in Entry.model_fields.values())


def test_the_words_are_in_no_error_and_no_representation() -> None:
    assert WORDS not in repr(Entry.read(SMALLEST, COUNTRIES))
    with pytest.raises(ValidationError) as caught:
        Entry.read({"text": WORDS * 1000, "age": WORDS, WORDS: WORDS}, COUNTRIES)
    assert WORDS not in repr(problems(caught.value))


@given(st.dictionaries(st.sampled_from([*TITLES, "other"]) | ANY_TEXT, ANY_JSON, max_size=8))
def test_whatever_is_given_is_an_entry_or_is_told_to_be_none(values: dict[str, object]) -> None:
    try:
        entry = Entry.read({**SMALLEST, **values}, COUNTRIES)
    except ValidationError as error:
        found = problems(error)
        assert found
        assert all(each.text.format(field=each.field, **each.values) for each in found)
    else:
        assert "\0" not in entry.text
        entry.text.encode()
        assert entry.record().text
