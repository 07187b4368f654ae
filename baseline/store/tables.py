"""The tables. Their history is in ``migrations``; a test compares the two.

Names of targets and checks, and everything that results repeat (expected, observed, reason, sources, artefacts), are
written once and referred to by number: a result is then some 50 bytes.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, LargeBinary, MetaData, UniqueConstraint, false, text, true
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from baseline.store.column_types import TEXT, Moment

CURRENT = text("valid_to IS NULL")
"""What the index of results that stand holds; ``new_tables`` says so to PostgreSQL, as naming it here would load it."""


class Base(DeclarativeBase):
    """Base of the tables; every constraint has a name, so that migrations can change it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {str: TEXT, bytes: LargeBinary, datetime: Moment}


class RunRow(Base):
    """One assessment. ``process`` tells the process that holds the run from a later one with the same number."""

    __tablename__ = "run"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  SQLAlchemy reads it as a plain dict

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    started: Mapped[datetime]
    finished: Mapped[datetime | None]
    heartbeat: Mapped[datetime]
    selection: Mapped[str]
    tool_version: Mapped[str]
    host: Mapped[str]
    pid: Mapped[int]
    process: Mapped[str]
    counts: Mapped[str | None]


class TargetRow(Base):
    """A target as the latest run knew it; ``attributes`` is all of it as JSON, the other columns are for filters."""

    __tablename__ = "target"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    platform: Mapped[str]
    site: Mapped[str | None]
    zone: Mapped[str | None]
    owner: Mapped[str | None]
    attributes: Mapped[str]


class CheckRow(Base):
    """The name of a check, whatever its version."""

    __tablename__ = "check_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class CheckVersionRow(Base):
    """A check as it was."""

    __tablename__ = "check_version"
    __table_args__ = (UniqueConstraint("check_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("check_name.id"))
    digest: Mapped[str]
    document: Mapped[str]


class RunCheckRow(Base):
    """Which version of a check a run held."""

    __tablename__ = "run_check"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  SQLAlchemy reads it as a plain dict

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("check_name.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("check_version.id"))


class ArtefactRow(Base):
    """A raw answer, a facts document, or a manifest (artefact name -> digest), compressed with zstd."""

    __tablename__ = "artefact"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(unique=True)
    media_type: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes]


class RunTargetRow(Base):
    """The population: one row per target and run. ``collected_at`` is set once the target was reached or not.

    ``unchanged`` says that nothing was judged, ``results_changed`` that some result came, went or became another.
    """

    __tablename__ = "run_target"
    __table_args__ = (Index(None, "target_id", "collected_at"), {"sqlite_with_rowid": False})

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    outcome: Mapped[str]
    code: Mapped[str | None]
    reason: Mapped[str | None]
    facts_id: Mapped[int | None] = mapped_column(ForeignKey("artefact.id"))
    manifest_id: Mapped[int | None] = mapped_column(ForeignKey("artefact.id"))
    collected_at: Mapped[datetime | None]
    duration_ms: Mapped[int] = mapped_column(server_default="0")
    round_trips: Mapped[int] = mapped_column(server_default="0")
    judged: Mapped[int] = mapped_column(server_default="0")
    unchanged: Mapped[bool] = mapped_column(server_default=false())
    results_changed: Mapped[bool] = mapped_column(server_default=true())


class DetailRow(Base):
    """A text that results share."""

    __tablename__ = "detail"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(unique=True)
    content: Mapped[str]


class ResultRow(Base):
    """A result over the time that nothing material about it changed; ``valid_to`` is NULL while it stands."""

    __tablename__ = "result"
    __table_args__ = (
        Index(
            "uq_result_current",
            "target_id",
            "check_id",
            "subject",
            unique=True,
            sqlite_where=CURRENT,
        ),
        {"sqlite_with_rowid": False},
    )

    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("check_name.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[datetime] = mapped_column(primary_key=True)
    valid_to: Mapped[datetime | None]
    status: Mapped[str]
    severity: Mapped[str]
    expected_id: Mapped[int] = mapped_column(ForeignKey("detail.id"))
    observed_id: Mapped[int] = mapped_column(ForeignKey("detail.id"))
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("detail.id"))
    waiver: Mapped[str | None]
    sources_id: Mapped[int | None] = mapped_column(ForeignKey("detail.id"))
    artefacts_id: Mapped[int | None] = mapped_column(ForeignKey("detail.id"))
    first_run: Mapped[int] = mapped_column(ForeignKey("run.id"))


class JudgedRow(Base):
    """The judge keys of what stands for a target: JSON of check name -> key, compressed with zstd.

    One row, not one per check: a run reads them all and writes few.
    """

    __tablename__ = "judged"

    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    keys: Mapped[bytes]


class RemediationRow(Base):
    """One repair of targets: ``document`` is JSON of what was planned and what every task did."""

    __tablename__ = "remediation"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  SQLAlchemy reads it as a plain dict

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    ticket: Mapped[str]
    person: Mapped[str]
    started: Mapped[datetime]
    finished: Mapped[datetime | None]
    run_before: Mapped[int] = mapped_column(ForeignKey("run.id"))
    run_after: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    document: Mapped[str]
