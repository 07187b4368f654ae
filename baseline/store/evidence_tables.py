"""The tables of the append-only log (``evidence_log``). Rows of it are only ever added, except the one of the head."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from baseline.store.tables import Base


class LeafRow(Base):
    """One entry: ``document`` is canonical JSON, ``digest`` its leaf hash (RFC 6962, section 2.1)."""

    __tablename__ = "evidence_leaf"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"), index=True)
    digest: Mapped[bytes]
    document: Mapped[str]


class HeadRow(Base):
    """The one row that every writer of the log locks, so that two cannot fork it.

    ``peaks`` are the roots of the perfect trees that the leaves make up, largest first, 32 bytes each.
    """

    __tablename__ = "evidence_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int]
    peaks: Mapped[bytes]
    checkpoints: Mapped[int]
    checkpoint: Mapped[bytes]


class CheckpointRow(Base):
    """The tree as it was when a run ended. ``document`` names the digest of the checkpoint before."""

    __tablename__ = "evidence_checkpoint"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"), index=True)
    size: Mapped[int]
    digest: Mapped[bytes]
    document: Mapped[str]


class SignatureRow(Base):
    """A signature (Ed25519, RFC 8032) over ``statement``, which names the checkpoint by digest and when it was signed."""

    __tablename__ = "evidence_signature"

    checkpoint: Mapped[int] = mapped_column(ForeignKey("evidence_checkpoint.number"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    statement: Mapped[str]
    signature: Mapped[bytes]


class StandingRow(Base):
    """The root over what stands for a target by a set of checks, so that an unchanged target is not read again."""

    __tablename__ = "evidence_standing"

    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    checks: Mapped[bytes] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    number: Mapped[int]
    root: Mapped[bytes]


class RunContentRow(Base):
    """What a run was held against, as it was: ``catalogue/bio2.yaml``, ``waivers.json``."""

    __tablename__ = "run_content"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    artefact_id: Mapped[int] = mapped_column(ForeignKey("artefact.id"))


class ToldRow(Base):
    """What a content (by SHA-256), or the results of a target (by their root), are when told with some pseudonyms.

    ``shield`` names the pseudonyms. Only digests: the told form itself is made again from what is there. Nothing rests on
    these rows: what is told is held against the log.
    """

    __tablename__ = "evidence_told"

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    shield: Mapped[bytes] = mapped_column(primary_key=True)
    told: Mapped[bytes]
