"""Files that people send: checked, and pictures rid of what they tell beside the picture."""

import asyncio
import secrets
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from PIL.ExifTags import Base as Tag
from PIL.Image import Transpose

from bot.core import N_, Attachment, FileRefused, OperatorError, SentFile

TAKES_NONE = N_("I cannot take files here. Please say it in words.")
TOO_MANY = N_("No more files can be added: {most} is the most.")
KIND_NOT_TAKEN = N_("I cannot take files of this kind. I can take: {kinds}.")
TOO_LARGE = N_("This file is too large. A file may have {megabytes} MB.")
EMPTY = N_("This file is empty.")
NOT_OF_ITS_KIND = N_("This file is not of the kind that it says it is, so I have not kept it.")
DAMAGED = N_("I cannot open this picture. It may be damaged: please send another one.")
TOO_LARGE_TO_OPEN = N_("This picture is too large to open. Please send a smaller one.")

MEGABYTE = 1024 * 1024
MOST_PIXELS = 50_000_000
"""An open picture takes four bytes of memory a pixel, and once more for each time it is turned or converted."""
MOST_SCANS = 500
"""A JPEG picture may be drawn over in as many rounds as it likes, each of which takes time; cameras use ten or so."""
QUALITY = 85

_ID_BYTES = 16
_START_OF_SCAN = b"\xff\xda"
_AS_THE_CAMERA_WAS_HELD = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
# What Pillow raises where a picture is not as it should be.
_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    MemoryError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file as people call it, how its content begins, and for pictures the name that Pillow has for it."""

    name: str
    fits: Callable[[bytes], bool]
    picture: str = ""


def _begins(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(beginnings)


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_mp4(content: bytes) -> bool:
    return content[4:8] == b"ftyp"


def _is_text(content: bytes) -> bool:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return "\0" not in content.decode("utf-16" if is_wide else "utf-8")
    except UnicodeDecodeError:
        return False


_ZIP = _begins(b"PK\x03\x04")
# A tag, or a frame: eleven bits that are set, the version, layer III, with or without a checksum.
_MP3 = _begins(b"ID3", *(bytes((0xFF, 0xE0 | version << 3 | 0x02 | bare)) for version in (0, 2, 3) for bare in (0, 1)))
KINDS: Mapping[str, FileKind] = {
    "image/jpeg": FileKind("JPEG", _begins(b"\xff\xd8\xff"), "JPEG"),
    "image/png": FileKind("PNG", _begins(b"\x89PNG\r\n\x1a\n"), "PNG"),
    "image/webp": FileKind("WebP", _is_webp, "WEBP"),
    "application/pdf": FileKind("PDF", _begins(b"%PDF-")),
    "audio/ogg": FileKind("OGG", _begins(b"OggS")),
    "audio/mpeg": FileKind("MP3", _MP3),
    "audio/mp4": FileKind("M4A", _is_mp4),
    "video/mp4": FileKind("MP4", _is_mp4),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": FileKind("DOCX", _ZIP),
    "application/vnd.oasis.opendocument.text": FileKind("ODT", _ZIP),
    "text/plain": FileKind("TXT", _is_text),
}
"""Every kind whose content can be told, by media type."""

_OTHER_NAMES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "application/ogg": "audio/ogg",
    "audio/opus": "audio/ogg",
    "audio/mp3": "audio/mpeg",
    "audio/m4a": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
}


class CheckedFiles:
    """See `bot.core.FileIntake`. At most `most` files a draft; 0, or no media types, takes none.

    Pictures are made anew, one at a time because of the memory; of other files nothing is opened or changed.
    """

    def __init__(self, most: int, most_bytes: int, media_types: Sequence[str]) -> None:
        for each in media_types:
            if each not in KINDS:
                raise OperatorError(f"BOT_ATTACHMENT_TYPES: {each} cannot be checked. Known are {', '.join(KINDS)}.")
        self._most = most if media_types else 0
        self._most_bytes = most_bytes
        self._media_types = tuple(media_types)
        self._opening = asyncio.Lock()

    async def take(self, file: SentFile, already: int) -> tuple[Attachment, bytes]:
        """See `bot.core.FileIntake`. What it says of itself is checked before it is fetched."""
        media_type = _plain(file.media_type)
        self._check_place(already)
        self._check_kind(media_type)
        self._check_size(file.size_bytes)
        content = await file.load()
        self._check_size(len(content))
        if not content:
            raise FileRefused(EMPTY)
        kind = KINDS[media_type]
        if not kind.fits(content):
            raise FileRefused(NOT_OF_ITS_KIND)
        if kind.picture:
            async with self._opening:
                content = await asyncio.to_thread(picture_alone, content, kind.picture)
            self._check_size(len(content))
        return Attachment(secrets.token_hex(_ID_BYTES), media_type, len(content)), content

    def _check_place(self, already: int) -> None:
        if not self._most:
            raise FileRefused(TAKES_NONE)
        if already >= self._most:
            raise FileRefused(TOO_MANY, most=self._most)

    def _check_kind(self, media_type: str) -> None:
        if media_type not in self._media_types:
            raise FileRefused(KIND_NOT_TAKEN, kinds=", ".join(KINDS[each].name for each in self._media_types))

    def _check_size(self, size_bytes: int) -> None:
        if size_bytes > self._most_bytes:
            raise FileRefused(TOO_LARGE, megabytes=self._most_bytes // MEGABYTE)


def picture_alone(content: bytes, form: str) -> bytes:
    """The picture, upright, as a new file of the same form: no place, time, camera, comment, thumbnail or profile.

    Raises:
        FileRefused: it cannot be read, or would take too much memory or time.
    """
    if form == "JPEG" and content.count(_START_OF_SCAN) > MOST_SCANS:
        raise FileRefused(TOO_LARGE_TO_OPEN)
    try:
        with Image.open(BytesIO(content), formats=[form]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise FileRefused(TOO_LARGE_TO_OPEN)
            mode = _mode(picture)
            alone = _upright(picture)
            alone = alone if alone.mode == mode else alone.convert(mode)
            alone.load()
            # Pillow would write some of what it has read here into the new file.
            alone.info.clear()
            written = BytesIO()
            alone.save(written, form, quality=QUALITY)
    except Image.DecompressionBombError as error:
        raise FileRefused(TOO_LARGE_TO_OPEN) from error
    except _UNREADABLE as error:
        raise FileRefused(DAMAGED) from error
    return written.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    try:
        turn = _AS_THE_CAMERA_WAS_HELD.get(picture.getexif().get(Tag.Orientation, 1))
    except _UNREADABLE:  # what stands beside the picture is damaged, which the picture need not be
        return picture
    return picture if turn is None else picture.transpose(turn)


def _mode(picture: Image.Image) -> str:
    if picture.mode == "I;16":  # of a scanner: 16 bits of grey, which would all turn white
        return picture.mode
    if picture.has_transparency_data and picture.format != "JPEG":
        return "RGBA"
    return "L" if picture.mode in ("1", "L") else "RGB"


def _plain(media_type: str) -> str:
    """The media type without its parameters, under its usual name."""
    name = media_type.partition(";")[0].strip().lower()
    return _OTHER_NAMES.get(name, name)
