"""Imports: files of other scanners, and the results that each speaks about."""

import sqlalchemy as sa
from alembic import op

from baseline.store.column_types import TEXT, Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imported_file",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("scope", TEXT, nullable=False),
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.Column("measured_at", Moment, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_imported_file"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_imported_file_run_id_run"),
    )
    op.create_index("ix_imported_file_run_id", "imported_file", ["run_id"])
    op.create_table(
        "imported_place",
        sa.Column("scope", TEXT, nullable=False),
        sa.Column("target_id", sa.Integer, nullable=False),
        sa.Column("check_id", sa.Integer, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("file_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("scope", "target_id", "check_id", "subject", name="pk_imported_place"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_imported_place_target_id_target"),
        sa.ForeignKeyConstraint(["check_id"], ["check_name.id"], name="fk_imported_place_check_id_check_name"),
        sa.ForeignKeyConstraint(["file_id"], ["imported_file.id"], name="fk_imported_place_file_id_imported_file"),
        sqlite_with_rowid=False,
    )
