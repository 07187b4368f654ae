"""Exports evidence: a bundle that an auditor verifies without us. The same store and question give the same bytes."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection

from baseline import __version__
from baseline.content.catalogue import Catalogue
from baseline.content.pseudonyms import Pseudonyms
from baseline.evidence import verifier
from baseline.evidence.disclosure import Disclosure, chain_of, closing_at, read_run_disclosures
from baseline.evidence.keys import KeyRing, Signer
from baseline.evidence.log_part import LogPart
from baseline.evidence.mdto import ArchiveOptions, BundleDescription, People, bundle_metadata, file_metadata
from baseline.evidence.sealing import Seals, seal
from baseline.evidence.selection import CheckFilter, EvidenceSelection
from baseline.evidence.teller import Source, Teller
from baseline.evidence.told import NothingTold, ToldRuns
from baseline.evidence.verify_text import verify_text
from baseline.evidence.writer import BundleError, BundleWriter, pack
from baseline.models.errors import StoreError
from baseline.store.canonical import canonical_json
from baseline.store.contents import read_content
from baseline.store.store import Store

FORMAT = "baseline-evidence/2"
NO_SEALS = Seals()
UNDECIDED = ArchiveOptions()


class Exported(msgspec.Struct, frozen=True):
    """What was written: lines by file, and how many files."""

    path: Path
    counts: dict[str, int]
    files: int
    signed_by: str | None
    people: People


class Exporter:
    """Writes one bundle from one state of the store."""

    def __init__(
        self,
        connection: Connection,
        selection: EvidenceSelection,
        catalogue: Catalogue,
        pseudonyms: Pseudonyms | None,
    ) -> None:
        self._connection, self._selection = connection, selection
        filter_ = CheckFilter(selection, catalogue)
        chain = chain_of(connection, selection)
        self._whole = filter_.selects_all
        runs = read_run_disclosures(connection, chain)
        told: ToldRuns | NothingTold = NothingTold()
        self._teller: Teller | None = None
        if pseudonyms is not None:
            told = ToldRuns(connection, pseudonyms, chain.runs)
            chain = closing_at(connection, chain, told.positions[-1])
            self._teller = told.teller
            for run in runs:
                told.read_population(run.number, run.population)
        self._disclosure = Disclosure(connection, runs, selection, filter_, told)
        self._log = LogPart(connection, chain, told.positions)
        self._wanted: dict[str, set[str]] = {"facts": set(), "manifests": set(), "artefacts": set()}
        self._destroyed = self._log.destroyed()
        self.counts: dict[str, int] = {}

    def write(self, writer: BundleWriter, ring: KeyRing, signer: Signer | None, signatures: list[str]) -> None:
        """Write everything but metadata and seals."""
        shown = self._disclosure
        self._lines(writer, "results", self._noting_artefacts(shown.results()))
        self._lines(writer, "population", self._noting_facts(shown.population()))
        self._lines(writer, "targets", shown.targets())
        self._lines(writer, "checks", shown.checks())
        self._lines(writer, "trees", (tree.as_line() for tree in shown.trees))
        self._lines(writer, "facts", self._contents("facts"))
        self._lines(writer, "manifests", self._noting_manifests(self._contents("manifests")))
        for digest in sorted(self._wanted["artefacts"]):
            for content in self._content(digest):
                writer.write(f"artefacts/{digest}", content)
        for version in shown.versions.values():
            writer.write(_check_name(version.id, version.digest), version.document.encode())
        for name, digest in self._log.contents().items():
            for content in self._stored(digest):
                writer.write(name, content)
        self._write_log(writer, ring, signer)
        writer.write("bundle.json", canonical_json(self._about(signer, signatures)) + b"\n")
        writer.write("verifier.py", Path(verifier.__file__).read_bytes())
        writer.write(
            "VERIFY.txt", verify_text(f"baseline {__version__}", signatures, signer.id if signer else None, self.people)
        )

    @property
    def people(self) -> People:
        """How people are told."""
        return "names" if self._teller is None else "pseudonyms"

    def describe(self, archive: ArchiveOptions) -> BundleDescription:
        """The bundle, for its metadata."""
        first, last = self._log.chain.checkpoints[0], self._log.chain.checkpoints[-1]
        made = [msgspec.convert(msgspec.json.decode(each.document)["made"], datetime) for each in (first, last)]
        identifier = last.digest.hex() + ("" if self._teller is None else f"-{self._teller.key}")
        what = ", ".join((*self._selection.norms, *self._selection.controls)) or "alle normen"
        title = f"Bewijs informatiebeveiliging: {what}; {made[0]:%Y-%m-%d} - {made[1]:%Y-%m-%d}"
        program = f"baseline {__version__}"
        return BundleDescription(
            identifier=identifier,
            title=title,
            program=program,
            first=made[0],
            last=made[1],
            archive=archive,
            people=self.people,
        )

    def _lines(self, writer: BundleWriter, kind: str, lines: Iterable[bytes]) -> None:
        self.counts[f"{kind}.jsonl"] = writer.write_lines(f"{kind}.jsonl", lines)

    def _noting_artefacts(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        decoder = msgspec.json.Decoder(_Cited)
        for line in lines:
            self._wanted["artefacts"].update((decoder.decode(line).artefacts or {}).values())
            yield line

    def _noting_facts(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        decoder = msgspec.json.Decoder(_Collected)
        for line in lines:
            collected = decoder.decode(line)
            self._wanted["facts"] |= {collected.facts} if collected.facts else set()
            self._wanted["manifests"] |= {collected.manifest} if collected.manifest else set()
            yield line

    def _noting_manifests(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            if self._whole:
                self._wanted["artefacts"].update(msgspec.json.decode(line, type=dict[str, str]).values())
            yield line

    def _contents(self, kind: str) -> Iterator[bytes]:
        for digest in sorted(self._wanted[kind]):
            yield from self._content(digest)

    def _content(self, digest: str) -> Iterator[bytes]:
        """What targets said and what was read in it, told as the bundle tells it; nothing where it was destroyed."""
        if self._teller is None:
            yield from self._stored(digest)
            return
        content = self._teller.content(digest)
        if content is None:
            self._require_destroyed(self._teller.sources[digest])
            return
        if hashlib.sha256(content).hexdigest() != digest:
            raise BundleError(
                f"content {digest} cannot be told any more as the log holds it; see: baseline evidence tell"
            )
        yield content

    def _require_destroyed(self, source: Source) -> None:
        """What is not told was destroyed on purpose, or the facts were that say which names are in it."""
        if not {source.digest, source.place.facts} & self._destroyed:
            raise BundleError(
                f"content {source.digest} is not in the store any more; see: baseline evidence verify --store"
            )

    def _stored(self, digest: str) -> Iterator[bytes]:
        """The content, if it was not destroyed on purpose."""
        try:
            yield read_content(self._connection, digest)
        except StoreError:
            if digest not in self._destroyed:
                raise

    def _write_log(self, writer: BundleWriter, ring: KeyRing, signer: Signer | None) -> None:
        keys = self._log.keys(ring, signer.id if signer else None)
        self._log.known_signatures(keys)
        for identifier, public in keys.items():
            writer.write(f"keys/{identifier}.pem", public)
        self._lines(writer, "log/leaves", (leaf.document for leaf in self._log.leaves))
        self._lines(writer, "log/inclusion", self._log.inclusion())
        self._lines(writer, "log/checkpoints", (each.document for each in self._log.chain.checkpoints))
        self._lines(writer, "log/consistency", self._log.consistency())
        self._lines(writer, "log/signatures", self._log.signature_lines())
        self._lines(writer, "log/rotations", ring.rotations())

    def _about(self, signer: Signer | None, signatures: list[str]) -> dict[str, Any]:
        return {
            "counts": self.counts,
            "format": FORMAT,
            "key": signer.id if signer else None,
            "people": self.people,
            "selection": self._selection,
            "signatures": signatures,
            "tool_version": __version__,
        }


class _Cited(msgspec.Struct):
    artefacts: dict[str, str] | None


class _Collected(msgspec.Struct):
    facts: str | None
    manifest: str | None


def export(
    store: Store,
    selection: EvidenceSelection,
    catalogue: Catalogue,
    output: Path,
    *,
    pseudonyms: Pseudonyms | None,
    seals: Seals = NO_SEALS,
    archive: ArchiveOptions = UNDECIDED,
    ring: KeyRing | None = None,
) -> Exported:
    """Write a bundle to a new folder, or to a ZIP archive where ``output`` ends in ``.zip``.

    ``pseudonyms`` None writes names of people as they are, which makes it a restricted bundle.

    Raises:
        BundleError: it is there already, or cannot be written.
        SelectionError: there is nothing to show, or a run was not told without names.
        StoreError: the store lacks something that the log names, and that was not destroyed.
    """
    ring = ring or KeyRing()
    signer = ring.signer()
    if output.exists():
        raise BundleError(f"{output}: is there already; evidence is never written over")
    try:
        output.absolute().parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.absolute().parent))
        try:
            written = BundleWriter(folder)
            with store.evidence.reading() as connection:
                exporter = Exporter(connection, selection, catalogue, pseudonyms)
                exporter.write(written, ring, signer, seals.words(signer))
                about = exporter.describe(archive)
            _finish(written, about, seals, signer)
            _put(folder, output, written)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise BundleError(f"{output}: cannot be written: {error.strerror}") from error
    return Exported(output, exporter.counts, len(written.sums), signer.id if signer else None, exporter.people)


def _put(folder: Path, output: Path, written: BundleWriter) -> None:
    """Make a finished folder the bundle: as it is, or packed."""
    if output.suffix == ".zip":
        pack(folder, output, written.sizes)
    else:
        folder.chmod(0o755)
        folder.rename(output)


def _finish(writer: BundleWriter, about: BundleDescription, seals: Seals, signer: Signer | None) -> None:
    """Write metadata and seals."""
    files = dict(sorted(writer.sums.items()))
    for name, digest in files.items():
        writer.write(f"mdto/{name.replace('/', '.')}.mdto.xml", file_metadata(about, name, writer.sizes[name], digest))
    writer.write("mdto/bundle.mdto.xml", bundle_metadata(about, files))
    seal(writer, seals, signer)


def _check_name(check: str, digest: str) -> str:
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in check).strip("-")
    return f"checks/{plain[:80] or 'check'}-{digest[:12]}.yaml"
