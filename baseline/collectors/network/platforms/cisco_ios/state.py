"""What Cisco IOS does now: ``show ip ssh``, ``show ntp``, ``show logging``, ``show snmp user``, ``show vstack config``.

Each reader returns values by field name, or None when the output is not of its command.
"""

import base64
import binascii
import re
from typing import Any, Literal

from baseline.collectors.network.platforms.cisco_ios.context import SEVERITIES
from baseline.models.facts.network import HostKey, SnmpLevel, SnmpUser

_SSH = re.compile(r"^SSH (Enabled|Disabled) - version (\d)\.(\d{1,2})", re.MULTILINE)
_SSH_LISTS = {
    "Encryption Algorithms": "ciphers",
    "MAC Algorithms": "macs",
    "KEX Algorithms": "key_exchanges",
    "Hostkey Algorithms": "host_key_algorithms",
    "Authentication methods": "authentication_methods",
}
_KEY = re.compile(r"^(ssh-rsa|ssh-dss|ssh-ed25519|ecdsa-sha2-nistp\d{3}) ([A-Za-z0-9+/=\s]{32,8192})", re.MULTILINE)
_KEY_NAME = re.compile(r"^IOS Keys in SECSH format\(([\w-]{1,40}), base64 encoded\): (\S{1,64})", re.MULTILINE)
KeyType = Literal["rsa", "dsa", "ecdsa", "ed25519"]
_KEY_TYPES: dict[str, KeyType] = {"ssh-rsa": "rsa", "ssh-dss": "dsa", "ssh-ed25519": "ed25519"}


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
    values["host_keys"] = _host_keys(output)
    return values


def _host_keys(output: str) -> list[HostKey]:
    names = dict(_KEY_NAME.findall(output))
    keys = []
    for algorithm, encoded in _KEY.findall(output):
        kind = _KEY_TYPES.get(algorithm, "ecdsa")
        bits = _key_bits(algorithm, encoded)
        sized: dict[str, Any] = {} if bits is None else {"bits": bits}
        keys.append(HostKey(name=names.get(algorithm, algorithm), type=kind, **sized))
    return keys


def _key_bits(algorithm: str, encoded: str) -> int | None:
    """Bits of a public key in SSH's wire format (RFC 4253, section 6.6; RFC 5656)."""
    if algorithm.startswith("ecdsa"):
        return int(algorithm[-3:])
    if algorithm == "ssh-ed25519":
        return 256
    text = "".join(encoded.partition("\n\n")[0].split())
    try:
        blob = base64.b64decode(text[: len(text) // 4 * 4])
    except (binascii.Error, ValueError):
        return None
    fields = _wire_fields(blob)
    position = 2 if algorithm == "ssh-rsa" else 1
    return int.from_bytes(fields[position], "big").bit_length() if len(fields) > position else None


def _wire_fields(blob: bytes) -> list[bytes]:
    fields = []
    position = 0
    while position + 4 <= len(blob):
        length = int.from_bytes(blob[position : position + 4], "big")
        if position + 4 + length > len(blob):
            break
        fields.append(blob[position + 4 : position + 4 + length])
        position += 4 + length
    return fields


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


Hash = Literal["none", "md5", "sha", "sha224", "sha256", "sha384", "sha512"]
Cipher = Literal["none", "des", "3des", "aes128", "aes192", "aes256"]
HASHES: dict[str, Hash] = {
    "none": "none",
    "md5": "md5",
    "sha": "sha",
    "sha-2 224": "sha224",
    "sha-2 256": "sha256",
    "sha-2 384": "sha384",
    "sha-2 512": "sha512",
}
CIPHERS: dict[str, Cipher] = {
    "none": "none",
    "des": "des",
    "3des": "3des",
    "aes128": "aes128",
    "aes192": "aes192",
    "aes256": "aes256",
}


def read_snmp_users(output: str) -> list[SnmpUser]:
    """Every user of ``show snmp user``; an algorithm that is not known stays unknown."""
    blocks = re.split(r"^User name: ", output.replace("\r", ""), flags=re.MULTILINE)[1:]
    return [_snmp_user(block) for block in blocks]


def _snmp_user(block: str) -> SnmpUser:
    values: dict[str, Any] = {"name": block.split("\n", 1)[0].strip()}
    authentication = re.search(r"^Authentication Protocol:\s*(.{1,20})$", block, re.MULTILINE)
    privacy = re.search(r"^Privacy Protocol:\s*(.{1,20})$", block, re.MULTILINE)
    group = re.search(r"^Group-name:\s*(\S{1,64})", block, re.MULTILINE)
    filtered = re.search(r"access-list:\s*(\S{1,64})", block)
    hashed = authentication[1].strip().lower() if authentication else ""
    cipher = privacy[1].strip().lower() if privacy else ""
    if hashed in HASHES:
        values["authentication"] = HASHES[hashed]
    if cipher in CIPHERS:
        values["privacy"] = CIPHERS[cipher]
    if hashed and cipher:
        values["security_level"] = _level(hashed, cipher)
    if group:
        values["group"] = group[1]
    return SnmpUser(access_list=filtered[1] if filtered else None, **values)


def _level(hashed: str, cipher: str) -> SnmpLevel:
    return "noauth" if hashed == "none" else "auth" if cipher == "none" else "priv"


def read_smart_install(output: str) -> bool | None:
    """Whether Smart Install answers, from ``show vstack config``."""
    if re.search(r"SmartInstall disabled|Oper Mode\s*:\s*Disabled", output, re.IGNORECASE):
        return False
    if re.search(r"SmartInstall enabled|Oper Mode\s*:\s*Enabled|Role\s*:\s*(?:Client|Director)", output, re.IGNORECASE):
        return True
    return None
