"""The page for receipts as somebody without JavaScript uses it, down to what is stored."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import pytest

from bot.core import Consent, Finding, Intake, Record, Sender, Status, Submission, Wanted
from bot.intake.pages import spaced
from bot.privacy.keys import Keys
from db.unit_of_work import SqlDatabase
from tests.fakes.around import GROUPS, REDACT
from tests.fakes.clock import FakeClock
from tests.intake.forms import Page, Somebody, somebody_on
from tests.intake.site import KnownObjectives, make_app

PATH = "/receipt"
RECEIPT = "4885646202025212"
UNKNOWN = "7126977278479969"
OPEN, WRITE, ASK, WITHDRAW = ("step", "open"), ("step", "write"), ("step", "ask"), ("step", "withdraw")
RECORD = Record(
    "They locked me up.", "en", organization="Made-up Union", objectives=(13,), consents=frozenset({Consent.KEEP})
)
ANSWER = "Thank you. We have asked the authorities."


@pytest.fixture
async def somebody(database: SqlDatabase, clock: FakeClock, keys: Keys) -> AsyncIterator[Somebody]:
    async with somebody_on(make_app(database, clock, keys)) as visitor:
        yield visitor


async def send(database: SqlDatabase, *records: Record, receipt: str = RECEIPT) -> list[str]:
    """References of what is sent."""
    new = Intake(REDACT, GROUPS).prepare(records or [RECORD], "fake", receipt=receipt)
    async with database.begin() as work:
        await work.submissions.add(new, None)
    return [each.reference for each in new]


async def opened(somebody: Somebody, typed: str = RECEIPT, language: str = "en") -> Page:
    page = await somebody.opens(f"{PATH}?lang={language}")
    return await somebody.sends(page, PATH, {"receipt": typed}, OPEN)


async def writes(somebody: Somebody, page: Page, text: str) -> Page:
    return await somebody.sends(page, PATH, {"text": text}, WRITE)


async def letters(database: SqlDatabase, reference: str, *, original: bool = False) -> Sequence[str]:
    async with database.begin() as work:
        return [each.text for each in await work.letters.of(reference, original=original)]


async def the_one(database: SqlDatabase) -> Submission:
    async with database.begin() as work:
        (submission,) = await work.submissions.find(Wanted())
    return submission


@pytest.mark.parametrize(
    "typed",
    [
        RECEIPT,
        "4885 6462 0202 5212",
        " 4885-6462-0202-5212\u200f",
        "٤٨٨٥ ٦٤٦٢ ٠٢٠٢ ٥٢١٢",
        "४८८५६४६२०२०२५२१२",
        "４８８５　６４６２　０２０２　５２１２",
    ],
)
async def test_a_receipt_opens_in_the_digits_of_any_script(
    somebody: Somebody, database: SqlDatabase, typed: str
) -> None:
    await send(database)
    page = await opened(somebody, typed)
    assert page.status == 200
    assert "Received" in page.shown
    assert "Group on detention" in page.shown
    assert "Objective 13" in page.shown
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("language", "direction", "group"), [("ar", "rtl", "فريق الاحتجاز"), ("fr", "ltr", "Group on")]
)
async def test_the_page_speaks_the_readers_language(
    somebody: Somebody, database: SqlDatabase, language: str, direction: str, group: str
) -> None:
    await send(database)
    page = await opened(somebody, language=language)
    assert page.first_tag == f'<html lang="{language}" dir="{direction}">'
    assert group in page.shown
    assert "<script" not in page.html
    page = await somebody.sends(page, PATH, button=("to_language", "zh"))
    assert page.first_tag == '<html lang="zh" dir="ltr">'
    assert "Group on detention" in page.shown


async def test_the_language_can_be_changed_before_a_number_is_typed(somebody: Somebody) -> None:
    page = await somebody.sends(await somebody.opens(PATH), PATH, {"receipt": "4885 6"}, ("to_language", "ar"))
    assert page.status == 200
    assert page.first_tag == '<html lang="ar" dir="rtl">'
    assert page.problems == {}
    assert page.value("receipt") == "4885 6"


async def test_what_was_written_is_not_shown_to_whoever_has_found_the_number(
    somebody: Somebody, database: SqlDatabase
) -> None:
    await send(database)
    assert "They locked me up." not in (await opened(somebody)).shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("4885 6462 0202 5213", "One digit is wrong"),
        ("8485 6462 0202 5212", "One digit is wrong"),
        ("4885 6462 0202", "A receipt has 16 digits"),
        ("my receipt", "A receipt has 16 digits"),
        ("", "A receipt has 16 digits"),
    ],
)
async def test_a_slip_is_told_at_once_and_never_counted(
    somebody: Somebody, database: SqlDatabase, typed: str, sentence: str
) -> None:
    await send(database)
    for _ in range(7):
        page = await opened(somebody, typed)
        assert page.status == 422
        assert page.problems["receipt"].startswith(sentence)
        assert page.value("receipt") == typed
    assert (await opened(somebody)).status == 200


async def test_who_guesses_numbers_has_to_wait_longer_and_longer(
    somebody: Somebody, database: SqlDatabase, clock: FakeClock
) -> None:
    await send(database)
    for _ in range(5):
        page = await opened(somebody, UNKNOWN)
        assert page.status == 404
        assert page.problems["receipt"] == "Nothing was sent under this number, or it has been erased."
    page = await opened(somebody)
    assert page.status == 429
    assert page.headers["Retry-After"] == "31"
    assert page.problems["receipt"] == "Several numbers were wrong. Please try again in 31 seconds."
    assert page.value("receipt") == RECEIPT
    clock.advance(timedelta(seconds=31))
    assert (await opened(somebody, UNKNOWN)).status == 404
    page = await opened(somebody)
    assert page.problems["receipt"] == "Several numbers were wrong. Please try again in 2 minutes."
    clock.advance(timedelta(minutes=2))
    assert (await somebody.sends(page, PATH, button=OPEN)).status == 200


async def test_others_wrong_numbers_do_not_disturb_who_is_inside(somebody: Somebody, database: SqlDatabase) -> None:
    (reference,) = await send(database)
    page = await opened(somebody)
    for _ in range(5):
        await opened(somebody, UNKNOWN)
    assert (await opened(somebody)).status == 429
    assert (await writes(somebody, page, "Is there news?")).status == 200
    assert await letters(database, reference) == ["Is there news?"]


async def test_a_made_up_proof_of_being_inside_is_none(somebody: Somebody) -> None:
    page = await somebody.opens(PATH)
    for _ in range(5):
        await opened(somebody, UNKNOWN)
    page = await somebody.posts(PATH, [("receipt", UNKNOWN), ("opened", "ä" * 64)])
    assert page.status == 429


async def test_a_letter_is_kept_for_the_person_and_redacted_for_the_group(
    somebody: Somebody, database: SqlDatabase
) -> None:
    (reference,) = await send(database)
    text = "Call +39 333 123 4567 and ask for Made-up Union."
    page = await writes(somebody, await opened(somebody), text)
    assert "Your message has been sent." in page.shown
    assert f"You · Nov 23, 2026 {text}" in page.shown
    (shown,) = await letters(database, reference)
    assert "333" not in shown
    assert "Made-up Union" not in shown


async def test_a_letters_language_is_stored(somebody: Somebody, database: SqlDatabase) -> None:
    (reference,) = await send(database)
    page = await opened(somebody, language="fr")
    page = await writes(somebody, page, "هل قرأ أحد ما كتبته عن احتجاز صديقي؟")
    await writes(somebody, page, "??")
    async with database.begin() as work:
        assert [each.language for each in await work.letters.of(reference, original=True)] == ["ar", "fr"]


async def test_the_groups_letters_are_read_with_their_language(somebody: Somebody, database: SqlDatabase) -> None:
    (reference,) = await send(database)
    async with database.begin() as work:
        await work.letters.add(reference, Sender.WORKING_GROUP, ANSWER, ANSWER, "en")
        await work.submissions.set_status(reference, Status.ANSWERED)
    page = await opened(somebody, language="ar")
    assert f'<p class="words" lang="en" dir="auto">{ANSWER}</p>' in page.html


async def test_a_letter_that_is_posted_again_is_not_doubled(somebody: Somebody, database: SqlDatabase) -> None:
    (reference,) = await send(database)
    page = await opened(somebody)
    for _ in range(2):
        again = await writes(somebody, page, "Is there news?")
        assert again.status == 200
    assert await letters(database, reference) == ["Is there news?"]
    await writes(somebody, again, "Is there news?")
    assert await letters(database, reference) == ["Is there news?", "Is there news?"]


class Together(KnownObjectives):
    """Two who write at once are let go on together, right before the database."""

    def __init__(self) -> None:
        self.gate = asyncio.Barrier(2)

    async def find(self, message: str, hint: str) -> Finding:
        await self.gate.wait()
        return await super().find(message, hint)


async def test_a_letter_whose_button_is_pressed_twice_at_once_is_stored_once(
    any_database: SqlDatabase, clock: FakeClock, keys: Keys
) -> None:
    (reference,) = await send(any_database)
    async with somebody_on(make_app(any_database, clock, keys, knowledge=Together())) as somebody:
        page = await opened(somebody)
        one, other = await asyncio.gather(*(writes(somebody, page, "Is there news?") for _ in range(2)))
    assert (one.status, other.status) == (200, 200)
    assert await letters(any_database, reference) == ["Is there news?"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  ", "Please write what you want to say."),
        (
            "x" * 10_001,
            f"Your text has {spaced(10_001)} characters; {spaced(10_000)} can be taken. Please shorten it by 1.",
        ),
    ],
)
async def test_a_letter_that_cannot_be_sent_comes_back_whole(
    somebody: Somebody, database: SqlDatabase, text: str, sentence: str
) -> None:
    (reference,) = await send(database)
    page = await writes(somebody, await opened(somebody), text)
    assert page.status == 422
    assert page.problems == {f"text-{reference}": sentence}
    assert page.value("text") == text.strip()
    assert await letters(database, reference) == []


async def test_who_writes_very_many_letters_is_asked_to_wait_and_loses_none(
    somebody: Somebody, database: SqlDatabase, clock: FakeClock
) -> None:
    (reference,) = await send(database)
    page = await opened(somebody)
    for number in range(3):
        before, page = page, await writes(somebody, page, f"Letter {number}")
    assert (await writes(somebody, before, "Letter 2")).status == 200
    page = await writes(somebody, page, "One more")
    assert page.status == 429
    assert page.value("text") == "One more"
    clock.advance(timedelta(hours=1))
    assert (await writes(somebody, page, "One more")).status == 200
    assert len(await letters(database, reference)) == 4


async def test_it_is_taken_back_only_after_a_question(somebody: Somebody, database: SqlDatabase) -> None:
    (reference,) = await send(database)
    await writes(somebody, await opened(somebody), "Is there news?")
    page = await somebody.sends(await opened(somebody), PATH, {"reference": reference}, ASK)
    assert "Take it back for good?" in page.shown
    page = await somebody.sends(page, PATH, button=OPEN)
    assert "Received" in page.shown
    page = await somebody.sends(page, PATH, {"reference": reference}, ASK)
    assert (await the_one(database)).status is Status.NEW
    page = await somebody.sends(page, PATH, button=WITHDRAW)
    assert "It has been taken back." in page.shown
    assert "Withdrawn" in page.shown
    assert "<textarea" not in page.html
    submission = await the_one(database)
    assert (submission.status, submission.record.text) == (Status.WITHDRAWN, "")
    assert await letters(database, reference) == []


async def test_what_was_taken_back_can_still_be_looked_at_and_nothing_more(
    somebody: Somebody, database: SqlDatabase
) -> None:
    (reference,) = await send(database)
    before = await opened(somebody)
    async with database.begin() as work:
        await work.submissions.withdraw(reference)
    assert "Withdrawn" in (await opened(somebody)).shown
    assert (await writes(somebody, before, "Is there news?")).status == 400
    assert (await somebody.sends(before, PATH, {"reference": reference}, WITHDRAW)).status == 400
    assert await letters(database, reference) == []


async def test_a_receipt_does_nothing_to_what_others_sent(somebody: Somebody, database: SqlDatabase) -> None:
    await send(database)
    (other,) = await send(database, receipt=UNKNOWN)
    page = await opened(somebody)
    for button in (WRITE, ASK, WITHDRAW):
        answer = await somebody.sends(page, PATH, {"reference": other, "text": "x", "id": "a" * 22}, button)
        assert answer.status == 400
    assert await letters(database, other) == []


async def test_points_that_were_sent_together_stand_on_one_page(somebody: Somebody, database: SqlDatabase) -> None:
    first, second = await send(database, RECORD, Record("No school.", "en", objectives=(15,), consents=RECORD.consents))
    page = await opened(somebody)
    assert page.shown.index("Objective 13") < page.shown.index("Objective 15")
    fields = [(name, value) for form in page.forms for name, value in form if name == "reference"]
    assert {value for _name, value in fields} == {first, second}
    page = await somebody.sends(page, PATH, {"reference": second, "text": "About school", "id": "a" * 22}, WRITE)
    assert await letters(database, first) == []
    assert await letters(database, second) == ["About school"]


async def test_a_number_that_was_erased_is_unknown(somebody: Somebody, database: SqlDatabase) -> None:
    (reference,) = await send(database)
    async with database.begin() as work:
        await work.submissions.erase(reference)
    assert (await opened(somebody)).status == 404


async def test_the_number_is_never_part_of_an_address(somebody: Somebody, database: SqlDatabase) -> None:
    await send(database)
    page = await opened(somebody)
    assert page.html.count('method="post" action="/receipt"') == len(page.forms) == 3
    assert not [line for line in page.html.splitlines() if "href" in line and RECEIPT in line.replace(" ", "")]
