"""The description of the API: valid, complete, and true of what the API does."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from bot.intake.entry import Entry
from bot.privacy.keys import Keys
from db.unit_of_work import SqlDatabase
from tests.fakes.clock import FakeClock
from tests.intake.office import KEY, SMALLEST, Answer, Office, give_key, make_app, office_on
from tests.intake.test_api import WRONG

SUBMISSIONS = "/api/v1/submissions"


@pytest.fixture
async def office(database: SqlDatabase, clock: FakeClock, keys: Keys) -> AsyncIterator[Office]:
    await give_key(database)
    async with office_on(database, clock, keys) as opened:
        yield opened


async def described(office: Office) -> dict[str, Any]:
    answer = await office.opens("/api/v1/openapi.json")
    assert (answer.status, answer.headers["Content-Type"].partition(";")[0]) == (200, "application/json")
    document: dict[str, Any] = answer.json
    return document


async def test_it_is_valid_openapi(office: Office) -> None:
    document = await described(office)
    assert document["openapi"] == "3.1.0"
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


async def test_it_describes_every_path_of_the_api_and_no_other(
    office: Office, database: SqlDatabase, clock: FakeClock, keys: Keys
) -> None:
    served = {
        (route.resource.canonical, route.method.lower())
        for route in make_app(database, clock, keys).router.routes()
        if route.resource is not None and route.resource.canonical.startswith("/api/") and route.method != "HEAD"
    }
    paths = (await described(office))["paths"]
    assert {(path, method) for path, methods in paths.items() for method in methods} == served


async def test_every_field_is_described(office: Office) -> None:
    schema = (await described(office))["components"]["schemas"]["Entry"]
    assert schema["properties"].keys() == Entry.model_fields.keys()
    assert {name for name, each in schema["properties"].items() if not each.get("description")} == set()
    assert schema["required"] == ["text", "consent_keep"]
    assert schema["properties"]["consent_keep"]["const"] is True
    assert schema["properties"]["text"]["maxLength"] == 10_000


async def test_every_answer_is_as_it_is_described(office: Office) -> None:
    document = await described(office)
    stored = await office.sends(SMALLEST)
    answers: list[tuple[str, str, Answer]] = [
        (SUBMISSIONS, "post", stored),
        (SUBMISSIONS, "post", await office.sends({})),
        (SUBMISSIONS, "post", await office.sends(b"{")),
        (SUBMISSIONS, "post", await office.sends({}, Authorization="")),
        (SUBMISSIONS, "post", await office.sends({}, Content_Type="text/plain")),
        ("/api/v1/status", "post", await office.asks(stored.receipts[0])),
        ("/api/v1/status", "post", await office.asks(WRONG)),
        ("/api/v1/status", "post", await office.asks("1")),
        ("/api/v1/codes", "get", await office.opens("/api/v1/codes?lang=ar")),
    ]
    assert len({answer.status for _, _, answer in answers}) == 7
    for path, method, answer in answers:
        responses = document["paths"][path][method]["responses"]
        media_type = answer.headers["Content-Type"].partition(";")[0]
        schema = responses[str(answer.status)]["content"][media_type]["schema"]
        assert complaints(document, schema, answer.json) == []


async def test_what_the_description_allows_and_refuses_the_api_does_too(office: Office) -> None:
    document = await described(office)
    schema = document["paths"][SUBMISSIONS]["post"]["requestBody"]["content"]["application/json"]["schema"]
    bodies: list[tuple[object, bool]] = [
        (SMALLEST, True),
        ({"submissions": [SMALLEST, SMALLEST]}, True),
        ({**SMALLEST, "objectives": [1, 23], "age": "18-24"}, True),
        ({**SMALLEST, "objectives": [24]}, False),
        ({**SMALLEST, "consent_keep": False}, False),
        ({**SMALLEST, "age": "old"}, False),
        ({**SMALLEST, "other": 1}, False),
        ({"submissions": []}, False),
        ({"submissions": [SMALLEST] * 101}, False),
        ({"text": "x" * 10_001, "consent_keep": True}, False),
        ([SMALLEST], False),
    ]
    for number, (body, fine) in enumerate(bodies):
        assert (complaints(document, schema, body) == []) is fine, body
        assert ((await office.sends(body, f"request {number}")).status == 201) is fine, body


async def test_no_key_and_no_address_of_a_machine_stand_in_it(office: Office) -> None:
    text = json.dumps(await described(office))
    assert KEY not in text
    assert not re.search(r"https?://", text)


def complaints(document: dict[str, Any], schema: dict[str, Any], value: object) -> list[str]:
    """What JSON Schema says against the value."""
    whole = {**schema, "components": document["components"]}
    return [error.message for error in OAS31Validator(whole).iter_errors(value)]
