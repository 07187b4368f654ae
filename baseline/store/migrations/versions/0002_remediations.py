"""Remediations: what was changed on targets, under which change ticket."""

import sqlalchemy as sa
from alembic import op

from baseline.store.column_types import TEXT, Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "remediation",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("ticket", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("started", Moment, nullable=False),
        sa.Column("finished", Moment),
        sa.Column("run_before", sa.Integer, nullable=False),
        sa.Column("run_after", sa.Integer),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_remediation"),
        sa.ForeignKeyConstraint(["run_before"], ["run.id"], name="fk_remediation_run_before_run"),
        sa.ForeignKeyConstraint(["run_after"], ["run.id"], name="fk_remediation_run_after_run"),
        sqlite_autoincrement=True,
    )
