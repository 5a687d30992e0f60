"""What goes in and out of a conversation, whatever the channel."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.router import Step


class Kind(StrEnum):
    """What a person sent. Everything but `TEXT` and `BUTTON` is something the bot cannot read."""

    TEXT = "text"
    BUTTON = "button"
    PHOTO = "photo"
    VOICE = "voice"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    FILE = "file"
    POLL = "poll"
    OTHER = "other"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is reached. `chat` identifies a person: it is stored encrypted and never logged."""

    channel: str
    chat: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that a person sent, not yet fetched. `media_type` is what the channel says, such as `image/jpeg`.

    `load` fetches it; it raises `FileRefused` if the channel cannot give it.
    """

    media_type: str
    size_bytes: int
    load: Callable[[], Awaitable[bytes]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message from a person.

    `id` is the channel's own number for it: the same message delivered twice has the same one. `data` is
    what the pressed button carries. `locale` is what the phone or browser says, such as `fr-CA`. `names` are the
    sender's own as the channel shows them: they are taken out of what reviewers read, and stored nowhere.
    """

    address: Address
    id: str
    text: str = field(default="", repr=False)
    data: str = field(default="", repr=False)
    kind: Kind = Kind.TEXT
    locale: str = ""
    names: tuple[str, ...] = field(default=(), repr=False)
    file: SentFile | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. A `value` that starts with `/` is a command and works for ever; any other answers this reply.

    `value` may have 64 bytes together with the name of the step it answers: that is Telegram's limit.
    """

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from: a document and, for official texts, the paragraph, such as `29(h)`."""

    document: str
    paragraph: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file for the person, such as all that is stored about them."""

    name: str
    media_type: str
    content: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to a person, as plain text; blank lines part paragraphs, each channel gives it its form.

    `note` is small print under the sources. `next` is the step that takes the person's next message. `language` is
    filled in by the assistant. A `passing` reply is not kept once it has arrived. `document` goes with it as a file.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    title: str = ""
    sources: tuple[Source, ...] = ()
    note: str = ""
    next: "Step | None" = None
    language: str = ""
    passing: bool = False
    document: Document | None = None
