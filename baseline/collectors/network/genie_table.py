"""Which of Genie's answers are which facts: platform, command, path in what Genie parsed, path of the fact.

Genie's keys are those of its parsers' schemas (``genie.libs.parser``, class ``Show...Schema``). Only what means the same in
both is listed: Genie's word for a fact that our model defines otherwise would be worse than none.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

_SECONDS = {"year": 31_536_000, "week": 604_800, "day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
_UNIT = re.compile(r"(\d{1,6}) (year|week|day|hour|minute|second)s?\b")


FactPath = tuple[str, ...]
"""A fact's path; the name of an item of a list is one part of it, dots and all."""


class Row(msgspec.Struct, frozen=True):
    """One fact that Genie may tell.

    ``*`` in ``fact`` is the name of an item, which stands at the ``*`` in ``keys``. ``convert`` gives the fact's value, or
    None when Genie's does not tell it. ``also`` are other keys: agreeing with what stands at one of them is agreeing.
    """

    command: str
    fact: str
    keys: str
    convert: Callable[[Any], Any]
    also: tuple[str, ...] = ()


def _text(value: Any) -> Any:
    return value if isinstance(value, str) and value else None


def _first_word(value: Any) -> Any:
    """A release without the number of its build behind it."""
    return value.split()[0] if isinstance(value, str) and value.split() else None


def _number(value: Any) -> Any:
    """A number, from a number or its text."""
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _distance(value: Any) -> Any:
    return abs(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _words(value: Any) -> Any:
    return value if isinstance(value, list) and all(isinstance(word, str) for word in value) else None


def _duration(value: Any) -> Any:
    """Seconds, from ``2 weeks, 3 days`` or from a number for each unit."""
    if isinstance(value, dict):
        counts = {f"{unit}s": seconds for unit, seconds in _SECONDS.items()}
        known = all(isinstance(count, int) and unit in counts for unit, count in value.items())
        return sum(count * counts[unit] for unit, count in value.items()) if known else None
    parts = _UNIT.findall(value) if isinstance(value, str) else []
    return sum(int(count) * _SECONDS[unit] for count, unit in parts) if parts else None


def _days(value: Any) -> Any:
    """Whole days of a duration."""
    seconds = _duration(value)
    return None if seconds is None else seconds // 86_400


def _is_synchronised(value: Any) -> Any:
    return {"synchronized": True, "unsynchronized": False}.get(value) if isinstance(value, str) else None


def _is_connected(value: Any) -> Any:
    return value == "connected" if isinstance(value, str) else None


def _is_up(value: Any) -> Any:
    """Whether a line protocol is up."""
    return {"up": True, "down": False}.get(value.lower()) if isinstance(value, str) else None


_TIME = "clock_state.system_status"
_IOS = (
    Row(
        "show version", "device.model", "version.chassis", _text, ("version.rtr_type", "version.switch_num.*.model_num")
    ),
    Row("show version", "device.serial", "version.chassis_sn", _text, ("version.switch_num.*.system_sn",)),
    Row("show version", "software.version", "version.xe_version", _text, ("version.version",)),
    Row("show version", "software.version", "version.version", _text, ("version.xe_version",)),
    Row("show version", "software.boot_image", "version.system_image", _text),
    Row("show version", "software.uptime_days", "version.uptime", _days),
    Row("show ip ssh", "management.ssh.timeout_seconds", "ssh.authentication_timeout", _number),
    Row("show ip ssh", "management.ssh.authentication_retries", "ssh.authentication_retries", _number),
    Row("show ip ssh", "management.ssh.minimum_dh_bits", "ssh.min_dh_key_size", _number),
    Row("show ip ssh", "management.ssh.ciphers", "ssh.encryption_algorithms", _words),
    Row("show ip ssh", "management.ssh.macs", "ssh.mac_algorithms", _words),
    Row("show ip ssh", "management.ssh.key_exchanges", "ssh.kex_algorithms", _words),
    Row("show ntp status", "clock.synchronised", f"{_TIME}.status", _is_synchronised),
    Row("show ntp status", "clock.stratum", f"{_TIME}.stratum", _number),
    Row("show ntp associations", "clock.reference", f"{_TIME}.associations_address", _text),
    Row("show ntp associations", "clock.offset_milliseconds", f"{_TIME}.clock_offset", _distance),
    Row("show ip interface brief", "interfaces.*.link_up", "interface.*.protocol", _is_up),
)
_NXOS = (
    Row("show version", "device.model", "platform.hardware.chassis", _text),
    Row("show version", "device.serial", "platform.hardware.processor_board_id", _text),
    Row("show version", "software.version", "platform.software.system_version", _first_word),
    Row("show version", "software.boot_image", "platform.software.system_image_file", _text),
    Row("show version", "software.uptime_days", "platform.kernel_uptime", _days),
    Row("show ntp peer-status", "clock.reference", f"{_TIME}.associations_address", _text),
    Row("show interface status", "interfaces.*.link_up", "interfaces.*.status", _is_connected),
)
_IOSXR = (
    Row("show version", "software.version", "software_version", _text),
    Row("show version", "software.uptime_days", "uptime", _days),
    Row("show ntp status", "clock.synchronised", f"{_TIME}.status", _is_synchronised),
    Row("show ntp status", "clock.stratum", f"{_TIME}.stratum", _number),
    Row("show ntp status", "clock.offset_milliseconds", f"{_TIME}.offset", _distance),
    Row("show ipv4 interface brief", "interfaces.*.link_up", "interface.*.protocol_status", _is_up),
)
ROWS = {"cisco_ios": _IOS, "cisco_nxos": _NXOS, "cisco_iosxr": _IOSXR}
"""Platform -> what Genie may tell of it."""
GENIE_OS = {"cisco_ios": "iosxe", "cisco_nxos": "nxos", "cisco_iosxr": "iosxr"}
"""Platform -> Genie's name of its operating system; Genie's parsers for IOS XE read IOS too."""


def told(row: Row, parsed: Any) -> Iterator[tuple[FactPath, Any, list[Any]]]:
    """Fact path, value, and the values that are as good, for everything that a row finds in what Genie parsed."""
    others = [row.convert(value) for keys in row.also for _, value in _found(parsed, keys.split("."))]
    for name, value in _found(parsed, row.keys.split(".")):
        converted = row.convert(value)
        if converted is not None:
            path = tuple(name if part == "*" else part for part in row.fact.split("."))
            yield path, converted, [converted, *others]


def _found(value: Any, keys: list[str], name: str = "") -> Iterator[tuple[str, Any]]:
    if not keys:
        yield name, value
    elif isinstance(value, dict) and keys[0] == "*":
        for item, inner in value.items():
            yield from _found(inner, keys[1:], item)
    elif isinstance(value, dict) and keys[0] in value:
        yield from _found(value[keys[0]], keys[1:], name)
