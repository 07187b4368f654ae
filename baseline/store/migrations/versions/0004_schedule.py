"""The schedule: slots of jobs, and what was told to whom."""

import sqlalchemy as sa
from alembic import op

from baseline.store.column_types import TEXT, Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "schedule_slot",
        sa.Column("job", TEXT, nullable=False),
        sa.Column("due", Moment, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("host", TEXT, nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("process", TEXT, nullable=False),
        sa.Column("claimed", Moment, nullable=False),
        sa.Column("heartbeat", Moment, nullable=False),
        sa.Column("finished", Moment),
        sa.Column("exit_code", sa.Integer),
        sa.Column("reason", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("job", "due", name="pk_schedule_slot"),
    )
    op.create_table(
        "notice",
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("told", Moment, nullable=False),
        sa.PrimaryKeyConstraint("channel", "subject", name="pk_notice"),
    )
