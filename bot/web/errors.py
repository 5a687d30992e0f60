"""Errors as pages: a status, one sentence, and no detail of the inside."""

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

log = structlog.get_logger(__name__)


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Log what is a bug or an outage, and answer 500 in one sentence. The path may hold a name: it is not logged."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception:
        route = request.match_info.route.resource
        log.exception("request_failed", method=request.method, route=route.canonical if route else "")
        raise web.HTTPInternalServerError(text="Something went wrong here. Please try again.") from None
