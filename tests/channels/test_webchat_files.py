"""Files over the web chat: sent by people with either form, and given to them in a reply."""

import asyncio
import base64
import html
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.channels.webchat import GOING_ON, MOST_CHARACTERS
from bot.core import Document, FileRefused, Kind, Reply
from bot.web.posted import MOST_PARTS, MOST_READ_BYTES, MOST_TEXT_BYTES, TOO_LARGE, Uploads
from tests.channels.scripted import FILES_WANTED, THANKS, ScriptedAssistant
from tests.channels.visitor import Visitor, chatting, new_id

MEGABYTE = 1024 * 1024
UPLOADS = Uploads(("image/jpeg", "application/pdf"), 2 * MEGABYTE)
CONTENT = bytes(range(256)) * 4000
BOTH_WAYS = pytest.mark.parametrize("path", ["/", "/messages"])


@pytest.fixture
def taker() -> ScriptedAssistant:
    return ScriptedAssistant()


@pytest.fixture
async def visitor(taker: ScriptedAssistant) -> AsyncIterator[Visitor]:
    async with chatting(taker, UPLOADS) as somebody:
        yield somebody


@BOTH_WAYS
async def test_a_file_comes_with_its_kind_its_size_and_its_words(
    visitor: Visitor, taker: ScriptedAssistant, path: str
) -> None:
    answer = await visitor.sends(CONTENT, "application/pdf", path=path, text=" The letter\r\nof May ", locale="fr")
    assert answer.status == 200
    (incoming,) = taker.taken
    assert (incoming.kind, incoming.text, incoming.locale) == (Kind.FILE, "The letter\nof May", "fr")
    assert incoming.file is not None
    assert (incoming.file.media_type, incoming.file.size_bytes) == ("application/pdf", len(CONTENT))
    assert await incoming.file.load() == CONTENT


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [("image/png", Kind.PHOTO), ("audio/ogg; codecs=opus", Kind.VOICE), ("text/plain", Kind.FILE), ("", Kind.FILE)],
)
async def test_a_file_is_of_the_kind_that_its_type_says(
    visitor: Visitor, taker: ScriptedAssistant, media_type: str, kind: Kind
) -> None:
    await visitor.sends(b"x", media_type or "application/octet-stream")
    assert taker.taken[0].kind is kind


async def test_without_script_a_file_alone_is_shown_as_said(visitor: Visitor) -> None:
    assert '<li class="person" dir="auto">📎</li>' in (await visitor.sends(b"x", "image/png", path="/")).html
    answer = await visitor.sends(b"x", "image/png", path="/", text="The letter")
    assert '<li class="person" dir="auto">The letter</li>' in answer.html


@BOTH_WAYS
async def test_a_form_of_many_parts_without_a_file_is_a_message(
    visitor: Visitor, taker: ScriptedAssistant, path: str
) -> None:
    answer = await visitor.sends(b"", "application/octet-stream", name="", path=path, text="Can I work?\0")
    assert answer.status == 200
    assert (taker.taken[0].kind, taker.taken[0].text, taker.taken[0].file) == (Kind.TEXT, "Can I work?", None)


async def test_an_empty_file_is_a_file(visitor: Visitor, taker: ScriptedAssistant) -> None:
    await visitor.sends(b"", "text/plain", name="empty.txt")
    assert taker.taken[0].file is not None
    assert taker.taken[0].file.size_bytes == 0


@pytest.mark.parametrize("button", GOING_ON)
async def test_a_button_that_goes_on_takes_the_chosen_file_along(
    visitor: Visitor, taker: ScriptedAssistant, button: str
) -> None:
    await visitor.sends(CONTENT, "image/jpeg", path="/", data=button)
    assert (taker.taken[0].kind, taker.taken[0].data) == (Kind.PHOTO, "")
    assert taker.taken[0].file is not None


@pytest.mark.parametrize("button", ["/f cancel", "/f files clear", "/browse"])
async def test_any_other_button_leaves_a_chosen_file_unsent(
    visitor: Visitor, taker: ScriptedAssistant, button: str
) -> None:
    await visitor.sends(CONTENT, "image/jpeg", path="/", data=button, text="half a question")
    assert (taker.taken[0].kind, taker.taken[0].data) == (Kind.BUTTON, button)
    assert (taker.taken[0].file, taker.taken[0].text) == (None, "")


async def test_the_same_file_twice_is_the_same_message(visitor: Visitor, taker: ScriptedAssistant) -> None:
    message_id = new_id()
    for _time in range(2):
        await visitor.sends(CONTENT, "image/jpeg", id=message_id)
    assert len({(incoming.address, incoming.id) for incoming in taker.taken}) == 1


@BOTH_WAYS
async def test_of_a_file_that_is_too_large_only_the_size_is_told(
    visitor: Visitor, taker: ScriptedAssistant, path: str
) -> None:
    size = UPLOADS.most_bytes + 1
    assert (await visitor.sends(bytes(size), "application/pdf", path=path)).status == 200
    file = taker.taken[0].file
    assert file is not None
    assert file.size_bytes == size
    with pytest.raises(FileRefused) as refused:
        await file.load()
    assert (refused.value.text, refused.value.values) == (TOO_LARGE, {"megabytes": 2})


async def test_the_largest_file_that_may_be_sent_arrives(visitor: Visitor, taker: ScriptedAssistant) -> None:
    content = bytes(UPLOADS.most_bytes)
    await visitor.sends(content, "application/pdf")
    file = taker.taken[0].file
    assert file is not None
    assert await file.load() == content


async def test_a_file_beyond_all_measure_is_not_read_to_its_end(visitor: Visitor, taker: ScriptedAssistant) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'--B\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _megabyte in range(MOST_READ_BYTES // MEGABYTE + 1):
            yield bytes(MEGABYTE)
        yield b"\r\n--B--\r\n"

    answer = await visitor.posts(endless(), Content_Type="multipart/form-data; boundary=B")
    assert answer.status == 413
    assert taker.taken == []


async def test_words_beside_a_file_have_their_limits(visitor: Visitor, taker: ScriptedAssistant) -> None:
    assert (await visitor.sends(b"x", "text/plain", text="x" * (MOST_CHARACTERS + 1))).status == 413
    assert (await visitor.sends(b"x", "text/plain", locale="x" * MOST_TEXT_BYTES)).status == 413
    half = "x" * (MOST_TEXT_BYTES // 2)
    assert (await visitor.sends(b"x", "text/plain", one=half, two=half)).status == 413
    assert taker.taken == []


def part(head: str, content: str = "x") -> str:
    return f"--B\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n"


ID = part('name="id"', "message-of-a-test")
FILE = part('name="file"; filename="a.pdf"')


@pytest.mark.parametrize(
    "body",
    [
        ID + FILE + FILE,
        ID + part('name="other"; filename="a.pdf"') + FILE,
        ID + "--B\r\n\r\nx\r\n" + FILE,
        ID + "".join(part(f'name="field{number}"') for number in range(MOST_PARTS)) + FILE,
        ID + FILE.replace("\r\n\r\n", "\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\n"),
        ID + FILE.replace("\r\n\r\n", "\r\n" + "X-Field: x\r\n" * 500 + "\r\n"),
        ID + FILE.replace("\r\n\r\n", "\r\nX-Field: " + "x" * 100_000 + "\r\n\r\n"),
        part('name="_charset_"', "x" * 50) + ID + FILE,
        FILE,
        ID + FILE.replace("--B", "--C"),
        "",
    ],
    ids=[
        "two files", "two fields of files", "no name", "many fields", "parts in a part",
        "many lines", "a long line", "an encoding", "no id", "another boundary", "nothing",
    ],
)  # fmt: skip
async def test_a_form_with_a_file_that_our_page_would_not_send_is_refused(
    visitor: Visitor, taker: ScriptedAssistant, body: str
) -> None:
    with capture_logs() as logged:
        answer = await visitor.posts((body + "--B--\r\n").encode(), Content_Type="multipart/form-data; boundary=B")
    assert answer.status == 400
    assert (taker.taken, logged) == ([], [])


async def test_a_file_whose_connection_breaks_is_forgotten_without_a_fuss(
    visitor: Visitor, taker: ScriptedAssistant
) -> None:
    host, _, port = visitor.site.partition(":")
    with capture_logs() as logged:
        _reader, writer = await asyncio.open_connection(host, int(port))
        head = "POST /messages HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=B\r\n"
        writer.write(f"{head}Content-Length: 100000\r\n\r\n{ID}{FILE}".encode())
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.transport.abort()
        await asyncio.sleep(0.05)
    assert (taker.taken, logged) == ([], [])


async def test_another_sites_file_is_refused(visitor: Visitor, taker: ScriptedAssistant) -> None:
    answer = await visitor.posts(
        (ID + FILE + "--B--\r\n").encode(),
        Content_Type="multipart/form-data; boundary=B",
        Sec_Fetch_Site="cross-site",
    )
    assert answer.status == 403
    assert taker.taken == []


@pytest.mark.parametrize(
    ("replies", "asked"),
    [
        (FILES_WANTED, True),
        (THANKS, False),
        ((THANKS, FILES_WANTED), True),
        ((FILES_WANTED, THANKS), False),
    ],
)
async def test_without_script_a_file_can_be_added_where_the_last_reply_asks_for_it(
    replies: Reply | tuple[Reply, ...], asked: bool
) -> None:
    async with chatting(ScriptedAssistant(replies), UPLOADS) as visitor:
        page = await visitor.says("hello", path="/")
    form = page.html[page.html.index("<form") :].partition(">")[0]
    assert (' enctype="multipart/form-data" data-files' in form) == asked
    assert ("data-files" in form) == asked


async def test_the_first_page_asks_for_no_file(visitor: Visitor) -> None:
    assert "data-files" not in (await visitor.opens()).html


async def test_the_page_tells_the_browser_which_files_may_be_chosen(visitor: Visitor) -> None:
    page = await visitor.opens(Accept_Language="en")
    field = page.html[page.html.index('<input type="file"') :].partition(">")[0]
    assert 'accept="image/jpeg,application/pdf"' in field
    assert f'data-most="{2 * MEGABYTE}"' in field
    assert "This file is too large. A file may have 2 MB." in page.addresses("data-large")
    assert "Add a file" in page.shown


HOSTILE = Document('"><script>alert(1)</script>.json', "application/json", '{"text": "</a><script> 护照 😀"}')


@BOTH_WAYS
async def test_a_document_is_a_link_that_holds_it(path: str) -> None:
    async with chatting(ScriptedAssistant(replace(THANKS, document=HOSTILE)), UPLOADS) as visitor:
        answer = await visitor.says("hello", path=path)
    assert answer.html.count("<script") == answer.html.count("<!doctype")
    link = answer.html[answer.html.index("<a download=") :].partition("</a>")[0]
    assert html.unescape(link.partition('download="')[2].partition('"')[0]) == HOSTILE.name
    kind, _, content = html.unescape(link.partition('href="')[2].partition('"')[0]).partition(",")
    assert kind == "data:application/json;base64"
    assert base64.b64decode(content).decode() == HOSTILE.content
    assert HOSTILE.name in html.unescape(link.partition("<bdi>")[2])


async def test_a_reply_without_a_document_has_no_link(visitor: Visitor) -> None:
    assert "download" not in (await visitor.says("hello")).html
