"""Tables of drift: what was approved, and what each target's latest states differ in from it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from baseline.store.tables import Base


class ApprovalRow(Base):
    """One decision that states are right; ``document`` is JSON of target -> run."""

    __tablename__ = "approval"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  SQLAlchemy reads it as a plain dict

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket: Mapped[str]
    person: Mapped[str]
    note: Mapped[str]
    approved_at: Mapped[datetime]
    document: Mapped[str]


class ApprovedStateRow(Base):
    """The state of a target that was approved last: what run ``run_id`` found at ``collected_at``."""

    __tablename__ = "approved_state"

    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    collected_at: Mapped[datetime]
    facts_id: Mapped[int] = mapped_column(ForeignKey("artefact.id"))
    manifest_id: Mapped[int | None] = mapped_column(ForeignKey("artefact.id"))


class DriftStateRow(Base):
    """How far a target was compared: up to what was collected at ``collected_at``; ``document`` is JSON of what differs."""

    __tablename__ = "drift_state"

    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    collected_at: Mapped[datetime]
    facts_id: Mapped[int] = mapped_column(ForeignKey("artefact.id"))
    configuration: Mapped[str]
    document: Mapped[str]
