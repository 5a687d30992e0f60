"""The description of the API as OpenAPI 3.1, made from the models."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.intake.entry import Entry
from bot.intake.models import MOST_AT_ONCE, Asked, Batch, Codes, ProblemDetails, Receipts, Standings
from bot.intake.refusals import MEDIA_TYPE

VERSION = "1"
_JSON = "application/json"
_ABOUT = f"""Organizations hand in feedback on the Global Compact for Migration and read what became of it.

The operator of this server gives out keys. Where it is left out who is speaking, the organization of the key is.
At most {MOST_AT_ONCE} submissions are taken at once, all of them or none. Errors name every field that is wrong.
Sentences are in the language that `?lang=` or `Accept-Language` asks for."""
_ERRORS = {
    "400": "The body is no JSON, or a header is missing.",
    "401": "The key is missing or not known.",
    "404": "Nothing is stored under this receipt.",
    "413": "The body is too large.",
    "415": "The body is not sent as application/json.",
    "422": "Fields are wrong, or the Idempotency-Key was used for something else.",
    "429": "Too much within the hour, or too many wrong receipts; Retry-After says in how many seconds to come back.",
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "New for every request, the same when it is repeated: then it is stored once and the answer is the "
    "same. It is remembered for two days.",
    "schema": {"type": "string", "minLength": 8, "maxLength": 200, "pattern": "^[ -~]+$"},
}
_LANGUAGE = {
    "name": "lang",
    "in": "query",
    "required": False,
    "description": "Language of labels and sentences, such as ar.",
    "schema": {"type": "string"},
}


def document() -> dict[str, Any]:
    models: tuple[type[BaseModel], ...] = (Entry, Batch, Receipts, Asked, Standings, Codes, ProblemDetails)
    _, schemas = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/components/schemas/{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Compact Bot: feedback of organizations", "version": VERSION, "description": _ABOUT},
        "paths": {
            "/api/v1/submissions": {"post": _submissions()},
            "/api/v1/status": {"post": _status()},
            "/api/v1/codes": {"get": _open("codes", "All codes with their labels", Codes, [_LANGUAGE])},
            "/api/v1/openapi.json": {"get": _open("openapi", "This description", None, [])},
        },
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _submissions() -> dict[str, Any]:
    return {
        "operationId": "submit",
        "summary": "Hand in one submission or several",
        "security": [{"key": []}],
        "parameters": [_IDEMPOTENCY_KEY, _LANGUAGE],
        "requestBody": _body({"anyOf": [_reference(Entry), _reference(Batch)]}),
        "responses": {
            "201": _answer("Stored, or stored before by the same request.", _reference(Receipts)),
            **_refusals("400", "401", "413", "415", "422", "429"),
        },
    }


def _status() -> dict[str, Any]:
    return {
        "operationId": "status",
        "summary": "What became of a submission, by its receipt",
        "security": [{"key": []}],
        "parameters": [_LANGUAGE],
        "requestBody": _body(_reference(Asked)),
        "responses": {
            "200": _answer("Where it stands, with the letters of the working group.", _reference(Standings)),
            **_refusals("400", "401", "404", "413", "415", "422", "429"),
        },
    }


def _open(
    name: str, summary: str, model: type[BaseModel] | None, parameters: list[Mapping[str, Any]]
) -> dict[str, Any]:
    """Something that everybody may read."""
    schema = _reference(model) if model else {"type": "object"}
    return {
        "operationId": name,
        "summary": summary,
        "security": [],
        "parameters": parameters,
        "responses": {"200": _answer(summary, schema)},
    }


def _body(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {_JSON: {"schema": schema}}}


def _answer(description: str, schema: Mapping[str, Any], media_type: str = _JSON) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _refusals(*statuses: str) -> dict[str, Any]:
    return {status: _answer(_ERRORS[status], _reference(ProblemDetails), MEDIA_TYPE) for status in statuses}


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}
