"""What a program sent: its key, its body, and the submissions in it."""

import json
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import NoReturn

from aiohttp import web
from pydantic import ValidationError

from bot.core import N_, ApiKey, Countries, Translator
from bot.intake.entry import TITLES, Entry, Problem, problems
from bot.intake.models import MOST_AT_ONCE, FieldProblem
from bot.intake.reception import Reception, with_defaults
from bot.intake.refusals import ApiRefusal

MOST_BYTES = 12_500_000
"""A hundred of the longest submissions, even with every character written as two escapes of six bytes."""

KEY_PREFIX = "cb_"
KEY = re.compile(rf"{KEY_PREFIX}[\w-]{{43}}", re.ASCII)
"""A key of an organization: 32 random bytes."""
_REQUEST_KEY = re.compile(r"[ -~]{8,200}")
_JSON = "application/json"

_NO_KEY = N_("Please send your key as the header Authorization: Bearer cb_…")
_UNKNOWN_KEY = N_("This key is not known. Please ask the operator for another.")
_NO_REQUEST_KEY = N_("Please send a header Idempotency-Key of 8 to 200 printable ASCII characters.")
_NOT_JSON = N_("Please send the body as application/json.")
_BAD_JSON = N_("The body is no JSON in UTF-8.")
_TOO_LARGE = N_("The body may have {most} bytes.")
_NOT_AN_OBJECT = N_("{field}: please send an object here.")
_NOT_A_LIST = N_("{field}: please send a list of 1 to {most} submissions here.")
_WRONG_FIELDS = N_("Nothing was stored, because fields are wrong.")


async def read_key(request: web.Request, reception: Reception, own: Translator) -> ApiKey:
    """Whose request this is."""
    scheme, _blank, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        _not_authorized(own, _NO_KEY)
    key = await reception.key(given.strip()) if KEY.fullmatch(given.strip()) else None
    if key is None:
        _not_authorized(own, _UNKNOWN_KEY)
    return key


def read_request_key(request: web.Request, own: Translator) -> str:
    given = request.headers.get("Idempotency-Key", "").strip()
    if not _REQUEST_KEY.fullmatch(given):
        raise ApiRefusal(HTTPStatus.BAD_REQUEST, own.gettext(_NO_REQUEST_KEY))
    return given


async def read_json(request: web.Request, own: Translator) -> object:
    if request.content_type != _JSON:
        raise ApiRefusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, own.gettext(_NOT_JSON), headers={"Accept": _JSON})
    try:
        body = await request.clone(client_max_size=MOST_BYTES).read()
    except web.HTTPRequestEntityTooLarge:
        raise ApiRefusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, own.gettext(_TOO_LARGE, most=f"{MOST_BYTES:,}")) from None
    try:
        return json.loads(body.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        # What it says may hold a person's words.
        raise ApiRefusal(HTTPStatus.BAD_REQUEST, own.gettext(_BAD_JSON)) from None


def canonical(body: object) -> str:
    """The same for the same content, in whatever order and spacing it was sent."""
    return json.dumps(body, sort_keys=True)


def read_entries(body: object, key: ApiKey, countries: Countries, own: Translator) -> list[Entry]:
    """The submissions of a body: one, or a list of them.

    Raises:
        ApiRefusal: something is wrong with any of them; names it all.
    """
    if not isinstance(body, dict):
        refuse_fields([_problem("#", "body", _NOT_AN_OBJECT, own)], own)
    if "submissions" not in body:
        items: list[object] = [body]
        pointers = ["#"]
    else:
        items = _listed(body, own)
        pointers = [f"#/submissions/{position}" for position in range(len(items))]
    entries, wrong = [], []
    for pointer, item in zip(pointers, items, strict=True):
        if not isinstance(item, dict):
            wrong.append(_problem(pointer, "submissions", _NOT_AN_OBJECT, own))
            continue
        try:
            entries.append(Entry.read(with_defaults(item, key), countries))
        except ValidationError as error:
            wrong += [_of_field(pointer, each, own) for each in problems(error)]
    if wrong:
        refuse_fields(wrong, own)
    return entries


def refuse_fields(wrong: Sequence[FieldProblem], own: Translator) -> NoReturn:
    raise ApiRefusal(HTTPStatus.UNPROCESSABLE_ENTITY, own.gettext(_WRONG_FIELDS), wrong)


def _listed(body: dict[str, object], own: Translator) -> list[object]:
    items = body["submissions"]
    if len(body) > 1 or not isinstance(items, list) or not 1 <= len(items) <= MOST_AT_ONCE:
        refuse_fields([_problem("#/submissions", "submissions", _NOT_A_LIST, own, most=MOST_AT_ONCE)], own)
    return items


def _of_field(pointer: str, problem: Problem, own: Translator) -> FieldProblem:
    title = own.gettext(TITLES[problem.field]) if problem.field in TITLES else problem.field
    reason = own.gettext(problem.text, field=title, **problem.values)
    return FieldProblem(pointer=f"{pointer}/{problem.field}", field=problem.field, reason=reason)


def _problem(pointer: str, name: str, text: str, own: Translator, **values: object) -> FieldProblem:
    return FieldProblem(pointer=pointer, field=name, reason=own.gettext(text, field=name, **values))


def _not_authorized(own: Translator, text: str) -> NoReturn:
    raise ApiRefusal(HTTPStatus.UNAUTHORIZED, own.gettext(text), headers={"WWW-Authenticate": "Bearer"})


def _no_number(_name: str) -> NoReturn:
    raise ValueError("not a number of JSON")
