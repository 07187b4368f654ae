"""Drift: approved states, and how far each target was compared with its own."""

import sqlalchemy as sa
from alembic import op

from baseline.store.column_types import TEXT, Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("ticket", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("approved_at", Moment, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_approval"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "approved_state",
        sa.Column("target_id", sa.Integer, nullable=False),
        sa.Column("approval_id", sa.Integer, nullable=False),
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.Column("collected_at", Moment, nullable=False),
        sa.Column("facts_id", sa.Integer, nullable=False),
        sa.Column("manifest_id", sa.Integer),
        sa.PrimaryKeyConstraint("target_id", name="pk_approved_state"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_approved_state_target_id_target"),
        sa.ForeignKeyConstraint(["approval_id"], ["approval.id"], name="fk_approved_state_approval_id_approval"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_approved_state_run_id_run"),
        sa.ForeignKeyConstraint(["facts_id"], ["artefact.id"], name="fk_approved_state_facts_id_artefact"),
        sa.ForeignKeyConstraint(["manifest_id"], ["artefact.id"], name="fk_approved_state_manifest_id_artefact"),
    )
    op.create_table(
        "drift_state",
        sa.Column("target_id", sa.Integer, nullable=False),
        sa.Column("collected_at", Moment, nullable=False),
        sa.Column("facts_id", sa.Integer, nullable=False),
        sa.Column("configuration", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("target_id", name="pk_drift_state"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_drift_state_target_id_target"),
        sa.ForeignKeyConstraint(["facts_id"], ["artefact.id"], name="fk_drift_state_facts_id_artefact"),
    )
