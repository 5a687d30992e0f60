"""Files that people send: which are taken, and that they are kept as they come."""

import pytest
from PIL import Image

from bot.core import FileRefused, OperatorError, SentFile
from bot.privacy.attachments import KINDS, MEGABYTE, CheckedFiles
from bot.settings import Settings
from tests.fakes.chat import sent_file as sent
from tests.fakes.pictures import FORMS, drawn, saved

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"
BEGINNINGS = {
    "application/pdf": b"%PDF-1.7\n",
    "audio/ogg": b"OggS\0\x02",
    "audio/mpeg": b"ID3\x04\0",
    "audio/mp4": b"\0\0\0\x1cftypM4A ",
    "video/mp4": b"\0\0\0\x1cftypisom",
    WORD: b"PK\x03\x04\x14\0",
    OPEN_DOCUMENT: b"PK\x03\x04\x14\0",
    "text/plain": "Ils ont gardé mon passeport.\n".encode(),
}
"""Everything that is kept as it comes."""

FILES = CheckedFiles(5, 10 * MEGABYTE, tuple(KINDS))


def not_to_be_fetched(media_type: str, size_bytes: int) -> SentFile:
    async def load() -> bytes:
        raise AssertionError("it was fetched")

    return SentFile(media_type, size_bytes, load)


async def refusal(files: CheckedFiles, file: SentFile, already: int = 0) -> str:
    """What the person reads, in English."""
    with pytest.raises(FileRefused) as refused:
        await files.take(file, already)
    return refused.value.text.format(**refused.value.values)


@pytest.mark.parametrize("media_type", BEGINNINGS)
async def test_any_other_file_is_kept_as_it_is(media_type: str) -> None:
    content = BEGINNINGS[media_type] + b"\n<script>alert(1)</script> and the rest"
    attachment, kept = await FILES.take(sent(content, media_type), 4)
    assert kept == content
    assert (attachment.media_type, attachment.size_bytes) == (media_type, len(content))


@pytest.mark.parametrize("media_type", KINDS)
async def test_what_is_not_what_it_says_is_refused(media_type: str) -> None:
    others = {
        **BEGINNINGS,
        **{each: saved(drawn(), form) for each, form in FORMS.items()},
        "a program": b"MZ\x90\0\x03\0\0\0",
        "nothing like it": b"\0",
    }
    same_beginning = {
        WORD: {OPEN_DOCUMENT},
        OPEN_DOCUMENT: {WORD},
        "audio/mp4": {"video/mp4"},
        "video/mp4": {"audio/mp4"},
        "text/plain": {"application/pdf"},
    }
    for other, content in others.items():
        if other == media_type or other in same_beginning.get(media_type, set()):
            continue
        if media_type == "text/plain" and b"\0" not in content and content.isascii():
            continue
        said = await refusal(FILES, sent(content, media_type))
        assert said.startswith("This file is not of the kind"), other


@pytest.mark.parametrize("first", [b"\xff\xfb\x90", b"\xff\xf3\x40", b"\xff\xe3\x18", b"\xff\xfa\x90"])
async def test_a_recording_may_begin_without_a_tag(first: bytes) -> None:
    await FILES.take(sent(first + bytes(50), "audio/mpeg"), 0)


@pytest.mark.parametrize("first", [b"\xff", b"\xff\xf1\x50", b"\xff\xd8\xff", b"\xff\xfd\x90"])
async def test_what_begins_like_a_recording_and_is_none_is_refused(first: bytes) -> None:
    assert "not of the kind" in await refusal(FILES, sent(first, "audio/mpeg"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
async def test_a_text_may_be_in_any_writing(encoding: str) -> None:
    content = "أخذوا جواز سفري، 拿走了我的护照".encode(encoding)
    assert (await FILES.take(sent(content, "text/plain"), 0))[1] == content


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("audio/ogg; codecs=opus", "audio/ogg"),
        ("audio/opus", "audio/ogg"),
        ("Application/PDF", "application/pdf"),
        ("audio/x-m4a", "audio/mp4"),
        ("audio/mp3", "audio/mpeg"),
        ("image/jpg", "image/jpeg"),
        ("text/plain;charset=utf-8", "text/plain"),
    ],
)
async def test_a_kind_is_known_under_its_other_names(given: str, kept: str) -> None:
    content = saved(drawn(), "JPEG") if kept == "image/jpeg" else BEGINNINGS[kept]
    assert (await FILES.take(sent(content, given), 0))[0].media_type == kept


@pytest.mark.parametrize(
    "media_type", ["", "application/zip", "image/svg+xml", "text/html", "image", "image/heic", "\0"]
)
async def test_a_kind_that_is_not_taken_is_not_even_fetched(media_type: str) -> None:
    files = CheckedFiles(5, MEGABYTE, ("image/jpeg", "application/pdf", WORD))
    said = await refusal(files, not_to_be_fetched(media_type, 10))
    assert said == "I cannot take files of this kind. I can take: JPEG, PDF, DOCX."


async def test_a_file_that_says_that_it_is_too_large_is_not_even_fetched() -> None:
    files = CheckedFiles(5, 2 * MEGABYTE, ("application/pdf",))
    said = await refusal(files, not_to_be_fetched("application/pdf", 2 * MEGABYTE + 1))
    assert said == "This file is too large. A file may have 2 MB."


async def test_a_file_that_says_it_is_small_and_is_not_is_refused() -> None:
    files = CheckedFiles(5, 1000, ("application/pdf",))
    await files.take(sent(b"%PDF-" + bytes(995), "application/pdf", 0), 0)
    assert "too large" in await refusal(files, sent(b"%PDF-" + bytes(996), "application/pdf", 0))


async def test_a_picture_that_grows_beyond_the_limit_is_refused() -> None:
    rough = Image.effect_noise((64, 64), 90).convert("P")
    content = saved(rough.convert("RGB"), "JPEG", quality=5)
    assert "too large" in await refusal(CheckedFiles(5, len(content), ("image/jpeg",)), sent(content, "image/jpeg"))


async def test_an_empty_file_is_refused() -> None:
    assert await refusal(FILES, sent(b"", "text/plain")) == "This file is empty."


async def test_one_file_too_many_is_not_even_fetched() -> None:
    files = CheckedFiles(2, MEGABYTE, ("application/pdf",))
    await files.take(sent(b"%PDF-", "application/pdf"), 1)
    said = await refusal(files, not_to_be_fetched("application/pdf", 5), already=2)
    assert said == "No more files can be added: 2 is the most."


@pytest.mark.parametrize("files", [CheckedFiles(0, MEGABYTE, ("text/plain",)), CheckedFiles(5, MEGABYTE, ())])
async def test_an_operator_may_take_none(files: CheckedFiles) -> None:
    said = await refusal(files, not_to_be_fetched("text/plain", 5))
    assert said == "I cannot take files here. Please say it in words."


async def test_no_two_files_have_the_same_name() -> None:
    file = sent(b"%PDF-", "application/pdf")
    names = [(await FILES.take(file, 0))[0].id for _each in range(100)]
    assert len(set(names)) == 100
    assert {len(name) for name in names} == {32}


def test_an_operator_who_names_a_kind_that_cannot_be_checked_is_told() -> None:
    with pytest.raises(
        OperatorError, match=r"^BOT_ATTACHMENT_TYPES: image/heic cannot be checked\. Known are image/jpeg,"
    ):
        CheckedFiles(5, MEGABYTE, ("image/jpeg", "image/heic"))


def test_what_is_taken_unless_the_operator_says_otherwise_can_be_checked() -> None:
    chosen = Settings(_env_file=None)
    assert set(KINDS) - set(chosen.attachment_types) == {"video/mp4"}
    CheckedFiles(chosen.attachments_most, chosen.attachment_bytes, chosen.attachment_types)
    assert (chosen.attachments_most, chosen.attachment_bytes) == (5, 10 * MEGABYTE)
    none = Settings.model_validate({"attachments_most": 0})
    assert none.attachment_bytes == 0
