"""What contents and results are when told without names of people, so that what does not change is not told again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_told",
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("shield", sa.LargeBinary, nullable=False),
        sa.Column("told", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("digest", "shield", name="pk_evidence_told"),
    )
