"""After a change of the secret: everything that is sealed is sealed anew, and addresses are found by the new key."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Table, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.core import Address, Seal
from db.models import OutboxRow, PersonRow
from db.models import Table as Tables
from db.repositories.outbox import reseal as reseal_reply
from db.repositories.people import address_hash

SEALED = ("_sealed", "_encrypted")
AT_ONCE = 20
"""Rows in memory: each may hold a file of 20 MB."""


async def reseal(engine: AsyncEngine, seal: Seal) -> int:
    """Seal every row under the present key; returns how many. A run that was cut short is made up for by the next.

    Raises:
        CannotDecrypt: a row was sealed under a secret that is not at hand; it and all after it are left as they were.
    """
    count = 0
    for table in Tables.metadata.sorted_tables:
        sealed = [column for column in table.columns if column.name.endswith(SEALED)]
        if sealed or table.name == OutboxRow.__tablename__:
            count += await _reseal_table(engine, seal, table, sealed)
    return count


async def _reseal_table(engine: AsyncEngine, seal: Seal, table: Table, sealed: Sequence[Column[Any]]) -> int:
    keys = list(table.primary_key.columns)
    count, after = 0, None
    while True:
        async with engine.begin() as connection:
            query = select(table).order_by(*keys).limit(AT_ONCE)
            if after is not None:
                query = query.where(tuple_(*keys) > tuple_(*after))
            rows = (await connection.execute(query)).mappings().all()
            for row in rows:
                await _reseal_row(connection, seal, table, dict(row), sealed)
        if not rows:
            return count
        count += len(rows)
        after = [rows[-1][key.name] for key in keys]


async def _reseal_row(
    connection: AsyncConnection, seal: Seal, table: Table, row: dict[str, Any], sealed: Sequence[Column[Any]]
) -> None:
    values: dict[str, Any] = {
        column.name: seal.encrypt_bytes(seal.decrypt_bytes(row[column.name])) for column in sealed if row[column.name]
    }
    if table.name == PersonRow.__tablename__:
        address = Address(row["channel"], seal.decrypt(row["address_encrypted"]))
        values["address_hash"] = address_hash(seal, address)
    if table.name == OutboxRow.__tablename__:
        values["reply"] = reseal_reply(seal, row["reply"])
    if values:
        keys = list(table.primary_key.columns)
        where = [key == row[key.name] for key in keys]
        await connection.execute(update(table).where(*where).values(values))
