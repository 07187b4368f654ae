"""What FortiOS does now: ``get system status``, ``performance status``, ``ha status`` and ``interface physical``.

Each reader returns values by field name, or None when the output is not of its command.
"""

import re
from typing import Any

from baseline.collectors.network.numbers import numbers_in, spoken_seconds

_VERSION = re.compile(
    r"^Version: (?P<model>\S{3,60}) v(?P<version>\d{1,2}\.\d{1,2}\.\d{1,3}),build(?P<build>\d{1,6})", re.MULTILINE
)


def read_status(output: str) -> dict[str, Any] | None:
    """``device`` and ``software``: their fields."""
    version = _VERSION.search(output)
    if version is None:
        return None
    device = {"model": version["model"]}
    for name, title in (("serial", "Serial-Number"), ("hostname", "Hostname")):
        if found := re.search(rf"^{title}: (\S{{1,64}})", output, re.MULTILINE):
            device[name] = found[1]
    software = {
        "name": "FortiOS",
        "version": version["version"],
        "version_numbers": numbers_in(version["version"]),
        "boot_image": None,
    }
    return {"device": device, "software": software}


def read_uptime(output: str) -> int | None:
    """Whole days since the last start, from ``get system performance status``."""
    found = re.search(r"^Uptime: ([^\n]{1,80})", output, re.MULTILINE)
    seconds = spoken_seconds(found[1]) if found else None
    return None if seconds is None else seconds // 86_400


def read_ha(output: str) -> dict[str, Any] | None:
    """Whether another unit can take over, and whether all hold the same configuration."""
    mode = re.search(r"^Mode: ([^\n]{1,40})", output, re.MULTILINE)
    if mode is None:
        return None
    if mode[1].strip().lower() == "standalone":
        return {"enabled": False, "peer_ready": False, "synchronised": False}
    health = re.search(r"^HA Health Status: *(\S[^\n]{0,40})?", output, re.MULTILINE)
    others = re.findall(r"^[ \t]*(?:Secondary|Slave|Backup) *: ", output, re.MULTILINE)
    states = re.findall(r"^[ \t]*\S{4,32}\(updated [^\n)]{1,40}\): (in-sync|out-of-sync)", output, re.MULTILINE)
    values: dict[str, Any] = {"enabled": True, "peer_ready": bool(others) and (health is None or health[1] == "OK")}
    if states:
        values["synchronised"] = len(states) > 1 and set(states) == {"in-sync"}
    return values


def read_links(output: str) -> dict[str, bool] | None:
    """Port -> whether there is a link."""
    parts = re.split(r"^[ \t]*==[ \t]*\[[ \t]*([^\]\n]{1,40}?)[ \t]*\]", output, flags=re.MULTILINE)
    if len(parts) < 3:
        return None
    found = {}
    for name, text in zip(parts[1::2], parts[2::2], strict=False):
        if state := re.search(r"^[ \t]*status: (up|down)", text, re.MULTILINE):
            found[name] = state[1] == "up"
    return found
