"""Every operator setting, with its help text. Read from `BOT_…` variables and from `.env`."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.core import Kept, OperatorError

PREFIX = "BOT_"
ENV_FILE = ".env"

MEGABYTE = 1024 * 1024
FILE_TYPES = (
    "image/jpeg",
    "image/png",
    "image/webp",
    "application/pdf",
    "audio/ogg",
    "audio/mpeg",
    "audio/mp4",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
    "text/plain",
)

_ORIGIN = re.compile(r"https?://(?:(?:\*\.)?[\w.-]+|\[[\da-f:]+\])(?::\d+)?", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_PASSWORD = re.compile(r"(://[^:/]*:).*@")


class Settings(BaseSettings):
    """What an operator can set. Every field has a default that works on one machine without any account."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=ENV_FILE, extra="ignore", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on; 0.0.0.0 for all.")
    port: int = Field(8080, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    public_url: str = Field(
        "", description="Address under which the world reaches this server, such as https://bot.example.org."
    )
    data_dir: Path = Field(Path("var"), description="Folder for the database, the secret key and the search index.")
    database_url: str = Field("", description="SQLite or PostgreSQL address; empty for SQLite in the data folder.")
    secret_key: SecretStr = Field(
        SecretStr(""),
        description="Encrypts chat addresses. Empty: one is made in the data folder. Several machines need the same.",
    )
    default_language: str = Field("en", description="For people whose language the bot does not speak.")
    operator: str = Field("", description="Who runs this bot; people are told.")
    contact: str = Field("", description="How people reach the operator, such as an e-mail address; people are told.")
    telegram_token: SecretStr = Field(SecretStr(""), description="From @BotFather; without it there is only the web.")
    telegram_api_url: str = Field("https://api.telegram.org", description="Another Bot API server.")
    embed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Sites that may show the web chat in a frame, separated by commas: https://partner.example."
    )
    words_kept_days: int = Field(
        90,
        ge=0,
        description="How long redacted words are kept for editors (questions without an answer, comments); 0 for none.",
    )
    contacts_file: Path | None = Field(
        None, description="Whom to call in an emergency, by country; empty for contacts.toml in the data folder."
    )
    attachments_most: int = Field(5, ge=0, description="How many files a person may add to a feedback; 0 for none.")
    attachment_megabytes: int = Field(
        10, ge=1, le=20, description="How large a file may be, up to the 20 MB that Telegram hands out."
    )
    attachment_types: Annotated[tuple[str, ...], NoDecode] = Field(
        FILE_TYPES, description="What files may be, by media type, separated by commas."
    )
    drafts_kept_days: int = Field(14, ge=1, description="How long feedback that was begun waits to be sent.")
    draft_reminder_days: int = Field(
        3, ge=0, description="After how many days of silence it is recalled once; 0: never."
    )
    links_kept_days: int = Field(
        90, ge=0, description="How long after a submission is closed its link to the person is kept."
    )
    attachments_kept_days: int = Field(365, ge=0, description="How long files that came with feedback are kept.")
    texts_kept_days: int = Field(
        730, ge=1, description="How long the words of submissions are kept; after that their codes alone."
    )
    people_kept_days: int = Field(
        365, ge=1, description="How long chat addresses are kept of people who do not write and have sent no feedback."
    )
    feedback_an_hour: int = Field(
        10,
        ge=1,
        description="How many submissions an hour are taken from one chat or web address; then it has to wait.",
    )
    proxies: int = Field(
        0, ge=0, description="How many proxies of yours stand before it: whose X-Forwarded-For is believed."
    )
    working_groups_file: Path | None = Field(
        None,
        description="Who reviews what; empty for working-groups.toml in the data folder, or else the one that comes along.",
    )
    old_secret_keys: SecretStr = Field(
        SecretStr(""),
        description="Earlier values of BOT_SECRET_KEY, separated by commas; see docs/operating-feedback.md.",
    )
    log_format: str = Field("console", pattern="^(console|json)$", description="console or json.")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="debug, info, warning or error.")

    @field_validator("embed_origins", "attachment_types", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value

    @field_validator("embed_origins")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin!r} is no origin like https://partner.example")
        return origins

    @field_validator("attachment_types")
    @classmethod
    def _are_media_types(cls, types: tuple[str, ...]) -> tuple[str, ...]:
        for each in types:
            if not _MEDIA_TYPE.fullmatch(each):
                raise ValueError(f"{each!r} is no media type like image/jpeg")
        return types

    @field_validator("public_url", "telegram_api_url")
    @classmethod
    def _is_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in ("http", "https") or not parts.netloc):
            raise ValueError("must begin with https:// or http://")
        return url.rstrip("/")

    @property
    def attachment_bytes(self) -> int:
        """How large a file may be; 0 where none are taken."""
        return self.attachment_megabytes * MEGABYTE if self.attachments_most and self.attachment_types else 0

    @property
    def kept(self) -> Kept:
        """How long each class of what is stored is kept."""
        return Kept(
            words=timedelta(days=self.words_kept_days),
            drafts=timedelta(days=self.drafts_kept_days),
            links=timedelta(days=self.links_kept_days),
            attachments=timedelta(days=self.attachments_kept_days),
            texts=timedelta(days=self.texts_kept_days),
            people=timedelta(days=self.people_kept_days),
        )

    @property
    def contacts(self) -> Path:
        """The contacts file with the default filled in."""
        return self.contacts_file or self.data_dir / "contacts.toml"

    @property
    def database(self) -> str:
        """The database address with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir / 'compact-bot.db'}"


@dataclass(frozen=True, slots=True)
class Described:
    """One setting as `compact-bot settings` prints it."""

    name: str
    value: str
    default: str
    help: str
    origin: str


def read_settings() -> Settings:
    """The settings in force.

    Raises:
        OperatorError: one is wrong; the text names it, and never its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise OperatorError(f"{name} is wrong: {first['msg']}. See docs/settings.md.") from None
    except UnicodeDecodeError as error:
        raise OperatorError(f"{ENV_FILE} is not in UTF-8.") from error


def describe(settings: Settings) -> Iterator[Described]:
    """Each setting with its value (secrets hidden), default, help and where the value came from."""
    in_file = {name.upper() for name in dotenv_values(ENV_FILE)} if Path(ENV_FILE).exists() else set()
    environment = {name.upper() for name in os.environ}
    for field, info in Settings.model_fields.items():
        name = PREFIX + field.upper()
        origin = "environment" if name in environment else ENV_FILE if name in in_file else "default"
        value, default = _printed(getattr(settings, field)), _printed(info.default)
        yield Described(name, value, default, info.description or "", origin)


def _printed(value: Any) -> str:
    if isinstance(value, SecretStr):
        return "(set, hidden)" if value.get_secret_value() else ""
    if value is None:
        return ""
    return ",".join(value) if isinstance(value, tuple) else _PASSWORD.sub(r"\1***@", str(value))
