"""Tables of the schedule: every slot of a job that came up, and what was told to whom."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from baseline.store.tables import Base


class SlotRow(Base):
    """One moment at which a job was due. Its key makes that two schedulers never run it twice."""

    __tablename__ = "schedule_slot"

    job: Mapped[str] = mapped_column(primary_key=True)
    due: Mapped[datetime] = mapped_column(primary_key=True)
    state: Mapped[str]
    attempt: Mapped[int]
    host: Mapped[str]
    pid: Mapped[int]
    process: Mapped[str]
    claimed: Mapped[datetime]
    heartbeat: Mapped[datetime]
    finished: Mapped[datetime | None]
    exit_code: Mapped[int | None]
    reason: Mapped[str]


class NoticeRow(Base):
    """What a channel was told last about a subject, so that it is told once."""

    __tablename__ = "notice"

    channel: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    told: Mapped[datetime]
