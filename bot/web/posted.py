"""A form as a browser posted it: its texts, and its files in memory, never on the disk."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http import HttpProcessingError

from bot.core import N_, FileRefused, SentFile
from bot.web.security import require_same_origin

MOST_TEXT_BYTES = 512 * 1024
MOST_PARTS = 200
MOST_READ_BYTES = 256 * 1024 * 1024
"""So much of files that are too large is read and dropped: a browser shows no page before it has sent everything."""

TOO_LARGE = N_("This file is too large. A file may have {megabytes} MB.")
_MEGABYTE = 1024 * 1024
# What aiohttp raises where a form is not as it should be, or ends in the middle.
_UNREADABLE = (LookupError, ValueError, RuntimeError, AssertionError, ConnectionError, HttpProcessingError)
_MULTIPART = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Uploads:
    """Which files may be sent, by media type, and how large one may be; none without types."""

    media_types: tuple[str, ...] = ()
    most_bytes: int = 0

    @property
    def most_megabytes(self) -> int:
        return self.most_bytes // _MEGABYTE


NO_UPLOADS = Uploads()


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted. `fingerprint` is the same for the same texts and files."""

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    files: tuple[SentFile, ...] = ()
    fingerprint: str = ""

    def one(self, name: str) -> str:
        """The last value of this name, or nothing."""
        return (self.texts.get(name) or ("",))[-1]

    def all(self, name: str) -> tuple[str, ...]:
        return self.texts.get(name, ())


async def read_posted(request: web.Request, most_file_bytes: int = 0) -> Posted:
    """The form, of our own page only. Of a longer file its size is told and nothing else.

    Raises:
        HTTPForbidden: another site's page posted it.
        HTTPBadRequest: it cannot be read.
        HTTPRequestEntityTooLarge: it is larger than any form of ours.
    """
    require_same_origin(request)
    reading = _Reading(most_file_bytes)
    try:
        if request.content_type == _MULTIPART:
            await reading.take_parts(await request.multipart())
        else:
            for name, value in (await request.post()).items():
                reading.take_text(name, str(value))
    except _UNREADABLE as error:
        raise web.HTTPBadRequest(text="This form cannot be read.") from error
    return reading.done()


class _Reading:
    """A form while it is being read."""

    def __init__(self, most_file_bytes: int) -> None:
        self._most_file_bytes = most_file_bytes
        self._texts: dict[str, tuple[str, ...]] = {}
        self._files: list[SentFile] = []
        self._hash = sha256()
        self._left_bytes = MOST_READ_BYTES
        self._left_text_bytes = MOST_TEXT_BYTES
        self._parts = 0

    async def take_parts(self, parts: MultipartReader) -> None:
        while (part := await parts.next()) is not None:
            self._parts += 1
            if not isinstance(part, BodyPartReader) or part.name is None or self._parts > MOST_PARTS:
                raise ValueError("not a part of a form")
            if part.filename is None:
                content, size_bytes = await self._content(part, self._left_text_bytes)
                self._left_text_bytes -= size_bytes
                if self._left_text_bytes < 0:
                    raise _too_large(MOST_TEXT_BYTES)
                self.take_text(part.name, content.decode(errors="replace"))
            else:
                content, size_bytes = await self._content(part, self._most_file_bytes)
                if size_bytes or part.filename:  # where none was chosen, browsers post an empty one without a name
                    self._take_file(part.headers.get("Content-Type", ""), content, size_bytes)

    def take_text(self, name: str, value: str) -> None:
        # Without what databases and encodings choke on: NUL and lone surrogates.
        value = value.replace("\r\n", "\n").replace("\0", "").encode(errors="replace").decode()
        self._texts[name] = (*self._texts.get(name, ()), value)
        self._add_to_hash(name.encode(errors="replace"), value.encode())

    def _take_file(self, media_type: str, content: bytes, size_bytes: int) -> None:
        self._add_to_hash(b"file", content)
        self._files.append(SentFile(media_type, size_bytes, self._loading(content, size_bytes)))

    def _add_to_hash(self, *parts: bytes) -> None:
        for part in parts:
            self._hash.update(len(part).to_bytes(8))
            self._hash.update(part)

    async def _content(self, part: BodyPartReader, most_bytes: int) -> tuple[bytes, int]:
        """Content and size; of a longer part its beginning only, and the rest is dropped."""
        content, size_bytes = bytearray(), 0
        while chunk := await part.read_chunk():
            size_bytes += len(chunk)
            self._left_bytes -= len(chunk)
            if self._left_bytes < 0:
                raise _too_large(MOST_READ_BYTES)
            if size_bytes <= most_bytes:
                content += chunk
        return bytes(content), size_bytes

    def _loading(self, content: bytes, size_bytes: int) -> Callable[[], Awaitable[bytes]]:
        async def load() -> bytes:
            if size_bytes > self._most_file_bytes:
                raise FileRefused(TOO_LARGE, megabytes=self._most_file_bytes // _MEGABYTE)
            return content

        return load

    def done(self) -> Posted:
        return Posted(self._texts, tuple(self._files), self._hash.hexdigest())


def _too_large(most_bytes: int) -> web.HTTPRequestEntityTooLarge:
    return web.HTTPRequestEntityTooLarge(
        max_size=most_bytes, actual_size=most_bytes + 1, text="This is more than can be taken at once."
    )
