"""Submissions: the codes in columns, the words sealed."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models.attachment import AttachmentRow
from db.models.base import ID, Table


class SubmissionRow(Table):
    """One submission. `text` is what reviewers read; `text_sealed` the original, encrypted.

    Points that were sent together share a `receipt_hash`. `text_hash` is the same for the same words. Of an erased one
    the codes stay, for the counts.
    """

    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(ID, primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    receipt_ending: Mapped[str] = mapped_column(String(4))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    source_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    text_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    organization_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    stakeholder_group: Mapped[str] = mapped_column(String(40))
    speaking_for: Mapped[str] = mapped_column(String(20))
    people: Mapped[int]
    country: Mapped[str] = mapped_column(String(2))
    region: Mapped[str] = mapped_column(String(6))
    feedback_type: Mapped[str] = mapped_column(String(40))
    resources: Mapped[list[str]] = mapped_column(JSON)
    consents: Mapped[list[str]] = mapped_column(JSON)
    age_band: Mapped[str] = mapped_column(String(20))
    gender: Mapped[str] = mapped_column(String(20))
    migration_status: Mapped[str] = mapped_column(String(40))
    sensitive: Mapped[bool]
    consultation: Mapped[str] = mapped_column(String(40))
    working_group: Mapped[str] = mapped_column(String(40), index=True)
    status: Mapped[str] = mapped_column(String(20), index=True)
    muted: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(index=True)
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    erased_at: Mapped[datetime | None]
    objectives: Mapped[list["ObjectiveRow"]] = relationship(
        order_by="ObjectiveRow.position", cascade="all, delete-orphan", passive_deletes=True
    )
    attachments: Mapped[list[AttachmentRow]] = relationship(order_by="AttachmentRow.kept_at", passive_deletes=True)


class ObjectiveRow(Table):
    """An objective of a submission; the main one stands first."""

    __tablename__ = "submission_objectives"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    objective: Mapped[int] = mapped_column(index=True)
