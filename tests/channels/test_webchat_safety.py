"""What the web chat does against those who mean harm."""

from collections.abc import AsyncIterator
from http.cookies import SimpleCookie

import pytest

from bot.assistant import TurnAssistant
from bot.channels.webchat import MOST_CHARACTERS
from bot.web.posted import MOST_TEXT_BYTES
from db.unit_of_work import SqlDatabase
from tests.channels.visitor import Visitor, count, new_id, visiting
from tests.conftest import make_assistant

FORM = "application/x-www-form-urlencoded"
PARTNERS = "https://partner.example,https://other.example:8443"


@pytest.fixture
async def visitor(database: SqlDatabase) -> AsyncIterator[Visitor]:
    async with visiting(make_assistant(database)) as somebody:
        yield somebody


def attributes(cookie: str) -> set[str]:
    return {part.strip().partition("=")[0] for part in cookie.split(";")[1:]}


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor: Visitor) -> None:
    cookie = (await visitor.says("hello")).cookie
    assert attributes(cookie) == {"HttpOnly", "Max-Age", "Path", "SameSite"}
    assert "SameSite=Lax" in cookie


async def test_the_cookie_travels_encrypted_where_the_site_does(database: SqlDatabase) -> None:
    async with visiting(make_assistant(database), "https://bot.example.org") as visitor:
        cookie = (await visitor.says("hello")).cookie
    assert "Secure" in attributes(cookie)
    assert "SameSite=Lax" in cookie


async def test_in_a_partners_frame_the_cookie_is_that_partners_alone(database: SqlDatabase) -> None:
    async with visiting(make_assistant(database), "https://bot.example.org", PARTNERS) as visitor:
        cookie = (await visitor.says("hello")).cookie
    assert {"HttpOnly", "Secure", "Partitioned"} <= attributes(cookie)
    assert "SameSite=None" in cookie


async def test_without_https_there_is_no_cookie_for_frames(database: SqlDatabase) -> None:
    async with visiting(make_assistant(database), embed_origins=PARTNERS) as visitor:
        assert "SameSite=Lax" in (await visitor.says("hello")).cookie


async def test_the_cookie_is_kept_while_the_conversation_lasts(visitor: Visitor) -> None:
    first, second = await visitor.says("hello"), await visitor.says("hello")
    assert first.cookie == second.cookie


@pytest.mark.parametrize("token", ["x", "x" * 44, "'; DROP TABLE people --" + "x" * 20, "é" * 43, "x" * 42 + "/"])
async def test_a_cookie_that_nobody_here_made_is_ignored(visitor: Visitor, database: SqlDatabase, token: str) -> None:
    answer = await visitor.says("can I be locked up", Cookie=f"chat={token}")
    given = SimpleCookie(answer.cookie)["chat"].value
    assert len(given) == 43
    assert given != token
    assert "About detention" in answer.shown
    assert await count(database, "people") == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": ""},
    ],
)
@pytest.mark.parametrize("path", ["/", "/messages"])
async def test_another_sites_form_is_refused(
    visitor: Visitor, database: SqlDatabase, path: str, headers: dict[str, str]
) -> None:
    answer = await visitor.says("hello", path=path, **headers)
    assert (answer.status, answer.html, answer.cookie) == (403, "This form was sent from another site.", "")
    assert await count(database, "people") == 0


async def test_our_own_form_is_taken_from_new_and_old_browsers(visitor: Visitor) -> None:
    for headers in (
        {"Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "none"},
        {"Origin": f"http://{visitor.site}"},
    ):
        assert (await visitor.says("hello", **headers)).status == 200


async def test_what_the_browser_says_of_the_site_counts_more_than_the_origin(visitor: Visitor) -> None:
    """Behind a proxy that renames the host, the origin looks foreign."""
    answer = await visitor.says("hello", Sec_Fetch_Site="same-origin", Origin="https://bot.example.org")
    assert answer.status == 200


async def test_browsers_are_told_to_name_our_origin_to_us(visitor: Visitor) -> None:
    """With `no-referrer` those without Sec-Fetch-Site send the origin `null`, and their own forms would be refused."""
    assert (await visitor.opens()).headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("</li><script>alert(1)</script>", "&lt;/li&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('" autofocus onfocus="alert(1)', "&#34; autofocus onfocus=&#34;alert(1)"),
        ("{{ 7 * 7 }}{% include 'chat.html' %}", "{{ 7 * 7 }}{% include &#39;chat.html&#39; %}"),
        ("can\0 I be\0 locked", "can I be locked"),
        ("\u202egnirts", "\u202egnirts"),
        ("first\r\nsecond", "first\nsecond"),
        ("🙏🏽" * 900, "🙏🏽" * 900),
    ],
)
async def test_words_are_shown_as_words(visitor: Visitor, words: str, shown: str) -> None:
    answer = await visitor.says(words, path="/")
    assert answer.status == 200
    assert f'<li class="person" dir="auto">{shown}</li>' in answer.html
    assert answer.html.count("<script") == 1


@pytest.mark.parametrize(
    ("body", "charset"), [(b"caf%ED%A0%80", "utf-8"), (b"caf%00%FF", "utf-8"), (b"caf+2AA-", "utf-7")]
)
async def test_half_characters_do_no_harm(visitor: Visitor, database: SqlDatabase, body: bytes, charset: str) -> None:
    content_type = f"{FORM}; charset={charset}"
    rated = b"data=%2Fuseful no detention&id=" + new_id().encode()
    assert (await visitor.posts(rated, Content_Type=FORM)).status == 200
    answer = await visitor.posts(b"id=" + new_id().encode() + b"&text=" + body, "/", Content_Type=content_type)
    assert answer.status == 200
    assert '<li class="person" dir="auto">caf' in answer.html
    assert await count(database, "comments") == 1


async def test_a_message_may_be_long_but_not_endless(visitor: Visitor, database: SqlDatabase) -> None:
    assert (await visitor.says("\r\n".join("x" * (MOST_CHARACTERS // 2)) + "x")).status == 200
    answer = await visitor.says("x" * (MOST_CHARACTERS + 1))
    assert answer.status == 413
    assert str(MOST_CHARACTERS) in answer.html
    assert (await visitor.posts({"text": "hello", "id": new_id(), "locale": "x" * MOST_TEXT_BYTES})).status == 413
    assert await count(database, "questions") == 1


@pytest.mark.parametrize(
    "form",
    [
        {"text": "", "id": "message-of-a-test"},
        {"text": " \n\0", "id": "message-of-a-test"},
        {"id": "message-of-a-test"},
        {"text": "hello"},
        {"text": "hello", "id": "short"},
        {"text": "hello", "id": "not a message's id"},
        {"text": "hello", "id": "é" * 16},
        {"text": "hello", "id": "x" * 65},
    ],
)
async def test_a_form_that_our_page_would_not_send_is_refused(
    visitor: Visitor, database: SqlDatabase, form: dict[str, str]
) -> None:
    answer = await visitor.posts(form)
    assert (answer.status, answer.cookie) == (400, "")
    assert await count(database, "received_messages") == 0


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"text=\xff\xfe", FORM),
        (b"text=hello", f"{FORM}; charset=no-such"),
        (b"text=hello", f"{FORM}; charset=base64"),
        (b"no parts", "multipart/form-data"),
        (b"no parts", "multipart/form-data; boundary=B"),
        (
            b'--B\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xed\xa0\x80\r\n--B--\r\n',
            "multipart/form-data; boundary=B",
        ),
        (b'{"text": "hello"}', "application/json"),
        (
            b'--B\r\nContent-Disposition: form-data; name="text"; filename="a"\r\n\r\nx\r\n--B--\r\n',
            "multipart/form-data; boundary=B",
        ),
    ],
)
async def test_what_is_no_form_is_refused(visitor: Visitor, body: bytes, content_type: str) -> None:
    assert (await visitor.posts(body, Content_Type=content_type)).status == 400


async def test_every_answer_has_the_security_headers(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [
        await visitor.opens(),
        await visitor.opens("/healthz"),
        await visitor.opens("/no-such-page"),
        await visitor.opens("/messages"),
        await visitor.says("hello"),
        await visitor.says("hello", path="/"),
        await visitor.says(""),
        await visitor.says("x" * (MOST_CHARACTERS + 1)),
        await visitor.says("hello", Origin="https://evil.example"),
    ]
    answers += [await visitor.opens(path) for path in answers[0].addresses("src")]
    monkeypatch.setattr(TurnAssistant, "take", broken)
    answers.append(await visitor.says("hello"))
    assert {answer.status for answer in answers} == {200, 400, 403, 404, 405, 413, 500}
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"


async def broken(*_arguments: object) -> None:
    raise RuntimeError("the secret inside")


async def test_an_error_says_nothing_of_the_inside(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TurnAssistant, "take", broken)
    answer = await visitor.says("hello")
    assert (answer.status, answer.html) == (500, "Something went wrong here. Please try again.")


async def test_partners_may_frame_the_page_and_nobody_else(database: SqlDatabase) -> None:
    async with visiting(make_assistant(database), embed_origins=PARTNERS) as visitor:
        page = await visitor.opens()
    assert "frame-ancestors 'self' https://partner.example https://other.example:8443" in (
        page.headers["Content-Security-Policy"].split("; ")
    )
    assert "X-Frame-Options" not in page.headers
