"""Pictures that people send: what is left of them, and what is not opened at all."""

import asyncio
import struct
import threading
import zlib
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.core import CompactBotError, FileRefused
from bot.privacy import attachments
from bot.privacy.attachments import MEGABYTE, MOST_SCANS, CheckedFiles, picture_alone
from tests.fakes.chat import sent_file as sent
from tests.fakes.pictures import CAMERA, FORMS, NOTE, PLACE, PROFILE, VILLAGE, drawn, saved, telling, unpacked

ORIENTATION = 0x0112
FILES = CheckedFiles(5, MEGABYTE, tuple(FORMS))

# What Pillow says of damage is logged by the program.
pytestmark = pytest.mark.filterwarnings("ignore:::PIL")


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@pytest.mark.parametrize("media_type", FORMS)
async def test_a_picture_keeps_nothing_but_the_picture(media_type: str) -> None:
    before = telling(FORMS[media_type])
    attachment, after = await FILES.take(sent(before, media_type), 0)
    told = {CAMERA, PLACE, VILLAGE, PROFILE, *([] if media_type == "image/webp" else [NOTE])}
    assert {word for word in told if word.encode() not in unpacked(before)} == set()
    assert {word for word in told if word.encode() in unpacked(after)} == set()
    opened = Image.open(BytesIO(after))
    assert (opened.format, opened.size) == (FORMS[media_type], (96, 64))
    assert dict(opened.getexif()) == {}
    assert {"icc_profile", "exif", "xmp", "comment", "dpi"} & set(opened.info) == set()
    assert (attachment.media_type, attachment.size_bytes) == (media_type, len(after))


async def test_a_png_has_no_other_parts_than_a_picture_needs() -> None:
    _attachment, after = await FILES.take(sent(telling("PNG"), "image/png"), 0)
    kinds, at = set(), 8
    while at < len(after):
        length, kind = struct.unpack(">I4s", after[at : at + 8])
        kinds.add(kind)
        at += length + 12
    assert kinds == {b"IHDR", b"IDAT", b"IEND"}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", FORMS.values())
def test_a_picture_is_turned_as_the_camera_was_held(form: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    after = Image.open(BytesIO(picture_alone(saved(drawn(), form, exif=exif), form)))
    # Where the dark corner is: https://www.cipa.jp/std/documents/e/DC-008-Translation-2019-E.pdf, table 6
    size = (96, 64) if orientation < 5 else (64, 96)
    right, lower = (orientation in (2, 3, 6, 7), orientation in (3, 4, 7, 8))
    corner = ((size[0] - 4) if right else 3, (size[1] - 4) if lower else 3)
    assert after.size == size
    assert [at for at in corners(size) if dark(after, at)] == [corner]


def corners(size: tuple[int, int]) -> list[tuple[int, int]]:
    return [(x, y) for x in (3, size[0] - 4) for y in (3, size[1] - 4)]


def dark(picture: Image.Image, at: tuple[int, int]) -> bool:
    value = picture.convert("L").getpixel(at)
    assert isinstance(value, int)
    return value < 64


@pytest.mark.parametrize(
    ("mode", "form", "after"),
    [
        ("L", "JPEG", "L"),
        ("CMYK", "JPEG", "RGB"),
        ("1", "PNG", "L"),
        ("P", "PNG", "RGB"),
        ("RGBA", "PNG", "RGBA"),
        ("LA", "PNG", "RGBA"),
        ("I;16", "PNG", "I;16"),
        ("RGBA", "WEBP", "RGBA"),
    ],
)
def test_every_way_to_keep_colours_is_read(mode: str, form: str, after: str) -> None:
    picture = Image.new(mode, (40, 30), 0) if mode == "I;16" else drawn("RGB", (40, 30)).convert(mode)
    if mode == "RGBA":
        picture.putpixel((5, 5), (0, 0, 0, 0))
    assert Image.open(BytesIO(picture_alone(saved(picture, form), form))).mode == after


def test_what_is_seen_through_stays_so() -> None:
    picture = drawn("RGBA")
    picture.putpixel((50, 50), (0, 0, 0, 0))
    for content in (saved(picture, "PNG"), saved(picture.convert("P"), "PNG", transparency=255)):
        assert Image.open(BytesIO(picture_alone(content, "PNG"))).mode == "RGBA"
    assert Image.open(BytesIO(picture_alone(saved(picture, "PNG"), "PNG"))).getpixel((50, 50)) == (0, 0, 0, 0)


def test_of_a_moving_picture_the_first_is_kept() -> None:
    moving = saved(drawn(), "WEBP", save_all=True, append_images=[Image.new("RGB", (96, 64), "red")], duration=80)
    assert getattr(Image.open(BytesIO(moving)), "n_frames", 1) == 2
    still = Image.open(BytesIO(picture_alone(moving, "WEBP")))
    assert getattr(still, "n_frames", 1) == 1
    assert dark(still, (3, 3))


def test_a_picture_that_would_fill_the_memory_is_not_opened() -> None:
    small_file = saved(Image.new("1", (10_000, 6_000)), "PNG")
    assert len(small_file) < 20_000
    with pytest.raises(FileRefused, match="too large to open"):
        picture_alone(small_file, "PNG")


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (2**31 - 1, 2**31 - 1), (0, 5), (2**32 - 1, 1)])
def test_a_picture_that_claims_to_be_huge_is_not_opened(width: int, height: int) -> None:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    content = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    with pytest.raises(FileRefused):
        picture_alone(content, "PNG")


def test_a_text_that_would_fill_the_memory_is_not_unpacked() -> None:
    texts = PngInfo()
    texts.add_text("Description", "x" * 50_000_000, zip=True)
    with pytest.raises(FileRefused):
        picture_alone(saved(drawn(), "PNG", pnginfo=texts), "PNG")


def test_a_picture_that_is_drawn_over_for_ever_is_not_opened() -> None:
    content = saved(drawn(), "JPEG")
    at = content.index(b"\xff\xda")
    with pytest.raises(FileRefused, match="too large to open"):
        picture_alone(content[:at] + content[at:-2] * (MOST_SCANS + 1) + content[-2:], "JPEG")


@pytest.mark.parametrize("media_type", FORMS)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.85])
async def test_a_picture_that_was_cut_off_is_refused(media_type: str, part: float) -> None:
    content = saved(drawn(), FORMS[media_type])
    with pytest.raises(FileRefused, match=r"^I cannot open this picture"):
        await FILES.take(sent(content[: max(20, int(len(content) * part))], media_type), 0)


PICTURES = {form: telling(form) for form in FORMS.values()}


@settings(max_examples=300, deadline=None)
@given(
    form=st.sampled_from(sorted(PICTURES)),
    changes=st.lists(st.tuples(st.integers(0, 5000), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8),
)
@example(form="JPEG", changes=[(20, b"\xff\xff")])
def test_a_picture_with_anything_wrong_in_it_is_refused_or_clean(form: str, changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(PICTURES[form])
    for at, change in changes:
        place = at % len(content)
        content[place : place + len(change)] = change
    try:
        after = picture_alone(bytes(content), form)
    except CompactBotError:
        return
    assert not any(word.encode() in unpacked(after) for word in (CAMERA, PLACE, NOTE, VILLAGE))


@pytest.mark.parametrize(
    "beside", [b"Exif\0\0 this is none", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"]
)
def test_a_good_picture_with_damage_beside_it_is_taken(beside: bytes) -> None:
    content = saved(drawn(), "JPEG")
    damaged = content[:2] + b"\xff\xe1" + struct.pack(">H", len(beside) + 2) + beside + content[2:]
    after = Image.open(BytesIO(picture_alone(damaged, "JPEG")))
    assert dark(after, (3, 3))
    assert "exif" not in after.info


async def test_pictures_are_opened_one_at_a_time_and_beside_the_conversations(monkeypatch: pytest.MonkeyPatch) -> None:
    open_now: list[int] = []
    most: list[int] = []

    def slow(content: bytes, _form: str) -> bytes:
        open_now.append(threading.get_ident())
        most.append(len(open_now))
        assert threading.get_ident() != conversations
        threading.Event().wait(0.01)
        open_now.pop()
        return content

    conversations = threading.get_ident()
    monkeypatch.setattr(attachments, "picture_alone", slow)
    picture = sent(saved(drawn(), "PNG"), "image/png")
    await asyncio.gather(*(FILES.take(picture, 0) for _each in range(4)))
    assert most == [1, 1, 1, 1]
