"""What the assistant should take of an update."""

import re

from telegram import Message, Update
from telegram.constants import ChatType

from bot.core import Address, Incoming, Kind

CHANNEL = "telegram"

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


def incoming_from(update: Update, username: str) -> Incoming | None:
    """What the assistant should take of an update; None for what is knowingly ignored."""
    query = update.callback_query
    if query is not None:
        if query.message is None or query.message.chat.type != ChatType.PRIVATE:
            return None
        chat, locale = query.message.chat.id, query.from_user.language_code or ""
        return _incoming(update, chat, locale, Kind.BUTTON, data=query.data or "")
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    locale = message.from_user.language_code or ""
    text = message.text or message.caption or ""
    if message.chat.type != ChatType.PRIVATE:
        spoken_to = update.message is not None and _speaks_to(username, text)
        return _incoming(update, message.chat.id, locale, Kind.GROUP) if spoken_to else None
    if text:
        return _incoming(update, message.chat.id, locale, Kind.TEXT, text=text)
    kind = _kind(message)
    # A live location is an endless row of edits; answering the first is enough.
    return None if kind is None or update.edited_message else _incoming(update, message.chat.id, locale, kind)


def _speaks_to(username: str, text: str) -> bool:
    """Whether a group's message is meant for the bot: a command that names no other bot, or its name anywhere."""
    if re.match(r"/\w+(\s|$)", text):
        return True
    return bool(username) and re.search(rf"@{re.escape(username)}\b", text, re.IGNORECASE) is not None


def _incoming(update: Update, chat: int, locale: str, kind: Kind, *, text: str = "", data: str = "") -> Incoming:
    address = Address(CHANNEL, str(chat))
    return Incoming(address, str(update.update_id), text=text, data=data, kind=kind, locale=locale)


def _kind(message: Message) -> Kind | None:
    """What else was sent; None for notes of Telegram itself, such as a pinned message."""
    return next((kind for attribute, kind in _KINDS.items() if getattr(message, attribute, None)), None)
