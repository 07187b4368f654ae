"""Facts that the SSH handshake itself tells: what the device offers to whoever connects, whatever it is configured to.

They complete what the device says of itself, where that is unknown.
"""

from typing import Any

import msgspec

from baseline.collectors.ssh.algorithms import EXTENSION_SIGNALS, TransportDetails
from baseline.models.artefact import Artefact, SourceLines
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import NetworkFacts
from baseline.models.facts.network.management import Management, Ssh

ARTEFACT = "ssh handshake"


def handshake_artefact(details: TransportDetails) -> Artefact:
    """What was offered and agreed, one thing a line."""
    offered = details.offered
    lines = (
        f"server version: {details.server_version}",
        f"key exchanges offered: {', '.join(offered.key_exchanges)}",
        f"host key algorithms offered: {', '.join(offered.host_keys)}",
        f"ciphers offered: {', '.join(offered.ciphers)}",
        f"macs offered: {', '.join(offered.macs)}",
        f"agreed: {', '.join(filter(None, (details.key_exchange, details.host_key, details.cipher, details.mac)))}",
        f"host key: {details.host_key_fingerprint}",
    )
    return Artefact(name=ARTEFACT, content=("\n".join(lines) + "\n").encode())


def with_handshake(facts: NetworkFacts, details: TransportDetails) -> tuple[NetworkFacts, dict[str, SourceLines]]:
    """The facts with what the handshake tells of the SSH server filled in where it is unknown, and where that stands."""
    management = Management() if isinstance(facts.management, Unknown) else facts.management
    ssh = Ssh() if isinstance(management.ssh, Unknown) else management.ssh
    told = _told(details)
    new = {name: value for name, (value, _) in told.items() if value and isinstance(getattr(ssh, name), Unknown)}
    if not new:
        return facts, {}
    management = msgspec.structs.replace(management, ssh=msgspec.structs.replace(ssh, **new))
    sources = {
        f"management.ssh.{name}": SourceLines(artefact=ARTEFACT, lines=(line,))
        for name, (_, line) in told.items()
        if name in new
    }
    return msgspec.structs.replace(facts, management=management), sources


def _told(details: TransportDetails) -> dict[str, tuple[Any, int]]:
    """Field of ``management.ssh`` -> its value, and the line of the artefact that says so."""
    offered = details.offered
    return {
        "enabled": (True, 1),
        "version": (_lowest_version(details.server_version), 1),
        "key_exchanges": ([name for name in offered.key_exchanges if name not in EXTENSION_SIGNALS], 2),
        "host_key_algorithms": (list(offered.host_keys), 3),
        "ciphers": (list(offered.ciphers), 4),
        "macs": (list(offered.macs), 5),
    }


def _lowest_version(banner: str) -> int:
    """1 for a server that says 1.99, which takes both versions (RFC 4253, section 5.1), 2 for 2.0; else 0: not told."""
    if banner.startswith("SSH-1.99-"):
        return 1
    return 2 if banner.startswith("SSH-2.0-") else 0
