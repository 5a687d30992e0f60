"""Conversations in Chromium with the started program."""

import pytest
from playwright.async_api import Browser, expect

from bot.knowledge.articles import Text
from tests.e2e.browser import Visit, visiting
from tests.e2e.program import Program
from tests.shipped import LANGUAGES, LIBRARY

pytestmark = pytest.mark.asyncio(loop_scope="session")

ARTICLES = LIBRARY.texts
SLUG = "kept-passport"


def passport(language: str = "en") -> Text:
    return ARTICLES[language, SLUG]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("zh", "ltr")])
async def test_a_conversation(chromium: Browser, site: Program, language: str, direction: str) -> None:
    async with visiting(chromium, site.address, locale=language) as visit:
        await visit.opens()
        await expect(visit.page.locator("html")).to_have_attribute("lang", language)
        await expect(visit.page.locator("html")).to_have_attribute("dir", direction)
        await visit.asks(passport(language).questions[0])
        await expect(visit.last.get_by_role("heading")).to_have_text(passport(language).title)
        await expect(visit.last).to_have_attribute("dir", direction)
        await expect(visit.last.locator(".sources a").first).to_have_attribute("href", _undocs(language))
        await visit.presses(f"/useful yes {SLUG}")
        thanks = LANGUAGES.translator(language).gettext("Thank you! That helps to make the answers better.")
        await expect(visit.last).to_have_text(thanks)
        assert visit.complaints == []


def _undocs(language: str) -> str:
    return f"https://undocs.org/{language}/A/RES/73/195"


async def test_arabic_reads_from_the_right(chromium: Browser, site: Program) -> None:
    async with visiting(chromium, site.address, locale="ar", viewport={"width": 390, "height": 844}) as visit:
        await visit.opens()
        await visit.asks(passport("ar").questions[0])
        boxes = [await each.bounding_box() for each in (visit.last, visit.said.last, visit.page.locator(".send"))]
        answer, said, send = (box for box in boxes if box)
        assert answer["x"] + answer["width"] == pytest.approx(390 - 17, abs=2)
        assert said["x"] == pytest.approx(17, abs=2)
        assert send["x"] == pytest.approx(17, abs=2)
        paragraph = visit.last.locator("p").first
        assert await paragraph.evaluate("each => getComputedStyle(each).direction") == "rtl"
        assert await paragraph.evaluate("each => ['right', 'start'].includes(getComputedStyle(each).textAlign)")


async def test_the_conversation_stays_over_a_reload(visit: Visit) -> None:
    await visit.asks(passport().questions[0])
    await visit.asks("thanks")
    before = await visit.page.locator("#messages").inner_text()
    await visit.page.reload()
    assert await visit.page.locator("#messages").inner_text() == before
    await visit.presses("/browse")
    await expect(visit.said).to_have_count(3)


async def test_a_long_answer_is_shown_from_its_question_on(chromium: Browser, site: Program) -> None:
    async with visiting(chromium, site.address, locale="en", viewport={"width": 390, "height": 600}) as visit:
        await visit.opens()
        await expect(visit.last.locator("p").first).to_be_in_viewport(ratio=1)
        await visit.asks(passport().questions[0])
        await expect(visit.said).to_be_in_viewport(ratio=1)
        await visit.page.reload()
        await expect(visit.said).to_be_in_viewport(ratio=1)


async def test_a_short_answer_is_shown_whole(visit: Visit) -> None:
    await visit.presses("/browse")
    await visit.presses("/help")
    await expect(visit.last.get_by_role("button").last).to_be_in_viewport(ratio=1)


async def test_a_link_opens_an_article_once(visit: Visit) -> None:
    await visit.asks("thanks")
    await visit.opens(f"?open={SLUG}")
    await expect(visit.last.get_by_role("heading")).to_have_text(passport().title)
    await expect(visit.last.get_by_role("heading")).to_be_in_viewport()
    await expect(visit.answers).to_have_count(3)
    assert "open=" not in visit.page.url
    await visit.page.reload()
    await expect(visit.answers).to_have_count(3)
    await expect(visit.last.get_by_role("heading")).to_have_text(passport().title)


async def test_a_links_language_stays_over_a_reload(visit: Visit) -> None:
    await visit.opens("?lang=ar&open=network")
    await visit.page.reload()
    await expect(visit.page.locator("html")).to_have_attribute("lang", "ar")


async def test_a_language_button_turns_the_page_and_keeps_what_was_said(visit: Visit) -> None:
    await visit.asks("thanks")
    await visit.page.get_by_role("textbox").fill("half a question")
    await visit.page.locator("summary").click()
    await visit.page.get_by_role("button", name="العربية").first.click()
    await expect(visit.page.locator("html")).to_have_attribute("dir", "rtl")
    await expect(visit.said).to_have_text(["thanks", "العربية"])
    await expect(visit.page.get_by_role("textbox")).to_have_value("half a question")
    await visit.page.get_by_role("textbox").clear()
    turned = await around(visit)
    assert "سؤالك" in turned
    await visit.page.reload()
    assert await around(visit) == turned


async def around(visit: Visit) -> str:
    """Everything but the conversation, as a screen reader has it; with the texts that wait for their occasion."""
    parts = [await visit.page.locator(part).aria_snapshot() for part in ("header", "form")]
    names = [await visit.page.get_by_role(role).get_attribute("aria-label") for role in ("log", "form", "navigation")]
    status = await visit.status.evaluate("each => JSON.stringify({ ...each.dataset })")
    return "\n".join((*parts, *map(str, names), status))


async def test_a_question_in_another_language_turns_the_page_once_the_person_says_so(visit: Visit) -> None:
    await visit.asks("هل يمكن أن أُحتجز لأنني بلا أوراق إقامة؟")
    await expect(visit.last).to_have_attribute("dir", "rtl")
    await expect(visit.page.locator("html")).to_have_attribute("dir", "ltr")
    await visit.last.get_by_role("button", name="العربية").click()
    await expect(visit.page.locator("html")).to_have_attribute("dir", "rtl")
    await expect(visit.said).to_have_count(2)


async def test_what_people_write_is_never_markup(visit: Visit) -> None:
    words = "<img src=x onerror=\"document.title='gotcha'\"><b>bold</b>"
    await visit.asks(words)
    await visit.page.reload()
    await expect(visit.said).to_have_text([words])
    assert await visit.page.title() == "Compact Bot"


async def test_without_javascript(chromium: Browser, site: Program) -> None:
    async with visiting(chromium, site.address, locale="en", java_script_enabled=False) as visit:
        await visit.opens()
        await visit.asks_without_script(passport().questions[0])
        await expect(visit.said).to_have_text([passport().questions[0]])
        await expect(visit.last.get_by_role("heading")).to_have_text(passport().title)
        await visit.page.locator(f'button[value="/useful no {SLUG}"]').click()
        await expect(visit.last).to_contain_text("What did you want to know")
        await visit.asks_without_script("How long it takes.")
        await expect(visit.last).to_contain_text("Thank you!")
        await visit.page.locator("summary").click()
        await visit.page.locator('header button[value="/language ar"]').click()
        await expect(visit.page.locator("html")).to_have_attribute("dir", "rtl")
        assert visit.complaints == []


async def test_without_javascript_and_without_https(chromium: Browser, site: Program) -> None:
    """Then a browser sends no Sec-Fetch-Site, and the origin is what our form is known by."""
    address = site.address.replace("127.0.0.1", "chat.test")
    async with visiting(chromium, address, locale="en", java_script_enabled=False) as visit:
        await visit.opens()
        await visit.asks_without_script(passport().questions[0])
        await expect(visit.last.get_by_role("heading")).to_have_text(passport().title)
