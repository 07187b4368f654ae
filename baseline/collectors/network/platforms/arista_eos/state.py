"""What Arista EOS does now: version, SSH, Telnet, the command API, time, logging, interfaces.

Each reader returns values by field name, or None when the output is not of its command.
"""

import re
from itertools import islice
from typing import Any

from baseline.collectors.network.platforms.arista_eos.device import version_of
from baseline.collectors.network.platforms.indented.words import SEVERITIES
from baseline.collectors.network.public_keys import read_public_keys
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import HostKey

_SECONDS = {"year": 31_536_000, "week": 604_800, "day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
NO_STRATUM = 16
"""Stratum of a clock that follows none (RFC 5905, figure 11)."""


def read_software(output: str) -> dict[str, Any] | None:
    """Fields of ``Software`` from ``show version``."""
    version = re.search(r"^Software image version:\s+(\S{1,60})", output, re.MULTILINE)
    if version is None:
        return None
    values: dict[str, Any] = {"name": "Arista EOS"} | version_of(version[1])
    if uptime := re.search(r"^Uptime:\s+(.{1,100})", output, re.MULTILINE):
        parts = re.findall(r"(\d{1,6}) (year|week|day|hour|minute|second)", uptime[1])
        values["uptime_days"] = sum(int(count) * _SECONDS[unit] for count, unit in parts) // 86_400
    return values


def read_hardware(output: str) -> dict[str, Any] | None:
    """Model and serial number from ``show version``; virtual devices print no serial number."""
    if read_software(output) is None:
        return None
    values: dict[str, Any] = {}
    if model := re.search(r"^(?:Arista )?(\S{1,60})", output.lstrip(), re.MULTILINE):
        values["model"] = model[1]
    if serial := re.search(r"^Serial number:[ \t]+(\S{1,40})", output, re.MULTILINE):
        values["serial"] = serial[1]
    return values


_SERVER = r"^{name} status for (?:Default VRF|VRF \S{{1,64}}?):? (?:is )?(?P<state>enabled|disabled)"


def read_ssh(output: str) -> dict[str, Any] | None:
    """Whether it is enabled, and algorithms where the release lists them; see ``_enabled``."""
    state = re.search(_SERVER.format(name="SSHD"), output, re.MULTILINE | re.IGNORECASE)
    if state is None:
        return None
    values = _enabled(state)
    for title, name in (
        ("Ciphers", "ciphers"),
        ("MACs", "macs"),
        ("Key exchange algorithms", "key_exchanges"),
        ("Host key algorithms", "host_key_algorithms"),
    ):
        if found := re.search(rf"^{title}:[ \t]*(\S.{{0,2000}})$", output, re.MULTILINE | re.IGNORECASE):
            values[name] = [word for word in re.split(r"[,\s]+", found[1]) if word]
    return values


def read_telnet(output: str) -> dict[str, Any] | None:
    """Whether it is enabled, from ``show management telnet``; see ``_enabled``."""
    state = re.search(_SERVER.format(name="Telnet"), output, re.MULTILINE | re.IGNORECASE)
    return None if state is None else _enabled(state)


def _enabled(state: re.Match[str]) -> dict[str, Any]:
    """A server that is off in the default routing instance may run in another, so only being on is told."""
    return {"enabled": True} if state["state"].lower() == "enabled" else {}


def read_ssh_key(output: str) -> list[HostKey] | None:
    """The keys in ``show management ssh hostkey rsa public`` and its like."""
    return read_public_keys(output, {}) or None


def read_http(output: str) -> dict[str, Any] | None:
    """Fields of ``Http`` from ``show management api http-commands``."""
    enabled = re.search(r"^Enabled:\s+(Yes|No)", output, re.MULTILINE)
    if enabled is None:
        return None

    if enabled[1] == "No":
        return {"enabled": False, "https_enabled": False}
    servers = dict(re.findall(r"^(HTTPS?) server:\s+(running|shutdown)", output, re.MULTILINE))
    if len(servers) < 2:
        return None
    return {"enabled": servers["HTTP"] == "running", "https_enabled": servers["HTTPS"] == "running"}


def read_time_status(output: str) -> dict[str, Any] | None:
    """Fields of ``Clock`` from ``show ntp status``."""
    if re.search(r"^(?:unsynchronised|NTP is disabled)", output, re.MULTILINE):
        return {"synchronised": False, "stratum": NO_STRATUM, "reference": None}
    found = re.search(r"^synchronised to NTP server \((\S{1,64}?)\) at stratum (\d{1,2})", output, re.MULTILINE)
    if found is None:
        return None
    return {"synchronised": True, "stratum": int(found[2]), "reference": found[1]}


_ASSOCIATION = re.compile(
    r"^(?P<flag>[*#+o\-x. ]?)(?P<address>[0-9A-Za-z][\w.:-]{1,62}) +\S+ +\d{1,2} +\S+ +\S+ +\d+ +(?P<reach>\d{1,3}) +"
    r"[\d.]+ +(?P<offset>[+-]?\d{1,12}(?:\.\d*)?) ",
    re.MULTILINE,
)


def read_time_associations(output: str) -> dict[str, Any] | None:
    """``reachable``: server -> whether it answered lately; with the followed server, its offset in milliseconds."""
    if "NTP is disabled" in output:
        return {"reachable": {}}
    if not re.search(r"^\s+remote\s+refid\s+st t", output, re.MULTILINE):
        return None
    values: dict[str, Any] = {"reachable": {}}
    for found in _ASSOCIATION.finditer(f"{output}\n"):
        values["reachable"][found["address"]] = found["reach"].strip("0") != ""
        if found["flag"] == "*":
            values |= {"offset_milliseconds": abs(float(found["offset"])), "reference": found["address"]}
    return values


def read_log_state(output: str) -> dict[str, Any] | None:
    """Fields of ``Logging`` from the part of ``show logging`` above the messages."""
    head = re.split(r"^Log Buffer:", output, maxsplit=1, flags=re.MULTILINE)[0][:20_000]
    state = re.search(r"^Syslog logging: (enabled|disabled)", head, re.MULTILINE)
    if state is None:
        return None
    values: dict[str, Any] = {"enabled": state[1] == "enabled"}
    for name, title in (("console_level", "Console"), ("buffer_level", "Buffer"), ("server_level", "Trap")):
        if found := re.search(rf"^\s*{title} logging: +(?:level (\w{{1,16}})|(disabled))", head, re.MULTILINE):
            values[name] = SEVERITIES.get(found[1] or "")
    if sequence := re.search(r"^\s*Sequence numbers: +(enabled|disabled)", head, re.MULTILINE):
        values["sequence_numbers"] = sequence[1] == "enabled"
    return values


_CHANGE = re.compile(
    r"(?P<at>\S.{8,48}?) \S{1,253} [A-Z]\w{2,30}(?:\[\d{1,7}\])?: (?:\d{1,10}: )?%SYS-5-CONFIG_"
    r"(?:I: Configured from \S{1,64} by|SESSION_COMMIT_SUCCESS: User|REPLACE_SUCCESS: User) (?P<by>\S{1,64})(?: .{0,400})?"
)
"""A message of a change: time, host, agent, perhaps a sequence number, and who it was."""

_MARK = "%SYS-5-CONFIG_"
MAXIMUM_CHANGES = 1_000
"""Messages about the configuration that are looked at, the newest first."""


def last_change_line(messages: list[str]) -> int | None:
    """Which of the messages in a log, oldest first, is the last to tell of a change."""
    places = (place for place in range(len(messages) - 1, -1, -1) if _MARK in messages[place])
    newest = islice(places, MAXIMUM_CHANGES)
    return next((place for place in newest if _CHANGE.fullmatch(messages[place].rstrip("\r"))), None)


def read_last_change(output: str) -> dict[str, Any] | None:
    """``last_changed_at`` and ``last_changed_by`` from the messages in ``show logging``, with the number of the ``line``.

    Empty when none tells.
    """
    buffer = re.search(r"^Log Buffer:", output, re.MULTILINE)
    if buffer is None:
        return None
    messages = output[buffer.end() :].split("\n")
    place = last_change_line(messages)
    found = None if place is None else _CHANGE.fullmatch(messages[place].rstrip("\r"))
    if place is None or found is None:
        return {}
    line = output.count("\n", 0, buffer.end()) + 1 + place
    return {"last_changed_at": found["at"], "last_changed_by": found["by"], "line": line}


UNPAIRED = Unknown("the device is not one of an MLAG pair")


def read_pair(output: str) -> dict[str, Any] | None:
    """Fields of ``HighAvailability`` from ``show mlag``; both ends compare their settings for the pair."""
    values = dict(re.findall(r"^([a-z][a-z -]{1,40}?) *: *(\S{0,64})", output.replace("\r", ""), re.MULTILINE))
    if "state" not in values or "negotiation status" not in values:
        return None
    if values["state"].lower() == "disabled":
        return {"enabled": False, "peer_ready": UNPAIRED, "synchronised": UNPAIRED}
    ready = (values["state"], values["negotiation status"], values.get("peer-link status")) == (
        "Active",
        "Connected",
        "Up",
    )
    told = {"synchronised": values["peer-config"] == "consistent"} if values.get("peer-config") else {}
    return {"enabled": True, "peer_ready": ready} | told


SHORT = {"Et": "Ethernet", "Po": "Port-Channel", "Ma": "Management"}
"""Name in ``show interfaces status`` -> name in the configuration, without the number."""


STATES = frozenset({"connected", "disabled", "errdisabled", "inactive", "monitoring", "notconnect"})


def read_interface_state(output: str) -> dict[str, dict[str, bool]] | None:
    """Interface -> ``link_up``, from ``show interfaces status``. The header says where the status stands."""
    header = re.search(r"^Port +Name +Status +Vlan", output, re.MULTILINE)
    if header is None:
        return None
    start = header[0].index("Status")
    states = {}
    for line in output[header.end() :].split("\n")[1:]:
        found = re.match(r"([A-Z][a-z])([\d/]{1,20}) ", line)
        status = line[start : start + 16].split(" ")[0]
        if found and status in STATES:
            states[SHORT.get(found[1], found[1]) + found[2]] = {"link_up": status == "connected"}
    return states
