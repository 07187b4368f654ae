"""The OpenSSH server: effective settings, Match blocks and host keys."""

import base64
import binascii
import posixpath
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from baseline.collectors.host.answer import Answer, Line
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.sections.ssh_settings import OLD_KEYWORDS, SETTINGS
from baseline.collectors.host.values import integer, mode_digits, permissions, unreadable
from baseline.models.artefact import SourceLines
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_access import SshHostKey, SshMatchBlock, SshServer

MAIN = "/etc/ssh/sshd_config"
NO_SERVER = Unknown("there is no OpenSSH server")
KEY_TYPES = {"ssh-rsa": "RSA", "ssh-dss": "DSA", "ssh-ed25519": "ED25519", "ecdsa-sha2-nistp": "ECDSA"}
"""How ssh-keygen(1) calls the key formats of RFC 4253 and RFC 5656."""


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``ssh_server``."""
    answer = answers["ssh_server"]
    if answer.missing("sshd"):
        absent: dict[str, Any] = dict.fromkeys(SshServer.__struct_fields__, NO_SERVER)
        server = SshServer(**absent | {"installed": False, "running": False, "version": None})
        return Reading(HostFacts(ssh_server=server), {"ssh_server": answer.source()})
    settings, sources = _settings(answer)
    version = max((line.text.removeprefix("OpenSSH_") for line in answer.output("sshd -V")), key=len, default="")
    server = SshServer(
        installed=bool(version) or bool(answer.printed("sshd -T")) or unreadable(None, "word of sshd"),
        running=_running(answer),
        version=version or unreadable(None, "version of sshd"),
        match_blocks=_match_blocks(answer),
        host_keys=_host_keys(answer),
        **settings,
    )
    return Reading(HostFacts(ssh_server=server), {"ssh_server": answer.source(), **sources})


def _settings(answer: Answer) -> tuple[dict[str, Any], dict[str, SourceLines]]:
    """Every setting that ``sshd -T`` (or ``sshd -G``, which needs no root) prints."""
    part = answer.command("sshd -T") or answer.command("sshd -G")
    if part is None or part.status != 0 or not part.lines:
        reason = _refused(answer, part.lines if part else ())
        return {name: reason for setting in SETTINGS for name in setting.facts}, {}
    by_keyword: dict[str, list[Line]] = {}
    for line in part.lines:
        keyword, _, value = line.text.partition(" ")
        keyword = keyword.lower()
        by_keyword.setdefault(OLD_KEYWORDS.get(keyword, keyword), []).append(Line(line.number, value.strip()))
    values: dict[str, Any] = {}
    sources: dict[str, SourceLines] = {}
    for setting in SETTINGS:
        lines = by_keyword.get(setting.keyword, [])
        values |= setting.read([line.text for line in lines])
        sources |= {f"ssh_server.{name}": answer.source(*(line.number for line in lines)) for name in setting.facts}
    return values, sources


def _refused(answer: Answer, lines: tuple[Line, ...]) -> Unknown:
    said = next((line.text for line in lines if line.text.strip()), "")
    if not answer.privileged:
        return answer.needs_root("sshd -T")
    return Unknown(f"sshd -T says: {said[:120]}" if said else "sshd -T gave no answer")


def _running(answer: Answer) -> Fact[bool]:
    """A process named sshd, or an active unit. Without root a process may be hidden (hidepid of proc(5))."""
    process = answer.command("pgrep")
    if process is not None and process.status == 0 and process.lines:
        return True
    units = answer.command("systemctl is-active")
    if units is not None and any(line.text.strip() == "active" for line in units.lines):
        return True
    if process is None:
        return Unknown("pgrep is not installed")
    return False if answer.privileged and process.status == 1 else answer.needs_root("processes of others")


def _match_blocks(answer: Answer) -> Fact[list[SshMatchBlock]]:
    """Match blocks as written; one lasts until the next or the end of its file, and what it includes holds for it alone
    (sshd_config(5)).
    """
    if refused := answer.unreadable("/"):
        return refused
    if not answer.files_read():
        return Unknown(f"{MAIN} could not be read")
    blocks: list[tuple[str, dict[str, str]]] = []
    current: dict[str, str] | None = None
    path = ""
    seen = (*answer.files_read(), *answer.named("absent"))
    for setting in answer.settings():
        if setting.path.endswith(".pub"):
            continue
        keyword, _, value = setting.text.strip().replace("=", " ", 1).replace("\t", " ").partition(" ")
        if setting.path != path:
            path, current = setting.path, None
        value = value.split(" #")[0].strip().strip('"')
        if keyword.lower() == "include":
            if current is not None or (path != MAIN and not all(_is_seen(word, seen) for word in value.split())):
                return Unknown(f"{path} includes {value[:80]}, which was not followed there")
        elif keyword.lower() == "match":
            current = {}
            if value.strip().lower() != "all":
                blocks.append((" ".join(value.split()), current))
        elif current is not None:
            current.setdefault(keyword.lower(), value)
    return [SshMatchBlock(name=name, settings=settings) for name, settings in blocks]


def _is_seen(pattern: str, paths: Iterable[str]) -> bool:
    """Whether one of these paths is what a pattern of Include means, or the pattern itself."""
    absolute = posixpath.join("/etc/ssh", pattern.strip('"'))
    return any(path == absolute or fnmatchcase(path, absolute) for path in paths)


def _host_keys(answer: Answer) -> Fact[list[SshHostKey]]:
    files = {fields[3]: fields for line in answer.printed("stat") if len(fields := line.text.split("|")) == 4}
    public = {
        setting.path.removesuffix(".pub"): setting.text
        for setting in answer.settings()
        if setting.path.endswith(".pub")
    }
    names = list(files) or list(public)
    if not names:
        return Unknown("no host key could be read")
    return [_host_key(answer, name, public.get(name), files.get(name)) for name in names]


def _host_key(answer: Answer, name: str, public: str | None, file: list[str] | None) -> SshHostKey:
    kind, bits = _kind_and_bits(public) if public else (Unknown("there is no .pub file"),) * 2
    mode = mode_digits(file[2]) if file else None
    if file is None or mode is None:
        unnamed = Unknown(f"sshd -T does not name {name}, so it was not looked at")
        hidden = unnamed if answer.privileged else answer.needs_root(name)
        return SshHostKey(
            name=name,
            type=kind,
            bits=bits,
            owner=hidden,
            group=hidden,
            mode=hidden,
            group_readable=hidden,
            other_readable=hidden,
        )
    granted = permissions(mode)
    return SshHostKey(
        name=name,
        type=kind,
        bits=bits,
        owner=file[0],
        group=file[1],
        mode=mode,
        group_readable=granted["group_readable"],
        other_readable=granted["other_readable"],
    )


def _kind_and_bits(public: str) -> tuple[Fact[str], Fact[int]]:
    """Type and length of a public key, from its wire format (RFC 4253, section 6.6)."""
    format_name, _, encoded = public.partition(" ")
    kind = next((name for prefix, name in KEY_TYPES.items() if format_name.startswith(prefix)), None)
    if kind is None:
        return unreadable(format_name, "a known type of key"), unreadable(format_name, "a known type of key")
    if kind == "ED25519":
        return kind, 256
    if kind == "ECDSA":
        return kind, integer(format_name.removeprefix("ecdsa-sha2-nistp"), "length of a curve")
    try:
        fields = _wire_fields(base64.b64decode(encoded.split(" ")[0], validate=True))
    except (binascii.Error, ValueError):
        return kind, unreadable(None, "public key")
    position = 2 if kind == "RSA" else 1
    if len(fields) <= position:
        return kind, unreadable(None, "public key")
    return kind, int.from_bytes(fields[position], "big").bit_length()


def _wire_fields(blob: bytes) -> list[bytes]:
    fields: list[bytes] = []
    position = 0
    while position + 4 <= len(blob) and len(fields) < 8:
        length = int.from_bytes(blob[position : position + 4], "big")
        fields.append(blob[position + 4 : position + 4 + length])
        position += 4 + length
    return fields


SECTION = ScriptSection(name="ssh_server", artefact="sshd -T", supplies=("ssh_server",), parse=parse)
