"""Whether a run changed any result of a target, so that what follows need not compare them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("run_target", sa.Column("results_changed", sa.Boolean, nullable=False, server_default=sa.true()))
