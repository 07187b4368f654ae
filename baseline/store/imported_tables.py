"""Tables of imports: which files of other scanners were read, and what each last said."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from baseline.store.tables import Base


class ImportedFileRow(Base):
    """One file that was imported. ``digest`` is the SHA-256 of the file as it was given, before redaction."""

    __tablename__ = "imported_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes]
    scope: Mapped[str]
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    measured_at: Mapped[datetime]
    document: Mapped[str]


class ImportedPlaceRow(Base):
    """What a scope speaks about: a result stands until the next file of its scope no longer holds it."""

    __tablename__ = "imported_place"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  SQLAlchemy reads it as a plain dict

    scope: Mapped[str] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("check_name.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("imported_file.id"))
