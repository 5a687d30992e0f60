"""The API for organizations that hand in many submissions."""

import json
import math
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus

from aiohttp import web
from pydantic import ValidationError

from bot.core import N_, RECEIPT_DIGITS, SENDING_WINDOW, Countries, Status, Translator, read_number
from bot.intake.codes import CodeLists
from bot.intake.models import Asked, FieldProblem, Model, Receipt, Receipts, Standings
from bot.intake.openapi import document
from bot.intake.reception import HandedIn, OtherRequest, Reception, TooMany
from bot.intake.refusals import ApiRefusal, answering
from bot.intake.requests import canonical, read_entries, read_json, read_key, read_request_key, refuse_fields
from bot.intake.standing import Lookup, MustWait, UnknownReceipt

CHANNEL = "api"
API_SENT_AN_HOUR = 1_000

_OTHER_REQUEST = N_("This Idempotency-Key was used for something else. Please take a new one.")
_TOO_MANY = N_("At most {most} submissions an hour are taken with one key. Please go on later.")
_NO_RECEIPT = N_("{field}: a receipt has 16 digits; this is none. Please look for a slip.")
_UNKNOWN_RECEIPT = N_("Nothing is stored under this receipt.")
_MUST_WAIT = N_("Too many wrong receipts. Please wait before you try another.")


class Api:
    """`/api/v1/…`. `reader` finds the language that a request asks for."""

    def __init__(
        self,
        reception: Reception,
        lookup: Lookup,
        codes: CodeLists,
        countries: Countries,
        reader: Callable[[web.Request], Translator],
    ) -> None:
        self._reception = reception
        self._lookup = lookup
        self._codes = codes
        self._countries = countries
        self._reader = reader
        self._document = json.dumps(document())

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/v1/submissions", answering(self.submit)),
            web.post("/api/v1/status", answering(self.status)),
            web.get("/api/v1/codes", self.codes),
            web.get("/api/v1/openapi.json", self.openapi),
        ]

    async def submit(self, request: web.Request) -> web.Response:
        """Store all submissions of the body, or none."""
        own = self._reader(request)
        key = await read_key(request, self._reception, own)
        request_key = read_request_key(request, own)
        body = await read_json(request, own)
        entries = read_entries(body, key, self._countries, own)
        handed_in = HandedIn(key, CHANNEL, request_key, canonical(body), entries, API_SENT_AN_HOUR)
        try:
            stored = await self._reception.take(handed_in)
        except OtherRequest:
            raise ApiRefusal(HTTPStatus.UNPROCESSABLE_ENTITY, own.gettext(_OTHER_REQUEST)) from None
        except TooMany:
            raise _later(SENDING_WINDOW, own.gettext(_TOO_MANY, most=API_SENT_AN_HOUR)) from None
        receipts = [
            Receipt(reference=each.reference, receipt=each.receipt, status=Status.NEW, working_group=each.working_group)
            for each in stored
        ]
        return _answered(Receipts(submissions=tuple(receipts)), HTTPStatus.CREATED)

    async def status(self, request: web.Request) -> web.Response:
        """What became of the submissions of a receipt. It comes in the body: addresses are logged on the way."""
        own = self._reader(request)
        key = await read_key(request, self._reception, own)
        receipt = _receipt(await read_json(request, own), own)
        try:
            found = await self._lookup.of(receipt, f"{CHANNEL} {key.organization}")
        except MustWait as error:
            raise _later(error.wait, own.gettext(_MUST_WAIT)) from None
        except UnknownReceipt:
            raise ApiRefusal(HTTPStatus.NOT_FOUND, own.gettext(_UNKNOWN_RECEIPT)) from None
        return _answered(Standings(submissions=found))

    async def codes(self, request: web.Request) -> web.Response:
        return _answered(self._codes.lists(self._reader(request)))

    async def openapi(self, _request: web.Request) -> web.Response:
        return web.Response(text=self._document, content_type="application/json")


def _receipt(body: object, own: Translator) -> str:
    receipt = None
    with suppress(ValidationError):
        receipt = read_number(Asked.model_validate(body).receipt, RECEIPT_DIGITS)
    if receipt is None:
        reason = own.gettext(_NO_RECEIPT, field="receipt")
        refuse_fields([FieldProblem(pointer="#/receipt", field="receipt", reason=reason)], own)
    return receipt


def _later(wait: timedelta, detail: str) -> ApiRefusal:
    seconds = str(math.ceil(wait.total_seconds()))
    return ApiRefusal(HTTPStatus.TOO_MANY_REQUESTS, detail, headers={"Retry-After": seconds})


def _answered(model: Model, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    headers = {"Cache-Control": "no-store"}
    return web.Response(text=model.model_dump_json(), status=status, content_type="application/json", headers=headers)
