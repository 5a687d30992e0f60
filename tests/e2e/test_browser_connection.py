"""The web chat on a bad line: every message is answered, and once."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.async_api import Browser, Route, expect

from tests.e2e.browser import Visit, visiting
from tests.e2e.program import Program

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "my boss took my passport and wont give it back"
WAITING = "One moment"
LOST = "No connection"


def counted(folder: Path) -> tuple[int, int]:
    """How many people and questions the program knows of."""
    with closing(sqlite3.connect(folder / "compact-bot.db")) as connection:
        found: tuple[int, int] = connection.execute(
            "SELECT (SELECT count(*) FROM people), (SELECT count(*) FROM questions)"
        ).fetchone()
        return found


async def sends(visit: Visit, words: str) -> None:
    await visit.page.get_by_role("textbox").fill(words)
    await visit.page.locator(".send").click()


async def test_while_the_answer_is_on_its_way_the_page_says_so(visit: Visit) -> None:
    ready = asyncio.Event()

    async def slow(route: Route) -> None:
        await ready.wait()
        await route.continue_()

    await visit.page.route("**/messages", slow)
    await sends(visit, QUESTION)
    await expect(visit.status).to_contain_text(WAITING)
    await expect(visit.said).to_have_text([QUESTION])
    await sends(visit, "are you there?")
    await expect(visit.said).to_have_count(1)
    ready.set()
    await visit.answered(1)
    await expect(visit.status).to_be_empty()
    await expect(visit.page.get_by_role("textbox")).to_have_value("are you there?")


async def test_a_lost_connection_is_shown_and_the_message_sent_when_it_is_back(visit: Visit) -> None:
    await visit.page.context.set_offline(True)
    await sends(visit, QUESTION)
    await expect(visit.status).to_contain_text(LOST)
    await visit.page.context.set_offline(False)
    await visit.answered(1)
    await expect(visit.status).to_be_empty()
    await expect(visit.answers).to_have_count(2)
    forgive(visit, "ERR_INTERNET_DISCONNECTED")


@pytest.mark.parametrize("earlier", [0, 1], ids=["first message", "later message"])
async def test_a_message_whose_answer_was_lost_is_answered_and_counted_once(
    visit: Visit, site_folder: Path, earlier: int
) -> None:
    people, questions = counted(site_folder)
    for _each in range(earlier):
        await visit.asks("can I be locked up for having no papers?")
    tries = []

    async def lose_the_first_answer(route: Route) -> None:
        answer = await route.fetch()
        tries.append(route.request.post_data)
        if len(tries) == 1:
            if not earlier:
                await visit.page.context.clear_cookies()  # lost with the answer
            await route.abort()
        else:
            await route.fulfill(response=answer)

    await visit.page.route("**/messages", lose_the_first_answer)
    await sends(visit, QUESTION)
    await visit.answered(earlier + 1)
    assert len(tries) == 2
    assert tries[0] == tries[1]
    await expect(visit.answers).to_have_count(earlier + 2)
    assert counted(site_folder) == (people + 1, questions + earlier + 1)
    forgive(visit, "ERR_FAILED")


async def test_a_server_that_is_down_for_a_moment_is_asked_again(visit: Visit) -> None:
    down = [502, 503]

    async def unwell(route: Route) -> None:
        await (route.fulfill(status=down.pop(0), body="down") if down else route.continue_())

    await visit.page.route("**/messages", unwell)
    await sends(visit, QUESTION)
    await expect(visit.status).to_contain_text(LOST)
    await visit.answered(1)
    await expect(visit.answers).to_have_count(2)
    forgive(visit, "50")


async def test_a_message_that_is_refused_goes_back_to_the_person(visit: Visit) -> None:
    async def refuse(route: Route) -> None:
        await route.fulfill(status=413, body="too long")

    await visit.page.route("**/messages", refuse)
    await sends(visit, QUESTION)
    await expect(visit.status).to_contain_text("did not work")
    await expect(visit.page.get_by_role("textbox")).to_have_value(QUESTION)
    await expect(visit.said).to_have_count(0)
    await visit.page.unroute("**/messages")
    await visit.page.locator(".send").click()
    await visit.answered(1)
    forgive(visit, "413")


async def test_a_message_that_was_not_sent_is_still_there_after_a_reload(visit: Visit) -> None:
    await visit.page.route("**/messages", lambda route: route.abort())
    await sends(visit, QUESTION)
    await expect(visit.status).to_contain_text(LOST)
    await visit.page.reload()
    await expect(visit.page.get_by_role("textbox")).to_have_value(QUESTION)
    forgive(visit, "ERR_FAILED")


async def test_where_cookies_are_forbidden_the_language_is_kept(chromium: Browser, site: Program) -> None:
    async with visiting(chromium, site.address, locale="en") as visit:

        async def without_cookie(route: Route) -> None:
            answer = await route.fetch()
            await visit.page.context.clear_cookies()  # Playwright keeps what it fetches
            headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
            await route.fulfill(response=answer, headers=headers)

        await visit.page.route("**/messages", without_cookie)
        await visit.opens()
        await visit.page.locator("summary").click()
        await visit.page.locator('header button[value="/language zh"]').click()
        await expect(visit.page.locator("html")).to_have_attribute("lang", "zh")
        await visit.asks("老板把我证件拿走了要不回来")
        await expect(visit.last).to_have_attribute("lang", "zh")
        await visit.page.reload()
        await expect(visit.page.locator("html")).to_have_attribute("lang", "zh")


def forgive(visit: Visit, failure: str) -> None:
    """What the browser says of the failure that the test made is no complaint."""
    assert visit.complaints
    visit.complaints = [each for each in visit.complaints if failure not in each]
