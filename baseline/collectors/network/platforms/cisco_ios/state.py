"""What Cisco IOS does now: ``show ip ssh``, ``show ntp``, ``show logging``, ``show snmp user``, ``show vstack config``.

Each reader returns values by field name, or None when the output is not of its command.
"""

import re
from typing import Any

from baseline.collectors.network.platforms.indented.snmp import build_user
from baseline.collectors.network.platforms.indented.words import SEVERITIES
from baseline.collectors.network.public_keys import read_public_keys
from baseline.models.facts.network import SnmpUser

_SSH = re.compile(r"^SSH (Enabled|Disabled) - version (\d)\.(\d{1,2})", re.MULTILINE)
_SSH_LISTS = {
    "Encryption Algorithms": "ciphers",
    "MAC Algorithms": "macs",
    "KEX Algorithms": "key_exchanges",
    "Hostkey Algorithms": "host_key_algorithms",
    "Authentication methods": "authentication_methods",
}
_KEY_NAME = re.compile(r"^IOS Keys in SECSH format\(([\w-]{1,40}), base64 encoded\): (\S{1,64})", re.MULTILINE)


def read_ssh(output: str) -> dict[str, Any] | None:
    """Fields of ``Ssh`` from ``show ip ssh``."""
    state = _SSH.search(output)
    if state is None:
        return None
    values: dict[str, Any] = {"enabled": state[1] == "Enabled", "version": 2 if state[2] == "2" else 1}
    for title, name in _SSH_LISTS.items():
        if found := re.search(rf"^{title}:[ \t]*(\S.{{0,2000}})$", output, re.MULTILINE):
            values[name] = [word for word in re.split(r"[,\s]+", found[1]) if word]
    for name, pattern in (
        ("timeout_seconds", r"Authentication timeout: (\d{1,6}) secs"),
        ("authentication_retries", r"Authentication retries: (\d{1,6})"),
        ("minimum_dh_bits", r"Minimum expected Diffie Hellman key size : (\d{1,6}) bits"),
    ):
        if found := re.search(pattern, output):
            values[name] = int(found[1])
    values["host_keys"] = read_public_keys(output, dict(_KEY_NAME.findall(output)))
    return values


def read_ntp_status(output: str) -> dict[str, Any] | None:
    """Fields of ``Clock`` from ``show ntp status``."""
    if re.search(r"^%? ?NTP is not enabled", output, re.MULTILINE):
        return {"synchronised": False, "stratum": 16, "reference": None}
    state = re.search(r"Clock is (synchronized|unsynchronized), stratum (\d{1,2})", output)
    if state is None:
        return None
    reference = re.search(r"reference is (\S{1,64})", output)
    values: dict[str, Any] = {
        "synchronised": state[1] == "synchronized",
        "stratum": int(state[2]),
        "reference": reference[1].rstrip(",") if reference and state[1] == "synchronized" else None,
    }
    if offset := re.search(r"clock offset is (-?\d{1,12}(?:\.\d{1,6})?) msec", output):
        values["offset_milliseconds"] = abs(float(offset[1]))
    return values


_ASSOCIATION = re.compile(
    r"^\s*(?P<flags>[*#+\-x~ ]{0,4}?)~?(?P<address>[0-9A-Fa-f][0-9A-Fa-f.:]{2,45})\s+(?P<reference>\S+)\s+(?P<stratum>\d{1,2})\s+"
    r"(?P<when>\S+)\s+(?P<poll>\d+)\s+(?P<reach>\d{1,3})\s+(?P<delay>\S+)\s+(?P<offset>-?\d{1,12}(?:\.\d*)?)\s",
    re.MULTILINE,
)


def read_ntp_associations(output: str) -> dict[str, Any] | None:
    """``reachable``: server -> whether it answered lately; with the followed server, its offset in milliseconds."""
    if "ref clock" not in output:
        return None
    values: dict[str, Any] = {"reachable": {}}
    for found in _ASSOCIATION.finditer(output):
        values["reachable"][found["address"]] = found["reach"].strip("0") != ""
        if "*" in found["flags"]:
            values |= {"offset_milliseconds": abs(float(found["offset"])), "reference": found["address"]}
    return values


_LOG_SERVER = re.compile(
    r"Logging to (?P<name>[^\s(]{1,64})\s{0,4}(?P<rest>\(.{0,400}?)(?=Logging to |Logging Source|$)", re.DOTALL
)


def read_log_state(output: str) -> dict[str, Any] | None:
    """Fields of ``Logging`` from the part of ``show logging`` above the messages; ``hosts``: name -> fields."""
    head = output.split("Log Buffer (", 1)[0][:20_000]
    state = re.search(r"Syslog logging: (enabled|disabled)(?: \((\d{1,9}) messages? dropped)?", head)
    if state is None:
        return None
    values: dict[str, Any] = {"enabled": state[1] == "enabled", "hosts": {}}
    if state[2]:
        values["dropped_messages"] = int(state[2])
    for name, title in (("console_level", "Console"), ("buffer_level", "Buffer"), ("server_level", "Trap")):
        if found := re.search(rf"^\s*{title} logging:\s+(?:level (\w{{1,16}})|(disabled))", head, re.MULTILINE):
            values[name] = SEVERITIES.get(found[1] or "")
    size = re.search(r"Log Buffer \((\d{1,10}) bytes\)", output)
    if values.get("buffer_level", 0) is None:
        values["buffer_bytes"] = None
    elif size:
        values["buffer_bytes"] = int(size[1])
    for found in _LOG_SERVER.finditer(head):
        values["hosts"][found["name"]] = _log_host(found["rest"])
    return values


def _log_host(text: str) -> dict[str, Any]:
    host: dict[str, Any] = {}
    if link := re.search(r"link (up|down)", text):
        host["reachable"] = link[1] == "up"
    dropped = [int(count) for count in re.findall(r"(\d{1,9}) message lines dropped", text)]
    if dropped:
        host["dropped_messages"] = sum(dropped)
    return host


def read_snmp_users(output: str) -> list[SnmpUser]:
    """Every user of ``show snmp user``; an algorithm that is not known stays unknown."""
    blocks = re.split(r"^User name: ", output.replace("\r", ""), flags=re.MULTILINE)[1:]
    return [_snmp_user(block) for block in blocks]


def _snmp_user(block: str) -> SnmpUser:
    authentication = re.search(r"^Authentication Protocol:\s*(.{1,20})$", block, re.MULTILINE)
    privacy = re.search(r"^Privacy Protocol:\s*(.{1,20})$", block, re.MULTILINE)
    group = re.search(r"^Group-name:\s*(\S{1,64})", block, re.MULTILINE)
    filtered = re.search(r"access-list:\s*(\S{1,64})", block)
    return build_user(
        block.split("\n", 1)[0].strip(),
        hashed=authentication[1].strip() if authentication else "",
        cipher=privacy[1].strip() if privacy else "",
        group=group[1] if group else None,
        access_list=filtered[1] if filtered else None,
    )


def read_smart_install(output: str) -> bool | None:
    """Whether Smart Install answers, from ``show vstack config``."""
    if re.search(r"SmartInstall disabled|Oper Mode\s*:\s*Disabled", output, re.IGNORECASE):
        return False
    if re.search(r"SmartInstall enabled|Oper Mode\s*:\s*Enabled|Role\s*:\s*(?:Client|Director)", output, re.IGNORECASE):
        return True
    return None
