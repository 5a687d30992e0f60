"""One program and one Chromium for all browser tests; each test has a profile of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, async_playwright

from tests.e2e.browser import Visit, launch, visiting
from tests.e2e.program import Program, running


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def elsewhere() -> AsyncIterator[int]:
    """Port of a server that shows whatever it is asked for, under any name; `partner.test` is the program's partner."""

    async def show(request: web.Request) -> web.Response:
        return web.Response(
            text=f"<!doctype html><title>Elsewhere</title>{request.query['body']}", content_type="text/html"
        )

    app = web.Application()
    app.add_routes([web.get("/", show)])
    async with TestServer(app) as server:
        yield server.port or 0


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(site_folder: Path, elsewhere: int) -> AsyncIterator[Program]:
    settings = {
        "BOT_DATA_DIR": str(site_folder),
        "BOT_OPERATOR": "A test",
        "BOT_EMBED_ORIGINS": f"http://partner.test:{elsewhere}",
    }
    async with running(settings) as program:
        yield program


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(chromium: Browser, site: Program) -> AsyncIterator[Visit]:
    """The page in English. At the end the browser must have found nothing wrong with it."""
    async with visiting(chromium, site.address, locale="en") as opened:
        await opened.opens()
        yield opened
        assert opened.complaints == []
