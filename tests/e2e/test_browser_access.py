"""The web chat for everybody: by keyboard, on a small screen, read aloud, in large type, with weak eyes."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.browser import Visit, visiting
from tests.e2e.program import Program

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "my boss took my passport and wont give it back"
CONTROLS = {"button", "link", "textbox", "DisclosureTriangle", "menuitem", "combobox"}
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
LEAST_CONTRAST_OF_SHAPES = 3.0  # WCAG 2.2, 1.4.11
LEAST_TARGET = 44  # CSS pixels; WCAG 2.2, 2.5.5

# Every text with its colour and the colour it stands on, as `[text, [r, g, b], [r, g, b]]`.
COLOURS = """() => {
  const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const behind = (each) => {
    const own = rgb(getComputedStyle(each).backgroundColor);
    return own.length === 3 || own[3] === 1 ? own.slice(0, 3) : behind(each.parentElement);
  };
  const found = [];
  for (const each of document.body.querySelectorAll("*")) {
    const text = [...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join("");
    if (text && each.checkVisibility()) found.push([text, rgb(getComputedStyle(each).color).slice(0, 3), behind(each)]);
  }
  const input = document.getElementById("text");
  for (const part of [null, "::placeholder"]) {
    found.push([part || "input", rgb(getComputedStyle(input, part).color).slice(0, 3), behind(input)]);
  }
  return found;
}"""

# The outline of what has the focus, the colour around it, and what it is.
OUTLINE = """() => {
  const each = document.activeElement;
  const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const around = (parent) => {
    const own = rgb(getComputedStyle(parent).backgroundColor);
    return own.length === 3 || own[3] === 1 ? own.slice(0, 3) : around(parent.parentElement);
  };
  const { outlineColor, outlineStyle, outlineWidth } = getComputedStyle(each);
  const shown = outlineStyle === "solid" && parseFloat(outlineWidth) >= 2;
  return [shown, rgb(outlineColor).slice(0, 3), around(each.parentElement), each.value || each.id || each.tagName];
}"""


def contrast(one: list[float], other: list[float]) -> float:
    """Contrast ratio of two sRGB colours, by WCAG 2.2's definition of relative luminance."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: list[float]) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (each / 255 for each in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def focused(page: Page) -> str:
    """What has the focus: the value or the name of the control."""
    found: str = await page.evaluate(
        "() => { const each = document.activeElement; return each.value || each.id || each.className || each.tagName; }"
    )
    return found


async def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    keys = visit.page.keyboard
    await keys.press("Tab")
    assert await focused(visit.page) == "SUMMARY"
    await keys.press("Enter")
    await keys.press("Tab")
    assert await focused(visit.page) == "/language ar"
    await expect(visit.page.locator("details")).to_have_attribute("open", "")
    await keys.press("Escape")
    await expect(visit.page.locator("details")).not_to_have_attribute("open", "")
    assert await focused(visit.page) == "SUMMARY"
    await tab_to(visit.page, "text")
    await keys.type(QUESTION)
    await keys.press("Enter")
    await visit.answered(1)
    assert await focused(visit.page) == "text"
    await keys.press("Shift+Tab")
    assert await focused(visit.page) == "/feedback kept-passport"
    await keys.press("Shift+Tab")
    assert await focused(visit.page) == "/useful no kept-passport"
    await keys.press("Enter")
    await visit.answered(2)
    await tab_to(visit.page, "/browse")
    await keys.press("Enter")
    await visit.answered(3)


async def tab_to(page: Page, wanted: str) -> None:
    passed: list[str] = []
    while (now := await focused(page)) != wanted:
        assert now not in passed[1:], f"{wanted} cannot be reached: {passed}"
        passed.append(now)
        await page.keyboard.press("Tab")


async def test_shift_and_enter_make_a_new_line(visit: Visit) -> None:
    await visit.page.get_by_role("textbox").click()
    await visit.page.keyboard.type("one")
    await visit.page.keyboard.press("Shift+Enter")
    await visit.page.keyboard.type("two")
    await expect(visit.page.get_by_role("textbox")).to_have_value("one\ntwo")
    await visit.page.keyboard.press("Enter")
    await visit.answered(1)


async def test_an_empty_message_is_not_sent(visit: Visit) -> None:
    await visit.page.get_by_role("textbox").fill(" \n ")
    await visit.page.locator(".send").click()
    await visit.presses("/help")
    await expect(visit.said).to_have_text(["Help"])


async def test_on_a_phone_enter_makes_a_new_line_and_the_button_sends(chromium: Browser, site: Program) -> None:
    phone: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    async with visiting(chromium, site.address, locale="en", **phone) as visit:
        await visit.opens()
        await visit.page.get_by_role("textbox").tap()
        await visit.page.keyboard.press("Enter")
        await visit.page.keyboard.type(QUESTION)
        await expect(visit.page.get_by_role("textbox")).to_have_value("\n" + QUESTION)
        await visit.page.locator(".send").tap()
        await visit.answered(1)
        assert await focused(visit.page) != "text", "the keyboard would cover the answer"
        assert visit.complaints == []


@pytest.mark.parametrize("language", ["en", "ar", "fr", "ru", "zh", "es"])
async def test_the_smallest_screen_needs_no_sideways_scrolling(chromium: Browser, site: Program, language: str) -> None:
    """320 pixels: WCAG 2.2, 1.4.10."""
    async with visiting(chromium, site.address, locale=language, viewport={"width": 320, "height": 568}) as visit:
        await visit.opens()
        await visit.asks("x" * 300)
        await visit.presses("/browse")
        await visit.presses("/browse job")
        await visit.presses("/open kept-passport")
        await visit.page.locator("summary").click()
        for part in ("html", "main", "header", "form"):
            wide = await visit.page.locator(part).evaluate("each => each.scrollWidth - each.clientWidth")
            assert wide <= 0, part
        for control in await visit.page.locator("button:visible, summary, textarea, main a").all():
            box = await control.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 320


async def test_type_of_double_size_fits(chromium: Browser, site: Program) -> None:
    """WCAG 2.2, 1.4.4."""
    async with visiting(chromium, site.address, locale="ru", viewport={"width": 640, "height": 900}) as visit:
        await visit.opens()
        await visit.asks("работодатель забрал мой паспорт")
        await visit.page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
        assert await visit.page.evaluate("() => document.documentElement.scrollWidth") == 640
        await expect(visit.page.get_by_role("textbox")).to_be_in_viewport(ratio=1)
        await expect(visit.page.locator(".send")).to_be_in_viewport(ratio=1)


async def test_everything_that_can_be_touched_is_large_enough(visit: Visit) -> None:
    await visit.asks(QUESTION)
    await visit.page.locator("summary").click()
    small = []
    for control in await visit.page.locator("button:visible, summary, textarea").all():
        box = await control.bounding_box()
        if not box or min(box["width"], box["height"]) < LEAST_TARGET:
            small.append((await control.inner_text(), box))
    assert small == []


async def test_every_control_has_a_name_and_every_part_a_role(visit: Visit) -> None:
    await visit.asks(QUESTION)
    await visit.page.locator("summary").click()
    session = await visit.page.context.new_cdp_session(visit.page)
    tree = await session.send("Accessibility.getFullAXTree")
    nodes = [
        (node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree["nodes"] if not node["ignored"]
    ]
    assert [role for role, name in nodes if role in CONTROLS and not name.strip()] == []
    assert {role for role, _name in nodes} >= {"button", "link", "textbox", "DisclosureTriangle"}
    assert ("textbox", "Your question") in nodes
    assert ("button", "Send") in nodes
    assert ("log", "Conversation") in nodes
    assert ("navigation", "Menu") in nodes
    assert ("form", "Your question") in nodes
    assert {"banner", "main", "status"} <= {role for role, _name in nodes}
    assert [name for role, name in nodes if role == "heading"] == ["Compact Bot", "My employer keeps my passport"]
    await expect(visit.page.get_by_role("log").get_by_role("listitem")).to_have_count(3)


async def test_texts_in_other_languages_say_so_to_the_voice(visit: Visit) -> None:
    await visit.page.locator("summary").click()
    await expect(visit.page.get_by_role("button", name="العربية").first).to_have_attribute("lang", "ar")
    await visit.asks("هل يمكن أن أُحتجز لأنني بلا أوراق إقامة؟")
    await expect(visit.last).to_have_attribute("lang", "ar")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_weak_eyes_can_read_it(chromium: Browser, site: Program, scheme: Any) -> None:
    async with visiting(chromium, site.address, locale="en", color_scheme=scheme) as visit:
        await visit.opens()
        await visit.asks(QUESTION)
        await visit.page.route("**/messages", lambda route: route.abort())
        await visit.page.locator('nav button[value="/help"]').click()
        await expect(visit.status).to_contain_text("No connection")
        await visit.page.locator("summary").click()
        colours = await visit.page.evaluate(COLOURS)
        assert len(colours) > 25
        faint = [
            (text, round(contrast(ink, paper), 2))
            for text, ink, paper in colours
            if contrast(ink, paper) < LEAST_CONTRAST
        ]
        assert faint == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_what_has_the_focus_can_be_seen(chromium: Browser, site: Program, scheme: Any) -> None:
    async with visiting(chromium, site.address, locale="en", color_scheme=scheme) as visit:
        await visit.opens()
        seen = set()
        for _each in range(14):
            await visit.page.keyboard.press("Tab")
            shown, outline, around, name = await visit.page.evaluate(OUTLINE)
            seen.add(name)
            assert shown, name
            assert contrast(outline, around) >= LEAST_CONTRAST_OF_SHAPES, name
        assert {"SUMMARY", "/language ar", "text", "/help"} <= seen
