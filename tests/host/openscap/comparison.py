"""One Debian tree in several shapes, held against the same norm by OpenSCAP and by baseline."""

import os
import shutil
import subprocess
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import msgspec
import yaml

from baseline.assess.judge import Judged, judge
from baseline.collectors.host.script import compose
from baseline.collectors.host.sections import SECTIONS
from baseline.content.catalogue import load_catalogue
from baseline.content.checks.folder import CATALOGUE_FOLDER, read_check_files
from baseline.content.location import content_folder
from tests.host import recordings

FOLDER = Path(__file__).parent
CONTENT = Path("/usr/share/xml/scap/ssg/content/ssg-debian11-ds.xml")
PREFIX = "xccdf_org.ssgproject.content"
XCCDF = "{http://checklists.nist.gov/xccdf/1.2}"
PACKAGES = "openssh-server,sudo,rsyslog,kmod,procps,iproute2,cron,auditd,nftables,libpam-pwquality,logrotate,apparmor"
SHAPES = ("installed", "hardened", "broken", "varied")
AFTER = {"varied": "hardened"}
"""Shape -> the shape that it changes."""
WORST_FIRST = ("fail", "error", "pass", "not_applicable")
WORDS = {"unknown": "error", "notchecked": "error", "notapplicable": "not_applicable"}
TARGET = {"name": "tree", "platform": "linux", "site": "", "zone": "", "owner": "", "exposure": "internal"}


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question that both ask. A shape has one verdict, or OpenSCAP's and ours where they differ."""

    check: str
    rules: list[str]
    subjects: list[str] = []
    one_is_enough: bool = False
    installed: str | list[str]
    hardened: str | list[str] = "pass"
    broken: str | list[str] = "fail"
    varied: str | list[str] = "pass"
    because: str = ""

    def expected(self, shape: str) -> tuple[str, str]:
        """What OpenSCAP says, and what we say."""
        verdict: str | list[str] = getattr(self, shape)
        return (verdict, verdict) if isinstance(verdict, str) else (verdict[0], verdict[1])

    def differs(self) -> bool:
        return any(len(set(self.expected(shape))) > 1 for shape in SHAPES)


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is compared; ``needed`` rules are selected because others require it.

    ``alike`` maps rules that only look the same to what they ask in fact.
    """

    values: dict[str, str]
    needed: list[str]
    same: list[Entry]
    alike: dict[str, str]

    def rules(self) -> set[str]:
        """Everything that OpenSCAP is to evaluate."""
        return {rule for entry in self.same for rule in entry.rules} | set(self.needed)


class Verdicts(msgspec.Struct, frozen=True):
    """Verdicts about one shape: rule -> word, and check -> subject -> word."""

    openscap: dict[str, str]
    ours: dict[str, dict[str, str]]

    def both(self, entry: Entry) -> tuple[str, str]:
        """What OpenSCAP says, and what we say."""
        rules = [self.openscap.get(rule, "no such rule") for rule in entry.rules]
        theirs = "pass" if entry.one_is_enough and "pass" in rules else worst(rules)
        found = self.ours[entry.check]
        chosen = [found.get(subject, "no such subject") for subject in entry.subjects]
        return theirs, worst(chosen or list(found.values()))


def worst(words: list[str]) -> str:
    """The verdict about a whole of which these are the parts."""
    return min(words, key=lambda word: WORST_FIRST.index(word) if word in WORST_FIRST else -1)


def read_table() -> Table:
    return msgspec.convert(yaml.safe_load((FOLDER / "table.yaml").read_text()), Table)


def why_not() -> str:
    """What is missing to compare; empty when nothing is."""
    if os.geteuid() != 0:
        return "needs root: the tree is mounted and entered"
    missing = [name for name in ("oscap", "unshare", "chroot") if not shutil.which(name)]
    missing += [] if CONTENT.exists() else [CONTENT.name]
    if missing:
        return f"not here: {', '.join(missing)} (apt-get install openscap-scanner ssg-debian)"
    if subprocess.run(["unshare", "--mount", "--net", "true"], capture_output=True, check=False).returncode:
        return "namespaces are not allowed here"
    return ""


def make_tree(folder: Path) -> None:
    """Debian 11 from its mirror, with what a server has: about two minutes and 280 MB."""
    command = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", "bullseye", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=900)


def look(tree: Path, shape: str, work: Path, table: Table) -> Verdicts:
    """Give a copy of the tree this shape, and ask both."""
    (work / "layer").mkdir(parents=True)
    (work / "script").write_bytes(compose(SECTIONS, recordings.MARK))
    (work / "tailoring.xml").write_text(_tailoring(table))
    shapes = [FOLDER / f"{name}.sh" for name in (AFTER.get(shape), shape) if name]
    (work / "shape").write_text("".join(path.read_text() for path in shapes))
    command = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--net", "--uts"]
    command += ["sh", str(FOLDER / "scan.sh"), str(tree), str(work)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=300, check=False)
    if done.returncode not in {0, 2}:  # oscap(8): 2 when a rule is not met
        raise RuntimeError(f"status {done.returncode}: {done.stderr[-2000:]}")
    return Verdicts(_openscap(work / "results.xml"), _ours((work / "answer").read_text(errors="replace")))


def _tailoring(table: Table) -> str:
    """A profile with these rules alone (XCCDF 1.2, Tailoring)."""
    lines = [f'<select idref="{group}" selected="true"/>' for group in _groups()]
    lines += [f'<select idref="{PREFIX}_rule_{rule}" selected="true"/>' for rule in sorted(table.rules())]
    lines += [f'<set-value idref="{PREFIX}_value_{name}">{value}</set-value>' for name, value in table.values.items()]
    return "\n".join(  # without white space between them, oscap 1.3.7 passes over every second one
        [
            f'<Tailoring xmlns="{XCCDF[1:-1]}" id="xccdf_baseline_tailoring_both">',
            f'<benchmark href="{CONTENT}"/>',
            '<version time="2026-01-01T00:00:00">1</version>',
            '<Profile id="xccdf_baseline_profile_both">',
            "<title>What both ask</title>",
            *lines,
            "</Profile>",
            "</Tailoring>",
        ]
    )


def _groups() -> list[str]:
    return sorted({group.get("id", "") for group in ET.parse(CONTENT).iter(f"{XCCDF}Group")})


def known_rules() -> set[str]:
    """Rules of the content that a machine can evaluate or not."""
    rules = ET.parse(CONTENT).iter(f"{XCCDF}Rule")
    return {rule.get("id", "").removeprefix(f"{PREFIX}_rule_") for rule in rules}


def _openscap(path: Path) -> dict[str, str]:
    found = {}
    for result in ET.parse(path).iter(f"{XCCDF}rule-result"):
        word = result.findtext(f"{XCCDF}result", "")
        found[result.get("idref", "").removeprefix(f"{PREFIX}_rule_")] = WORDS.get(word, word)
    return found


def load_host_checks() -> dict[str, Any]:
    """Compiled checks by their id."""
    folder = content_folder("checks")
    catalogue = load_catalogue(folder / CATALOGUE_FOLDER)
    files = read_check_files([folder / "host"], frozenset(catalogue.controls))
    return {file.compiled.check.id: file.compiled for file in files}


def _ours(answer: str) -> dict[str, dict[str, str]]:
    judged = Judged(msgspec.to_builtins(recordings.read(answer)[0]), TARGET, int(time.time()))
    return {
        name: {verdict.subject: verdict.status.value for verdict in judge(compiled, judged, compiled.check.params)}
        for name, compiled in load_host_checks().items()
    }
