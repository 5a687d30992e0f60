"""What the conversation needs from the outside, as protocols."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.core.draft import Point
from bot.core.messages import Address, Incoming, Reply, SentFile, Source
from bot.core.passages import Passage
from bot.core.submission import Attachment


class FindingKind(StrEnum):
    """What a message turned out to be."""

    ANSWER = "answer"
    CHOICES = "choices"
    PASSAGE = "passage"
    GREETING = "greeting"
    OUTSIDE = "outside"
    URGENT = "urgent"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True)
class Finding:
    """What search made of a message.

    `language` is the one the message is written in, `sure_of_language` whether that can be relied on. `article`
    is set for an answer, `choices` are slugs, nearest first. `confidence` is the estimated chance, 0 to 1,
    that the first article is the right one. `passages` are official words where no article fits.
    """

    kind: FindingKind
    language: str
    sure_of_language: bool
    article: str
    choices: tuple[str, ...]
    confidence: float
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article as a person reads it, in one language.

    `checked` is when its facts were last checked, `goes_stale` marks facts that change, `checked_by_speaker` that a
    native speaker has read it. `objectives` are those of the Compact that it is about, the main one first.
    """

    slug: str
    language: str
    title: str
    text: str
    sources: tuple[Source, ...]
    related: tuple[str, ...]
    checked: date
    goes_stale: bool
    checked_by_speaker: bool
    objectives: tuple[int, ...] = ()


class Knowledge(Protocol):
    """The articles and the way to the right one."""

    async def find(self, message: str, hint: str) -> Finding:
        """What `message` asks for. `hint` is the conversation's language, for messages too short to tell."""

    def article(self, slug: str, language: str) -> Article:
        """The article in that language, or in the default one if it has no text there.

        Raises:
            UnknownArticle: there is none of that name.
        """

    def section(self, name: str) -> Sequence[str]:
        """Slugs of a section in reading order; empty for an unknown name."""

    async def sounds_urgent(self, text: str, language: str) -> bool:
        """Whether any part of a longer text sounds like an emergency."""

    async def objectives(self, text: str, language: str) -> tuple[int, ...]:
        """The Compact's objectives that a text seems to be about, likeliest first, three at the most."""

    async def points(self, text: str, language: str) -> Sequence[Point]:
        """The things that a long text speaks of, in order, each a part of it; one alone for a text about one thing."""

    def words(self, slug: str, language: str) -> Sequence[Passage]:
        """The official passages that an article cites, those that the operator has in this language."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language the bot speaks. `name` is its own name for itself, `direction` is `ltr` or `rtl`."""

    code: str
    name: str
    direction: str


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level part of a country: ISO 3166-2 code such as `IT-82`, and its name."""

    code: str
    name: str


class Countries(Protocol):
    """Countries by what people write: a few letters, a code, a flag, in any language or spelling."""

    def find(self, typed: str, reader: str) -> Sequence[str]:
        """ISO 3166-1 codes that may be meant, likeliest first, at most five; one alone if it is certain."""

    def named_in(self, text: str) -> Sequence[str]:
        """Codes of the countries that a longer text names, in order."""

    def name(self, country: str, reader: str) -> str:
        """The country as readers of `reader` know it."""

    def regions(self, country: str, typed: str) -> Sequence[Region]:
        """First-level parts of the country that may be meant, likeliest first, at most five."""

    def region(self, code: str) -> Region | None:
        """The region of this ISO 3166-2 code."""


class FileIntake(Protocol):
    """Takes files in: checks size and type, strips what images tell beside the picture."""

    async def take(self, file: SentFile, already: int) -> tuple[Attachment, bytes]:
        """Fetch it. `already` is how many the draft has.

        Raises:
            FileRefused: too large, one too many, or of a kind that is not taken; its `text` is for `gettext` with its `values`.
        """


class Translator(Protocol):
    """Texts of the interface in one language."""

    language: Language

    def gettext(self, message: str, **values: object) -> str:
        """The translation, with `{name}` placeholders filled in; the English text if the translation is broken."""

    def ngettext(self, singular: str, plural: str, n: int, **values: object) -> str:
        """The form for `n`, which is also the value of `{n}`."""


class Languages(Protocol):
    """The languages found in `locales/`."""

    def all(self) -> Sequence[Language]:
        """Those that articles can be read in, so that people can choose them."""

    def understood(self) -> Sequence[Language]:
        """Those that people may write in: more than can be chosen. A translator of one has a few texts only."""

    def negotiate(self, *locales: str) -> str:
        """Code of the first of these locales that the bot speaks, or of the default language."""

    def translator(self, language: str) -> Translator: ...

    def name(self, language: str, reader: str) -> str:
        """The name of a language as readers of `reader` know it."""

    def date(self, day: date, reader: str) -> str:
        """A date as readers of `reader` write it."""

    def territory(self, country: str, reader: str) -> str:
        """The name of a country (ISO 3166) as readers of `reader` know it; its code if there is none."""


class Assistant(Protocol):
    """What a channel hands its messages to."""

    async def take(self, incoming: Incoming) -> list[Reply]:
        """Run the turn and commit it; delivery goes on in the background. A message that comes again changes nothing.

        When this returns, the message and its replies are saved, and the replies are returned. An error means that
        nothing was saved and that the channel must keep the message.
        """

    async def preview(self, incoming: Incoming) -> list[Reply]:
        """What this would be answered with as a first message; nothing is saved."""

    async def language(self, address: Address) -> str | None:
        """Code of the language of this conversation; None if there is none yet."""


class Channel(Protocol):
    """A way to send replies to people. A channel whose people fetch their replies has none."""

    name: str

    async def deliver(self, address: Address, reply: Reply) -> None:
        """Send one reply.

        Raises:
            Unreachable: the person cannot be reached any more.
            TryAgain: not this time; says when.
            Refused: this reply is not accepted, now or later.
        """


class Seal(Protocol):
    """Keeps addresses secret at rest and still findable."""

    def encrypt(self, text: str) -> bytes: ...

    def decrypt(self, sealed: bytes) -> str: ...

    def encrypt_bytes(self, content: bytes) -> bytes: ...

    def decrypt_bytes(self, sealed: bytes) -> bytes: ...

    def lookup_hash(self, *parts: str) -> bytes:
        """32 bytes, the same for the same parts, useless without the key."""

    def lookup_hashes(self, *parts: str) -> Sequence[bytes]:
        """The same under the present key and each earlier one, for rows that were stored before the key changed."""


class Clock(Protocol):
    """The time, so that tests can move it."""

    def now(self) -> datetime:
        """The moment, in UTC."""
