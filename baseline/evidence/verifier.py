"""Verifies an evidence bundle of baseline. One file: Python 3.9 or later and the ``openssl`` program (3.0 or later).

    python3 verifier.py BUNDLE --key PUBLIC.pem [--ca CMS-CA.pem] [--tsa-ca TSA-CA.pem]

It says what is proven, what is not, and where the bundle is broken. Exit codes: 0 all that the bundle promises is proven,
1 something is broken or not proven, 2 usage. Nothing of the bundle is run or unpacked. Get the public key from the
organisation by another way than the bundle. Hashing is that of RFC 6962, section 2.1; signatures are Ed25519 (RFC 8032).
It is longer than other modules because it is handed over as one file, and imports none of them.
"""

# ruff: noqa: B905 - Python 3.9 has no zip(strict=)
from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import os
import re
import stat
import struct
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Callable, Iterator  # noqa: UP035 - as Python 3.9 knows them

MOST_ROTATIONS = 1000
"""Each takes openssl twice, before it is known who vouches for the bundle."""
MOST_FILES, LARGEST_FILE, LARGEST_BUNDLE, LARGEST_LIST, LONGEST_LINE = 60_000, 1 << 32, 1 << 34, 1 << 30, 1 << 26
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*){0,4}")
SIGNATURES = {"SHA256SUMS", "SHA256SUMS.sig", "SHA256SUMS.p7s", "SHA256SUMS.tsr", "SIGNATURES", "SIGNATURES.sig"}
OURS = {"trees.jsonl", "log/inclusion.jsonl", "log/consistency.jsonl", "log/signatures.jsonl", "log/rotations.jsonl"}
ENTRIES = {"names": ("run ended", "destruction"), "pseudonyms": ("told", "told destruction")}
"""Entries of the log that hold what runs found, and what was destroyed of it: as it is, and told without names of people.
A bundle shows one kind or the other, so that neither form passes for the other."""
PUBLIC_KEY = re.compile(rb"\s*-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/]{59}=)\s+-----END PUBLIC KEY-----\s*")
ED25519 = bytes.fromhex("302a300506032b6570032100")
MEMBER_TIME = (1980, 1, 1, 0, 0, 0)
Check = Callable[[bytes, bytes, bytes], bool]
"""Public key (PEM), message, signature -> whether it holds."""


class Broken(Exception):  # noqa: N818 - it says what a person reads
    """Something does not hold; the message says where."""


class Report:
    """What is ``proven``, what is ``open`` (promised or asked for, and not proven), what is worth knowing, and what is broken."""

    def __init__(self) -> None:
        self.proven: list[str] = []
        self.notes: list[str] = []
        self.open: list[str] = []
        self.broken: list[str] = []

    @property
    def holds(self) -> bool:
        """Whether all that the bundle promises is proven."""
        return not self.broken and not self.open


class Folder:
    """The files of a bundle in a folder."""

    def __init__(self, path: Path) -> None:
        self._path, self.sizes = path, {}  # type: Path, dict[str, int]
        for folder, folders, files in os.walk(path):
            for name in [*folders, *files]:
                place = Path(folder) / name
                mode = place.lstat()
                if stat.S_ISREG(mode.st_mode):
                    self.sizes[place.relative_to(path).as_posix()] = mode.st_size
                elif not stat.S_ISDIR(mode.st_mode):
                    raise Broken(f"{place}: neither a file nor a folder (a link?)")
                if len(self.sizes) > MOST_FILES:
                    raise Broken(f"more than {MOST_FILES} files")

    def open(self, name: str) -> IO[bytes]:
        """A file to read."""
        return (self._path / name).open("rb")


class Archive:
    """The files of a bundle in a ZIP archive. Not a byte of it may be anything else than those files."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        members = self._zip.infolist()
        if len(members) > MOST_FILES:
            raise Broken(f"more than {MOST_FILES} files")
        self.sizes = {member.filename: member.file_size for member in members}
        if len(self.sizes) < len(members):
            raise Broken("the archive holds two files of one name")
        with path.open("rb") as raw:
            _require_plain(raw, members, path.stat().st_size)

    def open(self, name: str) -> IO[bytes]:
        """A file to read."""
        return self._zip.open(name)


def _require_plain(raw: IO[bytes], members: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse an archive that differs from the only one that holds these files in this order."""
    position, plainly = 0, io.BytesIO()
    with zipfile.ZipFile(plainly, "w") as expected:
        for member in members:
            plain = zipfile.ZipInfo(member.filename, MEMBER_TIME)
            plain.create_system, plain.external_attr = 3, 0o100644 << 16
            plain.CRC, plain.file_size, plain.compress_size = member.CRC, member.file_size, member.file_size
            plain.header_offset = position
            header = plain.FileHeader(zip64=False)
            raw.seek(position)
            if member.compress_type or raw.read(len(header)) != header or member.external_attr != plain.external_attr:
                raise Broken(f"{member.filename[:200]!r}: the archive does not hold it plainly")
            position += len(header) + member.file_size
            expected.filelist.append(plain)
        expected.start_dir, expected._didModify = 0, True  # type: ignore[attr-defined] # noqa: SLF001 - only the directory
    directory = bytearray(plainly.getvalue())
    directory[-6:-2] = position.to_bytes(4, "little")
    raw.seek(position)
    if position + len(directory) != size or raw.read() != directory:
        raise Broken("the archive holds something else than its files")


def leaf_hash(document: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + document).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: list[bytes]) -> bytes:
    """The root over leaf hashes."""
    level = leaves or [hashlib.sha256(b"").digest()]
    while len(level) > 1:
        pairs = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def root_by_path(leaf: bytes, position: int, size: int, path: list[bytes]) -> bytes:
    """The root that an audit path (lowest first) leads to."""
    if size <= 1 or not path or not 0 <= position < size:
        return leaf if size == 1 and position == 0 and not path else b""
    left = 1 << (size - 1).bit_length() - 1
    if position < left:
        return node_hash(root_by_path(leaf, position, left, path[:-1]), path[-1])
    return node_hash(path[-1], root_by_path(leaf, position - left, size - left, path[:-1]))


def roots_by_proof(old: bytes, older: int, size: int, proof: list[bytes], *, whole: bool = True) -> tuple[bytes, bytes]:
    """The older and the newer root that a consistency proof leads to."""
    if older == size:
        node = old if whole and not proof else proof[0] if not whole and len(proof) == 1 else b""
        return node, node
    left = 1 << (size - 1).bit_length() - 1
    if not proof or not 0 < older < size:
        return b"", b""
    if older <= left:
        first, second = roots_by_proof(old, older, left, proof[:-1], whole=whole)
        return first, node_hash(second, proof[-1])
    first, second = roots_by_proof(old, older - left, size - left, proof[:-1], whole=False)
    return node_hash(proof[-1], first), node_hash(proof[-1], second)


def spelled(document: Any) -> bytes:
    """The one spelling of a document without fractions."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def openssl(*words: str) -> bool:
    """Whether openssl says yes."""
    try:
        return subprocess.run(["openssl", *words], capture_output=True, timeout=60, check=False).returncode == 0
    except OSError as error:
        raise Broken("the openssl program is needed (3.0 or later)") from error


@contextmanager
def written(*contents: bytes) -> Iterator[list[str]]:
    """Files with these contents, for openssl."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / str(number) for number in range(len(contents))]
        for path, content in zip(paths, contents):
            path.write_bytes(content)
        yield [str(path) for path in paths]


def ed25519(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is that of the key (PEM) over the message."""
    with written(key, message, signature) as (public, data, made):
        return openssl("pkeyutl", "-verify", "-pubin", "-inkey", public, "-rawin", "-in", data, "-sigfile", made)


def key_id(pem: bytes) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of an Ed25519 public key (PEM, RFC 8410).

    Nothing may stand beside the key: openssl takes the first of a file, and a second one must not lend it its name.
    """
    found = PUBLIC_KEY.fullmatch(pem)
    key = base64.b64decode(found[1]) if found else b""
    if not key.startswith(ED25519):
        raise Broken("a public key is not one Ed25519 key in PEM, and nothing else")
    return hashlib.sha256(key).hexdigest()[:32]


class Bundle:
    """Verifies one bundle, from the outside in: files, signatures, log, trees, contents."""

    def __init__(self, files: Folder | Archive, key: bytes | None, check: Check) -> None:
        self.files, self.key, self.check, self.report = files, key, check, Report()
        self.keys: dict[str, bytes] = {}
        self.trusted: set[str] = set()
        self.about: Any = {}
        self.leaves: list[Any] = []
        self.ended = "run ended"
        self.counted: dict[str, int] = {}

    def verify(self, authority: Path | None, time_authority: Path | None) -> None:
        """All of it.

        Raises:
            Broken: something does not hold.
        """
        too_much = sum(self.files.sizes.values()) > LARGEST_BUNDLE
        for name, size in self.files.sizes.items():
            if too_much or not NAME.fullmatch(name) or size > LARGEST_FILE:
                raise Broken(f"{name[:200]!r}: a name or a size that no bundle has")
        self.sums()
        self.about = json.loads(self.read("bundle.json"))
        self.ended = ENTRIES[self.about.get("people", "names")][0]
        self.load_keys()
        self.signatures(authority, time_authority)
        self.log()
        self.trees()
        self.contents()

    def read(self, name: str) -> bytes:
        """A whole file, of which the size is bounded."""
        if self.files.sizes.get(name, LONGEST_LINE + 1) > LONGEST_LINE:
            raise Broken(f"{name}: " + ("too large" if name in self.files.sizes else "missing"))
        with self.files.open(name) as file:
            return file.read(LONGEST_LINE + 1)

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a file; one that is not there has none."""
        if name not in self.files.sizes:
            return
        if self.files.sizes[name] > LARGEST_LIST:
            raise Broken(f"{name}: too large to be read")
        with self.files.open(name) as file:
            self.counted[name] = 0
            while line := file.readline(LONGEST_LINE):
                if not line.endswith(b"\n"):
                    raise Broken(f"{name}: a line is cut off, or too long")
                self.counted[name] += 1
                yield line[:-1]

    def documents(self, name: str) -> list[Any]:
        """The lines of a file as JSON; those that the log does not hold have one spelling."""
        try:
            found = [json.loads(line) for line in self.lines(name)]
        except (ValueError, RecursionError) as error:
            raise Broken(f"{name}: not JSON lines") from error
        if name in OURS and any(map(bytes.__ne__, map(spelled, found), self.lines(name))):
            raise Broken(f"{name}: not as it was written")
        return found

    def sums(self) -> None:
        """Every file is as listed, and no file is not listed."""
        listed = self._listed("SHA256SUMS")
        strange = (self.files.sizes.keys() - SIGNATURES) ^ listed.keys()
        if strange:
            name = min(strange)
            raise Broken(f"{name[:200]}: " + ("missing" if name in listed else "not in SHA256SUMS: added"))
        self._compare(listed)
        self.report.proven.append(f"{len(listed)} files are those of SHA256SUMS")

    def _listed(self, name: str) -> dict[str, str]:
        rows = [line.decode("ascii", "replace").partition("  ") for line in self.lines(name)]
        listed = {path: digest for digest, _, path in rows}
        if not rows or [path for _, _, path in rows] != sorted(listed):
            raise Broken(f"{name}: missing, or not in order")
        return listed

    def _compare(self, listed: dict[str, str]) -> None:
        for name, digest in listed.items():
            made = hashlib.sha256()
            with self.files.open(name) as file:
                while block := file.read(1 << 20):
                    made.update(block)
            if made.hexdigest() != digest:
                raise Broken(f"{name}: changed")

    def load_keys(self) -> None:
        """The bundle's public keys, and which of them the key that the auditor holds vouches for."""
        for name in sorted(self.files.sizes):
            if name.startswith("keys/") and name.endswith(".pem"):
                self.keys[name[5:-4]] = self.read(name)
                if key_id(self.keys[name[5:-4]]) != name[5:-4]:
                    raise Broken(f"{name}: holds another key")
        if self.key is not None:
            self.trusted = {key_id(self.key)}
            self.keys[key_id(self.key)] = self.key
        rotations = self.documents("log/rotations.jsonl")
        if len(rotations) > MOST_ROTATIONS:
            raise Broken(f"log/rotations.jsonl: more than {MOST_ROTATIONS} rotations")
        links = [self._rotation(each) for each in rotations]
        for _ in links:
            for pair in links:
                self.trusted |= pair if pair & self.trusted else set()

    def _rotation(self, rotation: Any) -> set[str]:
        statement = json.loads(rotation["statement"])
        for word in ("old", "new"):
            self._signed(statement[word], rotation["statement"], rotation[word], "log/rotations.jsonl")
        return {statement["old"], statement["new"]}

    def _signed(self, key: str, statement: str, signature: str, name: str) -> None:
        known = self.keys.get(key)
        if known is None or not self.check(known, statement.encode(), bytes.fromhex(signature)):
            raise Broken(f"{name}: a signature of key {str(key)[:32]} does not hold")

    def signatures(self, authority: Path | None, time_authority: Path | None) -> None:
        """Who vouches for SHA256SUMS."""
        promised = self.about["signatures"]
        extra = {"SHA256SUMS.p7s": "cms", "SHA256SUMS.tsr": "timestamp"}
        files = {"SHA256SUMS"} | {name for name, word in extra.items() if word in promised}
        files |= {"SHA256SUMS.sig"} if "ed25519" in promised else set()
        files |= {"SIGNATURES", "SIGNATURES.sig"} if "ed25519" in promised and len(promised) > 1 else set()
        if files != self.files.sizes.keys() & SIGNATURES:
            raise Broken(
                "signatures were taken away, or added: " + ", ".join(files ^ (self.files.sizes.keys() & SIGNATURES))
            )
        if "SIGNATURES" in files:
            self._compare(self._listed("SIGNATURES"))
        sure = "ed25519" in promised and self._ed25519([name for name in ("SHA256SUMS", "SIGNATURES") if name in files])
        sure = ("cms" in promised and self._cms(authority)) or sure
        if "timestamp" in promised:
            self._timestamp(time_authority)
        else:
            self.report.notes.append(
                "no time stamp by a third party: when it was signed rests on the organisation's word"
            )
        if not sure:
            self.report.open.append("whose bundle this is: " + self._why_unsure(promised))

    def _why_unsure(self, promised: list[str]) -> str:
        if not promised:
            return "it is not signed"
        return "give the organisation's public key with --key" + (" or --ca" if "cms" in promised else "")

    def _ed25519(self, names: list[str]) -> bool:
        signer = self.about["key"]
        for name in names:
            self._signed(signer, self.read(name).decode(), self.read(name + ".sig").hex(), name + ".sig")
        if self.key is not None and signer not in self.trusted:
            raise Broken(f"SHA256SUMS.sig: signed by key {signer}, for which the key given does not vouch")
        self.report.proven.append(f"SHA256SUMS is signed by key {signer}" + (", as given" if self.key else ""))
        return self.key is not None

    def _cms(self, authority: Path | None) -> bool:
        words = ["-CAfile", str(authority), "-purpose", "any"] if authority else ["-noverify"]
        with written(self.read("SHA256SUMS.p7s"), self.read("SHA256SUMS")) as (made, data):
            if not openssl(
                "cms", "-verify", "-binary", "-inform", "DER", "-in", made, "-content", data, "-out", os.devnull, *words
            ):
                raise Broken("SHA256SUMS.p7s: the signature does not hold" + (" under --ca" if authority else ""))
        whose = "of a certificate under --ca" if authority else "of a certificate that nobody vouched for (give --ca)"
        self.report.proven.append(f"SHA256SUMS has a CMS signature {whose}")
        return authority is not None

    def _timestamp(self, authority: Path | None) -> None:
        if authority is None:
            self.report.notes.append("SHA256SUMS.tsr, a time stamp (RFC 3161), was not checked: give --tsa-ca")
            return
        with written(self.read("SHA256SUMS.tsr"), self.read("SHA256SUMS")) as (made, data):
            if not openssl("ts", "-verify", "-in", made, "-data", data, "-CAfile", str(authority)):
                raise Broken("SHA256SUMS.tsr: the time stamp does not hold under --tsa-ca")
        self.report.proven.append("a time stamp authority under --tsa-ca saw SHA256SUMS")

    def log(self) -> None:
        """Every leaf stands in the log, and each checkpoint continues the one before."""
        lines = list(self.lines("log/checkpoints.jsonl"))
        points = self.documents("log/checkpoints.jsonl")
        proofs = [[bytes.fromhex(each) for each in proof] for proof in self.documents("log/consistency.jsonl")]
        if not points or len(proofs) != len(points) - 1:
            raise Broken("log/checkpoints.jsonl: a checkpoint, or a proof between two, is missing")
        closing = self.closing(points)
        for number, (older, newer, proof) in enumerate(zip(points, points[1:], proofs)):
            chained = newer is closing or (
                newer["previous"] == leaf_hash(lines[number]).hex() and newer["number"] == older["number"] + 1
            )
            roots = (bytes.fromhex(older["root"]), bytes.fromhex(newer["root"]))
            grown = (
                older["size"] <= newer["size"]
                and roots_by_proof(roots[0], older["size"], newer["size"], proof) == roots
            )
            if not chained or not grown:
                raise Broken(f"checkpoint {newer['number']} does not continue checkpoint {older['number']}")
        self.leaves = self._leaves(points[-1])
        others = {kind for entries in ENTRIES.values() if self.ended not in entries for kind in entries}
        if strange := others & {leaf["kind"] for leaf in self.leaves}:
            raise Broken(f"log/leaves.jsonl: a bundle with {self.about.get('people')} shows an entry '{min(strange)}'")
        runs = {leaf["run"] for leaf in self.leaves if leaf["kind"] == self.ended}
        if missing := {point["run"] for point in points if point["run"] is not None and point is not closing} - runs:
            raise Broken(f"run {min(missing)} was taken out")
        self._checkpoint_signatures({leaf_hash(line).hex(): point for line, point in zip(lines, points)})
        self.report.proven.append(
            f"{len(points)} checkpoints continue each other; {len(self.leaves)} entries stand in the log"
        )

    def closing(self, points: list[Any]) -> Any:
        """The last checkpoint, where it is there only since a run was told after those that the bundle is about."""
        if self.ended != "told" or len(points) < 2 or points[-1]["number"] == points[-2]["number"] + 1:
            return None
        return points[-1] if points[-1]["number"] > points[-2]["number"] else None

    def _leaves(self, last: Any) -> list[Any]:
        paths = self.documents("log/inclusion.jsonl")
        lines = list(self.lines("log/leaves.jsonl"))
        if len(paths) != len(lines) or [each["position"] for each in paths] != sorted(
            {each["position"] for each in paths}
        ):
            raise Broken("log/leaves.jsonl: an entry or its proof is missing, or out of order")
        for line, proof in zip(lines, paths):
            path = [bytes.fromhex(each) for each in proof["path"]]
            if root_by_path(leaf_hash(line), proof["position"], last["size"], path).hex() != last["root"]:
                raise Broken(f"log/leaves.jsonl: entry {proof['position']} does not stand in the log")
        return self.documents("log/leaves.jsonl")

    def _checkpoint_signatures(self, points: dict[str, Any]) -> None:
        signed: set[int] = set()
        for each in self.documents("log/signatures.jsonl"):
            statement = json.loads(each["statement"])
            if statement["checkpoint"] not in points:
                raise Broken("log/signatures.jsonl: signs a checkpoint that is not there")
            self._signed(statement["key"], each["statement"], each["signature"], "log/signatures.jsonl")
            if self.key is None or statement["key"] in self.trusted:
                signed.add(points[statement["checkpoint"]]["number"])
        whose = "the key given, or one that it vouches for" if self.key else "keys in the bundle"
        self.report.proven.append(f"{len(signed)} of {len(points)} checkpoints are signed by {whose}")
        if len(signed) < len(points):
            self.report.notes.append(f"{len(points) - len(signed)} checkpoints were not signed when their run ended")

    def trees(self) -> None:
        """Every result, target and check is one that a run put in the log; what is left out is known by its hash."""
        committed = {kind: set() for kind in ("checks", "population", "targets", "results")}  # type: dict[str, set[str]]
        for leaf in self.leaves:
            if leaf["kind"] == "run begun":
                committed["checks"].add(leaf["body"]["checks"]["root"])
            if leaf["kind"] == self.ended:
                committed["population"].add(leaf["body"]["population"]["root"])
                committed["targets"].add(leaf["body"]["results"]["root"])
        committed["results"] = {each["results"]["root"] for each in self.documents("targets.jsonl")}
        hashes = {kind: set() for kind in committed}  # type: dict[str, set[bytes]]
        for tree in self.documents("trees.jsonl"):
            content = bytes.fromhex(tree["leaves"])
            leaves = [content[start : start + 32] for start in range(0, len(content), 32)]
            if root_of(leaves).hex() != tree["root"] or (leaves and tree["root"] not in committed[tree["kind"]]):
                raise Broken(f"trees.jsonl: {tree['kind']} that no run put in the log")
            committed[tree["kind"]].discard(tree["root"])
            hashes[tree["kind"]].update(leaves)
        if any(committed.values()):
            raise Broken("trees.jsonl: what a run put in the log is not there")
        for kind, known in hashes.items():
            shown = [leaf_hash(line) for line in self.lines(kind + ".jsonl")]
            if len(shown) != len(set(shown)) or not known.issuperset(shown):
                raise Broken(f"{kind}.jsonl: a line was added or changed")
            left = len(known) - len(shown)
            self.report.proven.append(
                f"{len(shown)} lines of {kind}.jsonl are as logged" + (f"; {left} left out" if left else "")
            )

    def contents(self) -> None:
        """Facts, raw answers, checks and catalogue are those that the log names by SHA-256."""
        begun = [leaf["body"]["contents"] for leaf in self.leaves if leaf["kind"] == "run begun"]
        population = self.documents("population.jsonl")
        artefacts = {digest for line in self.documents("manifests.jsonl") for digest in line.values()}
        allowed = {
            "artefacts": artefacts,
            "checks": {each["document"] for each in self.documents("checks.jsonl")},
            "contents": {digest for each in begun for digest in each.values()},
        }
        listed = self._listed("SHA256SUMS")
        there = {name[10:] for name in listed if name.startswith("artefacts/")}
        if there - artefacts:
            artefacts |= self._cited()
        for name, digest in listed.items():
            folder = name.split("/")[0]
            misnamed = folder == "artefacts" and name != f"artefacts/{digest}"
            if misnamed or ("/" in name and folder in allowed and digest not in allowed[folder]):
                raise Broken(f"{name}: the log does not know it")
        for kind, column in (("facts", "facts"), ("manifests", "manifest")):
            shown = {hashlib.sha256(line).hexdigest() for line in self.lines(kind + ".jsonl")}
            named = {each[column] for each in population} - {None}
            if shown - named:
                raise Broken(f"{kind}.jsonl: a line was added or changed")
            self.report.notes += [f"{len(named - shown)} {kind} are named, but not in the bundle"] * bool(named - shown)
        for name, number in self.about["counts"].items():
            if self.counted.get(name, 0) != number:
                raise Broken(f"{name}: lines were taken out or added")
        self.report.proven.append(f"{len(there)} raw answers are those that the facts were read from")
        self._people()
        if gone := artefacts - there:
            destroyed = {
                each["body"].get("digest")
                for each in self.leaves
                if each["kind"] in ("destruction", "told destruction")
            }
            self.report.notes.append(
                f"{len(gone)} raw answers are not in the bundle, {len(gone & destroyed)} were destroyed"
            )

    def _people(self) -> None:
        """Say how people are told, and when that was put in the log."""
        if self.ended != "told":
            self.report.proven.append("all is as it was logged, names of people included: a restricted bundle")
            return
        self.report.proven.append("all is as it was logged to be told: with pseudonyms in place of names of people")
        for leaf in self.leaves:
            if leaf["kind"] == "told" and leaf["received"][:10] > leaf["body"]["finished"][:10]:
                self.report.notes.append(
                    f"run {leaf['run']} was told on {leaf['received'][:10]}, after the day it ended"
                )

    def _cited(self) -> set[str]:
        """Raw answers that results refer to; an unchanged result refers to those of the run that found it."""
        lines = map(json.loads, self.lines("results.jsonl"))
        return {digest for each in lines for digest in (each["artefacts"] or {}).values()}


def verify(
    path: Path, key: bytes | None = None, check: Check = ed25519, ca: Path | None = None, tsa: Path | None = None
) -> Report:
    """Verify a bundle (a folder or a ZIP archive); it is never written to."""
    bundle = None
    try:
        files = Folder(path) if path.is_dir() else Archive(path)
        bundle = Bundle(files, key, check)
        bundle.verify(ca, tsa)
    except Broken as error:
        return _broken(bundle, str(error))
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RuntimeError,
        MemoryError,
        OverflowError,
        struct.error,
        subprocess.SubprocessError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
    ) as error:
        return _broken(bundle, f"the bundle cannot be read: {type(error).__name__}: {error}")
    return bundle.report


def _broken(bundle: Bundle | None, reason: str) -> Report:
    report = bundle.report if bundle else Report()
    report.broken.append(reason)
    return report


def main(words: list[str] | None = None) -> int:
    """Verify what the command line names, and tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--key", type=Path, help="the organisation's public key (PEM), that you got another way")
    parser.add_argument("--ca", type=Path, help="certificates (PEM) that the CMS signature must come from")
    parser.add_argument("--tsa-ca", type=Path, help="certificates (PEM) that the time stamp must come from")
    given = parser.parse_args(words)
    for place in (given.bundle, given.key, given.ca, given.tsa_ca):
        if place is not None and not place.exists():
            parser.error(f"{place}: there is no such file")
    report = verify(given.bundle, given.key.read_bytes() if given.key else None, ca=given.ca, tsa=given.tsa_ca)
    lines = (("proven", report.proven), ("note", report.notes), ("NOT PROVEN", report.open), ("BROKEN", report.broken))
    for word, texts in lines:
        for text in texts:
            plain = "".join(letter if letter.isprintable() else "?" for letter in text)  # the bundle may name anything
            print(f"{word:<10}  {plain}")  # noqa: T201 - a program of its own
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main())
