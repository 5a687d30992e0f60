"""INSERT with ON CONFLICT, which both databases have and SQLAlchemy keeps apart."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Table


def insert(session: AsyncSession, table: type[Table]) -> "postgresql.Insert | sqlite.Insert":
    """The INSERT of the database that this session talks to."""
    dialect = session.get_bind().dialect.name
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
