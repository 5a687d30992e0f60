"""Conversations: one row of state a person, with a version."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Table


class ConversationRow(Table):
    """Where a conversation stands. `version` grows by one with each save."""

    __tablename__ = "conversations"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20))
    language_chosen: Mapped[bool]
    step: Mapped[str] = mapped_column(String(64))
    answers: Mapped[dict[str, str]] = mapped_column(JSON)
    offered: Mapped[list[Any]] = mapped_column(JSON)
    asked_languages: Mapped[list[str]] = mapped_column(JSON)
    version: Mapped[int]
    updated_at: Mapped[datetime]
