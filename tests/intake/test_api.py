"""The API as an organization's program uses it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.core import (
    RECEIPT_DIGITS,
    Consent,
    Sender,
    SpeakingFor,
    StakeholderGroup,
    Status,
    Submission,
    check_digit,
    grouped,
)
from bot.intake.api import API_SENT_AN_HOUR
from bot.intake.models import MOST_AT_ONCE
from bot.privacy.keys import Keys
from db.unit_of_work import SqlDatabase
from tests.fakes.clock import FakeClock
from tests.intake.office import NAME, OTHER_KEY, SMALLEST, WORDS, Office, give_key, office_on

WRONG = "123456789012345" + check_digit("123456789012345")


@pytest.fixture
async def office(database: SqlDatabase, clock: FakeClock, keys: Keys) -> AsyncIterator[Office]:
    await give_key(database)
    async with office_on(database, clock, keys) as opened:
        yield opened


async def of_receipt(office: Office, receipt: str) -> Submission:
    async with office.database.begin() as work:
        (found,) = await work.submissions.of_receipt(receipt)
    return found


async def test_one_submission_is_stored_with_a_receipt_of_its_own(office: Office) -> None:
    answer = await office.sends({**SMALLEST, "objectives": [13], "country": "IT"})
    assert answer.status == 201
    (given,) = answer.json["submissions"]
    assert given.keys() == {"reference", "receipt", "status", "working_group"}
    assert (given["status"], given["working_group"]) == ("new", "detention")
    assert len(given["receipt"]) == RECEIPT_DIGITS
    assert check_digit(given["receipt"]) == "0"
    stored = await of_receipt(office, given["receipt"])
    assert stored.reference == given["reference"]
    assert (stored.channel, stored.record.text, stored.record.country) == ("api", WORDS, "IT")
    assert stored.record.consents == {Consent.KEEP}


async def test_who_is_speaking_is_taken_from_the_key(office: Office) -> None:
    own, forwarded = (
        await office.sends({"submissions": [SMALLEST, {**SMALLEST, "stakeholder_group": "migrant"}]})
    ).receipts
    record = (await of_receipt(office, own)).record
    assert (record.organization, record.group, record.speaking_for) == (
        NAME,
        StakeholderGroup.CIVIL_SOCIETY,
        SpeakingFor.ORGANIZATION,
    )
    record = (await of_receipt(office, forwarded)).record
    assert (record.organization, record.group, record.speaking_for) == (
        "",
        StakeholderGroup.MIGRANT,
        SpeakingFor.ONESELF,
    )


async def test_the_language_is_found_where_it_is_left_out(office: Office) -> None:
    told, found, unsure = (
        await office.sends(
            {"submissions": [{**SMALLEST, "language": "fr"}, SMALLEST, {**SMALLEST, "text": "لا أستطيع"}]}
        )
    ).receipts
    assert [(await of_receipt(office, each)).record.language for each in (told, found, unsure)] == ["fr", "en", ""]


async def test_what_reviewers_read_is_redacted(office: Office) -> None:
    (receipt,) = (await office.sends({**SMALLEST, "text": "Write to amina@example.org"})).receipts
    stored = await of_receipt(office, receipt)
    async with office.database.begin() as work:
        shown = await work.submissions.get(stored.reference)
    assert "amina" in stored.record.text
    assert "amina" not in shown.record.text


async def test_a_hundred_are_taken_at_once_each_with_its_receipt_and_no_more(office: Office) -> None:
    answer = await office.sends({"submissions": [{**SMALLEST, "text": f"{WORDS} {n}"} for n in range(MOST_AT_ONCE)]})
    assert len(set(answer.receipts)) == MOST_AT_ONCE
    assert (await of_receipt(office, answer.receipts[57])).record.text == f"{WORDS} 57"
    answer = await office.sends({"submissions": [SMALLEST] * (MOST_AT_ONCE + 1)}, "request-2")
    assert (answer.status, list(answer.reasons)) == (422, ["#/submissions"])
    assert await office.stored() == MOST_AT_ONCE


async def test_one_that_is_wrong_keeps_all_out_and_everything_wrong_is_told(office: Office) -> None:
    wrong = {"text": "", "consent_keep": False, "country": "Congo", "objectives": [24], "name": "x"}
    answer = await office.sends({"submissions": [SMALLEST, wrong, "x", {**SMALLEST, "people": 3}]})
    assert answer.status == 422
    assert answer.json["title"] == "Unprocessable Entity"
    assert answer.json["type"] == "about:blank"
    assert answer.json["status"] == 422
    assert answer.json["detail"] == "Nothing was stored, because fields are wrong."
    assert answer.reasons == {
        "#/submissions/1/text": "Feedback: please fill this in.",
        "#/submissions/1/country": "Country: this country is not known or not clear. "
        "Please give its code of two letters, such as IT.",
        "#/submissions/1/objectives": "Objectives: please give a whole number from 1 to 23.",
        "#/submissions/1/consent_keep": "Consent to keep it: nothing is stored without this consent.",
        "#/submissions/1/name": "name: there is no such field.",
        "#/submissions/2": "submissions: please send an object here.",
        "#/submissions/3/people": "Number of people: this can be given only where a group is speaking.",
    }
    assert await office.stored() == 0
    assert (await office.sends(SMALLEST)).status == 201


async def test_more_than_is_taken_in_an_hour_has_to_wait(office: Office, clock: FakeClock) -> None:
    for n in range(API_SENT_AN_HOUR // MOST_AT_ONCE):
        assert (await office.sends({"submissions": [SMALLEST] * MOST_AT_ONCE}, f"request-{n}")).status == 201
    answer = await office.sends(SMALLEST, "one too many")
    assert (answer.status, answer.headers["Retry-After"]) == (429, "3600")
    assert "1000" in answer.json["detail"]
    assert await office.stored() == API_SENT_AN_HOUR
    assert (await office.sends({"submissions": [SMALLEST] * MOST_AT_ONCE}, "request-0")).status == 201
    await give_key(office.database, OTHER_KEY, "Another organization")
    assert (await office.sends(SMALLEST, Authorization=f"Bearer {OTHER_KEY}")).status == 201
    clock.advance(timedelta(seconds=3600))
    assert (await office.sends(SMALLEST, "one too many")).status == 201


async def test_the_status_is_told_by_the_receipt_with_the_groups_letters_alone(
    office: Office, clock: FakeClock
) -> None:
    given = (await office.sends({**SMALLEST, "objectives": [13]})).json["submissions"][0]
    reference = given["reference"]
    clock.advance(timedelta(hours=2))
    async with office.database.begin() as work:
        await work.submissions.set_status(reference, Status.ANSWERED)
        await work.letters.add(reference, Sender.PERSON, "And one more thing.", "And one more thing.", "en")
        await work.letters.add(reference, Sender.WORKING_GROUP, "We have read it.", "We have read it.", "en")
    for typed in (given["receipt"], grouped(given["receipt"]), f" {given['receipt']} "):
        answer = await office.asks(typed)
        assert answer.status == 200
        assert answer.json == {
            "submissions": [
                {
                    "reference": reference,
                    "status": "answered",
                    "changed": "2026-11-23T14:00:00Z",
                    "working_group": "detention",
                    "answers": [{"text": "We have read it.", "language": "en", "sent": "2026-11-23T14:00:00Z"}],
                }
            ]
        }
        assert answer.headers["Cache-Control"] == "no-store"


async def test_wrong_receipts_are_slowed_down_and_right_ones_wait_too(office: Office, clock: FakeClock) -> None:
    (receipt,) = (await office.sends(SMALLEST)).receipts
    for _try in range(5):
        answer = await office.asks(WRONG)
        assert (answer.status, answer.json["detail"]) == (404, "Nothing is stored under this receipt.")
    answer = await office.asks(receipt)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "30")
    clock.advance(timedelta(seconds=30))
    assert (await office.asks(receipt)).status == 200
    assert (await office.asks(WRONG)).status == 404
    assert (await office.asks(receipt)).headers["Retry-After"] == "60"


@pytest.mark.parametrize("receipt", ["", "1234", "1234567890123456", int(WRONG), None, "x" * 200, ["1"], "1" * 99])
async def test_a_slip_in_a_receipt_is_told_and_not_counted(office: Office, receipt: object) -> None:
    for _try in range(6):
        answer = await office.asks(receipt)
        assert (answer.status, list(answer.reasons)) == (422, ["#/receipt"])
    assert await office.count("wrong_tries") == 0


async def test_codes_are_listed_with_labels_in_the_asked_language(office: Office) -> None:
    for asked in (
        await office.opens("/api/v1/codes?lang=fr"),
        await office.opens("/api/v1/codes", Accept_Language="fr-CA,en;q=0.5"),
    ):
        codes = asked.json
        assert codes["language"] == "fr"
        assert {"code": "ar", "label": "arabe"} in codes["fields"]["language"]
        assert [each["code"] for each in codes["fields"]["objectives"]] == [str(n) for n in range(1, 24)]
        assert [each["code"] for each in codes["fields"]["stakeholder_group"]] == list(StakeholderGroup)
        assert [each["code"] for each in codes["status"]] == list(Status)
        assert {"code": "detention", "label": "Group on detention"} in codes["working_groups"]
    english = (await office.opens("/api/v1/codes?lang=en")).json
    assert {"code": "migrant", "label": "Migrant"} in english["fields"]["stakeholder_group"]
