"""Pieces that several commands need, put together from the settings: the knowledge and the database."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from bot.contacts import read_contacts
from bot.core import Database, Intake, Knowledge, Service, Surroundings, WorkingGroups
from bot.countries.book import CountryBook
from bot.i18n import LocaleFolder
from bot.knowledge.articles import Library, read_library
from bot.knowledge.building import Progress, build
from bot.knowledge.decision import read_calibration
from bot.knowledge.examples import Example, read_examples
from bot.knowledge.finder import Finder, index_path, shipped_index_path
from bot.knowledge.index import EMPTY, Index, load
from bot.knowledge.meaning import Meaning, is_installed
from bot.knowledge.official import OfficialTexts
from bot.privacy.attachments import CheckedFiles
from bot.privacy.keys import Keys, Secrets, read_or_make_secrets
from bot.privacy.notice import ConfiguredNotice
from bot.privacy.redaction import Redactor, read_introductions
from bot.settings import Settings
from bot.working_groups import read_working_groups
from db.engine import SQLITE, create_engine, database_url
from db.schema import upgrade
from db.unit_of_work import SqlDatabase

LOCALES = Path(__file__).parent.parent / "locales"
WORKING_GROUPS = "working-groups.toml"
SECRET_FILE = "secret.key"  # noqa: S105 -- a file's name
FEW_EXAMPLES = 5000
"""So many are learned by letters within seconds, at once, if there is no index."""


class SystemClock:
    """See `bot.core.Clock`."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class KnowledgeBase:
    """The articles as they are on disk, and the search over them."""

    def __init__(self, settings: Settings, locales: Path = LOCALES) -> None:
        self.library: Library = read_library(locales)
        self.languages = LocaleFolder(locales, self.library.languages(), settings.default_language)
        self.examples: Sequence[Example] = read_examples(locales, self.library)
        self._files = (index_path(settings.data_dir), shipped_index_path(locales))
        self._meaning = Meaning() if is_installed() else None
        self._documents_state = ""

    @cached_property
    def finder(self) -> Finder:
        """The search; loaded when it is first used."""
        index = self._best(self._saved())
        if index is EMPTY and len(self.examples) <= FEW_EXAMPLES:
            index = build(self.examples, None, (), _silent)
        return Finder(self.library, self.examples, self.languages, self._meaning, index, read_calibration())

    @property
    def complete(self) -> bool:
        """Whether the index was learned from the articles as they are, and with meanings where there is a model."""
        return self._is_complete(self.finder.index)

    @property
    def can_find(self) -> bool:
        """Whether there is an index at all, be it one of older articles."""
        return self.finder.index is not EMPTY

    def build(self, progress: Progress, path: Path | None = None) -> None:
        """Learn these articles, keep the index and use it. See `bot.knowledge.building.build` for what it costs."""
        if not self.can_find and self._meaning is not None:
            # Letters alone take two minutes, meanings up to half an hour.
            self.finder.index = build(self.examples, None, (), _silent)
        index = build(self.examples, self._meaning, self._saved(), progress)
        index.save(path or self._files[0])
        self.finder.index = index

    def _saved(self) -> list[Index]:
        return [index for index in map(load, self._files) if index is not None]

    def _best(self, saved: list[Index]) -> Index:
        """One that is complete, or else any: most of what an older index knows is still true."""
        return next((index for index in saved if self._is_complete(index)), saved[0] if saved else EMPTY)

    def _is_complete(self, index: Index) -> bool:
        return index.fits(self.examples) and index.has_meanings == (self._meaning is not None)

    async def load_documents(self, database: Database) -> None:
        """Take over the official documents that were added or removed since the last time."""
        async with database.begin() as work:
            state = await work.documents.state()
            if state == self._documents_state:
                return
            documents = await work.documents.all()
        self.finder.official = OfficialTexts(documents)
        self._documents_state = state


def make_service(settings: Settings, languages: LocaleFolder) -> Service:
    """What the operator says about the service.

    Raises:
        OperatorError: the contacts file is wrong.
    """
    contacts = read_contacts(settings.contacts, languages)
    return Service(settings.operator, settings.contact, contacts, settings.words_kept_days > 0, settings.kept)


def make_groups(settings: Settings, locales: Path = LOCALES) -> WorkingGroups:
    """The working groups: those of the settings, of the data folder, or those that come along.

    Raises:
        OperatorError: the file is wrong or missing.
    """
    in_data = settings.data_dir / WORKING_GROUPS
    own = settings.working_groups_file or (in_data if in_data.exists() else None)
    return read_working_groups(own or locales / WORKING_GROUPS)


def make_surroundings(settings: Settings, knowledge: Knowledge, languages: LocaleFolder) -> Surroundings:
    """What every turn is given."""
    return Surroundings(
        knowledge=knowledge,
        languages=languages,
        service=make_service(settings, languages),
        intake=Intake(Redactor(read_introductions(LOCALES)), make_groups(settings)),
        countries=CountryBook(languages, languages.territory_names),
        files=CheckedFiles(settings.attachments_most, settings.attachment_bytes, settings.attachment_types),
        notice=ConfiguredNotice(settings.kept, bool(settings.telegram_token.get_secret_value())),
        sent_an_hour=settings.feedback_an_hour,
    )


def make_keys(settings: Settings) -> Keys:
    """The keys of these settings; where there is no secret yet, it is made in the data folder."""
    held = held_secrets(settings)
    return Keys(held.current, held.old)


def held_secrets(settings: Settings) -> Secrets:
    """The secret in use and the earlier ones, from the settings or else from the data folder."""
    secret = settings.secret_key.get_secret_value()
    old = tuple(filter(None, map(str.strip, settings.old_secret_keys.get_secret_value().split(","))))
    if secret:
        return Secrets(secret, old)
    in_file = read_or_make_secrets(settings.data_dir / SECRET_FILE)
    return Secrets(in_file.current, (*in_file.old, *old))


def database_exists(settings: Settings) -> bool:
    """Whether there is a database to open; asking SQLite itself would make the file."""
    url = database_url(settings.database)
    return url.drivername != SQLITE or not url.database or Path(url.database).exists()


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[SqlDatabase]:
    """The database of these settings at the newest schema, closed at the end."""
    engine = create_engine(settings.database)
    database = SqlDatabase(engine, make_keys(settings), SystemClock())
    try:
        await upgrade(engine)
        yield database
    finally:
        await database.close()


def _silent(done: int, total: int) -> None:
    """Progress that nobody watches."""
