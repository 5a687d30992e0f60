"""Telegram: updates in, by long polling or webhook, and replies out."""

import asyncio
import hmac
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

import structlog
from aiohttp import web
from telegram import Bot, BotCommand, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram_format import keyboard, parts
from bot.channels.telegram_updates import CHANNEL, fetching, incoming_from
from bot.core import (
    Address,
    Assistant,
    Command,
    Incoming,
    Languages,
    OperatorError,
    Refused,
    Reply,
    TryAgain,
    Unreachable,
)

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query")
WEBHOOK_PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- a header's name

POLL_SECONDS = 25
TYPING_AFTER_SECONDS = 1.0
TYPING_LASTS_SECONDS = 4.5
RETRY_SECONDS = 5.0
# What python-telegram-bot raises where an update is not as it expects.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Menu:
    """What Telegram shows of the bot outside its messages. English; shown translated."""

    commands: Sequence[Command]
    name: str
    description: str
    short_description: str


class TelegramChannel:
    """See `bot.core.Channel`. `bot` must be initialized before anything else is called."""

    name = CHANNEL

    def __init__(self, bot: Bot, assistant: Assistant, languages: Languages, menu: Menu) -> None:
        self._bot = bot
        self._assistant = assistant
        self._languages = languages
        self._menu = menu

    async def deliver(self, address: Address, reply: Reply) -> None:
        """See `bot.core.Channel`. A long reply goes out as several messages and a document after them.

        Buttons stand under the last.
        """
        chat, texts, buttons = int(address.chat), parts(reply), keyboard(reply.choices)
        try:
            for text in texts[:-1]:
                await self._send(chat, text)
            await self._send(chat, texts[-1], buttons if reply.document is None else None)
            if reply.document is not None:
                content = reply.document.content.encode()
                await self._bot.send_document(chat, content, filename=reply.document.name, reply_markup=buttons)
        except TelegramError as error:
            raise _as_delivery_error(error) from error

    async def _send(self, chat: int, text: str, buttons: InlineKeyboardMarkup | None = None) -> None:
        await self._bot.send_message(
            chat, text, parse_mode=ParseMode.HTML, reply_markup=buttons, link_preview_options=NO_PREVIEW
        )

    async def take(self, update: Update) -> None:
        """Hand one update to the assistant; returns when it is saved. Raises what the assistant raises."""
        if update.callback_query is not None:
            # Telegram shows a spinning button until this is called; an old query cannot be answered any more.
            with suppress(TelegramError):
                await self._bot.answer_callback_query(update.callback_query.id)
        incoming = incoming_from(update, self._bot.bot.username or "", fetching(self._bot))
        if incoming is None:
            return
        async with self._typing(incoming):
            await self._assistant.take(incoming)

    @asynccontextmanager
    async def _typing(self, incoming: Incoming) -> AsyncIterator[None]:
        """Show "typing…" when it takes longer than a moment."""

        async def show() -> None:
            await asyncio.sleep(TYPING_AFTER_SECONDS)
            while True:
                with suppress(TelegramError):
                    await self._bot.send_chat_action(int(incoming.address.chat), ChatAction.TYPING)
                await asyncio.sleep(TYPING_LASTS_SECONDS)

        task = asyncio.create_task(show())
        try:
            yield
        finally:
            task.cancel()

    async def poll(self) -> None:
        """For ever: fetch updates. The offset moves only past updates that are saved."""
        await self._delete_webhook()
        offset = 0
        while True:
            try:
                updates = await self._bot.get_updates(
                    offset=offset, timeout=POLL_SECONDS, read_timeout=POLL_SECONDS + 5, allowed_updates=ALLOWED_UPDATES
                )
            except Conflict:
                log.error("telegram_conflict", meaning="another process polls with this token, or a webhook is set")  # noqa: TRY400
                await self._delete_webhook()
                await asyncio.sleep(RETRY_SECONDS)
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error))
            except TelegramError as error:
                log.warning("telegram_unreachable", error=type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)
            except UNREADABLE:
                log.exception("updates_not_understood")
                await asyncio.sleep(RETRY_SECONDS)
            else:
                offset = await self._take_all(updates, offset)

    async def _take_all(self, updates: Sequence[Update], offset: int) -> int:
        """Updates of one chat in order, of different chats side by side. Returns the next offset."""
        by_chat: defaultdict[int, list[Update]] = defaultdict(list)
        for update in updates:
            chat = update.effective_chat
            by_chat[chat.id if chat else 0].append(update)
        failed = [
            number for numbers in await asyncio.gather(*map(self._take_chat, by_chat.values())) for number in numbers
        ]
        if failed:
            await asyncio.sleep(RETRY_SECONDS)
            return min(failed)
        return updates[-1].update_id + 1 if updates else offset

    async def _take_chat(self, updates: Sequence[Update]) -> list[int]:
        """Take one chat's updates; returns the numbers of those that must come again."""
        for position, update in enumerate(updates):
            try:
                await self.take(update)
            except Exception:
                log.exception("update_not_saved")
                return [later.update_id for later in updates[position:]]
        return []

    def webhook(self, secret: str) -> web.RouteDef:
        """The route that Telegram calls. It answers 200 only after the update is saved."""

        async def receive(request: web.Request) -> web.Response:
            given = request.headers.get(SECRET_HEADER, "")
            if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
                raise web.HTTPForbidden
            update = _parsed(await request.read(), self._bot)
            if update is not None:
                await self.take(update)
            return web.Response(status=HTTPStatus.OK)

        return web.post(WEBHOOK_PATH, receive)

    async def set_webhook(self, public_url: str, secret: str) -> None:
        address = public_url.rstrip("/") + WEBHOOK_PATH
        try:
            await self._bot.set_webhook(address, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
        except TelegramError as error:
            raise OperatorError(f"Telegram did not take the webhook {address}: {error.message}") from error

    async def _delete_webhook(self) -> None:
        with suppress(TelegramError):
            await self._bot.delete_webhook()

    async def show_menu(self) -> None:
        """Commands, name and descriptions in every language. What Telegram refuses is logged and left."""
        bot = self._bot
        for language in self._languages.all():
            _ = self._languages.translator(language.code).gettext
            commands = [BotCommand(command.name, _(command.description)) for command in self._menu.commands]
            name, about, short = map(_, (self._menu.name, self._menu.description, self._menu.short_description))
            # The empty code is what people see whose language the bot does not speak.
            codes = ["", language.code] if language.code == self._languages.negotiate() else [language.code]
            for code in codes:
                # Telegram allows few changes of name and descriptions a day, so they are set only where they differ.
                await _leniently(bot.set_my_commands(commands, language_code=code))
                if (shown := await _leniently(bot.get_my_name(code))) is None or shown.name != name:
                    await _leniently(bot.set_my_name(name, code))
                if (text := await _leniently(bot.get_my_description(code))) is None or text.description != about:
                    await _leniently(bot.set_my_description(about, code))
                line = await _leniently(bot.get_my_short_description(code))
                if line is None or line.short_description != short:
                    await _leniently(bot.set_my_short_description(short, code))


async def _leniently(call: Coroutine[object, object, Answer]) -> Answer | None:
    """What Telegram answers; None if it refuses, which is logged."""
    try:
        return await call
    except TelegramError as error:
        log.warning("telegram_menu_not_set", error=type(error).__name__)
        return None


def _parsed(body: bytes, bot: Bot) -> Update | None:
    try:
        payload = json.loads(body)
        return Update.de_json(payload, bot) if isinstance(payload, dict) else None
    except UNREADABLE:
        # Telegram would send it again for ever; one that cannot be read is passed over.
        log.warning("update_not_understood")
        return None


def _as_delivery_error(error: TelegramError) -> Exception:
    match error:
        case RetryAfter():
            return TryAgain(_seconds(error))
        case Forbidden() | ChatMigrated():
            # A group that became a supergroup has a new number and is met there afresh.
            return Unreachable()
        case BadRequest():
            return Unreachable() if "chat not found" in error.message.lower() else Refused(error.message)
        case _:
            return TryAgain(RETRY_SECONDS)


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after if isinstance(after, int | float) else after.total_seconds())
