"""What a bounded search over local file systems found."""

from collections.abc import Iterator, Mapping

import msgspec

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import KILOBYTE, Reading, ScriptSection
from baseline.collectors.host.values import mode_digits
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_system import FileSystem

MOST_FINDINGS = 500
"""The script prints no more; a longer list is no list."""

CPU_LIMIT, TIME_LIMIT = frozenset({137, 152}), frozenset({124, 143})
"""Exit statuses of a walk that the kernel ended at its limit of processor time (SIGXCPU, SIGKILL), or timeout(1)."""


class Finding(msgspec.Struct, frozen=True):
    """One path that the walk found odd, with its permissions as four octal digits and the numbers of its owners."""

    mode: str
    user: str
    group: str
    directory: bool
    path: str

    @property
    def everyone_writes(self) -> bool:
        """Everyone may write it; a directory only counts without the sticky bit."""
        return bool(int(self.mode[3]) & 2) and not (self.directory and int(self.mode[0]) & 1)

    @property
    def set_id(self) -> bool:
        """A program that runs as its owner or group."""
        return not self.directory and int(self.mode[0]) >= 2


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``file_system``."""
    answer = answers["file_search"]
    findings = list(_findings(answer))
    if refused := _incomplete(answer, findings):
        unknown = FileSystem(**dict.fromkeys(FileSystem.__struct_fields__, refused))
        return Reading(HostFacts(file_system=unknown), {"file_system": answer.source()})
    programs = [finding.path for finding in findings if finding.set_id]
    file_system = FileSystem(
        world_writable_files=_paths(f for f in findings if f.everyone_writes and not f.directory),
        world_writable_directories=_paths(f for f in findings if f.everyone_writes and f.directory),
        unowned=_unowned(answer, findings),
        set_id_files=sorted(programs),
        set_id_files_outside_packages=_outside_packages(answer, programs),
    )
    return Reading(HostFacts(file_system=file_system), {"file_system": answer.source()})


def _paths(findings: Iterator[Finding]) -> list[str]:
    return sorted({finding.path for finding in findings})


def _findings(answer: Answer) -> Iterator[Finding]:
    for line in answer.output("find "):
        fields = line.text.split("|", 4)
        mode = mode_digits(fields[0]) if len(fields) == 5 else None
        if mode is not None and fields[4].startswith("/"):
            yield Finding(mode, fields[1], fields[2], fields[3] == "directory", fields[4])


def _incomplete(answer: Answer, findings: list[Finding]) -> Unknown | None:
    """Why the walk says nothing about the whole; None when it came to its end."""
    if answer.missing("find"):
        return Unknown("find or stat is not installed")
    if answer.notes("root"):
        return Unknown("the root file system is on the network, where nothing is searched")
    if answer.notes("neighbours"):
        return Unknown("a folder that holds a network mount holds too many names beside it, or one with a line end")
    ended = [line.text.split() for line in answer.output("find ") if line.text.startswith("searched ")]
    if not ended or len(ended[-1]) != 5 or not all(word.isdecimal() and len(word) < 10 for word in ended[-1][1:]):
        return Unknown("the search for files gave no answer")
    so_far = f"; found so far: {len(findings)}" + (f", such as {findings[0].path[:80]}" if findings else "")
    return _cut_off(answer, [int(word) for word in ended[-1][1:]], so_far)


def _cut_off(answer: Answer, counts: list[int], so_far: str) -> Unknown | None:
    """What the script counted at the end: status of the walk, directories refused, other errors, paths found."""
    status, denied, failed, found = counts
    if status in CPU_LIMIT:
        return Unknown(f"the search was cut off: it took a second of processor time{so_far}")
    if status in TIME_LIMIT:
        return Unknown(f"the search was cut off: it took too long{so_far}")
    if found > MOST_FINDINGS:
        return Unknown(f"the search found {found} paths, more than {MOST_FINDINGS}{so_far}")
    if denied:
        reason = f"{denied} directories may not be read"
        return Unknown(reason) if answer.privileged else answer.needs_root(reason)
    return Unknown("the search for files ended with errors") if failed or status > 1 else None


def _unowned(answer: Answer, findings: list[Finding]) -> Fact[list[str]]:
    """Owners without a name: not in the local database, nor in any other that getent(1) asks."""
    named = {line.text for line in answer.output("getent")}
    if "silent" in named:
        return Unknown("the directory service did not say in time whether owners of files have a name")
    return _paths(f for f in findings if f"passwd {f.user}" not in named or f"group {f.group}" not in named)


def _outside_packages(answer: Answer, programs: list[str]) -> Fact[list[str]]:
    if not programs:
        return []
    if part := answer.command("grep packaged"):
        owned = {_merged(line.text) for line in part.lines}
        if part.status not in {0, 1}:
            return Unknown("the lists of files of packages could not be read")
        return sorted(path for path in programs if _merged(path) not in owned)
    if rpm := answer.command("rpm -qf"):
        outside = {line.text.removeprefix("outside ") for line in rpm.lines if line.text.startswith("outside ")}
        if f"owned {len(programs) - len(outside)}" not in {line.text for line in rpm.lines}:
            return Unknown("rpm did not say of every program whether it belongs to a package")
        return sorted(outside & set(programs))
    return Unknown("which package a file belongs to is read from dpkg and rpm only")


def _merged(path: str) -> str:
    """A path as it is where /bin, /sbin and /lib are links to those in /usr."""
    return path if path.startswith("/usr/") else f"/usr{path}"


SECTION = ScriptSection(
    name="file_search",
    artefact="file search",
    supplies=("file_system",),
    parse=parse,
    maximum_bytes=512 * KILOBYTE,
    beside=True,
)
