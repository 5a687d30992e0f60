"""Pictures of the web chat: `python -m tests.e2e.screenshots FOLDER`. `webchat.png` is the one in the README."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from tests.e2e.browser import Visit, launch, visiting
from tests.e2e.program import running

PASSPORT = "my boss took my passport and wont give it back"


def asking(question: str) -> Callable[[Visit], Awaitable[None]]:
    async def ask(visit: Visit) -> None:
        await visit.asks(question)

    return ask


async def open_the_languages(visit: Visit) -> None:
    await visit.page.locator("summary").click()


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: of a window of which size, in which language, and what is done in it before."""

    name: str
    language: str
    size: tuple[int, int]
    prepare: Callable[[Visit], Awaitable[None]]
    options: dict[str, Any] = field(default_factory=dict)


PICTURES = (
    Picture("webchat", "en", (390, 844), asking(PASSPORT), {"device_scale_factor": 2}),
    Picture("webchat-arabic", "ar", (390, 844), asking("الكفيل أخذ الباسبور ومو راضي يرجعه")),
    Picture("webchat-chinese", "zh", (1280, 800), asking("老板把我证件拿走了要不回来")),
    Picture("webchat-dark", "en", (390, 844), asking(PASSPORT), {"color_scheme": "dark"}),
    Picture("webchat-small", "fr", (320, 640), open_the_languages),
)


async def take(folder: Path) -> None:
    """Start the program and save every picture in the folder."""
    with tempfile.TemporaryDirectory() as var:
        async with running({"BOT_DATA_DIR": var}) as program, async_playwright() as playwright:
            browser = await launch(playwright)
            for picture in PICTURES:
                width, height = picture.size
                options = {"viewport": {"width": width, "height": height}, **picture.options}
                async with visiting(browser, program.address, locale=picture.language, **options) as visit:
                    await visit.opens()
                    await picture.prepare(visit)
                    await visit.page.screenshot(path=folder / f"{picture.name}.png")
            await browser.close()


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1])))
