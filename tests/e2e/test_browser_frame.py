"""The web chat and the pages of other sites: in their frames, and at the end of their forms."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.program import Program

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "my boss took my passport and wont give it back"
FRAME = '<iframe src="{site}" width="390" height="700"></iframe>'
FORM = """
<form method="post" action="{site}">
<input name="id" value="message-of-another-site"><input name="data" value="/language ar"><button>Win!</button>
</form>
"""


@asynccontextmanager
async def showing(chromium: Browser, body: str, origin: str) -> AsyncIterator[Page]:
    """A page of another site with this in it."""
    async with await chromium.new_context(locale="en") as context:
        page = await context.new_page()
        await page.goto(f"{origin}/?body={quote(body)}")
        yield page


async def test_a_partners_page_shows_the_chat(chromium: Browser, site: Program, elsewhere: int) -> None:
    async with showing(chromium, FRAME.format(site=site.address), f"http://partner.test:{elsewhere}") as page:
        chat = page.frame_locator("iframe")
        await chat.get_by_role("textbox").fill(QUESTION)
        await chat.locator(".send").click()
        await expect(chat.locator("#messages > .bot:last-child h2")).to_have_text("My employer keeps my passport")
        await chat.locator("summary").click()
        await chat.locator('header button[value="/language ar"]').click()
        await expect(chat.locator("html")).to_have_attribute("dir", "rtl")
        await expect(chat.locator("#messages > .person")).to_have_count(2)


@pytest.mark.parametrize("name", ["evil.test", "partner.test.evil.test", "127.0.0.1"])
async def test_no_other_page_does(chromium: Browser, site: Program, elsewhere: int, name: str) -> None:
    async with showing(chromium, "", f"http://{name}:{elsewhere}") as page:
        async with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            await page.goto(f"{page.url}{quote(FRAME.format(site=site.address))}")
        await expect(page.frame_locator("iframe").get_by_role("textbox")).to_have_count(0)


async def test_another_sites_form_says_nothing_in_a_persons_name(
    chromium: Browser, site: Program, elsewhere: int
) -> None:
    async with showing(chromium, FORM.format(site=site.address), f"http://evil.test:{elsewhere}") as page:
        await page.get_by_role("button").click()
        await expect(page.locator("body")).to_have_text("This form was sent from another site.")
