"""Certificates and private keys of servers on the host."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from baseline.collectors.host.answer import Answer, Line, Part
from baseline.collectors.host.section import KILOBYTE, Reading, ScriptSection
from baseline.collectors.host.sections.x509 import read_certificate
from baseline.collectors.host.values import mode_digits, permissions
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_certificates import Certificate, Certificates, PrivateKey

MOST_FILES = 60
"""The script looks at no more files."""


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``certificates``."""
    answer = answers["certificates"]
    listed = [line.text for line in answer.output("list certificates")]
    if refused := _refused(answer, listed):
        unknown = Certificates(installed=refused, private_keys=refused)
        return Reading(HostFacts(certificates=unknown), {"certificates": answer.source()})
    found, keys, sources = [], [], {"certificates": answer.source()}
    owners = {fields[5]: fields for line in answer.output("stat") if len(fields := line.text.split("|", 5)) == 6}
    for path, part in _files(answer):
        if encoded := [line for line in part.lines if line.text.startswith("certificate ")]:
            found.append(_certificate(path, encoded))
            sources[f"certificates.installed.{path}"] = answer.source(encoded[0].number)
        if states := {line.text for line in part.lines if line.text.startswith("key ")}:
            keys.append(_private_key(answer, path, owners.get(path), encrypted="key plain" not in states))
    facts = Certificates(installed=found, private_keys=keys)
    return Reading(HostFacts(certificates=facts), sources)


def _refused(answer: Answer, listed: list[str]) -> Unknown | None:
    counted = next((text.removeprefix("listed ") for text in listed if text.startswith("listed ")), "")
    if not counted.isdecimal():
        return Unknown("certificates could not be listed")
    if int(counted[:9]) >= MOST_FILES:
        return Unknown(f"servers are told to use {MOST_FILES} files with certificates or more")
    if hidden := next((text.removeprefix("denied ") for text in listed if text.startswith("denied ")), None):
        return answer.needs_root(f"{hidden} may not be read")
    if far := next((text.removeprefix("network ") for text in listed if text.startswith("network ")), None):
        return Unknown(f"{far} lies on a network file system, which is not looked at")
    return answer.unreadable("/")


def _files(answer: Answer) -> Iterator[tuple[str, Part]]:
    for part in answer.parts:
        kind, _, path = part.name.partition(" ")
        if part.kind == "command" and kind == "certificate" and part.status == 0:
            yield path, part


def _certificate(path: str, lines: list[Line]) -> Certificate:
    encoded = "".join(line.text.removeprefix("certificate ").strip() for line in lines)
    try:
        read = read_certificate(base64.b64decode(encoded, validate=True))
    except (binascii.Error, ValueError, OverflowError, StopIteration) as error:
        reason = Unknown(f"not a certificate that can be read: {error}"[:120])
        names: dict[str, Any] = dict.fromkeys(Certificate.__struct_fields__, reason)
        return Certificate(**names | {"name": path})
    days = (read.not_after - datetime.now(UTC)).days
    return Certificate(
        name=path,
        valid_until=read.not_after.date().isoformat(),
        days_left=days,
        key_type=read.key,
        key_bits=read.bits or Unknown("the length of this kind of key is not known"),
        signature_hash=read.signature,
        self_signed=read.self_issued,
    )


def _private_key(answer: Answer, path: str, fields: list[str] | None, *, encrypted: bool) -> PrivateKey:
    mode: Fact[str] | None = mode_digits(fields[2]) if fields else None
    if fields is None or not isinstance(mode, str):
        hidden = answer.needs_root(path)
        return PrivateKey(
            name=path, owner=hidden, group=hidden, mode=hidden, other_readable=hidden, encrypted=encrypted
        )
    granted = permissions(mode)
    return PrivateKey(
        name=path,
        owner=fields[0],
        group=fields[1],
        mode=mode,
        group_readable=granted["group_readable"],
        other_readable=granted["other_readable"],
        writable=granted["group_writable"] or granted["other_writable"],
        encrypted=encrypted,
    )


SECTION = ScriptSection(
    name="certificates",
    artefact="certificates",
    supplies=("certificates",),
    parse=parse,
    maximum_bytes=512 * KILOBYTE,
)
