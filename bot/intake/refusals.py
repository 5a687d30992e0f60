"""Refusals of the API as problem details (RFC 9457)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.core import CompactBotError
from bot.intake.models import FieldProblem, ProblemDetails

MEDIA_TYPE = "application/problem+json"


class ApiRefusal(CompactBotError):
    """A request that is not taken. `errors` are about single fields; nothing of it repeats what was sent."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.problem = ProblemDetails(title=status.phrase, status=status, detail=detail, errors=tuple(errors))
        self.headers = dict(headers or {})

    def response(self) -> web.Response:
        body = self.problem.model_dump_json()
        return web.Response(text=body, status=self.problem.status, content_type=MEDIA_TYPE, headers=self.headers)


def answering(handler: Callable[[web.Request], Awaitable[web.Response]]) -> Handler:
    """The handler, with its refusals answered as such."""

    async def answered(request: web.Request) -> web.Response:
        try:
            return await handler(request)
        except ApiRefusal as refusal:
            return refusal.response()

    return answered
