"""Table of target states: what is known of each target now, kept beside the results so that nobody has to count them."""

from datetime import datetime

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from baseline.store.tables import Base


class TargetStateRow(Base):
    """One target: how asking it went last, and a summary of the results that stand.

    ``content`` is that summary (see ``summaries``), compressed with zstd, and ``digest`` tells whether it changed; both
    are written in the transaction that changes results. ``assessed_at`` is the last time that it was reached by a run
    that held every check that stood. ``retired_at`` is set while it is in no inventory any more.
    """

    __tablename__ = "target_state"

    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    outcome: Mapped[str]
    code: Mapped[str | None]
    excluded: Mapped[bool] = mapped_column(server_default=false())
    attempted_at: Mapped[datetime | None]
    reached_at: Mapped[datetime | None]
    assessed_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    digest: Mapped[bytes | None]
    content: Mapped[bytes | None]
