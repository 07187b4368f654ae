"""What an AOS-CX switch does now: version, SSH, time, interfaces, checkpoints.

Each reader returns values by field name, or None when the output is not of its command.
"""

import re
from typing import Any

from baseline.collectors.network.numbers import spoken_seconds
from baseline.collectors.network.platforms.aruba_aoscx.device import release
from baseline.collectors.network.platforms.aruba_aoscx.interface_names import interface_name
from baseline.collectors.network.public_keys import read_public_keys
from baseline.models.facts.network import HostKey

NO_STRATUM = 16
"""Stratum of a clock that follows none (RFC 5905, figure 11)."""

RELEASE = re.compile(r"^Version +: +(\S{1,60})", re.MULTILINE)


def read_software(output: str) -> dict[str, Any] | None:
    """Fields of ``Software`` from ``show version``."""
    version = RELEASE.search(output)
    if version is None or "OS-CX" not in output[:2000]:
        return None
    values = release(version[1])
    if image := re.search(r"^Active Image +: +(\S{1,60})", output, re.MULTILINE):
        values["boot_image"] = image[1]
    return values


def read_system(output: str) -> dict[str, Any] | None:
    """``model``, ``serial`` and ``uptime_days`` from ``show system``."""
    fields = dict(
        re.findall(r"^(Product Name|Chassis Serial Nbr|Up Time) {0,40}:[ \t]{0,40}(\S.{0,80})$", output, re.MULTILINE)
    )
    if "Product Name" not in fields:
        return None
    values: dict[str, Any] = {"model": fields["Product Name"].strip()}
    if serial := fields.get("Chassis Serial Nbr"):
        values["serial"] = serial.split()[0]
    seconds = spoken_seconds(fields.get("Up Time", ""))
    if seconds is not None:
        values["uptime_days"] = seconds // 86_400
    return values


_LISTS = {
    "Ciphers": "ciphers",
    "MACs": "macs",
    "Key Exchange Algorithms": "key_exchanges",
    "Host Key Algorithms": "host_key_algorithms",
}
_NAME = re.compile(r"[a-z0-9][a-z0-9@.-]{2,60}")


def read_ssh_server(output: str) -> dict[str, Any] | None:
    """Fields of ``Ssh`` from ``show ssh server all-vrfs``; settings are the same in every routing instance."""
    if "SSH server configuration on VRF" not in output:
        return None
    block = re.split(r"^.*SSH server configuration on VRF.*$", output, maxsplit=2, flags=re.MULTILINE)[1]
    values: dict[str, Any] = {}
    for fact, label in (
        ("version", "SSH Version"),
        ("timeout_seconds", r"Grace Timeout \(sec\)"),
        ("authentication_retries", "Max Auth Attempts"),
    ):
        if found := re.search(rf"{label} {{0,20}}: {{0,20}}(\d{{1,6}})", block):
            values[fact] = int(found[1])
    return values | _algorithms(block)


def _algorithms(block: str) -> dict[str, list[str]]:
    """Lists with their heading above or before them, over several lines."""
    lists: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in block.splitlines():
        label, colon, rest = line.strip().partition(":")
        if label.rstrip() in _LISTS and (colon or not rest):
            current = lists.setdefault(_LISTS[label.rstrip()], [])
        elif colon:
            current = None
        else:
            rest = line
        if current is not None:
            current += [name for name in re.split(r"[,\s]+", rest) if _NAME.fullmatch(name)]
    return {fact: list(dict.fromkeys(names)) for fact, names in lists.items() if names}


def read_ssh_keys(output: str) -> dict[str, Any] | None:
    """``host_keys`` from ``show ssh host-key``."""
    if "Key Type" not in output:
        return None
    blocks = re.split(r"^.*Key Type.*$", output, flags=re.MULTILINE)[1:33]
    keys: list[HostKey] = [key for block in blocks for key in read_public_keys(block.strip() + "\n", {})]
    return {"host_keys": keys}


_FOLLOWED = re.compile(r"(?:Synchronized to NTP Server|NTP Server {1,40}:) ?(\S{1,255}) at stratum (\d{1,2})")
_ACCURACY = re.compile(r"Time accuracy(?: is| {0,40}:) [Ww]ithin (-?\d{1,9}(?:\.\d{1,9})?) second")


def read_time_status(output: str) -> dict[str, Any] | None:
    """Fields of ``Clock`` from ``show ntp status``. The own stratum is one more than that of the server that is followed
    (RFC 5905, section 3).
    """
    if not re.search(r"^\s{0,8}NTP(?: is| +:| Status Information)", output, re.MULTILINE):
        return None
    found = _FOLLOWED.search(output)
    if found is None:
        return {"synchronised": False, "stratum": NO_STRATUM, "reference": None}
    stratum = min(int(found[2]) + 1, NO_STRATUM)
    values: dict[str, Any] = {"synchronised": True, "stratum": stratum, "reference": found[1]}
    if accuracy := _ACCURACY.search(output):
        values["offset_milliseconds"] = abs(float(accuracy[1])) * 1000
    return values


_PEER = re.compile(
    r"^[ *+#xo.-]? {0,3}\d{1,4} +(?P<name>\S{1,255}) +(?P<remote>\S{1,255}) +\S{1,64} +\d{1,2} +\S{1,12} +\S{1,12} +"
    r"(?P<reach>[0-7]{1,3})[ \t\r]*$",
    re.MULTILINE,
)


def read_time_peers(output: str) -> dict[str, bool] | None:
    """Name or address of a server -> whether it answered lately, from ``show ntp associations``."""
    if "REACH" not in output or "REF-ID" not in output:
        return None
    states: dict[str, bool] = {}
    for found in _PEER.finditer(output):
        answered = found["reach"].strip("0") != ""
        states |= {found["name"]: answered, found["remote"]: answered}
    return states


_PORT = re.compile(
    r"^(?P<name>[a-z0-9][\w/.]{0,30}) +(?P<vlan>\S{1,6}) +(?P<mode>\S{1,12}) +(?P<type>\S{1,20}) +"
    r"(?P<enabled>yes|no) +(?P<status>up|down)\b",
    re.MULTILINE,
)


def read_interface_state(output: str) -> dict[str, dict[str, bool]] | None:
    """Interface -> ``link_up`` and ``enabled``, from ``show interface brief``, which writes ``lag1`` for ``lag 1``."""
    if not re.search(r"^Port +Native +Mode +", output, re.MULTILINE):
        return None
    return {
        interface_name([found["name"]]): {"link_up": found["status"] == "up", "enabled": found["enabled"] == "yes"}
        for found in _PORT.finditer(output)
    }


_CHECKPOINT = re.compile(
    r"^\|?(?P<name>\S{1,64}?)[ |]+(?P<type>checkpoint|startup|latest)[ |]+(?P<writer>\w{1,32})[ |]+"
    r"(?P<moment>\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}Z?)",
    re.MULTILINE,
)


def read_checkpoints(output: str) -> dict[str, Any] | None:
    """When the configuration changed and was saved last, from ``show checkpoint list all``. The switch makes a checkpoint
    after every change, and tells whether a user or the system made one, but not which user.
    """
    if "WRITER" not in output:
        return None
    found = [match.groupdict() for match in _CHECKPOINT.finditer(output)]
    changed = [one["moment"] for one in found if one["type"] != "startup"]
    saved = [one["moment"] for one in found if one["type"] == "startup"]
    values: dict[str, Any] = {"last_changed_by": None}
    if changed or saved:
        values["last_changed_at"] = max(changed or saved)
    if saved:
        values["saved_at"] = max(saved)
    return values
