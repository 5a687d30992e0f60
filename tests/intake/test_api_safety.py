"""What the API does with requests that are repeated, malformed or meant to do harm."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.core import Answered
from bot.intake.reception import receipt
from bot.intake.requests import MOST_BYTES
from bot.privacy.keys import Keys
from db.repositories.api_keys import SqlIdempotency
from db.unit_of_work import SqlDatabase
from tests.conftest import SECRET
from tests.fakes.clock import FakeClock
from tests.intake.office import KEY, OTHER_KEY, SMALLEST, WORDS, Office, api_key, give_key, office_on
from tests.intake.test_api import WRONG

TWO = {"submissions": [SMALLEST, {**SMALLEST, "text": "Another text."}]}


@pytest.fixture
async def office(database: SqlDatabase, clock: FakeClock, keys: Keys) -> AsyncIterator[Office]:
    await give_key(database)
    async with office_on(database, clock, keys) as opened:
        yield opened


async def test_the_same_request_again_gets_the_same_answer_and_is_stored_once(office: Office) -> None:
    first = await office.sends(TWO)
    again = await office.sends({"submissions": [dict(reversed(each.items())) for each in TWO["submissions"]]})
    assert (first.status, again.status) == (201, 201)
    assert first.content == again.content
    assert await office.stored() == 2


async def test_the_same_request_key_for_something_else_is_refused(office: Office) -> None:
    await office.sends(TWO)
    answer = await office.sends(SMALLEST)
    assert answer.status == 422
    assert answer.json["detail"] == "This Idempotency-Key was used for something else. Please take a new one."
    assert await office.stored() == 2


async def test_another_organization_may_use_the_same_request_key(office: Office) -> None:
    await give_key(office.database, OTHER_KEY, "Another organization")
    first, other = await office.sends(SMALLEST), await office.sends(SMALLEST, Authorization=f"Bearer {OTHER_KEY}")
    assert first.receipts != other.receipts
    assert await office.stored() == 2


async def test_a_request_that_was_refused_can_be_put_right_under_the_same_key(office: Office) -> None:
    assert (await office.sends({"text": "", "consent_keep": True})).status == 422
    assert (await office.sends(SMALLEST)).status == 201


class SlowIdempotency(SqlIdempotency):
    """Waits until two requests are about to store their answer."""

    barrier: asyncio.Barrier

    async def put(self, api_key_id: int, request_key: str, answered: Answered) -> Answered:
        await self.barrier.wait()
        return await super().put(api_key_id, request_key, answered)


@pytest.fixture
async def two_at_once(
    any_database: SqlDatabase, clock: FakeClock, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    """An office on either database, whose next two requests come at the very same time."""
    await give_key(any_database)
    SlowIdempotency.barrier = asyncio.Barrier(2)
    monkeypatch.setattr("db.unit_of_work.SqlIdempotency", SlowIdempotency)
    async with office_on(any_database, clock, keys) as opened:
        yield opened


async def test_two_equal_requests_at_once_are_stored_once_and_answered_alike(two_at_once: Office) -> None:
    first, second = await asyncio.gather(two_at_once.sends(TWO), two_at_once.sends(TWO))
    assert (first.status, first.content) == (201, second.content)
    assert await two_at_once.stored() == 2


async def test_of_two_different_requests_at_once_under_one_key_one_is_stored(two_at_once: Office) -> None:
    answers = await asyncio.gather(two_at_once.sends(SMALLEST), two_at_once.sends({**SMALLEST, "text": "Another."}))
    assert sorted(each.status for each in answers) == [201, 422]
    assert await two_at_once.stored() == 1


async def test_a_repeat_after_the_secret_was_changed_gets_the_same_receipts(
    office: Office, database: SqlDatabase, clock: FakeClock
) -> None:
    before = await office.sends(TWO)
    clock.advance(timedelta(minutes=1))
    changed = Keys("another secret, just as long as it has to be", [SECRET])
    async with office_on(SqlDatabase(database._engine, changed, clock), clock, changed) as later:
        assert (await later.sends(TWO)).content == before.content
        assert (await later.asks(before.receipts[0])).status == 200
    assert await office.stored() == 2


async def test_receipts_are_stored_nowhere(office: Office) -> None:
    (given,) = (await office.sends(SMALLEST)).receipts
    async with office.database._engine.connect() as connection:
        dump = str((await connection.exec_driver_sql("SELECT * FROM idempotent_answers")).all())
        dump += str((await connection.exec_driver_sql("SELECT * FROM submissions")).all())
    assert given not in dump
    assert given[:8] not in dump


def test_receipts_differ_by_seed_and_position_and_have_a_check_digit() -> None:
    made = {receipt(seed, position) for seed in ("a", "b", "a 1") for position in range(50)}
    assert len(made) == 150


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", f"Basic {KEY}", "Bearer cb_short", f"Bearer {OTHER_KEY}", f"Bearer {KEY}x", f"Bearer {KEY.lower()}", "Bearer cb_" + "é" * 43],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/v1/submissions", "/api/v1/status"])
async def test_without_a_known_key_nothing_is_taken(office: Office, authorization: str, path: str) -> None:
    answer = await office.sends(SMALLEST, path=path, Authorization=authorization)
    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json["errors"] == []
    assert await office.stored() == 0


async def test_a_revoked_key_opens_nothing_any_more(office: Office) -> None:
    await office.sends(SMALLEST)
    async with office.database.begin() as work:
        assert await work.api_keys.revoke(api_key().organization)
    assert (await office.sends(SMALLEST)).status == 401
    assert await office.stored() == 1
    assert await office.count("idempotent_answers") == 0


@pytest.mark.parametrize("request_key", [None, "", "short", "x" * 201, "with\ttab in it", "مفتاح الطلب"])
async def test_a_request_without_a_key_of_its_own_is_refused(office: Office, request_key: str | None) -> None:
    answer = await office.sends(SMALLEST, request_key)
    assert answer.status == 400
    assert "Idempotency-Key" in answer.json["detail"]


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=B"]
)
async def test_what_is_not_sent_as_json_is_refused(office: Office, content_type: str) -> None:
    assert (await office.sends(SMALLEST, Content_Type=content_type)).status == 415


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"text": NaN}', b'{"text": Infinity}', b"\xff\xfe", b"[" * 100_000, b"1" * 5_000, b'{"text": "\xed\xa0\x80"}'],
)  # fmt: skip
async def test_what_is_no_json_is_refused_in_one_sentence(office: Office, body: bytes) -> None:
    answer = await office.sends(body)
    assert (answer.status, answer.json["detail"]) == (400, "The body is no JSON in UTF-8.")


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ([], ["#"]),
        ("text", ["#"]),
        (None, ["#"]),
        (5, ["#"]),
        ({}, ["#/text", "#/consent_keep"]),
        ({"submissions": []}, ["#/submissions"]),
        ({"submissions": SMALLEST}, ["#/submissions"]),
        ({"submissions": [SMALLEST], "text": "x"}, ["#/submissions"]),
        ({"submissions": [[], None, 5]}, ["#/submissions/0", "#/submissions/1", "#/submissions/2"]),
        ({**SMALLEST, "\ud800<script>": 1}, ["#/?"]),
        ({**SMALLEST, "speaking_for": ["organization"]}, ["#/speaking_for"]),
        ({**SMALLEST, "stakeholder_group": {}}, ["#/stakeholder_group"]),
        ({**SMALLEST, "organization": 5}, ["#/organization"]),
        ({**SMALLEST, "people": 10**30}, ["#/people"]),
        (b'{"text": "x", "consent_keep": true, "objectives": [1e400]}', ["#/objectives"]),
    ],
)
async def test_json_that_is_no_submission_is_told_where_it_is_wrong(
    office: Office, body: object, pointers: list[str]
) -> None:
    answer = await office.sends(body)
    assert (answer.status, list(answer.reasons)) == (422, pointers)
    assert await office.stored() == 0


async def test_half_characters_and_what_turns_text_around_are_taken_out(office: Office) -> None:
    answer = await office.sends(b'{"text": "a\\ud800b\\u0000c\\u202ed", "consent_keep": true}')
    async with office.database.begin() as work:
        (stored,) = await work.submissions.of_receipt(answer.receipts[0])
    assert stored.record.text == "abcd"


async def test_a_body_may_be_large_but_not_endless(office: Office) -> None:
    assert (await office.sends({"submissions": [{**SMALLEST, "text": "😀" * 10_000}] * 5})).status == 201
    answer = await office.sends(b" " * (MOST_BYTES + 1), "request-2")
    assert (answer.status, answer.json["title"]) == (413, "Request Entity Too Large")
    assert "12,500,000" in answer.json["detail"]


async def test_words_keys_and_receipts_are_in_no_log(
    office: Office, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.INFO):
        (given,) = (await office.sends(SMALLEST)).receipts
        await office.sends({**SMALLEST, "age": WORDS})
        await office.asks(given)
        await office.asks(WRONG)
    logged = caplog.text + "".join(capsys.readouterr())
    for secret in (WORDS, KEY, given, WRONG):
        assert secret not in logged


async def test_reasons_are_in_the_language_that_is_asked_for(office: Office) -> None:
    asked = await office.sends({}, path="/api/v1/submissions?lang=ar")
    accepted = await office.sends({}, Accept_Language="ar")
    assert asked.json == accepted.json


async def test_every_refusal_has_the_shape_of_problem_details(office: Office) -> None:
    refusals = [
        await office.sends(SMALLEST, Authorization=""),
        await office.sends(SMALLEST, None),
        await office.sends(SMALLEST, Content_Type="text/plain"),
        await office.sends(b"{"),
        await office.sends({}),
        await office.sends(b" " * (MOST_BYTES + 1)),
        await office.asks(WRONG),
    ]
    assert [each.status for each in refusals] == [401, 400, 415, 400, 422, 413, 404]
    for each in refusals:
        assert each.headers["Content-Type"].startswith("application/problem+json")
        assert each.json.keys() == {"type", "title", "status", "detail", "errors"}
        assert each.json["status"] == each.status
        assert each.headers["X-Content-Type-Options"] == "nosniff"
