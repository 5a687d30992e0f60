"""Submissions: stored, read, listed and changed."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, selectinload

from bot.core import (
    CLOSING,
    Attachment,
    Clock,
    Consent,
    NewSubmission,
    Recipient,
    Record,
    ReviewBegan,
    Seal,
    Status,
    Submission,
    UnknownSubmission,
    Wanted,
)
from db.models import AttachmentRow, ConversationRow, ObjectiveRow, OriginalViewRow, PersonRow, SubmissionRow
from db.repositories.people import SqlPeople
from db.repositories.shredding import Shredder
from db.repositories.submission_rows import columns, objective_rows, submission_of

_RECEIPT_ENDING = 4


class SqlSubmissions:
    """See `bot.core.archive.Submissions`."""

    def __init__(self, session: AsyncSession, people: SqlPeople, seal: Seal, clock: Clock) -> None:
        self._session = session
        self._people = people
        self._seal = seal
        self._clock = clock
        self._shredder = Shredder(session, clock)

    async def add(self, new: Sequence[NewSubmission], person_id: int | None) -> None:
        rows = [self._new_row(each, person_id) for each in new]
        self._session.add_all(rows)
        await self._session.flush()
        for each, row in zip(new, rows, strict=True):
            await self._attach(row.id, each.attachments)

    async def _attach(self, submission_id: int, attachments: Sequence[Attachment]) -> None:
        """Files that were kept for a draft become those of a submission."""
        if attachments:
            ids = [attachment.id for attachment in attachments]
            await self._session.execute(
                update(AttachmentRow)
                .where(AttachmentRow.id.in_(ids), AttachmentRow.submission_id.is_(None))
                .values(submission_id=submission_id, person_id=None)
            )

    def _new_row(self, new: NewSubmission, person_id: int | None) -> SubmissionRow:
        now = self._clock.now()
        return SubmissionRow(
            **columns(new.record, new.shown, self._seal),
            reference=new.reference,
            receipt_hash=self._seal.lookup_hash("receipt", new.receipt),
            receipt_ending=new.receipt[-_RECEIPT_ENDING:],
            person_id=person_id,
            source_hash=self._seal.lookup_hash("source", new.source) if new.source else None,
            channel=new.channel,
            working_group=new.working_group,
            status=Status.NEW,
            muted=Consent.CONTACT not in new.record.consents,
            created_at=now,
            changed_at=now,
            objectives=objective_rows(new.record),
        )

    async def get(self, reference: str) -> Submission:
        return await self._one(reference, original=False)

    async def original(self, reference: str, reader: str, reason: str) -> Submission:
        view = OriginalViewRow(reference=reference, reader=reader, reason=reason, viewed_at=self._clock.now())
        self._session.add(view)
        await self._session.flush()
        return await self._one(reference, original=True)

    async def of_person(self, person_id: int) -> Sequence[Submission]:
        mine = SubmissionRow.person_id == person_id, SubmissionRow.erased_at.is_(None)
        return (await self._read(*mine, original=True))[::-1]

    async def of_receipt(self, receipt: str) -> Sequence[Submission]:
        hashes = self._seal.lookup_hashes("receipt", receipt)
        return await self._read(SubmissionRow.receipt_hash.in_(hashes), original=True)

    async def find(self, wanted: Wanted) -> Sequence[Submission]:
        query = _narrowed(_query(), wanted).order_by(SubmissionRow.id.desc()).limit(wanted.most)
        return await self._all(query, original=False)

    async def sent_since(
        self, since: datetime, *, person_id: int | None = None, source: str = ""
    ) -> Sequence[datetime]:
        who: ColumnElement[bool] = SubmissionRow.person_id == person_id
        if source:
            who = SubmissionRow.source_hash == self._seal.lookup_hash("source", source)
        sent = func.min(SubmissionRow.created_at)
        moments = await self._session.scalars(
            select(sent)
            .where(who, SubmissionRow.created_at > since)
            .group_by(SubmissionRow.receipt_hash)
            .order_by(sent)
        )
        return list(moments)

    async def edit(self, reference: str, record: Record, shown: str, attachments: Sequence[Attachment] = ()) -> None:
        row = await self._locked(reference)
        if row.status != Status.NEW or row.erased_at is not None:
            raise ReviewBegan(reference)
        for name, value in columns(record, shown, self._seal).items():
            setattr(row, name, value)
        row.objectives.clear()
        await self._session.flush()
        row.objectives = objective_rows(record)
        row.changed_at = self._clock.now()
        await self._session.flush()
        kept = [attachment.id for attachment in attachments]
        await self._session.execute(
            delete(AttachmentRow).where(AttachmentRow.submission_id == row.id, AttachmentRow.id.not_in(kept))
        )
        await self._attach(row.id, attachments)

    async def set_status(self, reference: str, status: Status) -> None:
        now = self._clock.now()
        closed = now if status in CLOSING else None
        open_ = SubmissionRow.status != Status.WITHDRAWN, SubmissionRow.erased_at.is_(None)
        await self._update(reference, {"status": status, "changed_at": now, "closed_at": closed}, *open_)

    async def route(self, reference: str, working_group: str) -> None:
        await self._update(reference, {"working_group": working_group, "changed_at": self._clock.now()})

    async def withdraw(self, reference: str) -> None:
        await self.set_status(reference, Status.WITHDRAWN)
        await self._shredder.submissions(SubmissionRow.reference == reference, keep_link=True)

    async def withdraw_consent(self, reference: str, consent: Consent, shown: str) -> None:
        row = await self._locked(reference)
        row.text = shown
        row.consents = [each for each in row.consents if each != consent]
        row.changed_at = self._clock.now()
        if consent is Consent.CONTACT:
            row.muted = True
        await self._session.flush()

    async def mute(self, reference: str, *, muted: bool) -> None:
        await self._update(reference, {"muted": muted})

    async def erase(self, reference: str) -> None:
        row = await self._locked(reference)
        if row.person_id is not None:
            await self._shredder.replies(row.person_id)
        await self._shredder.submissions(SubmissionRow.id == row.id)

    async def erase_all(self, person_id: int) -> None:
        await self._shredder.submissions(SubmissionRow.person_id == person_id)
        await self._shredder.person(person_id)

    async def recipient(self, reference: str) -> Recipient | None:
        found = await self._session.execute(
            select(PersonRow, ConversationRow.language)
            .join(SubmissionRow, SubmissionRow.person_id == PersonRow.id)
            .join(ConversationRow, ConversationRow.person_id == PersonRow.id)
            .where(SubmissionRow.reference == reference, PersonRow.unreachable_since.is_(None))
        )
        row = found.one_or_none()
        return None if row is None else Recipient(row[0].id, self._people.address(row[0]), row[1])

    async def _one(self, reference: str, *, original: bool) -> Submission:
        for found in await self._read(SubmissionRow.reference == reference, original=original):
            return found
        raise UnknownSubmission(reference)

    async def _read(self, *conditions: ColumnElement[bool], original: bool) -> list[Submission]:
        """Oldest first."""
        return await self._all(_query().where(*conditions).order_by(SubmissionRow.id), original=original)

    async def _all(self, query: Select[SubmissionRow, int], *, original: bool) -> list[Submission]:
        rows = await self._session.execute(query)
        return [submission_of(row, copies, self._seal, original=original) for row, copies in rows]

    async def _locked(self, reference: str) -> SubmissionRow:
        """The row, so that nobody else changes it before this transaction ends; on SQLite by writing first."""
        await self._update(reference, {"reference": reference})
        row = await self._session.scalar(
            select(SubmissionRow)
            .where(SubmissionRow.reference == reference)
            .options(selectinload(SubmissionRow.objectives))
            .execution_options(populate_existing=True)
        )
        if row is None:
            raise UnknownSubmission(reference)
        return row

    async def _update(self, reference: str, values: dict[str, Any], *conditions: ColumnElement[bool]) -> None:
        """One UPDATE of this row alone, if it is so."""
        changed = await self._session.scalar(
            update(SubmissionRow)
            .where(SubmissionRow.reference == reference, *conditions)
            .values(values)
            .returning(SubmissionRow.id)
            .execution_options(synchronize_session=False)
        )
        if changed is None:
            raise UnknownSubmission(reference)


def _query() -> Select[SubmissionRow, int]:
    """Submissions, each with how many have the same words."""
    same = aliased(SubmissionRow)
    copies = select(func.count(same.id)).where(same.text_hash == SubmissionRow.text_hash).scalar_subquery()
    return (
        select(SubmissionRow, copies)
        .options(selectinload(SubmissionRow.objectives), selectinload(SubmissionRow.attachments))
        .execution_options(populate_existing=True)
    )


def _narrowed(query: Select[SubmissionRow, int], wanted: Wanted) -> Select[SubmissionRow, int]:
    row = SubmissionRow
    query = query.where(row.sensitive.is_(wanted.sensitive))
    for column, value in (
        (row.status, wanted.status),
        (row.working_group, wanted.working_group),
        (row.country, wanted.country),
        (row.language, wanted.language),
        (row.feedback_type, wanted.feedback_type),
        (row.consultation, wanted.consultation),
    ):
        if value:
            query = query.where(column == value)
    if wanted.objective:
        query = query.where(
            row.id.in_(select(ObjectiveRow.submission_id).where(ObjectiveRow.objective == wanted.objective))
        )
    if wanted.since:
        query = query.where(row.created_at >= datetime.combine(wanted.since, time(), UTC))
    if wanted.until:
        query = query.where(row.created_at < datetime.combine(wanted.until + timedelta(days=1), time(), UTC))
    return query
