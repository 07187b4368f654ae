"""Numbers, addresses and time zones as devices write them."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from ipaddress import IPv4Network, ip_network
from zoneinfo import ZoneInfo

EVERYWHERE = ("0.0.0.0/0", "::/0", "0.0.0.0/0.0.0.0")
"""Networks that hold every address."""


def with_groups(everything: set[str], groups: Mapping[str, Collection[str]]) -> set[str]:
    """Names of addresses that hold everything, and those of the groups, also in groups, that one of them is in."""
    found, waiting = set(everything), set(groups) - everything
    while grown := {name for name in waiting if not found.isdisjoint(groups[name])}:
        found |= grown
        waiting -= grown
    return found


UNSPECIFIED = "0.0.0.0"  # noqa: S104  # an address to compare with, nothing is bound
"""What some devices write where there is no address."""

_UNITS = {"year": 31_536_000, "week": 604_800, "day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
_AGO = re.compile(r"(\d{1,6})\s*(year|week|day|hour|minute|second)s?")


def number(text: str | None) -> int | None:
    """A whole number of at most nine digits at the start of a text, else None."""
    found = re.match(r"\d{1,9}(?!\d)", text or "")
    return int(found[0]) if found else None


def numbers_in(text: str) -> list[int]:
    """The numbers in a version: ``21.4R3-S5.4`` gives [21, 4, 3, 5, 4]."""
    return [int(part) for part in re.findall(r"\d{1,9}", text)]


def with_prefix(address: str, mask: str) -> str:
    """``192.0.2.1 255.255.255.0`` as ``192.0.2.1/24``; what is no mask stays beside the address."""
    try:
        return f"{address}/{IPv4Network(f'0.0.0.0/{mask}').prefixlen}"
    except ValueError:
        return f"{address}/{mask}"


def holds(network: str, address: str) -> bool:
    """Whether a network, both as text, holds the address of an interface (``192.0.2.1/24``)."""
    try:
        return ip_network(network, strict=False).supernet_of(ip_network(f"{address.split('/', maxsplit=1)[0]}"))  # type: ignore[arg-type]
    except (ValueError, TypeError):
        return False


def spoken_seconds(text: str) -> int | None:
    """``10 days, 2 hours, 15 minutes`` in seconds; None when the text holds no such words."""
    found = _AGO.findall(text)
    return sum(int(amount) * _UNITS[unit] for amount, unit in found) if found else None


def standard_offset_minutes(zone: str) -> int | None:
    """Minutes between a zone of the tz database and UTC, summer time left out; None for a zone that is not known."""
    if zone in {"UTC", "GMT", "Etc/UTC", "Universal", "Zulu"}:
        return 0
    if not re.fullmatch(r"[A-Za-z0-9_+-]{1,30}(?:/[A-Za-z0-9_+-]{1,30}){1,2}", zone):
        return None
    try:
        moment = datetime(2026, 1, 1, tzinfo=ZoneInfo(zone))
        offset = (moment.utcoffset() or timedelta()) - (moment.dst() or timedelta())
    except (OSError, ValueError, KeyError):
        return None
    return int(offset.total_seconds() // 60)
