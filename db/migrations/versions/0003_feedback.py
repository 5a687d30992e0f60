"""Feedback: submissions, their letters and files, drafts, keys of organizations."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
HASH = sa.LargeBinary(length=32)


def upgrade() -> None:
    op.add_column("people", sa.Column("leaving_since", MOMENT, nullable=True))
    _submissions()
    _of_submissions()
    _drafts()
    _api_keys()


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", ID, nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("receipt_hash", HASH, nullable=True),
        sa.Column("receipt_ending", sa.String(length=4), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("source_hash", HASH, nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("text_hash", HASH, nullable=True),
        sa.Column("organization_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("stakeholder_group", sa.String(length=40), nullable=False),
        sa.Column("speaking_for", sa.String(length=20), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=False),
        sa.Column("feedback_type", sa.String(length=40), nullable=False),
        sa.Column("resources", sa.JSON(), nullable=False),
        sa.Column("consents", sa.JSON(), nullable=False),
        sa.Column("age_band", sa.String(length=20), nullable=False),
        sa.Column("gender", sa.String(length=20), nullable=False),
        sa.Column("migration_status", sa.String(length=40), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("consultation", sa.String(length=40), nullable=False),
        sa.Column("working_group", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("erased_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_submissions_person_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("reference", name=op.f("uq_submissions_reference")),
    )
    for column in (
        "receipt_hash",
        "person_id",
        "source_hash",
        "text_hash",
        "working_group",
        "status",
        "created_at",
        "closed_at",
    ):
        op.create_index(op.f(f"ix_submissions_{column}"), "submissions", [column])


def _of_submissions() -> None:
    op.create_table(
        "submission_objectives",
        sa.Column("submission_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("objective", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_submission_objectives_submission_id_submissions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("submission_id", "position", name=op.f("pk_submission_objectives")),
    )
    op.create_index(op.f("ix_submission_objectives_objective"), "submission_objectives", ["objective"])
    op.create_table(
        "letters",
        sa.Column("id", ID, nullable=False),
        sa.Column("submission_id", ID, nullable=False),
        sa.Column("sender", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_letters_submission_id_submissions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )
    op.create_index(op.f("ix_letters_submission_id"), "letters", ["submission_id"])
    op.create_table(
        "attachments",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("submission_id", ID, nullable=True),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_attachments_person_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_attachments_submission_id_submissions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    for column in ("person_id", "submission_id", "kept_at"):
        op.create_index(op.f(f"ix_attachments_{column}"), "attachments", [column])
    op.create_table(
        "original_views",
        sa.Column("id", ID, nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("reader", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("viewed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_original_views")),
    )
    for column in ("reference", "viewed_at"):
        op.create_index(op.f(f"ix_original_views_{column}"), "original_views", [column])


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", HASH, nullable=True),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_drafts_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_drafts_code_hash")),
    )
    op.create_index(op.f("ix_drafts_saved_at"), "drafts", ["saved_at"])
    op.create_table(
        "wrong_tries",
        sa.Column("id", ID, nullable=False),
        sa.Column("source_hash", HASH, nullable=False),
        sa.Column("tried_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_tries")),
    )
    for column in ("source_hash", "tried_at"):
        op.create_index(op.f(f"ix_wrong_tries_{column}"), "wrong_tries", [column])


def _api_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organization", sa.String(length=120), nullable=False),
        sa.Column("stakeholder_group", sa.String(length=40), nullable=False),
        sa.Column("key_hash", HASH, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("organization", name=op.f("uq_api_keys_organization")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_keys_key_hash")),
    )
    op.create_table(
        "idempotent_answers",
        sa.Column("api_key_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("request_hash", HASH, nullable=False),
        sa.Column("body_hash", HASH, nullable=False),
        sa.Column("seed_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["api_key_id"], ["api_keys.id"], name=op.f("fk_idempotent_answers_api_key_id_api_keys"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("api_key_id", "request_hash", name=op.f("pk_idempotent_answers")),
    )
    op.create_index(op.f("ix_idempotent_answers_answered_at"), "idempotent_answers", ["answered_at"])
