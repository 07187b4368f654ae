"""Target states: what stands for each target, counted when it changes instead of when somebody asks."""

import sqlalchemy as sa
from alembic import op

from baseline.store.column_types import TEXT, Moment
from baseline.store.state_filling import fill_states

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "target_state",
        sa.Column("target_id", sa.Integer, nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("code", TEXT),
        sa.Column("excluded", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("attempted_at", Moment),
        sa.Column("reached_at", Moment),
        sa.Column("assessed_at", Moment),
        sa.Column("retired_at", Moment),
        sa.Column("digest", sa.LargeBinary),
        sa.Column("content", sa.LargeBinary),
        sa.PrimaryKeyConstraint("target_id", name="pk_target_state"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_target_state_target_id_target"),
    )
    fill_states(op.get_bind())
