"""The page where a table is handed in, as somebody at an organization uses it."""

import base64
import html
import io
import re
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from bot.core import NewSubmission, Wanted, read_number
from bot.intake.entry import TITLES
from bot.intake.sheets import MOST_BYTES, MOST_ROWS
from bot.intake.upload import UPLOADED_AN_HOUR
from bot.privacy.keys import Keys
from bot.tables import read_table
from db.repositories.submissions import SqlSubmissions
from db.unit_of_work import SqlDatabase
from tests.fakes.clock import FakeClock
from tests.intake.office import KEY, NAME, OTHER_KEY, WORDS, Answer, Office, give_key, office_on, table

HEADER = ("text", "consent_keep")
GOOD = table(HEADER, (WORDS, "yes"), ("Another text.", "yes"))
BAD = table(HEADER, (WORDS, "yes"), ("", "no"), ("Another text.", "perhaps"))


@pytest.fixture
async def office(database: SqlDatabase, clock: FakeClock, keys: Keys) -> AsyncIterator[Office]:
    await give_key(database)
    async with office_on(database, clock, keys) as opened:
        yield opened


def rows(page: Answer) -> list[list[str]]:
    """The cells of the page's table, without its head."""
    body = page.html.partition("<tbody>")[2].partition("</tbody>")[0]
    found = [re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]
    return [[html.unescape(re.sub(r"<[^>]*>", "", cell)) for cell in row] for row in found]


def downloaded(page: Answer) -> Sequence[tuple[int, list[str]]]:
    """The receipts behind the link."""
    found = re.search(r'href="data:text/csv;charset=utf-8;base64,([^"]+)" download="receipts.csv"', page.html)
    assert found
    return read_table("receipts.csv", base64.b64decode(html.unescape(found[1])), most_rows=MOST_ROWS + 1)


async def test_every_row_of_a_good_table_is_stored_with_a_receipt(office: Office) -> None:
    page = await office.uploads(GOOD)
    assert page.status == 200
    assert "2 pieces of feedback were stored." in page.shown
    shown = rows(page)
    assert [line for line, _reference, _receipt in shown] == ["2", "3"]
    assert [cells for _line, cells in downloaded(page)][1:] == shown
    async with office.database.begin() as work:
        stored = {each.reference: each for each in await work.submissions.find(Wanted())}
        for _line, reference, receipt in shown:
            (found,) = await work.submissions.of_receipt(read_number(receipt, 16) or "")
            assert found.reference == reference
    assert stored.keys() == {reference for _line, reference, _receipt in shown}
    assert {(each.channel, each.record.organization) for each in stored.values()} == {("table", NAME)}


async def test_of_a_bad_table_every_problem_is_shown_and_nothing_is_stored(office: Office) -> None:
    page = await office.uploads(BAD)
    assert page.status == 422
    assert "Nothing was stored: 3 things have to be put right" in page.shown
    assert rows(page) == [
        ["3", "Feedback: please fill this in."],
        ["3", "Consent to keep it: nothing is stored without this consent."],
        ["4", "Consent to keep it: nothing is stored without this consent."],
    ]
    assert await office.stored() == 0


async def test_a_table_is_stored_whole_or_not_at_all(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    add = SqlSubmissions.add

    async def broken(self: SqlSubmissions, new: Sequence[NewSubmission], person_id: int | None) -> None:
        await add(self, new, person_id)
        raise ConnectionError

    monkeypatch.setattr(SqlSubmissions, "add", broken)
    assert (await office.uploads(GOOD)).status == 500
    monkeypatch.undo()
    assert await office.stored() == 0
    assert (await office.uploads(GOOD)).status == 200
    assert await office.stored() == 2


async def test_the_button_pressed_twice_stores_once_and_shows_the_same_receipts(office: Office) -> None:
    first, second = await office.uploads(GOOD), await office.uploads(GOOD)
    assert rows(first) == rows(second)
    assert await office.stored() == 2
    other = await office.uploads(table(HEADER, ("Something else.", "yes")))
    assert other.status == 409
    assert await office.stored() == 2


async def test_the_filled_template_is_taken_and_its_example_left_out(office: Office) -> None:
    for query, direction in (("?lang=ar", "rtl"), ("?lang=fr", "ltr")):
        page = await office.opens(f"/feedback/upload{query}")
        assert f'dir="{direction}"' in page.html
        assert f"/feedback/template.xlsx{query}" in page.html
    answer = await office.opens("/feedback/template.csv?lang=ar")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="feedback.csv"'
    (_line, titles), (_line, example) = read_table("t.csv", answer.content, most_rows=9)
    filled = {**dict.fromkeys(TITLES, ""), "text": "لا أستطيع فتح حساب.", "consent_keep": "x"}
    page = await office.uploads(table(titles, example, list(filled.values())))
    assert page.status == 200
    assert "The example row was left out." in page.shown
    assert await office.stored() == 1


async def test_the_xlsx_template_opens(office: Office) -> None:
    answer = await office.opens("/feedback/template.xlsx", Accept_Language="ar")
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert load_workbook(io.BytesIO(answer.content)).worksheets[0].sheet_view.rightToLeft
    page = await office.uploads(answer.content)
    assert rows(page) == [["–", "There is nothing below the titles of the columns."]]


@pytest.mark.parametrize("key", ["", "cb_", OTHER_KEY, KEY + "x", "é" * 46])
async def test_without_a_known_key_nothing_is_taken(office: Office, key: str) -> None:
    page = await office.uploads(GOOD, key)
    assert page.status == 403
    assert "This key is not known." in page.shown
    assert await office.stored() == 0


async def test_the_key_is_not_shown_again(office: Office) -> None:
    for page in (await office.uploads(GOOD), await office.uploads(BAD), await office.uploads(b"", KEY)):
        assert KEY not in page.html
        assert page.headers["Cache-Control"] == "no-store"


async def test_no_file_and_too_large_a_file_are_told(office: Office) -> None:
    page = await office.uploads(b"")
    assert (page.status, "Please choose a file." in page.shown) == (422, True)
    page = await office.uploads(b"x" * (MOST_BYTES + 1))
    assert (page.status, "too large" in page.shown) == (413, True)


@pytest.mark.parametrize("headers", [{"Sec_Fetch_Site": "cross-site"}, {"Origin": "https://evil.example"}])
async def test_another_sites_form_is_refused(office: Office, headers: dict[str, str]) -> None:
    assert (await office.uploads(GOOD, **headers)).status == 403
    assert await office.stored() == 0


@pytest.mark.parametrize("form_id", ["", "short", "x" * 23, "é" * 22])
async def test_a_form_that_our_page_would_not_send_is_refused(office: Office, form_id: str) -> None:
    assert (await office.uploads(GOOD, form_id=form_id)).status == 400


async def test_what_stands_in_cells_is_never_part_of_the_page(office: Office) -> None:
    evil = "<script>alert(1)</script>"
    page = await office.uploads(table([*HEADER, evil], [evil, evil, evil]))
    assert page.status == 422
    assert "alert(1)" not in page.html


async def test_more_rows_than_are_taken_in_an_hour_have_to_wait(
    office: Office, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.upload.UPLOADED_AN_HOUR", 3)
    assert (await office.uploads(GOOD)).status == 200
    page = await office.uploads(GOOD, form_id="y" * 22)
    assert (page.status, page.headers["Retry-After"]) == (429, "3600")
    assert await office.stored() == 2
    clock.advance(timedelta(hours=1))
    assert (await office.uploads(GOOD, form_id="y" * 22)).status == 200


async def test_the_largest_table_is_taken(office: Office) -> None:
    page = await office.uploads(table(HEADER, *[(f"{WORDS} {number}", "yes") for number in range(MOST_ROWS)]))
    assert len({receipt for _line, _reference, receipt in rows(page)}) == MOST_ROWS
    assert await office.stored() == MOST_ROWS <= UPLOADED_AN_HOUR


async def test_the_page_works_without_scripts_and_names_its_fields(office: Office) -> None:
    page = await office.opens("/feedback/upload")
    assert page.status == 200
    assert "<script" not in page.html
    fields = re.findall(r'<input id="([^"]+)"', page.html)
    assert fields == ["key", "file"]
    assert all(f'<label for="{name}">' in page.html for name in fields)
    assert 'type="password"' in page.html
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
