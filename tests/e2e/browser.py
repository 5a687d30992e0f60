"""Chromium, and what a person does with the web chat in it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Playwright, Request, expect

# Names that end in .test lead to this machine, as foreign sites.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP *.test 127.0.0.1",
)


expect.set_options(timeout=20_000)  # other tests, or a new search index, may keep the machine busy


async def launch(playwright: Playwright) -> Browser:
    """Start the Chromium of this machine; without one, the one that Playwright has installed."""
    return await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))


class Visit:
    """A page of the site in a browser of its own, and what the browser found wrong with it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.context.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc:
            self.complaints.append(f"another host: {request.url}")

    @property
    def said(self) -> Locator:
        return self.page.locator("#messages > .person")

    @property
    def answers(self) -> Locator:
        return self.page.locator("#messages > .bot")

    @property
    def last(self) -> Locator:
        """The last reply, once there is nothing after it."""
        return self.page.locator("#messages > .bot:last-child")

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("status")

    async def opens(self, path: str = "") -> None:
        await self.page.goto(self.address + path)

    async def asks(self, question: str) -> None:
        """Type it, send it and wait for the answer."""
        before = await self.said.count()
        await self.page.get_by_role("textbox").fill(question)
        await self.page.locator(".send").click()
        await self.answered(before + 1)

    async def asks_without_script(self, question: str) -> None:
        """The same in a page of its own for each message."""
        await self.page.get_by_role("textbox").fill(question)
        async with self.page.expect_navigation():
            await self.page.locator(".send").click()

    async def presses(self, value: str) -> None:
        """Press the last button that sends this, and wait for the answer."""
        before = await self.said.count()
        await self.page.locator(f'main button[value="{value}"], nav button[value="{value}"]').last.click()
        await self.answered(before + 1)

    async def answered(self, messages: int) -> None:
        """Wait until so many messages of the person are there, and the last of them is answered."""
        await expect(self.said).to_have_count(messages)
        await expect(self.last).to_be_visible()


@asynccontextmanager
async def visiting(browser: Browser, address: str, **options: Any) -> AsyncIterator[Visit]:
    """A new browser profile on an empty page; `options` are Playwright's for a context."""
    async with await browser.new_context(**options) as context:
        yield Visit(await context.new_page(), address.rstrip("/") + "/")
