"""`keys rotate`: a new secret, and everything that is encrypted under it."""

import asyncio

import click

from bot.core import OperatorError
from bot.parts import SECRET_FILE, database_exists, held_secrets
from bot.privacy.keys import CannotDecrypt, Keys, Secrets, reduced, rotated, write_secrets
from bot.settings import Settings, read_settings
from db.engine import create_engine
from db.resealing import reseal
from db.schema import upgrade


@click.command()
def rotate() -> None:
    """Encrypt everything under a new secret. Stop every process of the bot first, and start them again after it.

    The secret of the data folder is replaced by a new one. A secret that is set by BOT_SECRET_KEY stays yours to
    choose: set the new one there and the former one in BOT_OLD_SECRET_KEYS, then run this.
    """
    settings = read_settings()
    held = held_secrets(settings)
    in_file = not settings.secret_key.get_secret_value()
    path = settings.data_dir / SECRET_FILE
    if in_file:
        held = rotated(held)
        # Both at first: whatever happens now, everything can still be read.
        write_secrets(path, held)
    elif not held.old:
        raise OperatorError(
            "Set the new secret in BOT_SECRET_KEY and the former one in BOT_OLD_SECRET_KEYS, then run this again."
        )
    count = asyncio.run(_reseal(settings, held)) if database_exists(settings) else 0
    click.echo(f"{count} rows are encrypted under the new secret.")
    left = reduced(held)
    if in_file:
        write_secrets(path, left)
        click.echo(f"{path} holds the new secret. Keep a copy; the former one decrypts nothing any more.")
    else:
        click.echo("Receipts were stored under the former secret. So that they are still found, set from now on:")
        click.echo(f"BOT_OLD_SECRET_KEYS={','.join(left.old)}")


async def _reseal(settings: Settings, held: Secrets) -> int:
    engine = create_engine(settings.database)
    try:
        await upgrade(engine)
        return await reseal(engine, Keys(held.current, held.old))
    except CannotDecrypt as error:
        raise OperatorError(
            "Something is encrypted under a secret that is not at hand. Put the former one back beside the new one "
            "and run this again; nothing is lost."
        ) from error
    finally:
        await engine.dispose()
