"""Files in Chromium: chosen, sent, refused before they are sent, and handed out; with the page's script and without."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, FilePayload, Locator, Route, async_playwright, expect

from bot.core import Choice, Document, Kind, Reply
from bot.web.posted import Uploads
from tests.channels.scripted import FILES_WANTED, THANKS, ScriptedAssistant
from tests.channels.visitor import chat_application
from tests.e2e.browser import Visit, launch, visiting
from tests.waiting import until

MEGABYTE = 1024 * 1024
UPLOADS = Uploads(("image/png", "text/plain"), MEGABYTE)
LETTER = FilePayload(name="letter of Omar.txt", mimeType="text/plain", buffer=b"They kept my passport.")
LARGE = FilePayload(name="large.txt", mimeType="text/plain", buffer=bytes(MEGABYTE + 1))
NEAR = FilePayload(name="near.txt", mimeType="text/plain", buffer=b"x" * MEGABYTE)


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright, await launch(playwright) as browser:
        yield browser


@asynccontextmanager
async def page(chromium: Browser, assistant: ScriptedAssistant, **options: Any) -> AsyncIterator[Visit]:
    """The chat with a browser profile of its own; the browser must find nothing wrong with it."""
    async with (
        TestServer(chat_application(assistant, UPLOADS)) as server,
        visiting(chromium, str(server.make_url("/")), locale="en", **options) as visit,
    ):
        await visit.opens()
        yield visit
        assert visit.complaints == []


def field(visit: Visit) -> Locator:
    return visit.page.get_by_label("Add a file")


def clip(visit: Visit) -> Locator:
    return visit.page.locator(".clip")


async def test_a_chosen_file_is_sent_at_once_and_without_its_name(chromium: Browser) -> None:
    assistant = ScriptedAssistant(FILES_WANTED, FILES_WANTED, THANKS)
    bodies = []
    async with page(chromium, assistant) as visit:
        visit.page.on("request", lambda request: bodies.append(request.post_data_buffer or b""))
        await visit.asks("/feedback")
        await visit.page.get_by_role("textbox").fill("half a word")
        await field(visit).set_input_files(LETTER)
        await visit.answered(2)
        await expect(visit.said.last).to_have_text("📎 letter of Omar.txt")
        await expect(visit.page.get_by_role("textbox")).to_have_value("half a word")
        await expect(visit.status).to_be_empty()
    incoming = assistant.taken[1]
    assert (incoming.kind, incoming.text, incoming.locale) == (Kind.FILE, "", "en")
    assert incoming.file is not None
    assert incoming.file.media_type == "text/plain"
    assert await incoming.file.load() == LETTER["buffer"]
    assert not any(b"Omar" in body for body in bodies)


async def test_the_same_file_can_be_chosen_again(chromium: Browser) -> None:
    assistant = ScriptedAssistant(FILES_WANTED)
    async with page(chromium, assistant) as visit:
        await visit.asks("/feedback")
        for number in (2, 3):
            await field(visit).set_input_files(LETTER)
            await visit.answered(number)
    assert [incoming.kind for incoming in assistant.taken] == [Kind.TEXT, Kind.FILE, Kind.FILE]


async def test_the_clip_stands_there_only_while_a_file_is_asked_for(chromium: Browser) -> None:
    async with page(chromium, ScriptedAssistant(FILES_WANTED, THANKS)) as visit:
        await expect(clip(visit)).to_be_hidden()
        await visit.asks("/feedback")
        await expect(clip(visit)).to_be_visible()
        await visit.page.reload()
        await expect(clip(visit)).to_be_visible()
        await visit.presses("/f files done")
        await expect(clip(visit)).to_be_hidden()
        await visit.page.reload()
        await expect(clip(visit)).to_be_hidden()


async def test_the_clip_is_small_and_reached_with_the_keyboard(chromium: Browser) -> None:
    opened = asyncio.Event()
    async with page(chromium, ScriptedAssistant(FILES_WANTED), viewport={"width": 390, "height": 700}) as visit:
        # Early: the browser needs a moment until it tells of choosers instead of showing them.
        visit.page.on("filechooser", lambda _chooser: opened.set())
        await visit.asks("/feedback")
        boxes = [await each.bounding_box() for each in (clip(visit), visit.page.get_by_role("textbox"))]
        small, words = (box for box in boxes if box)
        assert small["width"] < 48
        assert words["width"] > 220
        assert abs(small["y"] + small["height"] - words["y"] - words["height"]) < 4
        await visit.page.get_by_role("textbox").focus()
        await visit.page.keyboard.press("Shift+Tab")
        await expect(field(visit)).to_be_focused()
        outline = await clip(visit).evaluate("each => getComputedStyle(each).outlineStyle")
        assert outline == "solid"
        await visit.page.keyboard.press("Space")
        await until(opened.is_set)


async def test_the_clip_speaks_the_language_that_the_page_turns_to(chromium: Browser) -> None:
    async with page(chromium, ScriptedAssistant(replace(FILES_WANTED, language="ar"))) as visit:
        await visit.page.locator("summary").click()
        await visit.page.locator('header button[value="/language ar"]').click()
        await expect(visit.page.locator("html")).to_have_attribute("dir", "rtl")
        there = await visit.page.evaluate("fetch('./?lang=ar').then(answer => answer.text())")
        named = await clip(visit).locator("span").text_content()
        assert f"<span>{named}</span>" in there
        await expect(clip(visit)).to_be_visible()


async def test_a_file_that_is_too_large_is_not_sent(chromium: Browser) -> None:
    assistant = ScriptedAssistant(FILES_WANTED)
    async with page(chromium, assistant) as visit:
        await visit.asks("/feedback")
        await field(visit).set_input_files(LARGE)
        await expect(visit.status).to_contain_text("A file may have 1 MB.")
        await expect(visit.said).to_have_count(1)
        await field(visit).set_input_files(NEAR)
        await visit.answered(2)
    assert len(assistant.taken) == 2


async def test_a_file_that_is_gone_is_not_tried_for_ever(chromium: Browser, tmp_path: Path) -> None:
    chosen = tmp_path / "letter.txt"
    chosen.write_bytes(b"They kept my passport.")
    assistant = ScriptedAssistant(FILES_WANTED)
    async with page(chromium, assistant) as visit:
        await visit.asks("/feedback")
        gone = "Blob.prototype.arrayBuffer = () => Promise.reject(new DOMException('', 'NotFoundError')); 0"
        await visit.page.evaluate(gone)
        await field(visit).set_input_files(chosen)
        await expect(visit.status).to_contain_text("did not work")
        await expect(visit.said).to_have_count(1)
    assert len(assistant.taken) == 1


async def test_a_file_whose_line_breaks_is_sent_again_and_is_the_same_message(chromium: Browser) -> None:
    assistant = ScriptedAssistant(FILES_WANTED)
    async with page(chromium, assistant) as visit:
        await visit.asks("/feedback")
        broken = [True]

        async def lose_the_first(route: Route) -> None:
            await route.fetch()
            await (route.abort() if broken.pop() else route.continue_())
            broken.append(False)

        await visit.page.route("**/messages", lose_the_first)
        await field(visit).set_input_files(LETTER)
        await expect(visit.status).to_contain_text("No connection")
        await visit.answered(2)
        assert visit.complaints
        visit.complaints = [each for each in visit.complaints if "ERR_FAILED" not in each]
    assert len({incoming.id for incoming in assistant.taken}) == 2
    files = [incoming.file for incoming in assistant.taken[1:] if incoming.file]
    assert {await file.load() for file in files} == {LETTER["buffer"]}


async def test_while_an_answer_is_on_its_way_no_other_file_can_be_chosen(chromium: Browser) -> None:
    ready = asyncio.Event()

    async def slow(route: Route) -> None:
        await ready.wait()
        await route.continue_()

    async with page(chromium, ScriptedAssistant(FILES_WANTED)) as visit:
        await visit.asks("/feedback")
        await visit.page.route("**/messages", slow)
        await field(visit).set_input_files(LETTER)
        await expect(visit.status).to_contain_text("One moment")
        await expect(field(visit)).to_be_disabled()
        ready.set()
        await visit.answered(2)
        await expect(field(visit)).to_be_enabled()


async def test_without_script_a_file_is_sent_with_the_form(chromium: Browser) -> None:
    assistant = ScriptedAssistant(FILES_WANTED)
    async with page(chromium, assistant, java_script_enabled=False) as visit:
        await expect(clip(visit)).to_be_hidden()
        await visit.asks_without_script("/feedback")
        await expect(clip(visit)).to_contain_text("Add a file")
        await field(visit).set_input_files(LETTER)
        await visit.asks_without_script("The letter")
        await expect(visit.said).to_have_text("The letter")
        await field(visit).set_input_files(LETTER)
        async with visit.page.expect_navigation():
            await visit.page.get_by_role("button", name="Go on").click()
        async with visit.page.expect_navigation():
            await visit.page.get_by_role("button", name="Go on").click()
    assert [(each.kind, each.text, each.data) for each in assistant.taken] == [
        (Kind.TEXT, "/feedback", ""),
        (Kind.FILE, "The letter", ""),
        (Kind.FILE, "", ""),
        (Kind.BUTTON, "", "/f files done"),
    ]
    assert assistant.taken[1].file is not None
    assert await assistant.taken[1].file.load() == LETTER["buffer"]


def everything(characters: int) -> Reply:
    return replace(THANKS, document=Document("everything.json", "application/json", "护" * characters))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
async def test_a_document_can_be_saved(chromium: Browser, script: bool, tmp_path: Path) -> None:
    async with page(chromium, ScriptedAssistant(everything(100_000)), java_script_enabled=script) as visit:
        await (visit.asks if script else visit.asks_without_script)("/data")
        async with visit.page.expect_download() as saving:
            await visit.page.get_by_role("link", name="everything.json").click()
        saved = await saving.value
        await saved.save_as(tmp_path / "saved")
    assert saved.suggested_filename == "everything.json"
    assert (tmp_path / "saved").read_text(encoding="utf-8") == "护" * 100_000


async def test_a_small_document_can_still_be_saved_after_a_reload_and_of_a_large_one_the_name_is_kept(
    chromium: Browser,
) -> None:
    async with page(chromium, ScriptedAssistant(everything(50), everything(200_000), THANKS)) as visit:
        await visit.asks("/data")
        await visit.asks("/data")
        await expect(visit.page.get_by_role("link", name="everything.json")).to_have_count(2)
        await visit.page.reload()
        await expect(visit.answers).to_have_count(3)
        await expect(visit.page.locator(".document")).to_have_text(["everything.json"] * 2)
        await expect(visit.page.get_by_role("link", name="everything.json")).to_have_count(1)
        await visit.asks("thanks")
        await expect(visit.answers).to_have_count(4)
        assert await visit.page.evaluate("sessionStorage.messages.length") < 10_000


async def test_the_button_for_feedback_fills_a_line_under_the_ratings(chromium: Browser) -> None:
    choices = (Choice("/useful yes x", "Yes"), Choice("/useful no x", "No"), Choice("/feedback x", "Give feedback"))
    async with page(
        chromium, ScriptedAssistant(replace(THANKS, text="About detention. " * 20, choices=choices))
    ) as visit:
        await visit.asks("can I be locked up")
        names = ("Yes", "No", "Give feedback")
        boxes = [await visit.last.get_by_role("button", name=name, exact=True).bounding_box() for name in names]
        yes, no, feedback = (box for box in boxes if box)
        around = await visit.last.bounding_box()
        assert around is not None
        assert yes["y"] == no["y"] < feedback["y"]
        assert feedback["width"] > around["width"] - 40
        assert feedback["height"] >= 44
