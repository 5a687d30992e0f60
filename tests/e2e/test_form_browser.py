"""The web form and the page for receipts in Chromium: without JavaScript, on a phone, by keyboard, from the right."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, FilePayload, Page, expect

from bot.privacy.keys import Keys
from tests.conftest import SECRET, migrated
from tests.e2e.browser import Visit, visiting
from tests.fakes.clock import FakeClock
from tests.intake.site import ALARM, make_app

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = {"width": 360, "height": 740}
SMALL = {"width": 320, "height": 600}  # WCAG 2.2, 1.4.10: what 1280 pixels are at 400 %
TEXTS = {
    "en": "They locked me up at the station and nobody told me why.",
    "ar": "تم احتجاز صديقي في المطار لأنه بلا أوراق، ولا أحد هناك يتكلم العربية.",
    "fr": "La police a enfermé mon ami à la gare sans dire pourquoi.",
}
LEAST_TARGET = 44  # CSS pixels; WCAG 2.2, 2.5.5
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3

# Names of what stands in a form and has no label, or points to a description that is not there.
UNCONNECTED = """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((each) => {
  const described = (each.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
  return !each.labels.length || described.some((id) => !document.getElementById(id));
}).map((each) => each.name)"""

TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  return ids.filter((id, position) => ids.indexOf(id) !== position);
}"""

# Buttons, boxes with their labels and disclosures that are smaller than a finger, as `[text, height]`.
SMALL_TARGETS = """(least) => [...document.querySelectorAll("button, summary, label.tick, select, input:not([type=hidden])")]
  .filter((each) => each.checkVisibility() && !each.matches(".unseen") && !(each.closest("label.tick") && each.tagName === "INPUT"))
  .map((each) => [each.textContent.trim() || each.name, Math.min(...Object.values(each.getBoundingClientRect().toJSON()).slice(2, 4))])
  .filter(([_text, size]) => size < least)"""

# Texts whose colour is too near to the one behind, as `[text, contrast]`.
PALE = """(least) => {
  const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const behind = (each) => {
    const own = rgb(getComputedStyle(each).backgroundColor);
    return own.length === 3 || own[3] === 1 ? own : each.parentElement ? behind(each.parentElement) : [255, 255, 255];
  };
  const light = (colour) => colour.slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, position) => sum + part * [0.2126, 0.7152, 0.0722][position], 0);
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  return [...document.body.querySelectorAll("*")]
    .filter((each) => each.checkVisibility() && [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((each) => [each.textContent.trim(), contrast(rgb(getComputedStyle(each).color), behind(each))])
    .filter(([_text, found]) => found < least);
}"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def form_site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Address of the two pages; of their hours nothing passes, so that no test has to wait for another."""
    clock, keys = FakeClock(), Keys(SECRET)
    url = f"sqlite:///{tmp_path_factory.mktemp('form') / 'test.db'}"
    async with (
        migrated(url, keys, clock) as database,
        TestServer(make_app(database, clock, keys, sent_an_hour=1000)) as server,
    ):
        yield str(server.make_url("/"))


def without_script(
    browser: Browser, address: str, language: str = "en", **options: Any
) -> AbstractAsyncContextManager[Visit]:
    return visiting(browser, address, locale=language, java_script_enabled=False, **{"viewport": PHONE, **options})


async def check(visit: Visit) -> None:
    """What every page must be, whatever stands on it."""
    page = visit.page
    width = await page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], "the page scrolls sideways"
    assert await page.evaluate(UNCONNECTED) == []
    assert await page.evaluate(TWICE) == []
    assert await page.evaluate(SMALL_TARGETS, LEAST_TARGET) == []
    assert await page.evaluate(PALE, LEAST_CONTRAST) == []
    await expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert [each for each in visit.complaints if "status of 4" not in each] == []


async def press(page: Page, step: str) -> None:
    async with page.expect_navigation():
        await page.locator(f'button[value="{step}"]:not(.unseen)').click()


async def fill_in(page: Page, text: str) -> None:
    await page.locator("#text").fill(text)
    await page.locator("#consent_keep").check()


async def tab_to(page: Page, wanted: str) -> None:
    """With the keyboard alone; `wanted` is the id or the value of a field or button."""
    passed = []
    for _ in range(120):
        await page.keyboard.press("Tab")
        now = await page.evaluate("[document.activeElement.id, document.activeElement.value]")
        if wanted in now:
            return
        passed.append(now)
    raise AssertionError(f"{wanted} cannot be reached: {passed}")


@pytest.mark.parametrize("size", [PHONE, SMALL], ids=["phone", "small"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("fr", "ltr")])
async def test_from_the_empty_form_to_taking_it_back(
    chromium: Browser, form_site: str, language: str, direction: str, scheme: str, size: dict[str, int]
) -> None:
    async with without_script(chromium, form_site, language, viewport=size, color_scheme=scheme) as visit:
        page = visit.page
        await visit.opens("feedback?c=forum-2026")
        await expect(page.locator("html")).to_have_attribute("dir", direction)
        for details in await page.locator("main details").all():
            await details.locator("summary").click()
        await check(visit)
        await page.locator("#country").fill("Congo")
        await press(page, "review")
        await check(visit)
        await page.locator("#country_code").check()
        await fill_in(page, TEXTS[language])
        await press(page, "review")
        await expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
        await page.locator("details summary").last.click()
        await check(visit)
        await press(page, "send")
        await check(visit)
        number = await page.locator(".number").inner_text()
        await visit.opens("receipt")
        await check(visit)
        await page.locator("#receipt").fill(number)
        await page.locator("button.main").click()
        await page.locator("textarea").fill(TEXTS[language])
        await press(page, "write")
        await expect(page.get_by_role("status")).to_be_visible()
        await expect(page.locator(".words")).to_have_text(TEXTS[language])
        await check(visit)
        await press(page, "ask")
        await check(visit)
        await press(page, "withdraw")
        await expect(page.locator("textarea")).to_have_count(0)
        await check(visit)


async def test_what_is_wrong_has_the_focus_and_leads_to_the_field(chromium: Browser, form_site: str) -> None:
    async with without_script(chromium, form_site) as visit:
        page = visit.page
        await visit.opens("feedback")
        await press(page, "review")
        await expect(page.get_by_role("alert")).to_be_focused()
        await expect(page.get_by_role("alert")).to_be_in_viewport()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.locator("#text")).to_be_focused()
        await expect(page.locator("#text")).to_have_accessible_description(
            "In any language. There is room for 10 000 characters, which is about four pages. "
            "Please leave out names and addresses of people. Please write what you want to say."
        )
        await page.keyboard.type("Nobody told me why.")
        await page.get_by_role("alert").get_by_role("link").nth(1).click()
        await expect(page.locator("#consent_keep")).to_be_focused()
        await page.keyboard.press("Space")
        await press(page, "review")
        await expect(page.get_by_role("alert")).to_have_count(0)


async def test_the_keyboard_alone_is_enough(chromium: Browser, form_site: str) -> None:
    async with without_script(chromium, form_site) as visit:
        page, keys = visit.page, visit.page.keyboard
        await visit.opens("feedback")
        await tab_to(page, "text")
        await keys.type("They locked me up, said with the keyboard.")
        await tab_to(page, "stakeholder_group")
        await keys.type("Trade")
        await tab_to(page, "consent_keep")
        await keys.press("Space")
        await tab_to(page, "review")
        await keys.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Please read it over")
        await expect(page.locator("dl")).to_contain_text("Trade union")
        await tab_to(page, "send")
        await keys.press("Enter")
        number = await page.locator(".number").inner_text()
        await visit.opens("receipt")
        await tab_to(page, "receipt")
        await keys.type(number)
        await keys.press("Enter")
        await expect(page.locator("section h2")).to_have_text("Received")


async def test_a_reload_shows_the_same_receipt(chromium: Browser, form_site: str) -> None:
    async with without_script(chromium, form_site) as visit:
        page = visit.page
        await visit.opens("feedback")
        await fill_in(page, "They locked me up, said before a reload.")
        await press(page, "review")
        await press(page, "send")
        number = await page.locator(".number").inner_text()
        await page.reload()
        await expect(page.locator(".number")).to_have_text(number)


async def test_a_file_is_chosen_where_it_is_sent(chromium: Browser, form_site: str) -> None:
    async with without_script(chromium, form_site) as visit:
        page = visit.page
        await visit.opens("feedback")
        await fill_in(page, "They locked me up, and this is how it looked.")
        await press(page, "review")
        await page.locator("#files").set_input_files(FilePayload(name="a.exe", mimeType="text/x", buffer=b"MZ"))
        await press(page, "send")
        await expect(page.get_by_role("alert")).to_be_focused()
        await expect(page.get_by_role("alert")).to_contain_text("I cannot take files of this kind.")
        await page.locator("#files").set_input_files(FilePayload(name="a.png", mimeType="image/png", buffer=b"x"))
        await press(page, "send")
        await expect(page.locator(".number")).to_be_visible()


async def test_help_comes_first_and_has_the_focus_where_somebody_is_in_danger(
    chromium: Browser, form_site: str
) -> None:
    async with without_script(chromium, form_site) as visit:
        await visit.opens("feedback")
        await fill_in(visit.page, "[urgent] they lock us in")
        await press(visit.page, "review")
        await expect(visit.page.get_by_role("alert")).to_be_focused()
        await expect(visit.page.get_by_role("alert")).to_contain_text(ALARM)
        await check(visit)


async def test_on_paper_stand_the_number_and_where_to_type_it(chromium: Browser, form_site: str) -> None:
    async with without_script(chromium, form_site) as visit:
        page = visit.page
        await visit.opens("feedback")
        await fill_in(page, "They locked me up, said for paper.")
        await press(page, "review")
        await press(page, "send")
        await page.emulate_media(media="print")
        await expect(page.locator(".number")).to_be_visible()
        await expect(page.locator(".on-paper")).to_be_visible()
        await expect(page.locator(".actions")).to_be_hidden()


async def test_arabic_reads_from_the_right(chromium: Browser, form_site: str) -> None:
    async with without_script(chromium, form_site, "ar") as visit:
        page = visit.page
        await visit.opens("feedback")
        tick = page.locator("label.tick").first
        box, label = await tick.locator("input").bounding_box(), await tick.locator("span").bounding_box()
        assert box is not None
        assert label is not None
        assert box["x"] > label["x"] + label["width"]
        await fill_in(page, TEXTS["ar"])
        await press(page, "review")
        await press(page, "send")
        number = await page.locator(".number").bounding_box()
        assert number is not None
        assert number["x"] + number["width"] == pytest.approx(PHONE["width"] - 40, abs=6)
        assert await page.locator(".number").evaluate("each => getComputedStyle(each).direction") == "ltr"
