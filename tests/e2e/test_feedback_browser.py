"""Giving feedback in the web chat, in Chromium with the started program, in three languages and without a script."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.browser import Visit, visiting
from tests.e2e.program import Program
from tests.giving import Act, own_texts, shortest_way

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = {"width": 360, "height": 740}
QUESTIONS = {
    "en": "my employer keeps my passport",
    "ar": "صاحب العمل يحتفظ بجواز سفري",
    "ru": "работодатель забрал мой паспорт",
}
TEXTS = {
    "en": "The recruiters here in Italy keep the passports of seasonal workers until the harvest is over.",
    "ar": "يحتفظ الوسطاء هنا في إيطاليا بجوازات سفر العمال الموسميين حتى ينتهي موسم الحصاد.",
    "ru": "Посредники здесь, в Италии, держат у себя паспорта сезонных рабочих до конца сбора урожая.",
}


async def does(visit: Visit, act: Act) -> None:
    before = await visit.said.count()
    if act.words:
        await visit.page.get_by_role("textbox").fill(act.words)
        await visit.page.locator(".send").click()
    else:
        await visit.page.get_by_role("button", name=act.label, exact=True).last.click()
    await visit.answered(before + 1)


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("ru", "ltr")])
async def test_from_an_answer_to_a_receipt(chromium: Browser, site: Program, language: str, direction: str) -> None:
    async with visiting(chromium, site.address, locale=language, viewport=PHONE) as visit:
        await visit.opens()
        for act in shortest_way(language, TEXTS[language], QUESTIONS[language]):
            await does(visit, act)
            assert await visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        await expect(visit.last.get_by_role("heading")).to_have_text(own_texts(language).gettext("Sent"))
        await expect(visit.last).to_have_attribute("dir", direction)
        assert visit.complaints == []


async def test_without_a_script_too(chromium: Browser, site: Program) -> None:
    async with visiting(chromium, site.address, locale="en", java_script_enabled=False) as visit:
        await visit.opens()
        for act in shortest_way("en", TEXTS["en"], QUESTIONS["en"]):
            if act.words:
                await visit.asks_without_script(act.words)
            else:
                async with visit.page.expect_navigation():
                    await visit.page.get_by_role("button", name=act.label, exact=True).last.click()
        await expect(visit.last.get_by_role("heading")).to_have_text("Sent")


async def test_details_stand_on_lines_of_their_own(chromium: Browser, site: Program) -> None:
    async with visiting(chromium, site.address, locale="en", viewport=PHONE) as visit:
        await visit.opens()
        for act in list(shortest_way("en", TEXTS["en"], QUESTIONS["en"]))[:-1]:
            await does(visit, act)
        details = visit.last.locator("p", has_text="Country")
        lines = (await details.inner_text()).split("\n")
        assert lines[:3] == ["Country: Italy", "Who you are: Civil society", "What it is: Concern"]
