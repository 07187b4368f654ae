"""How far the append-only log is."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, exists, func, select

from baseline.store.evidence_tables import CheckpointRow, HeadRow, SignatureRow


class LatestEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of entries and checkpoints; ``covered`` are the entries under the latest checkpoint, made at ``made_at``."""

    entries: int = 0
    checkpoints: int = 0
    covered: int = 0
    unsigned: int = 0
    made_at: datetime | None = None


class _Made(msgspec.Struct):
    """The part of a checkpoint that tells when that was."""

    made: datetime


def read_latest(connection: Connection) -> LatestEvidence:
    """The head of the log and its latest checkpoint."""
    head = connection.execute(select(HeadRow.size, HeadRow.checkpoints)).first()
    if head is None:
        return LatestEvidence()
    last = select(CheckpointRow.size, CheckpointRow.document).order_by(CheckpointRow.number.desc()).limit(1)
    found = connection.execute(last).first()
    signed = exists().where(SignatureRow.checkpoint == CheckpointRow.number)
    unsigned = connection.execute(select(func.count()).select_from(CheckpointRow).where(~signed)).scalar_one()
    return LatestEvidence(
        entries=head.size,
        checkpoints=head.checkpoints,
        covered=found.size if found else 0,
        unsigned=unsigned,
        made_at=msgspec.json.decode(found.document, type=_Made).made if found else None,
    )
