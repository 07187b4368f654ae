"""Sockets that wait for others, from ss(8) or from /proc/net where there is no ss."""

import ipaddress
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from baseline.collectors.host.answer import Answer, Line, Part
from baseline.collectors.host.section import KILOBYTE, Reading, ScriptSection
from baseline.collectors.host.values import integer, unreadable
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_protection import Containers, ListeningSocket

PROCESS = re.compile(r'users:\(\("(.{1,64})"')
DOCKER_PORTS = frozenset({2375, 2376})
MOST_SOCKETS = 2000
EVERY_ADDRESS = frozenset({"*", "0.0.0.0", "::"})  # noqa: S104 - read, never bound


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``listening_sockets``, and whether a container engine listens on TCP."""
    answer = answers["listening_sockets"]
    sources = {"listening_sockets": answer.source(), "containers.network_socket": answer.source()}
    part = answer.command("ss -lntup") or answer.command("awk /proc/net")
    if part is None or not _is_whole(part):
        said = part.lines[0].text[:120] if part and part.lines else "nothing"
        reason = Unknown(f"neither ss nor /proc/net could be read; the answer was: {said}")
        return Reading(HostFacts(listening_sockets=reason, containers=Containers(network_socket=reason)), sources)
    found = _sockets(answer, part)
    if isinstance(found, Unknown):
        return Reading(HostFacts(listening_sockets=found, containers=Containers(network_socket=found)), sources)
    sources |= {f"listening_sockets.{name}": answer.source(number) for name, (number, _) in found.items()}
    sockets = [found[name][1] for name in sorted(found)]
    engine = any(socket.protocol == "tcp" and socket.port in DOCKER_PORTS for socket in sockets)
    return Reading(HostFacts(listening_sockets=sockets, containers=Containers(network_socket=engine)), sources)


def _is_whole(part: Part) -> bool:
    """A heading from ss or a count from awk shows that there was an answer, even one without sockets."""
    sign = "Netid State" if part.name.startswith("ss") else "read "
    return part.status == 0 and any(line.text.startswith(sign) for line in part.lines)


def _sockets(answer: Answer, part: Part) -> dict[str, tuple[int, ListeningSocket]] | Unknown:
    """Every socket by its name, with the number of its line; one that is not understood may be open to everyone."""
    read = _from_ss if part.name.startswith("ss") else _from_proc
    sockets: dict[str, tuple[int, ListeningSocket]] = {}
    for line in part.lines:
        socket = read(answer, line)
        if isinstance(socket, Unknown):
            return socket
        if socket is not None:
            sockets.setdefault(socket.name, (line.number, socket))
    if len(sockets) > MOST_SOCKETS:
        return Unknown(f"{len(sockets)} sockets listen, more than {MOST_SOCKETS}: too many to judge")
    return sockets


def _from_ss(answer: Answer, line: Line) -> ListeningSocket | Unknown | None:
    words = line.text.split(" ", 3)
    if words[0] not in {"tcp", "udp"}:
        return None
    if len(words) < 3:
        return unreadable(line.text, "a socket as ss writes it")
    address, _, port = words[2].rpartition(":")
    match = PROCESS.search(words[3]) if len(words) > 3 else None
    process: Fact[str | None] = match[1] if match else None
    if match is None and not answer.privileged:
        process = answer.needs_root("processes of others")
    elif match is None and len(words) > 3 and words[3].strip():
        process = unreadable(words[3], "a process as ss writes it")
    return _socket(words[0], address.strip("[]").partition("%")[0], port, process)


def _from_proc(_answer: Answer, line: Line) -> ListeningSocket | Unknown | None:
    """``/proc/net/tcp6 0000…:0016``: address and port in hexadecimal, each 32 bits in the host's order (proc(5))."""
    path, _, local = line.text.partition(" ")
    address, _, port = local.partition(":")
    if not path.startswith("/proc/net/"):
        return None
    try:
        packed = b"".join(bytes.fromhex(address[at : at + 8])[::-1] for at in range(0, len(address), 8))
        number, place = str(int(port, 16)), str(ipaddress.ip_address(packed))
    except ValueError:
        return unreadable(line.text, "a socket as /proc/net has it")
    return _socket(path[10:13], place, number, Unknown("ss is not installed, so processes are not known"))


def _socket(protocol: str, address: str, port: str, process: Fact[str | None]) -> ListeningSocket | Unknown | None:
    """None for a socket without a port (written as 0 or ``*``), to which nothing can be sent."""
    number = 0 if port == "*" else integer(port)
    known: Literal["tcp", "udp"] | None = "tcp" if protocol == "tcp" else "udp" if protocol == "udp" else None
    if isinstance(number, Unknown) or not 0 <= number < 65_536 or known is None or not address:
        return unreadable(f"{protocol} {address}:{port}", "a socket")
    if number == 0:
        return None
    return ListeningSocket(
        name=f"{protocol}/{address}/{number}",
        protocol=known,
        address=address,
        port=number,
        process=process,
        exposed=_is_exposed(address),
    )


@lru_cache(4096)  # hosts have the same few addresses in common
def _is_exposed(address: str) -> bool:
    """An address that is not understood counts as exposed."""
    if address in EVERY_ADDRESS:
        return True
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return True
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return not (mapped or found).is_loopback


SECTION = ScriptSection(
    name="listening_sockets",
    artefact="ss -lntup",
    supplies=("listening_sockets", "containers.network_socket"),
    parse=parse,
    maximum_bytes=256 * KILOBYTE,
)
