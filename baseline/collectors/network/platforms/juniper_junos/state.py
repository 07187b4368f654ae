"""What Junos does now: ``show version``, ``show system uptime``, ``show chassis hardware``, ``show ntp``, clusters, links.

Each reader returns values by field name, or None when the output is not of its command.
"""

import re
from typing import Any

from baseline.collectors.network.numbers import numbers_in

_VERSION = re.compile(r"^Junos: (\S{1,40})|^JUNOS [^\n\[]{1,60}\[(\d{1,2}\.\d{1,2}[A-Z][\w.:-]{0,34})\]", re.MULTILINE)
"""The release on a line of its own, or the first package that carries it: others carry the date on which they were built."""

_AGE = re.compile(r"(?:(\d{1,4})w)?(?:(\d{1,4})d)?\s*(\d{1,2}):(\d{2})(?::(\d{2}))? ago")


def read_version(output: str) -> dict[str, Any] | None:
    """``device`` and ``software``: their fields. Of several members the first one counts."""
    model = re.search(r"^Model: (\S{1,60})", output, re.MULTILINE)
    version = _VERSION.search(output)
    if model is None or version is None:
        return None
    text = version[1] or version[2]
    hostname = re.search(r"^Hostname: (\S{1,255})", output, re.MULTILINE)
    evolved = text.upper().endswith("-EVO") or "evo" in output[:400].lower()
    software = {
        "name": "Junos OS Evolved" if evolved else "Junos OS",
        "version": text,
        "version_numbers": numbers_in(text),
        "boot_image": None,
    }
    device = {"model": model[1]} | ({"hostname": hostname[1]} if hostname else {})
    return {"device": device, "software": software}


def read_uptime(output: str) -> dict[str, Any] | None:
    """``uptime_days``, and who configured last."""
    booted = re.search(r"^System booted: [^\n(]{0,60}\(([^\n)]{1,40})\)", output, re.MULTILINE)
    age = _AGE.search(booted[1]) if booted else None
    if age is None:
        return None
    weeks, days = (int(part or 0) for part in age.groups()[:2])
    values: dict[str, Any] = {
        "uptime_days": weeks * 7 + days,
    }
    changed = re.search(r"^Last configured: ([^\n(]{5,40}?) \([^\n)]{1,40}\)(?: by (\S{1,64}))?", output, re.MULTILINE)
    if changed:
        values |= {"last_changed_at": changed[1], "last_changed_by": changed[2]}
    return values


def read_hardware(output: str) -> str | None:
    """The serial number of the chassis."""
    if "Hardware inventory:" not in output:
        return None
    found = re.search(r"^Chassis +(\S{4,40})(?: +\S|\s*$)", output, re.MULTILINE)
    return found[1] if found else None


_ASSOCIATION = re.compile(
    r"^(?P<flag>[*#+ox. -]?)(?P<name>\S{3,64}) +(?P<reference>\S{1,32}) +(?P<stratum>\d{1,2}) +\S +\S+ +\d+ +"
    r"(?P<reach>[0-7]{1,3}) +-?[\d.]+ +(?P<offset>[-+]?\d{1,12}(?:\.\d*)?) ",
    re.MULTILINE,
)


def read_ntp_associations(output: str) -> dict[str, Any] | None:
    """``reachable``: server -> whether it answered lately; with the followed server, its offset in milliseconds."""
    if "refid" not in output or "reach" not in output:
        return None
    values: dict[str, Any] = {"reachable": {}}
    for found in _ASSOCIATION.finditer(output):
        values["reachable"][found["name"]] = found["reach"].strip("0") != ""
        if found["flag"] in {"*", "o"}:
            values |= {"offset_milliseconds": abs(float(found["offset"])), "reference": found["name"]}
    return values


def read_ntp_status(output: str) -> dict[str, Any] | None:
    """``synchronised`` and ``stratum``, from the system variables of ``ntpq``."""
    stratum = re.search(r"\bstratum=(\d{1,2})\b", output)
    if stratum is None:
        return None
    leap = re.search(r"\bleap_(\w{1,10})|sync_(\w{1,12})", output)
    alarmed = "leap_alarm" in output or "sync_unspec" in output or "sync_alarm" in output
    return {"synchronised": leap is not None and not alarmed and int(stratum[1]) < 16, "stratum": int(stratum[1])}


def read_cluster(output: str) -> dict[str, Any] | None:
    """Whether the other node of a chassis cluster can take over every redundancy group."""
    if re.search(r"Chassis cluster is not enabled", output, re.IGNORECASE):
        return {"enabled": False, "peer_ready": False, "synchronised": False}
    if "Redundancy group:" not in output:
        return None
    groups = output.split("Redundancy group:")[1:]
    ready = [re.search(r"^node\d +\d+ +secondary(?:-hold)? .*None", group, re.MULTILINE) for group in groups]
    return {"enabled": True, "peer_ready": all(ready)}


def read_links(output: str) -> dict[str, bool] | None:
    """Interface -> whether there is a link, from ``show interfaces terse``."""
    if not re.search(r"^Interface +Admin +Link", output, re.MULTILINE):
        return None
    found = re.findall(r"^(\S{2,40}) +(?:up|down) +(up|down)\b", output, re.MULTILINE)
    return {name: state == "up" for name, state in found}
