"""What the form and the page for receipts do against those who mean harm."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request
from aiohttp.web import Application, Request
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core import Wanted
from bot.intake.answers import FIELDS
from bot.intake.source import UNKNOWN, source_of
from bot.privacy.keys import Keys
from bot.web.posted import MOST_TEXT_BYTES
from db.unit_of_work import SqlDatabase
from tests.fakes.clock import FakeClock
from tests.fakes.hostile import HOSTILE
from tests.intake.forms import File, Somebody
from tests.intake.site import make_app

MULTIPART = "multipart/form-data; boundary=b"
PATHS = ("/feedback", "/receipt")
OTHER_FIELDS = ("step", "at", "seen", "lang", "to_language", "id", "receipt", "reference", "opened", "x")


@pytest.fixture
async def client(
    database: SqlDatabase, clock: FakeClock, keys: Keys
) -> AsyncIterator[TestClient[Request, Application]]:
    async with TestClient(TestServer(make_app(database, clock, keys))) as opened:
        yield opened


@pytest.fixture
def somebody(client: TestClient[Request, Application]) -> Somebody:
    return Somebody(client)


async def posted(client: TestClient[Request, Application], path: str, body: bytes, content_type: str) -> int:
    async with client.post(path, data=body, headers={"Content-Type": content_type}) as response:
        return response.status


@pytest.mark.parametrize(
    "headers", [{"Sec_Fetch_Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
@pytest.mark.parametrize("path", PATHS)
async def test_a_form_of_another_site_is_refused(
    somebody: Somebody, database: SqlDatabase, path: str, headers: dict[str, str]
) -> None:
    page = await somebody.opens("/feedback")
    page = await somebody.posts(path, [*page.forms[0], ("consent_keep", "yes"), ("step", "send")], (), **headers)
    assert page.status == 403
    async with database.begin() as work:
        assert list(await work.submissions.find(Wanted())) == []


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", MULTIPART),
        (b"--b", MULTIPART),
        (b"--b\r\n\r\nx\r\n--b--", MULTIPART),
        (b'--b\r\nContent-Disposition: form-data; name="text"', MULTIPART),
        (b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nno end', MULTIPART),
        (b'--b\r\nContent-Disposition: form-data; name="text"\r\nX\r\n\r\nx\r\n--b--\r\n', MULTIPART),
        (b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--\r\n", MULTIPART),
        (b'--b\r\nContent-Disposition: form-data; name="x"\r\n' + b"X: y\r\n" * 5000 + b"\r\n\r\n--b--\r\n", MULTIPART),
        (b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n\r\n' * 500 + b"--b--\r\n", MULTIPART),
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=" + "b" * 100),
        (b"text=%FF", "application/x-www-form-urlencoded; charset=klingon"),
        (b"{}", "application/json"),
    ],
)
async def test_a_form_that_cannot_be_read_is_refused(
    client: TestClient[Request, Application], body: bytes, content_type: str
) -> None:
    assert await posted(client, "/feedback", body, content_type) == 400


@pytest.mark.parametrize("path", PATHS)
async def test_more_text_than_any_form_of_ours_has_is_refused(somebody: Somebody, path: str) -> None:
    page = await somebody.posts(path, [("text", "x" * (MOST_TEXT_BYTES + 1))])
    assert page.status == 413


async def test_a_file_where_none_is_asked_for_does_no_harm(somebody: Somebody) -> None:
    page = await somebody.posts("/receipt", [("receipt", "1")], [File(b"x" * 100_000)])
    assert page.status == 422


@pytest.mark.parametrize("form_id", ["", "x", "a" * 23, "ä" * 22])
async def test_a_form_without_its_own_number_is_not_taken(somebody: Somebody, form_id: str) -> None:
    page = await somebody.opens("/feedback")
    answers = {"text": "x", "consent_keep": "yes", "id": form_id}
    assert (await somebody.sends(page, "/feedback", answers, ("step", "send"))).status == 400


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=st.lists(st.tuples(st.sampled_from((*FIELDS, *OTHER_FIELDS)), HOSTILE), max_size=6),
    step=st.sampled_from(("review", "send", "change", "write", "ask", "withdraw", "")),
    path=st.sampled_from(PATHS),
)
async def test_nothing_that_is_posted_breaks_a_page(
    somebody: Somebody, fields: list[tuple[str, str]], step: str, path: str
) -> None:
    known = [("id", "a" * 22), ("lang", "ar"), ("text", "x"), ("consent_keep", "yes")]
    sendable = [(name, value.encode(errors="replace").decode()) for name, value in fields]
    page = await somebody.posts(path, [*known, *sendable, ("step", step)])
    assert page.status in (200, 400, 404, 413, 422, 429)
    assert "<script" not in page.html


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.lists(
        st.sampled_from((b"--b", b"--b--", b"\r\n", b"x", b'Content-Disposition: form-data; name="id"', b"\0", b": "))
    ).map(b"".join)
)
async def test_no_body_breaks_the_form(client: TestClient[Request, Application], body: bytes) -> None:
    assert await posted(client, "/feedback", body, MULTIPART) in (400, 413)


@pytest.mark.parametrize(
    ("forwarded", "proxies", "source"),
    [
        (None, 0, "203.0.113.9"),
        ("198.51.100.1", 0, "203.0.113.9"),
        ("198.51.100.1", 1, "198.51.100.1"),
        ("10.9.9.9, 198.51.100.1", 1, "198.51.100.1"),
        ("10.9.9.9, 198.51.100.1, 192.0.2.7", 2, "198.51.100.1"),
        ("198.51.100.1", 2, "198.51.100.1"),
        (None, 1, "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.1", 1, "198.51.100.1"),
        ("<b>", 1, UNKNOWN),
        ("", 1, UNKNOWN),
    ],
)
def test_the_source_is_what_the_last_of_the_operators_proxies_saw(
    forwarded: str | None, proxies: int, source: str
) -> None:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = make_mocked_request("GET", "/", headers=headers).clone(remote="203.0.113.9")
    assert isinstance(request, Request)
    assert source_of(request, proxies) == source
