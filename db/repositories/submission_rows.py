"""Between submissions and their rows."""

import hashlib
import re
from typing import Any

from bot.core import (
    AgeBand,
    Attachment,
    Consent,
    FeedbackType,
    Gender,
    MigrationStatus,
    Record,
    Resource,
    Seal,
    SpeakingFor,
    StakeholderGroup,
    Status,
    Submission,
)
from db.models import ObjectiveRow, SubmissionRow

_WORD = re.compile(r"\w+")


def columns(record: Record, shown: str, seal: Seal) -> dict[str, Any]:
    """The columns of what a person gave; the objectives have rows of their own."""
    return {
        "language": record.language,
        "text": shown,
        "text_sealed": seal.encrypt(record.text),
        "text_hash": words_hash(record.text, seal),
        "organization_sealed": seal.encrypt(record.organization) if record.organization else None,
        "stakeholder_group": record.group,
        "speaking_for": record.speaking_for,
        "people": record.people,
        "country": record.country,
        "region": record.region,
        "feedback_type": record.feedback_type,
        "resources": list(record.resources),
        "consents": sorted(record.consents),
        "age_band": record.age,
        "gender": record.gender,
        "migration_status": record.migration_status,
        "sensitive": record.sensitive,
        "consultation": record.consultation,
    }


def objective_rows(record: Record) -> list[ObjectiveRow]:
    return [ObjectiveRow(position=position, objective=number) for position, number in enumerate(record.objectives)]


def record_of(row: SubmissionRow, text: str, seal: Seal) -> Record:
    return Record(
        text=text,
        language=row.language,
        group=StakeholderGroup(row.stakeholder_group),
        speaking_for=SpeakingFor(row.speaking_for),
        organization=seal.decrypt(row.organization_sealed) if row.organization_sealed else "",
        people=row.people,
        country=row.country,
        region=row.region,
        objectives=tuple(each.objective for each in row.objectives),
        feedback_type=FeedbackType(row.feedback_type),
        resources=tuple(map(Resource, row.resources)),
        consents=frozenset(map(Consent, row.consents)),
        age=AgeBand(row.age_band),
        gender=Gender(row.gender),
        migration_status=MigrationStatus(row.migration_status),
        sensitive=row.sensitive,
        consultation=row.consultation,
    )


def submission_of(row: SubmissionRow, copies: int, seal: Seal, *, original: bool) -> Submission:
    """`original`: with the text as it was written."""
    text = seal.decrypt(row.text_sealed) if original and row.text_sealed else row.text
    return Submission(
        reference=row.reference,
        record=record_of(row, text, seal),
        status=Status(row.status),
        working_group=row.working_group,
        channel=row.channel,
        created=row.created_at,
        changed=row.changed_at,
        closed=row.closed_at,
        receipt_ending=row.receipt_ending,
        copies=max(copies, 1),
        muted=row.muted,
        erased=row.erased_at is not None,
        has_person=row.person_id is not None,
        attachments=tuple(Attachment(each.id, each.media_type, each.size_bytes) for each in row.attachments),
    )


def words_hash(text: str, seal: Seal) -> bytes:
    """The same for the same words, whatever their case and punctuation: a campaign is told by it."""
    words = " ".join(_WORD.findall(text.casefold())) or text
    return seal.lookup_hash("words", hashlib.sha256(words.encode()).hexdigest())
