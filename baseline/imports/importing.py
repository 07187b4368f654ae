"""Imports one file: reads all of it, finds it right, and only then stores it whole."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from baseline.imports.finding import Asset, Rule
from baseline.imports.formats import HEAD, FormatName, format_named, format_of
from baseline.imports.mapping import Mappings
from baseline.imports.matching import KnownTargets
from baseline.imports.refused import MalformedError, RefusedFileError
from baseline.imports.source import Source, require_file
from baseline.imports.staging import PART, Staging
from baseline.imports.stored import ImportedCheck
from baseline.models.result import Result, Severity
from baseline.models.target import Kind, Target
from baseline.store.canonical import canonical_json
from baseline.store.imported_records import INDEX, ImportedFile, ImportTotals
from baseline.store.records import CheckVersion
from baseline.store.store import Store


class ImportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What a person may say of a file: its format, the target that it is about, and a label for a partial scan.

    Files of one tool and ``label`` replace each other on the targets that they name.
    """

    format: FormatName | None = None
    target: str | None = None
    label: str = ""
    measured_at: datetime | None = None


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one file. ``totals`` is None when it was imported before, as ``run``.

    ``left_out`` counts statements that are no results; ``new_targets`` were in neither inventory nor store.
    """

    file: ImportedFile
    run: int
    totals: ImportTotals | None
    targets: tuple[str, ...] = ()
    new_targets: tuple[str, ...] = ()
    checks: int = 0
    unmapped: int = 0
    left_out: dict[str, int] = {}


def import_file(
    store: Store, path: Path, options: ImportOptions, inventory: Iterable[Target], mappings: Mappings
) -> ImportReport:
    """Read a file of another scanner and store what it says, marked as that scanner's.

    Raises:
        RefusedFileError: it is malformed, hostile or of no known format; nothing of it is stored.
        BaselineError: its targets are ambiguous, or the store refused it; nothing of it is stored.
    """
    with Staging() as staging:
        try:
            file = _staged(path, options, staging)
            if (run := store.imports.earlier_run(file.digest, file.scope)) is not None:
                return ImportReport(file=file, run=run, totals=None)
            known = KnownTargets({**store.targets(), **{target.name: target for target in inventory}}.values())
            targets = _targets(known, options, staging)
        except MalformedError as error:
            raise RefusedFileError(path, error.message, error.line, error.column) from None
        except OSError as error:
            raise RefusedFileError(path, f"cannot be read: {error.strerror}") from None
        content = _Content(file, staging, {asset: target.kind for asset, target in targets.items()}, mappings)
        population = {target.name: target for target in targets.values()}
        before = store.targets().keys()
        totals = store.imports.record(file, list(population.values()), content)
        return ImportReport(
            file=file,
            run=totals.run,
            totals=totals,
            targets=tuple(population),
            new_targets=tuple(sorted(population.keys() - before - {target.name for target in inventory})),
            checks=content.written,
            unmapped=content.unmapped,
            left_out=staging.left,
        )


def _staged(path: Path, options: ImportOptions, staging: Staging) -> ImportedFile:
    """Read the whole file into ``staging``."""
    require_file(path)
    with path.open("rb") as file:
        name = options.format or format_of(file.read(HEAD))
    form = format_named(name, path)
    parts = _Parts(staging, path.name)
    with ExitStack() as opened:
        source = Source(opened.enter_context(path.open("rb")), form.redactor(), parts.add)
        form.read(source, staging, lambda: Source(opened.enter_context(path.open("rb")), form.redactor()))
        source.drain()
    if not staging.tools:
        raise MalformedError("holds no finding, and does not say what was scanned")
    measured = options.measured_at or staging.measured_at or datetime.now(UTC)
    return ImportedFile(
        name=path.name,
        digest=source.original.hexdigest(),
        format=name,
        scope="|".join((",".join(sorted(staging.tools)), options.target or "", options.label)),
        tools={word: str(tool) for word, tool in sorted(staging.tools.items())},
        size=source.size,
        artefact=parts.end(source.size, source.original.hexdigest(), source.kept.hexdigest()),
        parts=parts.number,
        redactions=source.removed,
        measured_at=min(measured, datetime.now(UTC)),
        whole=staging.whole,
    )


def _targets(known: KnownTargets, options: ImportOptions, staging: Staging) -> dict[Asset, Target]:
    assets = staging.assets()
    if options.target is None:
        targets = {asset: known.target(asset) for asset in assets}
    elif len(assets) == 1:
        targets = {assets[0]: known.named(options.target, assets[0])}
    else:
        names = ", ".join(asset.name for asset in assets[:5])
        raise MalformedError(f"speaks about {len(assets)} hosts, accounts or images ({names}); --target names only one")
    staging.assign({asset: target.name for asset, target in targets.items()})
    return targets


class _Parts:
    """Cuts what is kept of a file into parts; a file of one part is kept as it is, others with an index."""

    def __init__(self, staging: Staging, name: str) -> None:
        self.number = 0
        self.index = b""
        self._staging, self._name = staging, name
        self._waiting = bytearray()
        self._digests: list[str] = []

    def add(self, block: bytes) -> None:
        """The next bytes."""
        self._waiting += block
        while len(self._waiting) >= PART:
            self._write(bytes(self._waiting[:PART]))
            del self._waiting[:PART]

    def end(self, size: int, original: str, kept: str) -> str:
        """The SHA-256 of what stands for the whole file: its only part, or the index that is made of several."""
        if self._waiting or not self._digests:
            self._write(bytes(self._waiting))
        if self.number == 1:
            return self._digests[0]
        index = {"name": self._name, "size": size, "sha256": kept, "original_sha256": original, "parts": self._digests}
        self._staging.part(canonical_json(index))
        return hashlib.sha256(canonical_json(index)).hexdigest()

    def _write(self, part: bytes) -> None:
        self._staging.part(part)
        self._digests.append(hashlib.sha256(part).hexdigest())
        self.number += 1


class _Content:
    """What is staged, in the form of the store."""

    def __init__(self, file: ImportedFile, staging: Staging, kinds: Mapping[Asset, Kind], mappings: Mappings) -> None:
        self.written = self.unmapped = 0
        self._file, self._staging, self._mappings = file, staging, mappings
        self._kind: Kind = next(iter(kinds.values()))

    def checks(self) -> Iterator[CheckVersion]:
        """Every rule that a finding names."""
        for name, rule in self._staging.rules():
            tool = self._staging.tools[name.partition(":")[0]]
            described = rule or undescribed(name)
            controls = self._mappings.controls_of(described)
            document = canonical_json(ImportedCheck.of(described, tool, self._kind, controls)).decode()
            self.written += 1
            self.unmapped += not controls
            yield CheckVersion(id=name, digest=hashlib.sha256(document.encode()).hexdigest(), document=document)

    def parts(self) -> Iterator[tuple[str, str, bytes]]:
        """The file, in parts with an index when it is large."""
        name, number = self._file.name, self._file.parts
        for place, part in enumerate(self._staging.parts(), start=1):
            if number == 1:
                yield name, "text/plain", part
            elif place > number:
                yield name, INDEX, part
            else:
                yield f"{name} part {place:05}", "text/plain", part

    def results(self) -> Iterator[Result]:
        """Every finding."""
        artefacts = {self._file.name: self._file.artefact}
        for staged in self._staging.findings():
            tool = self._staging.tools[staged.rule.partition(":")[0]]
            title = staged.description.title if staged.description else staged.rule
            yield Result(
                target=staged.target,
                check=staged.rule,
                subject=staged.subject,
                status=staged.said.status,
                severity=staged.said.severity,
                expected=f"{title} (as {tool.name} judges it)",
                observed=staged.said.observed,
                reason=staged.said.reason,
                artefacts=artefacts,
                measured_at=self._file.measured_at,
            )


def undescribed(name: str) -> Rule:
    """A rule of which the file holds no more than its id."""
    identifier = name.partition(":")[2]
    return Rule(id=identifier, title=identifier, severity=Severity.MEDIUM)
