"""Runs migrations on the connection, and in the transaction, that the caller holds."""

from alembic import context

from baseline.store import (  # noqa: F401  their tables belong to the metadata
    drift_tables,
    evidence_tables,
    imported_tables,
    schedule_tables,
    state_tables,
)
from baseline.store.tables import Base

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    version_table=attributes["version_table"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
