"""Headers on every response, and the check that a form was sent by our own page."""

from collections.abc import Sequence

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

_SAME_ORIGIN = ("same-origin", "none")


def security_headers(embed_origins: Sequence[str]) -> Middleware:
    """A middleware that sets the headers; `embed_origins` may show the pages in a frame."""
    ancestors = " ".join(("'self'", *embed_origins)) if embed_origins else "'none'"
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {ancestors}",
        )
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        # Not "no-referrer": with that, browsers name "null" as the origin of our own forms.
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    if not embed_origins:
        headers["X-Frame-Options"] = "DENY"

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            response = await handler(request)
        except web.HTTPException as error:
            error.headers.update(headers)
            raise
        response.headers.update(headers)
        return response

    return middleware


def require_same_origin(request: web.Request) -> None:
    """Refuse a form that another site's page sent.

    Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`; programs send neither and are no danger to a person.

    Raises:
        HTTPForbidden: another site sent it.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        allowed = site in _SAME_ORIGIN
    else:
        origin = request.headers.get("Origin")
        allowed = origin is None or origin.partition("://")[2] == request.host
    if not allowed:
        raise web.HTTPForbidden(text="This form was sent from another site.")
