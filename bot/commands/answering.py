"""`submissions answer`, `submissions status` and `submissions route`: what a working group does."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import click

from bot.core import MOST_CHARACTERS, OperatorError, Status, UnknownSubmission
from bot.correspondence import Correspondence
from bot.i18n import LocaleFolder
from bot.knowledge.articles import read_library
from bot.parts import LOCALES, make_groups, open_database
from bot.settings import read_settings
from bot.tables import printable
from db.unit_of_work import SqlDatabase

_AFTER_AN_ANSWER = (Status.ANSWERED, Status.CLOSED, Status.REFERRED)
_GIVEN_BY_HAND = [each for each in Status if each is not Status.WITHDRAWN]


@click.command()
@click.argument("reference")
@click.option("--text", default="", help="The answer.")
@click.option("--file", type=click.Path(path_type=Path), help="A text file in UTF-8 with the answer.")
@click.option("--language", required=True, help="The language of the answer, such as fr.")
@click.option(
    "--status",
    type=click.Choice([each.value for each in _AFTER_AN_ANSWER]),
    default=Status.ANSWERED.value,
    show_default=True,
)
def answer(reference: str, text: str, file: Path | None, language: str, status: str) -> None:
    """Write to whoever sent this submission, in plain words and in their language."""
    words = _answer_text(text, file)
    told = asyncio.run(_answer(spelled(reference), words, _understood(language), Status(status)))
    click.echo(f"Written to the mailbox of {spelled(reference)}, which is {status} now. {_how_told(told=told)}")


@click.command()
@click.argument("reference")
@click.argument("new", metavar="STATUS", type=click.Choice([each.value for each in _GIVEN_BY_HAND]))
def status(reference: str, new: str) -> None:
    """Say where a submission stands: new, in-review, answered, referred or closed."""
    told = asyncio.run(_set_status(spelled(reference), Status(new)))
    click.echo(f"{spelled(reference)} is {new} now. {_how_told(told=told)}")


@click.command()
@click.argument("reference")
@click.argument("group")
def route(reference: str, group: str) -> None:
    """Pass a submission on to another working group, by its short name (docs/working-groups.md)."""
    groups = make_groups(read_settings())
    short_names = [each.id for each in groups.all()]
    if group not in short_names:
        raise OperatorError(f"There is no working group {group!r}. Those that there are: {', '.join(short_names)}.")
    asyncio.run(_route(spelled(reference), group))
    click.echo(f"{spelled(reference)} is now with: {groups.name(group, 'en')} ({group}).")


def spelled(reference: str) -> str:
    """A reference as it is stored, however it was typed."""
    return reference.strip().upper()


@contextmanager
def known(reference: str) -> Iterator[None]:
    """Tells the operator if there is no such submission."""
    try:
        yield
    except UnknownSubmission:
        name = printable(reference)
        raise OperatorError(f"There is no submission {name!r}: see `compact-bot submissions list`.") from None


def _answer_text(text: str, file: Path | None) -> str:
    if bool(text) == (file is not None):
        raise OperatorError("Give the answer either with --text TEXT or with --file FILE.")
    if file is not None:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not in UTF-8"
            raise OperatorError(f"{file} cannot be read: {reason}.") from error
    text = printable(text).strip()
    if not text or len(text) > MOST_CHARACTERS:
        raise OperatorError(f"An answer has between 1 and {MOST_CHARACTERS} characters; this one has {len(text)}.")
    return text


def _languages() -> LocaleFolder:
    return LocaleFolder(LOCALES, read_library(LOCALES).languages(), read_settings().default_language)


def _understood(language: str) -> str:
    codes = [each.code for each in _languages().understood()]
    if language not in codes:
        raise OperatorError(f"{language!r} is no language of this bot. Those that there are: {', '.join(codes)}.")
    return language


def _how_told(*, told: bool) -> str:
    if told:
        return "A message goes out as soon as the bot runs."
    return "No message goes out: it is read by whoever has the receipt."


@asynccontextmanager
async def _opened(reference: str) -> AsyncIterator[SqlDatabase]:
    """The database, if the submission is there and was not taken back or erased."""
    async with open_database(read_settings()) as database:
        with known(reference):
            async with database.begin() as work:
                submission = await work.submissions.get(reference)
            if not submission.open:
                raise OperatorError(f"{reference} was taken back or erased: nothing can be done with it any more.")
            yield database


@asynccontextmanager
async def _correspondence(reference: str) -> AsyncIterator[Correspondence]:
    async with _opened(reference) as database:
        yield Correspondence(database, _languages(), make_groups(read_settings()))


async def _answer(reference: str, text: str, language: str, new: Status) -> bool:
    async with _correspondence(reference) as correspondence:
        return await correspondence.answer(reference, text, language, new)


async def _set_status(reference: str, new: Status) -> bool:
    async with _correspondence(reference) as correspondence:
        return await correspondence.set_status(reference, new)


async def _route(reference: str, group: str) -> None:
    async with _opened(reference) as database, database.begin() as work:
        await work.submissions.route(reference, group)
