"""The append-only log: leaves, head, checkpoints, signatures, and what runs were held against."""

import sqlalchemy as sa
from alembic import op

from baseline.store.column_types import TEXT, Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _log()
    _checkpoints()
    _runs()


def _log() -> None:
    op.create_table(
        "evidence_leaf",
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("run_id", sa.Integer),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_evidence_leaf"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_evidence_leaf_run_id_run"),
    )
    op.create_index("ix_evidence_leaf_run_id", "evidence_leaf", ["run_id"])
    head = op.create_table(
        "evidence_head",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("peaks", sa.LargeBinary, nullable=False),
        sa.Column("checkpoints", sa.Integer, nullable=False),
        sa.Column("checkpoint", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_head"),
    )
    op.bulk_insert(head, [{"id": 1, "size": 0, "peaks": b"", "checkpoints": 0, "checkpoint": b""}])


def _checkpoints() -> None:
    op.create_table(
        "evidence_checkpoint",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("run_id", sa.Integer),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_evidence_checkpoint"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_evidence_checkpoint_run_id_run"),
    )
    op.create_index("ix_evidence_checkpoint_run_id", "evidence_checkpoint", ["run_id"])
    op.create_table(
        "evidence_signature",
        sa.Column("checkpoint", sa.Integer, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("statement", TEXT, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("checkpoint", "key", name="pk_evidence_signature"),
        sa.ForeignKeyConstraint(
            ["checkpoint"], ["evidence_checkpoint.number"], name="fk_evidence_signature_checkpoint_evidence_checkpoint"
        ),
    )


def _runs() -> None:
    op.create_table(
        "evidence_standing",
        sa.Column("target_id", sa.Integer, nullable=False),
        sa.Column("checks", sa.LargeBinary, nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("root", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("target_id", "checks", name="pk_evidence_standing"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_evidence_standing_target_id_target"),
    )
    op.create_table(
        "run_content",
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("artefact_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "name", name="pk_run_content"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_content_run_id_run"),
        sa.ForeignKeyConstraint(["artefact_id"], ["artefact.id"], name="fk_run_content_artefact_id_artefact"),
    )
