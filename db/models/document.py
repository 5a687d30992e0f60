"""Official documents in numbered passages."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models.base import ID, Table


class DocumentRow(Table):
    """One document in one language, as the operator's file has it."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("symbol", "language"),)

    id: Mapped[int] = mapped_column(ID, primary_key=True)
    symbol: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(20))
    fingerprint: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]
    near: Mapped[float]
    passages: Mapped[list["PassageRow"]] = relationship(
        order_by="PassageRow.position", cascade="all, delete-orphan", passive_deletes=True
    )


class PassageRow(Table):
    """One numbered paragraph or lettered action."""

    __tablename__ = "passages"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    paragraph: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    meaning: Mapped[bytes] = mapped_column(LargeBinary)
