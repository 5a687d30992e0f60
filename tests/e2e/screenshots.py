"""Pictures of the web chat: `python -m tests.e2e.screenshots FOLDER`."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright

from tests.e2e.browser import asks, launch
from tests.e2e.program import running


async def opens_languages(page: Page) -> None:
    await page.locator("summary").click()


def asking(*questions: str) -> Callable[[Page], Awaitable[None]]:
    async def ask(page: Page) -> None:
        for question in questions:
            await asks(page, question)

    return ask


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: in which language, how large, and what is done before it is taken."""

    name: str
    language: str
    width: int
    height: int
    before: Callable[[Page], Awaitable[None]]
    options: dict[str, Any] = field(default_factory=dict)


PASSPORT = "my boss took my passport"
PICTURES = (
    Picture("webchat", "en", 390, 844, asking(PASSPORT), {"device_scale_factor": 2}),
    Picture("arabic", "ar", 390, 844, asking("صاحب العمل أخذ جواز سفري")),
    Picture("chinese", "zh", 1280, 800, asking("老板扣了我的护照怎么办")),
    Picture("dark", "en", 390, 844, asking(PASSPORT), {"color_scheme": "dark"}),
    Picture("languages", "fr", 320, 640, opens_languages),
)


async def take(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var:
        async with running({"BOT_DATA_DIR": var}) as program, async_playwright() as playwright:
            browser = await launch(playwright)
            for picture in PICTURES:
                page = await browser.new_page(
                    viewport={"width": picture.width, "height": picture.height},
                    locale=picture.language,
                    **picture.options,
                )
                await page.goto(program.address)
                await picture.before(page)
                await page.screenshot(path=folder / f"{picture.name}.png")
                await page.close()
            await browser.close()


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1])))
