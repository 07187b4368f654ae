"""Owner and permissions of well-known files."""

import re
from collections.abc import Mapping

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.values import mode_digits, permissions
from baseline.models.facts.fact import Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_names import FILES
from baseline.models.facts.host_system import File

COMPLAINT = re.compile(r"stat: .*?'(/[^']*)': ([^:]+)$")
"""How coreutils and busybox say that a path cannot be seen."""


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``files``."""
    answer = answers["files"]
    command = answer.command("stat")
    if command is None or not command.lines:
        return Reading(HostFacts(files=Unknown("stat is not installed, or gave no answer")))
    found: dict[str, File] = {}
    sources = {"files": answer.source()}
    for number, text in command.lines:
        path, file = _complained(answer, text) if text.startswith("stat: ") else _described(text)
        if path in FILES:
            found[path] = file
            sources[f"files.{path}"] = answer.source(number)
    silent = _unknown(Unknown("stat gave no answer for it"))
    return Reading(HostFacts(files={path: found.get(path, silent) for path in FILES}), sources)


def _described(text: str) -> tuple[str, File]:
    path, *fields = text.split("|")
    mode = mode_digits(fields[2]) if len(fields) == 5 else None
    if mode is None or not fields[3].isdecimal():
        return path, _unknown(Unknown(f"not what stat prints: {text[:80]!r}"))
    size = int(fields[3][:18]) if fields[4].startswith("regular") else None
    return path, File(
        exists=True,
        owner=fields[0],
        group=fields[1],
        mode=mode,
        size_bytes=size,
        **permissions(mode),
    )


def _complained(answer: Answer, text: str) -> tuple[str, File]:
    match = COMPLAINT.match(text)
    if match is None:
        return "", File()
    if "No such file" in match[2]:
        return match[1], File(
            exists=False,
            owner=None,
            group=None,
            mode=None,
            size_bytes=None,
            group_readable=False,
            group_writable=False,
            other_readable=False,
            other_writable=False,
        )
    denied = "denied" in match[2]
    return match[1], _unknown(answer.needs_root(match[1]) if denied else Unknown(f"{match[1]}: {match[2]}"))


def _unknown(reason: Unknown) -> File:
    return File(**dict.fromkeys(File.__struct_fields__, reason))


SECTION = ScriptSection(name="files", artefact="stat", supplies=("files",), parse=parse, arguments=FILES)
