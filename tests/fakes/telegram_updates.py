"""Updates as Telegram sends them (https://core.telegram.org/bots/api#update), without their numbers."""

from typing import Any

Json = dict[str, Any]

CHAT = 530247118
"""The private chat of the person who writes, and the person's own number."""

GROUP = -1001530247118

NAMES = ("Amina", "Diallo", "amina_d")
"""The person's names as Telegram shows them."""


def message(chat: int = CHAT, *, language: str = "en", **content: Any) -> Json:
    """A message with this content in a private chat, or in a group if the number is one of a group."""
    kind = {"type": "private", "first_name": "Amina"} if chat > 0 else {"type": "supergroup", "title": "Neighbours"}
    first, last, username = NAMES
    author = {
        "id": max(chat, CHAT),
        "is_bot": False,
        "first_name": first,
        "last_name": last,
        "username": username,
        "language_code": language,
    }
    return {"message_id": 31, "date": 1795435200, "chat": {"id": chat, **kind}, "from": author, **content}


def says(text: str, chat: int = CHAT, *, language: str = "en") -> Json:
    return {"message": message(chat, language=language, text=text)}


def sends(chat: int = CHAT, **content: Any) -> Json:
    """Anything but text: `sends(location={...})`."""
    return {"message": message(chat, **content)}


def edits(chat: int = CHAT, **content: Any) -> Json:
    return {"edited_message": message(chat, edit_date=1795435260, **content)}


def taps(data: str, chat: int = CHAT, *, language: str = "en") -> Json:
    """A button under one of the bot's messages."""
    shown = message(chat, text="Which one?")
    shown["from"] = {"id": 7, "is_bot": True, "first_name": "Compact Bot"}
    person = message(chat, language=language)["from"]
    return {
        "callback_query": {
            "id": "4382bfdwdsb323b2d9",
            "from": person,
            "chat_instance": "1",
            "data": data,
            "message": shown,
        }
    }
