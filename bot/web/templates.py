"""Jinja templates, and static files under names that change with their content."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"


def make_environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["paragraphs"] = lambda text: text.split("\n\n")
    return environment


class StaticFiles:
    """The files of `static/`, read once. `address("chat.js")` names the version that is being served."""

    def __init__(self) -> None:
        self._files = {path.name: path.read_bytes() for path in _STATIC.iterdir() if path.suffix in _TYPES}
        self._versions = {name: hashlib.sha256(content).hexdigest()[:10] for name, content in self._files.items()}

    def address(self, name: str) -> str:
        return f"/static/{self._versions[name]}/{name}"

    def route(self) -> web.RouteDef:
        async def serve(request: web.Request) -> web.Response:
            name = request.match_info["name"]
            if name not in self._files:
                raise web.HTTPNotFound
            headers: Mapping[str, str] = {"Cache-Control": _FOR_EVER}
            content_type = _TYPES[Path(name).suffix]
            response = web.Response(body=self._files[name], content_type=content_type, charset="utf-8", headers=headers)
            response.enable_compression()
            return response

        return web.get("/static/{version}/{name}", serve)
