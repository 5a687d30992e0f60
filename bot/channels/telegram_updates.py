"""What the assistant should take of an update."""

import re
from collections.abc import Awaitable, Callable, Sequence

from telegram import Bot, CallbackQuery, Message, PhotoSize, Update, User
from telegram.constants import ChatType, FileSizeLimit
from telegram.error import TelegramError

from bot.core import N_, Address, FileRefused, Incoming, Kind, SentFile

Fetch = Callable[[str], Awaitable[bytes]]
"""The content of the file of this id; raises `FileRefused` if Telegram does not give it."""

CHANNEL = "telegram"
FETCH_SECONDS = 30.0
NOT_FETCHED = N_("I could not fetch this file. Please send it again.")

_KINDS = {
    "photo": Kind.PHOTO,
    "voice": Kind.VOICE,
    "audio": Kind.VOICE,
    "video": Kind.PHOTO,
    "video_note": Kind.VOICE,
    "animation": Kind.STICKER,
    "sticker": Kind.STICKER,
    "dice": Kind.STICKER,
    "location": Kind.LOCATION,
    "venue": Kind.LOCATION,
    "contact": Kind.CONTACT,
    "document": Kind.FILE,
    "poll": Kind.POLL,
    "story": Kind.OTHER,
    "game": Kind.OTHER,
    "paid_media": Kind.PHOTO,
}


# What can be fetched, and its media type where Telegram does not name one.
_FILES = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "document": "application/octet-stream",
}


def fetching(bot: Bot) -> Fetch:
    """Fetches files as this bot."""

    async def fetch(file_id: str) -> bytes:
        try:
            file = await bot.get_file(file_id)
            return bytes(await file.download_as_bytearray(read_timeout=FETCH_SECONDS))
        except (TelegramError, RuntimeError):  # the latter where Telegram names no address
            # Without the cause: a file's address has the token in it.
            raise FileRefused(NOT_FETCHED) from None

    return fetch


def incoming_from(update: Update, username: str, fetch: Fetch) -> Incoming | None:
    """What the assistant should take of an update; None for what is knowingly ignored.

    `username` is the bot's own. A file is fetched only when it is loaded; words under it come as its text.
    """
    if update.callback_query is not None:
        return _tapped(update, update.callback_query)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    chat, person = message.chat.id, message.from_user
    text = message.text or message.caption or ""
    if message.chat.type != ChatType.PRIVATE:
        spoken_to = update.message is not None and _speaks_to(username, text)
        return _incoming(update, chat, person, Kind.GROUP) if spoken_to else None
    content = _content(message)
    # With an edit its file comes once more: the first time is enough. So it is with a location that moves.
    file = None if update.edited_message else _file(message, content, fetch)
    if text and file is None:
        return _incoming(update, chat, person, Kind.TEXT, text=text)
    if content is None or update.edited_message:
        return None
    return _incoming(update, chat, person, _KINDS[content], text=text, file=file)


def _tapped(update: Update, query: CallbackQuery) -> Incoming | None:
    if query.message is None or query.message.chat.type != ChatType.PRIVATE:
        return None
    return _incoming(update, query.message.chat.id, query.from_user, Kind.BUTTON, data=query.data or "")


def _speaks_to(username: str, text: str) -> bool:
    """Whether a group's message is meant for the bot: a command that names no other bot, or its name anywhere."""
    if re.match(r"/\w+(\s|$)", text):
        return True
    return bool(username) and re.search(rf"@{re.escape(username)}\b", text, re.IGNORECASE) is not None


def _incoming(
    update: Update,
    chat: int,
    person: User,
    kind: Kind,
    *,
    text: str = "",
    data: str = "",
    file: SentFile | None = None,
) -> Incoming:
    names = tuple(filter(None, (person.first_name, person.last_name, person.username)))
    return Incoming(
        Address(CHANNEL, str(chat)),
        str(update.update_id),
        text=text,
        data=data,
        kind=kind,
        locale=person.language_code or "",
        # A group's words are not passed on, so there is nothing to take a name out of.
        names=() if kind is Kind.GROUP else names,
        file=file,
    )


def _content(message: Message) -> str | None:
    """What a message holds beside words; None for notes of Telegram itself, such as a pinned message."""
    return next((attribute for attribute in _KINDS if getattr(message, attribute, None)), None)


def _file(message: Message, content: str | None, fetch: Fetch) -> SentFile | None:
    if content not in _FILES:
        return None
    found = _largest(message.photo) if content == "photo" else getattr(message, content)
    media_type = getattr(found, "mime_type", None) or _FILES[content]
    file_id: str = found.file_id
    return SentFile(media_type, found.file_size or 0, lambda: fetch(file_id))


def _largest(sizes: Sequence[PhotoSize]) -> PhotoSize:
    """The largest of these sizes of one picture that Telegram hands out."""
    handed_out = [size for size in sizes if (size.file_size or 0) <= FileSizeLimit.FILESIZE_DOWNLOAD] or sizes
    return max(handed_out, key=lambda size: size.width * size.height)
