"""The composition root: settings → database → knowledge → assistant → channels → web."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.assistant import TurnAssistant
from bot.channels.telegram import Menu, TelegramChannel
from bot.core import N_, OperatorError, Router, Store
from bot.correspondence import keep_reminding
from bot.parts import KnowledgeBase, SystemClock, make_keys, make_surroundings
from bot.privacy.retention import keep_deleting
from bot.settings import Settings
from bot.site import web_application
from db.engine import create_engine
from db.schema import upgrade
from db.unit_of_work import SqlDatabase
from handlers import TOPICS

log = structlog.get_logger(__name__)

STOP_SECONDS = 8.0
TELEGRAM_CONNECTIONS = 64
POLLING_CONNECTIONS = 2
PROGRESS_EVERY = 960
FOLLOW_SECONDS = 30.0


class Application:
    """Everything that one process runs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.knowledge = KnowledgeBase(settings)
        self.keys = make_keys(settings)
        self.engine = create_engine(settings.database)
        self.clock = SystemClock()
        self.database = SqlDatabase(self.engine, self.keys, self.clock)
        self.router = Router(TOPICS)
        self.surroundings = make_surroundings(settings, self.knowledge.finder, self.knowledge.languages)
        self.store = Store(self.database, self.clock, self.keys)
        self.assistant = TurnAssistant(self.store, self.router, self.surroundings)

    @asynccontextmanager
    async def telegram(self, app: web.Application) -> AsyncIterator[TelegramChannel | None]:
        """Connect to Telegram, if there is a token; a webhook's route is added to the application."""
        token = self.settings.telegram_token.get_secret_value()
        if not token:
            yield None
            return
        address = f"{self.settings.telegram_api_url}/bot"
        requests = HTTPXRequest(TELEGRAM_CONNECTIONS), HTTPXRequest(POLLING_CONNECTIONS)
        bot = Bot(
            token,
            base_url=address,
            base_file_url=f"{self.settings.telegram_api_url}/file/bot",
            request=requests[0],
            get_updates_request=requests[1],
        )
        channel = TelegramChannel(bot, self.assistant, self.knowledge.languages, _menu(self.router))
        try:
            await bot.initialize()
        except InvalidToken as error:
            raise OperatorError("Telegram does not accept BOT_TELEGRAM_TOKEN. Ask @BotFather for it again.") from error
        except TelegramError as error:
            raise OperatorError(f"{self.settings.telegram_api_url} does not answer: {error.message}") from error
        async with bot:
            self.assistant.add_channel(channel)
            if self.settings.public_url:
                app.add_routes([channel.webhook(self._webhook_secret)])
            yield channel

    @property
    def _webhook_secret(self) -> str:
        return self.keys.token("telegram webhook")

    async def run(self, announce: Callable[[str], None]) -> None:
        """Serve until SIGINT or SIGTERM.

        Raises:
            OperatorError: something that the operator can put right keeps it from starting.
        """
        stopped = _stop_signal()
        await upgrade(self.engine)
        app = web_application(
            self.settings, self.assistant, self.surroundings, self.store, self.knowledge.finder.language
        )
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.database.close)
            telegram = await stack.enter_async_context(self.telegram(app))
            stack.push_async_callback(self.assistant.finish, STOP_SECONDS)
            address = await stack.enter_async_context(_serving(app, self.settings.host, self.settings.port))
            await stack.enter_async_context(_background(lambda: keep_deleting(self.database, self.settings.kept)))
            if self.settings.draft_reminder_days:
                await stack.enter_async_context(_background(self._remind))
            await stack.enter_async_context(_background(self.assistant.sweep))
            await stack.enter_async_context(_background(self._follow_documents))
            if not self.knowledge.complete:
                await stack.enter_async_context(_background(self._build_index))
            if telegram is not None:
                await stack.enter_async_context(_background(telegram.show_menu))
                if self.settings.public_url:
                    await telegram.set_webhook(self.settings.public_url, self._webhook_secret)
                else:
                    await stack.enter_async_context(_background(telegram.poll))
            announce(self.settings.public_url or address)
            await stopped.wait()
            log.info("stopping")

    async def _remind(self) -> None:
        silent = timedelta(days=self.settings.draft_reminder_days)
        await keep_reminding(self.database, self.knowledge.languages, self.clock, silent)

    async def _follow_documents(self) -> None:
        """For ever: take over official documents that a command or another process has added."""
        while True:
            try:
                await self.knowledge.load_documents(self.database)
            except Exception:
                # The database may be away for a while; the next round tries again.
                log.exception("documents_not_read")
            await asyncio.sleep(FOLLOW_SECONDS)

    async def _build_index(self) -> None:
        log.info("index_incomplete", meaning="until it is made answers are found as before the articles were changed")

        def progress(done: int, total: int) -> None:
            if done == total or done % PROGRESS_EVERY == 0:
                log.info("index_progress", done=done, total=total)

        await _in_daemon_thread(lambda: self.knowledge.build(progress))
        log.info("index_complete")


def _menu(router: Router) -> Menu:
    return Menu(
        router.menu,
        "Compact Bot",
        N_("I answer questions about the Global Compact for Migration and about life as a migrant, with sources."),
        N_("Questions about migration, answered with sources"),
    )


async def _in_daemon_thread(work: Callable[[], None]) -> None:
    """Run `work` in a thread that the end of the process does not wait for."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(error: BaseException | None) -> None:
        if not done.cancelled():
            done.set_exception(error) if error is not None else done.set_result(None)

    def run() -> None:
        error: BaseException | None = None
        try:
            work()
        except BaseException as raised:
            error = raised
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, error)

    threading.Thread(target=run, daemon=True).start()
    await done


def _stop_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stopped.set)
    return stopped


@asynccontextmanager
async def _serving(app: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """Listen; gives the address, and on the way out lets requests under way end."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_SECONDS)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise OperatorError(
                f"Cannot listen on {host}:{port} ({error.strerror}). Set BOT_PORT to another."
            ) from error
        taken = runner.addresses[0][1]
        yield f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{taken}/"  # noqa: S104 -- compared, not bound
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _background(work: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Run `work` beside the rest; an error in it is logged, the end of the block cancels it."""

    async def run() -> None:
        try:
            await work()
        except Exception:
            log.exception("background_work_failed", work=getattr(work, "__qualname__", ""))

    task = asyncio.create_task(run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
