"""First tables."""

import sqlalchemy as sa
from alembic import op

from baseline.store.column_types import TEXT, Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CURRENT = sa.text("valid_to IS NULL")


def upgrade() -> None:
    _runs_and_targets()
    _checks()
    _contents()
    _population()
    _results()
    _indexes()


def _runs_and_targets() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("started", Moment, nullable=False),
        sa.Column("finished", Moment),
        sa.Column("heartbeat", Moment, nullable=False),
        sa.Column("selection", TEXT, nullable=False),
        sa.Column("tool_version", TEXT, nullable=False),
        sa.Column("host", TEXT, nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("process", TEXT, nullable=False),
        sa.Column("counts", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "target",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("platform", TEXT, nullable=False),
        sa.Column("site", TEXT),
        sa.Column("zone", TEXT),
        sa.Column("owner", TEXT),
        sa.Column("attributes", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_target"),
        sa.UniqueConstraint("name", name="uq_target_name"),
    )


def _checks() -> None:
    op.create_table(
        "check_name",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_check_name"),
        sa.UniqueConstraint("name", name="uq_check_name_name"),
    )
    op.create_table(
        "check_version",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("check_id", sa.Integer, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_check_version"),
        sa.UniqueConstraint("check_id", "digest", name="uq_check_version_check_id_digest"),
        sa.ForeignKeyConstraint(["check_id"], ["check_name.id"], name="fk_check_version_check_id_check_name"),
    )
    op.create_table(
        "run_check",
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.Column("check_id", sa.Integer, nullable=False),
        sa.Column("version_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "check_id", name="pk_run_check"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_check_run_id_run"),
        sa.ForeignKeyConstraint(["check_id"], ["check_name.id"], name="fk_run_check_check_id_check_name"),
        sa.ForeignKeyConstraint(["version_id"], ["check_version.id"], name="fk_run_check_version_id_check_version"),
        sqlite_with_rowid=False,
    )


def _contents() -> None:
    op.create_table(
        "artefact",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("media_type", TEXT, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_artefact"),
        sa.UniqueConstraint("digest", name="uq_artefact_digest"),
    )
    op.create_table(
        "detail",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_detail"),
        sa.UniqueConstraint("digest", name="uq_detail_digest"),
    )


def _population() -> None:
    op.create_table(
        "run_target",
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.Column("target_id", sa.Integer, nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("code", TEXT),
        sa.Column("reason", TEXT),
        sa.Column("facts_id", sa.Integer),
        sa.Column("manifest_id", sa.Integer),
        sa.Column("collected_at", Moment),
        sa.Column("duration_ms", sa.Integer, server_default="0", nullable=False),
        sa.Column("round_trips", sa.Integer, server_default="0", nullable=False),
        sa.Column("judged", sa.Integer, server_default="0", nullable=False),
        sa.Column("unchanged", sa.Boolean, server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "target_id", name="pk_run_target"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_target_run_id_run"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_run_target_target_id_target"),
        sa.ForeignKeyConstraint(["facts_id"], ["artefact.id"], name="fk_run_target_facts_id_artefact"),
        sa.ForeignKeyConstraint(["manifest_id"], ["artefact.id"], name="fk_run_target_manifest_id_artefact"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "judged",
        sa.Column("target_id", sa.Integer, nullable=False),
        sa.Column("keys", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("target_id", name="pk_judged"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_judged_target_id_target"),
    )


def _results() -> None:
    op.create_table(
        "result",
        sa.Column("target_id", sa.Integer, nullable=False),
        sa.Column("check_id", sa.Integer, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("valid_from", Moment, nullable=False),
        sa.Column("valid_to", Moment),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("severity", TEXT, nullable=False),
        sa.Column("expected_id", sa.Integer, nullable=False),
        sa.Column("observed_id", sa.Integer, nullable=False),
        sa.Column("reason_id", sa.Integer),
        sa.Column("waiver", TEXT),
        sa.Column("sources_id", sa.Integer),
        sa.Column("artefacts_id", sa.Integer),
        sa.Column("first_run", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("target_id", "check_id", "subject", "valid_from", name="pk_result"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_result_target_id_target"),
        sa.ForeignKeyConstraint(["check_id"], ["check_name.id"], name="fk_result_check_id_check_name"),
        sa.ForeignKeyConstraint(["expected_id"], ["detail.id"], name="fk_result_expected_id_detail"),
        sa.ForeignKeyConstraint(["observed_id"], ["detail.id"], name="fk_result_observed_id_detail"),
        sa.ForeignKeyConstraint(["reason_id"], ["detail.id"], name="fk_result_reason_id_detail"),
        sa.ForeignKeyConstraint(["sources_id"], ["detail.id"], name="fk_result_sources_id_detail"),
        sa.ForeignKeyConstraint(["artefacts_id"], ["detail.id"], name="fk_result_artefacts_id_detail"),
        sa.ForeignKeyConstraint(["first_run"], ["run.id"], name="fk_result_first_run_run"),
        sqlite_with_rowid=False,
    )


def _indexes() -> None:
    op.create_index("ix_run_target_target_id_collected_at", "run_target", ["target_id", "collected_at"])
    op.create_index(
        "uq_result_current",
        "result",
        ["target_id", "check_id", "subject"],
        unique=True,
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    )
