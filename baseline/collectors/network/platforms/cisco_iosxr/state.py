"""What a router with IOS XR does now: version, packages, commits, time, logging, interfaces, rights of the account.

Each reader returns values by field name, or None when the output is not of its command. A line with the time stands above
every answer.
"""

import re
from typing import Any

from baseline.collectors.network.numbers import numbers_in, spoken_seconds
from baseline.collectors.network.platforms.indented.words import SEVERITIES


def read_software(output: str) -> dict[str, Any] | None:
    """Fields of ``Software`` from ``show version``. Releases of 64 bits name no image: they start from their committed
    packages, on a disk of their own.
    """
    found = re.search(r"^Cisco IOS XR Software, Version (?P<version>\d[\w.]{0,40})", output, re.MULTILINE)
    if found is None:
        return None
    values: dict[str, Any] = {
        "name": "Cisco IOS XR",
        "version": found["version"],
        "version_numbers": numbers_in(found["version"]),
    }
    image = re.search(r'^System image file is "([^"\n]{1,200})"', output, re.MULTILINE)
    values["boot_image"] = image[1] if image else None
    if uptime := re.search(r"^\S{1,64} uptime is (.{1,100})", output, re.MULTILINE):
        seconds = spoken_seconds(uptime[1])
        values |= {} if seconds is None else {"uptime_days": seconds // 86_400}
    return values


def read_model(output: str) -> dict[str, Any] | None:
    """``model`` from ``show version``."""
    if read_software(output) is None:
        return None
    for pattern in (r"^(\S.{0,60}?) Chassis\b", r"^[Cc]isco (\S{1,40}) (?:Series )?\(.{0,120}\) processor"):
        if found := re.search(pattern, output, re.MULTILINE):
            return {"model": found[1].removeprefix("Cisco ")}
    return {}


_PART = re.compile(
    r'^NAME: "(?P<name>[^"\n]{1,80})", DESCR: "[^\n]{0,120}\n\s*PID: *(?P<model>\S{0,40}) *, VID: *[^,\n]{0,20}, SN: *(?P<serial>\S{1,40})',
    re.MULTILINE | re.IGNORECASE,
)
_CHASSIS = re.compile(r"(?:Rack \d{1,3}|chassis\b.*|module \d/\*)", re.IGNORECASE)


def read_serial(output: str) -> dict[str, Any] | None:
    """``serial`` of the chassis from ``show inventory``."""
    if "PID:" not in output:
        return None
    for found in _PART.finditer(output):
        if _CHASSIS.fullmatch(found["name"]):
            return {"serial": found["serial"]}
    return {}


_COMMIT = re.compile(
    r"^\d{1,4} +\S{1,40} +(?P<user>\S{1,40}) +.{1,60}? "
    r"(?P<moment>[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d{2}:\d{2}:\d{2} \d{4})\s*$",
    re.MULTILINE,
)
CUT_USER = 9
"""Characters that the list of commits has for a name."""


def read_commits(output: str) -> dict[str, str] | None:
    """``user`` and ``moment`` of the last commit. The list has nine characters for a name: a longer one is cut."""
    if "SNo." not in output:
        return None
    found = _COMMIT.search(output)
    return {} if found is None else {"user": found["user"], "moment": found["moment"]}


_PEER = re.compile(
    r"^ ?(?P<flag>[*#+ox .-]?)[~ ](?P<address>[0-9A-Za-z][\w.:-]{0,62})(?: vrf (?P<vrf>\S{1,40}))?\s+"
    r"\S{1,40} +(?P<stratum>\d{1,2}) +\S{1,8} +\d{1,6} +(?P<reach>\d{1,3}) +\S{1,12} +\S{1,12}",
    re.MULTILINE,
)


def read_time_peers(output: str) -> dict[str, Any] | None:
    """``reference``, and ``reachable``: server, with ``vrf V`` behind it in another routing instance than the default one,
    -> whether it answered one of the last eight questions.
    """
    if "ref clock" not in output:
        return None
    values: dict[str, Any] = {"reference": None, "reachable": {}}
    for found in _PEER.finditer(output):
        instance = f" vrf {found['vrf']}" if found["vrf"] and found["vrf"] != "default" else ""
        values["reachable"][f"{found['address']}{instance}"] = found["reach"].strip("0") != ""
        if found["flag"] == "*":
            values["reference"] = found["address"]
    return values


NO_STRATUM = 16
"""Stratum of a clock that follows none (RFC 5905, figure 11)."""


def read_time_status(output: str) -> dict[str, Any] | None:
    """Fields of ``Clock`` from ``show ntp status``."""
    found = re.search(
        r"^Clock is (?P<state>synchronized|unsynchronized|un-synchronized)(?:, stratum (?P<stratum>\d{1,2}))?",
        output,
        re.MULTILINE,
    )
    if found is None:
        return None
    synchronised = found["state"] == "synchronized"
    values: dict[str, Any] = {
        "synchronised": synchronised,
        "stratum": int(found["stratum"]) if synchronised and found["stratum"] else NO_STRATUM,
    }
    if not synchronised:
        values["reference"] = None
    if offset := re.search(r"^clock offset is -?(\d{1,9}(?:\.\d{1,9})?) msec", output, re.MULTILINE):
        values["offset_milliseconds"] = float(offset[1])
    return values


def read_log_state(output: str) -> dict[str, Any] | None:
    """Fields of ``Logging`` from the lines of ``show logging`` above its buffer."""
    found = re.search(
        r"^Syslog logging: (?P<state>enabled|disabled)(?: \((?P<dropped>\d{1,12}) messages dropped)?",
        output,
        re.MULTILINE,
    )
    if found is None:
        return None
    values: dict[str, Any] = {"enabled": found["state"] == "enabled"}
    if found["dropped"]:
        values["dropped_messages"] = int(found["dropped"])
    for name, fact in (("Console", "console_level"), ("Buffer", "buffer_level"), ("Trap", "server_level")):
        line = re.search(rf"^\s*{name} logging: (?:level (\w{{1,20}})|(disabled))", output, re.MULTILINE)
        if line and (line[2] or line[1] in SEVERITIES):
            values[fact] = None if line[2] else SEVERITIES[line[1]]
    return values


_INTERFACE = re.compile(
    r"^(?P<name>[A-Za-z][\w/.-]{1,62}) +(?:unassigned|\d[\d.]{6,14}) +(?P<status>Up|Down|Shutdown) +(?P<line>Up|Down)\b",
    re.MULTILINE,
)


def read_interface_state(output: str) -> dict[str, bool] | None:
    """Interface -> whether there is a link, from ``show ipv4 interface brief``."""
    if not re.search(r"^Interface +IP-Address +Status", output, re.MULTILINE):
        return None
    return {found["name"]: found["line"] == "Up" for found in _INTERFACE.finditer(output)}
