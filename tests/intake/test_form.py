"""The web form as somebody without JavaScript uses it, down to what is stored."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import (
    AgeBand,
    Consent,
    FeedbackType,
    Finding,
    Gender,
    MigrationStatus,
    Record,
    Resource,
    SpeakingFor,
    StakeholderGroup,
    Submission,
    Wanted,
)
from bot.intake.pages import spaced
from bot.privacy.keys import Keys
from db.unit_of_work import SqlDatabase
from tests.fakes.around import FakeCountries
from tests.fakes.clock import FakeClock
from tests.intake.forms import File, Page, Somebody, somebody_on
from tests.intake.site import ALARM, MEGABYTE, KnownObjectives, make_app

FORM = "/feedback"
TEXT = "They locked me up at the station and nobody told me why. Please look at this."
ARABIC = "تم احتجاز صديقي في المطار لأنه بلا أوراق، ولا أحد هناك يتكلم العربية."
NEEDED = {"text": TEXT, "consent_keep": "yes"}
SEND, CHANGE = ("step", "send"), ("step", "change")
PICTURE = File(b"\x89PNG made up")


@pytest.fixture
async def somebody(database: SqlDatabase, clock: FakeClock, keys: Keys) -> AsyncIterator[Somebody]:
    async with somebody_on(make_app(database, clock, keys)) as visitor:
        yield visitor


async def reviewed(somebody: Somebody, language: str = "en", **answers: str | list[str]) -> Page:
    """The page to read over, of these answers."""
    page = await somebody.opens(f"{FORM}?lang={language}")
    return await somebody.sends(page, FORM, {**NEEDED, **answers})


async def sent(somebody: Somebody, language: str = "en", **answers: str | list[str]) -> Page:
    page = await somebody.sends(await reviewed(somebody, language, **answers), FORM, button=SEND)
    assert page.status == 200, page.shown
    return page


async def stored(database: SqlDatabase, *, sensitive: bool = False) -> list[Submission]:
    """What reviewers read of it."""
    async with database.begin() as work:
        return list(await work.submissions.find(Wanted(sensitive=sensitive)))


async def original(database: SqlDatabase, receipt: str) -> Record:
    """As it was written."""
    async with database.begin() as work:
        (submission,) = await work.submissions.of_receipt(receipt.replace(" ", ""))
    return submission.record


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("zh", "ltr")])
async def test_the_form_speaks_the_readers_language_and_needs_no_script(
    somebody: Somebody, language: str, direction: str
) -> None:
    page = await somebody.opens(FORM, Accept_Language=language)
    assert page.first_tag == f'<html lang="{language}" dir="{direction}">'
    assert "<script" not in page.html
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Content-Security-Policy"]
    countries = {"en": "Italy", "ar": "إيطاليا", "zh": "意大利"}
    assert f'<option value="{countries[language]}">' in page.html


async def test_nothing_is_ticked_before_somebody_ticks_it(somebody: Somebody) -> None:
    page = await somebody.opens(FORM)
    given = {name: value for name, value in page.forms[0] if value and name not in ("id", "lang", "at")}
    assert given == {
        "speaking_for": "oneself",
        "age": "not-said",
        "gender": "not-said",
        "migration_status": "not-said",
    }


async def test_text_and_consent_are_enough(somebody: Somebody, database: SqlDatabase) -> None:
    page = await sent(somebody)
    (submission,) = await stored(database)
    assert submission.channel == "form"
    assert submission.working_group == "detention"
    assert "Group on detention" in page.shown
    assert await original(database, page.receipt) == Record(
        TEXT, "en", objectives=(13,), consents=frozenset({Consent.KEEP})
    )


async def test_every_answer_is_read_over_and_stored(somebody: Somebody, database: SqlDatabase) -> None:
    answers: dict[str, str | list[str]] = {
        "stakeholder_group": "trade-union",
        "speaking_for": "organization",
        "organization": "Made-up Union",
        "country": "Italia",
        "region": "sici",
        "feedback_type": "offer",
        "resources": ["technical", "human"],
        "objectives": ["6", "13"],
        "consent_contact": "yes",
        "consent_quote": "yes",
        "consent_quote_by_name": "yes",
        "age": "25-49",
        "gender": "woman",
        "migration_status": "refugee-or-asylum-seeker",
    }
    page = await somebody.opens(f"{FORM}?c=forum-2026")
    page = await somebody.sends(page, FORM, {**NEEDED, **answers})
    for said in ("Trade union", "For my organization", "Made-up Union", "Italy", "Sicilia", "Offer of resources"):
        assert said in page.shown
    for said in ("Knowledge or technical help", "People’s time", "25 to 49", "Woman", "Refugee", "forum-2026"):
        assert said in page.shown
    page = await somebody.sends(page, FORM, button=SEND)
    assert await original(database, page.receipt) == Record(
        text=TEXT,
        language="en",
        group=StakeholderGroup.TRADE_UNION,
        speaking_for=SpeakingFor.ORGANIZATION,
        organization="Made-up Union",
        country="IT",
        region="IT-82",
        objectives=(6, 13),
        feedback_type=FeedbackType.OFFER,
        resources=(Resource.TECHNICAL, Resource.HUMAN),
        consents=frozenset(Consent),
        age=AgeBand.ADULT,
        gender=Gender.WOMAN,
        migration_status=MigrationStatus.REFUGEE,
        consultation="forum-2026",
    )


async def test_in_arabic_from_the_first_page_to_the_receipt(somebody: Somebody, database: SqlDatabase) -> None:
    answers = {
        "text": ARABIC,
        "country": "إيطاليا",
        "speaking_for": "group",
        "people": "١٢",
    }
    page = await reviewed(somebody, "ar", **answers)
    assert 'dir="rtl"' in page.first_tag
    assert ARABIC in page.shown
    assert "الهدف 13" in page.shown
    page = await somebody.sends(page, FORM, button=SEND)
    assert "فريق الاحتجاز" in page.shown
    record = await original(database, page.receipt)
    assert (record.language, record.country, record.people, record.objectives) == ("ar", "IT", 12, (13,))


async def test_the_language_of_the_text_is_stored_and_not_that_of_the_page(
    somebody: Somebody, database: SqlDatabase
) -> None:
    page = await sent(somebody, text="La police a enfermé mon ami à la gare sans dire pourquoi.")
    assert (await original(database, page.receipt)).language == "fr"


class Unsure(KnownObjectives):
    """Takes every text for Somali, and is never sure."""

    async def find(self, message: str, hint: str) -> Finding:
        return replace(await super().find(message, hint), language="so", sure_of_language=False)


async def test_where_the_language_is_not_sure_it_is_the_pages(
    database: SqlDatabase, clock: FakeClock, keys: Keys
) -> None:
    async with somebody_on(make_app(database, clock, keys, knowledge=Unsure())) as somebody:
        page = await sent(somebody, "es", text="SOS")
    assert (await original(database, page.receipt)).language == "es"


async def test_an_empty_form_comes_back_with_what_is_missing(somebody: Somebody, database: SqlDatabase) -> None:
    page = await somebody.sends(await somebody.opens(FORM), FORM, {"organization": "Made-up Union"})
    assert page.status == 422
    assert list(page.problems) == ["text", "consent_keep"]
    assert page.value("organization") == "Made-up Union"
    assert 'aria-describedby="text-hint text-wrong" aria-invalid="true"' in page.html
    assert await stored(database) == []


@pytest.mark.parametrize(
    ("field", "answers"),
    [
        ("organization", {"speaking_for": "organization"}),
        ("consent_quote_by_name", {"consent_quote_by_name": "yes"}),
        ("people", {"people": "12"}),
        ("people", {"speaking_for": "group", "people": "many"}),
        ("people", {"speaking_for": "group", "people": "9" * 5000}),
        ("resources", {"resources": "financial", "feedback_type": "praise"}),
        ("country", {"country": "Atlantis"}),
        ("country", {"country": "Congo"}),
        ("region", {"region": "Sicilia"}),
        ("region", {"country": "Italy", "region": "nowhere"}),
        ("region", {"country": "Italy", "region": "s"}),
        ("stakeholder_group", {"stakeholder_group": "made-up"}),
        ("objectives", {"objectives": "24"}),
    ],
)
async def test_what_does_not_fit_is_named_and_everything_is_kept(
    somebody: Somebody, field: str, answers: dict[str, str]
) -> None:
    page = await reviewed(somebody, **answers)
    assert page.status == 422
    assert list(page.problems) == [field]
    assert page.value("text") == TEXT
    assert page.value("consent_keep") == "yes"


async def test_a_text_that_is_too_long_is_kept_whole(somebody: Somebody) -> None:
    long = "كلمة " * 2100 + "end"
    page = await reviewed(somebody, text=long)
    assert page.value("text") == long
    assert page.problems["text"] == (
        f"Your text has {spaced(10_503)} characters; {spaced(10_000)} can be taken. Please shorten it by 503."
    )


async def test_of_several_countries_one_is_chosen(somebody: Somebody, database: SqlDatabase) -> None:
    page = await reviewed(somebody, country="Congo")
    assert 'type="radio" id="country_code" name="country_code" value="CG"' in page.html
    page = await somebody.sends(page, FORM, {"country_code": "CD"})
    assert "Congo - Kinshasa" in page.shown
    page = await somebody.sends(page, FORM, button=SEND)
    assert (await original(database, page.receipt)).country == "CD"


class Generous(FakeCountries):
    """Takes every name for one of three countries."""

    def find(self, typed: str, reader: str) -> Sequence[str]:
        return ["LB", "LY", "IT"]


async def test_a_country_that_the_form_suggests_is_not_asked_about(
    database: SqlDatabase, clock: FakeClock, keys: Keys
) -> None:
    async with somebody_on(make_app(database, clock, keys, countries=Generous())) as somebody:
        page = await sent(somebody, country="libya")
    assert (await original(database, page.receipt)).country == "LY"


async def test_a_choice_among_countries_does_not_outlive_the_name_it_was_for(somebody: Somebody) -> None:
    page = await somebody.sends(await reviewed(somebody, country="Congo"), FORM, {"country_code": "CD"})
    page = await somebody.sends(page, FORM, button=CHANGE)
    page = await somebody.sends(page, FORM, {"country": "France"})
    assert "France" in page.shown
    assert "Kinshasa" not in page.shown


async def test_of_several_regions_one_is_chosen(somebody: Somebody, database: SqlDatabase) -> None:
    page = await reviewed(somebody, country="Italy", region="s")
    assert list(page.problems) == ["region"]
    page = await somebody.sends(page, FORM, {"region_code": "IT-88"})
    page = await somebody.sends(page, FORM, button=SEND)
    assert (await original(database, page.receipt)).region == "IT-88"


async def test_the_objectives_of_the_text_are_proposed_and_can_be_left_out(
    somebody: Somebody, database: SqlDatabase
) -> None:
    page = await reviewed(somebody, text="They locked up my son, who went to school here.")
    assert page.values("objectives") == ["13", "15"]
    page = await somebody.sends(page, FORM, {"objectives": ["15", "2"]}, SEND)
    record = await original(database, page.receipt)
    assert record.objectives == (15, 2)
    assert (await stored(database))[0].working_group == "secretariat"


async def test_what_was_unticked_stays_unticked_when_something_is_changed(somebody: Somebody) -> None:
    page = await reviewed(somebody, text="They locked up my son, who went to school here.")
    page = await somebody.sends(page, FORM, {"objectives": ["15"]}, CHANGE)
    assert page.values("objectives") == ["15"]
    page = await somebody.sends(page, FORM, {"text": "They locked up my son on a boat, far from his school."})
    assert page.values("objectives") == ["15", "8"]


async def test_a_link_brings_the_consultation_and_the_objective(somebody: Somebody) -> None:
    page = await somebody.opens(f"{FORM}?c=forum-2026&objective=17&lang=fr")
    assert page.value("consultation") == "forum-2026"
    assert page.values("objectives") == ["17"]
    assert "<details open>" in page.html
    page = await somebody.sends(page, FORM, NEEDED)
    assert page.values("objectives") == ["17", "13"]


@pytest.mark.parametrize("query", ["c=%3Cb%3E&objective=24", "c=Forum%202026&objective=x", "c=" + "a" * 41])
async def test_a_wrong_link_brings_nothing(somebody: Somebody, query: str) -> None:
    page = await somebody.opens(f"{FORM}?{query}")
    assert page.status == 200
    assert page.value("consultation") == ""
    assert page.values("objectives") == []


async def test_going_back_to_change_something_keeps_everything(somebody: Somebody) -> None:
    answers: dict[str, str | list[str]] = {
        **NEEDED,
        "country": "Italy",
        "region": "sici",
        "people": "4",
        "speaking_for": "group",
        "feedback_type": "offer",
        "resources": ["financial", "human"],
        "sensitive": "yes",
        "consent_quote": "yes",
        "gender": "man",
    }
    page = await somebody.sends(await somebody.opens(FORM), FORM, answers)
    page = await somebody.sends(page, FORM, button=CHANGE)
    for name, value in answers.items():
        assert page.values(name) == ([value] if isinstance(value, str) else value), name


async def test_the_language_can_be_changed_in_the_middle_and_nothing_is_lost(somebody: Somebody) -> None:
    page = await somebody.sends(
        await somebody.opens(FORM), FORM, {"text": TEXT, "country": "Congo"}, ("to_language", "ar")
    )
    assert page.first_tag == '<html lang="ar" dir="rtl">'
    assert page.problems == {}
    assert page.value("text") == TEXT
    page = await somebody.sends(page, FORM, {**NEEDED, "country": "Italy"})
    page = await somebody.sends(page, FORM, button=("to_language", "fr"))
    assert page.first_tag == '<html lang="fr" dir="ltr">'
    assert "Italie" in page.shown
    assert page.values("objectives") == ["13"]


async def test_a_page_that_is_loaded_again_stores_nothing_again(somebody: Somebody, database: SqlDatabase) -> None:
    page = await reviewed(somebody)
    first = await somebody.sends(page, FORM, button=SEND)
    again = await somebody.sends(page, FORM, button=SEND)
    assert again.status == 200
    assert again.receipt == first.receipt
    assert len(await stored(database)) == 1


async def test_something_else_in_the_same_form_is_sent_too(somebody: Somebody, database: SqlDatabase) -> None:
    page = await reviewed(somebody)
    first = await somebody.sends(page, FORM, button=SEND)
    page = await somebody.sends(page, FORM, button=CHANGE)
    page = await somebody.sends(page, FORM, {"text": "One more thing, which I forgot."})
    second = await somebody.sends(page, FORM, button=SEND)
    assert second.receipt != first.receipt
    assert len(await stored(database)) == 2


async def test_the_same_words_with_a_file_are_sent_too(somebody: Somebody, database: SqlDatabase) -> None:
    page = await reviewed(somebody)
    first = await somebody.sends(page, FORM, button=SEND)
    second = await somebody.sends(page, FORM, button=SEND, files=[PICTURE])
    assert second.receipt != first.receipt
    assert [len(each.attachments) for each in await stored(database)] == [1, 0]


class Together(KnownObjectives):
    """Two who send at once are let go on together, right before the database."""

    def __init__(self) -> None:
        self.gate: asyncio.Barrier | None = None

    async def find(self, message: str, hint: str) -> Finding:
        if self.gate is not None:
            await self.gate.wait()
        return await super().find(message, hint)


async def test_a_button_that_is_pressed_twice_at_once_sends_once(
    any_database: SqlDatabase, clock: FakeClock, keys: Keys
) -> None:
    knowledge = Together()
    async with somebody_on(make_app(any_database, clock, keys, knowledge=knowledge)) as somebody:
        page = await reviewed(somebody)
        knowledge.gate = asyncio.Barrier(2)
        sending = (somebody.sends(page, FORM, button=SEND, files=[PICTURE]) for _ in range(2))
        one, other = await asyncio.gather(*sending)
    assert (one.status, other.status) == (200, 200)
    assert one.receipt == other.receipt
    assert len(await stored(any_database)) == 1


async def test_who_sends_very_much_is_told_when_it_goes_on_and_loses_nothing(
    somebody: Somebody, database: SqlDatabase, clock: FakeClock
) -> None:
    for number in range(3):
        await sent(somebody, text=f"{TEXT} {number}")
        clock.advance(timedelta(minutes=7))
    page = await somebody.sends(await reviewed(somebody), FORM, button=SEND)
    assert page.status == 429
    assert "You can send this again in 39 minutes." in page.problems["send"]
    assert page.headers["Retry-After"] == "2340"
    assert page.value("text") == TEXT
    assert len(await stored(database)) == 3
    clock.advance(timedelta(minutes=39))
    page = await somebody.sends(page, FORM, button=SEND)
    assert page.status == 200
    assert len(await stored(database)) == 4


async def test_behind_a_proxy_each_visitor_has_a_measure_of_their_own(
    database: SqlDatabase, clock: FakeClock, keys: Keys
) -> None:
    async with somebody_on(make_app(database, clock, keys, proxies=1)) as somebody:
        for number in range(4):
            page = await reviewed(somebody, text=f"{TEXT} {number}")
            page = await somebody.sends(page, FORM, button=SEND, X_Forwarded_For=f"192.0.2.{number}, 198.51.100.7")
        assert page.status == 429
        page = await somebody.sends(page, FORM, button=SEND, X_Forwarded_For="198.51.100.8")
        assert page.status == 200


async def test_files_are_stored_sealed_with_their_submission(somebody: Somebody, database: SqlDatabase) -> None:
    page = await somebody.sends(await reviewed(somebody), FORM, button=SEND, files=[PICTURE, File(b"another")])
    assert page.status == 200
    (submission,) = await stored(database)
    assert [each.media_type for each in submission.attachments] == ["image/png", "image/png"]
    async with database.begin() as work:
        contents = {await work.files.content(each.id) for each in submission.attachments}
    assert contents == {PICTURE.content, b"another"}


@pytest.mark.parametrize(
    "files",
    [
        [File(b"MZ", "application/x-msdownload", "run.exe")],
        [PICTURE, PICTURE, PICTURE],
        [File(b"x" * (MEGABYTE + 1))],
        [PICTURE, File(b"x" * (5 * MEGABYTE))],
    ],
    ids=["kind", "number", "size", "large size"],
)
async def test_a_file_that_is_not_taken_costs_nobody_their_words(
    somebody: Somebody, database: SqlDatabase, files: list[File]
) -> None:
    page = await somebody.sends(await reviewed(somebody), FORM, button=SEND, files=files)
    assert page.status == 422
    assert list(page.problems) == ["files"]
    assert page.value("text") == TEXT
    assert await stored(database) == []
    assert (await somebody.sends(page, FORM, button=SEND)).status == 200


async def test_a_text_that_sounds_like_an_emergency_is_met_with_help(somebody: Somebody, database: SqlDatabase) -> None:
    page = await reviewed(somebody, text="[urgent] they lock us in")
    assert page.shown.index(ALARM) < page.shown.index("they lock us in")
    assert page.value("sensitive") == ""
    page = await somebody.sends(page, FORM, {"sensitive": "yes"}, SEND)
    assert page.status == 200
    assert await stored(database) == []
    assert len(await stored(database, sensitive=True)) == 1


async def test_a_sensitive_one_is_for_the_focal_point_alone(somebody: Somebody, database: SqlDatabase) -> None:
    page = await reviewed(somebody, sensitive="yes")
    assert "Only the focal point" in page.shown
    page = await somebody.sends(page, FORM, button=SEND)
    assert "The focal point for such cases reads it, and nobody else." in page.shown
    assert "Group on detention" not in page.shown
    assert len(await stored(database, sensitive=True)) == 1


async def test_readers_do_not_see_numbers_and_names_and_the_sender_sees_what_they_see(
    somebody: Somebody, database: SqlDatabase
) -> None:
    text = "Call me on +39 333 123 4567, I work for Made-up Union."
    page = await reviewed(somebody, text=text, organization="Made-up Union")
    assert "How readers will see it" in page.shown
    page = await somebody.sends(page, FORM, button=SEND)
    (seen,) = await stored(database)
    assert "333" not in seen.record.text
    assert "Made-up Union" not in seen.record.text
    assert (await original(database, page.receipt)).text == text


async def test_the_sent_page_says_whether_an_answer_will_come(somebody: Somebody) -> None:
    assert "You did not agree to an answer" in (await sent(somebody)).shown
    assert "If it answers" in (await sent(somebody, text=f"{TEXT}!", consent_contact="yes")).shown


async def test_what_people_write_is_never_markup(somebody: Somebody) -> None:
    words = '"><script>alert(1)</script>'
    page = await reviewed(somebody, text=words, organization=words)
    assert "<script" not in page.html
    assert page.value("text") == words
    page = await reviewed(somebody, text=words, country=words)
    assert "<script" not in page.html
    assert page.value("country") == words


async def test_no_word_of_a_form_stands_in_an_address(somebody: Somebody) -> None:
    for page in (await somebody.opens(FORM), await reviewed(somebody)):
        assert '<form id="form" class="ask" method="post" action="/feedback"' in page.html


async def test_the_record_that_is_stored_is_the_one_that_was_read_over(
    somebody: Somebody, database: SqlDatabase
) -> None:
    page = await sent(somebody, text=f"  {TEXT}\r\n\r\nAnd more.\u202e \0")
    record = await original(database, page.receipt)
    assert replace(record, objectives=(), language="", consents=frozenset()) == Record(f"{TEXT}\n\nAnd more.")
