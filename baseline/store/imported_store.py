"""The store's side of imports: a file is written whole, in one transaction, or not at all."""

from collections.abc import Sequence

from baseline.models.target import Target
from baseline.store.database import Database
from baseline.store.details import Details
from baseline.store.imported import import_run, imported_versions, record_import
from baseline.store.imported_records import ImportedContent, ImportedFile, ImportTotals
from baseline.store.records import CheckVersion


class ImportStore:
    """What other scanners found. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._details = Details()

    def earlier_run(self, digest: str, scope: str) -> int | None:
        """The run that imported the file of this SHA-256 in this scope; None when none did."""
        with self._database.reading() as connection:
            return import_run(connection, digest, scope)

    def record(self, file: ImportedFile, targets: Sequence[Target], content: ImportedContent) -> ImportTotals:
        """Write a finished run with everything that a file says.

        Raises:
            StoreError: a newer file of the same scope was imported already.
        """
        with self._database.writing() as connection:
            return record_import(connection, file, targets, content, self._details)

    def checks(self) -> list[CheckVersion]:
        """Every imported check as its latest import described it, ordered by id."""
        with self._database.reading() as connection:
            return list(imported_versions(connection))
