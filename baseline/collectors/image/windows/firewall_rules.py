"""Firewall rules that let traffic in ([MS-GPFAS] 2.2.2.19)."""

from baseline.collectors.image.reader.hive import RegistryValue
from baseline.collectors.image.windows.registry import Registry
from baseline.models.facts.workplace_system import WorkplaceFirewallRule

RULES = (
    r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules",
    r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\Mdm\FirewallRules",
    r"SOFTWARE\Policies\Microsoft\WindowsFirewall\FirewallRules",
)
DESKTOP = 3389
_PROTOCOLS = {"6": "tcp", "17": "udp", "": "any", "256": "any"}
_ADDRESSES = ("RA4", "RA6", "RA42", "RA62")
_PROFILES = ("domain", "private", "public")


def read_firewall_rules(registry: Registry) -> list[WorkplaceFirewallRule]:
    """The enabled rules that let traffic in, by id; those of apps from the Store are left out, which Windows contains.

    Raises:
        ImageError: a hive cannot be read.
    """
    found: dict[str, WorkplaceFirewallRule] = {}
    for path in RULES:
        key = registry.key(path)
        for value in key.values().values() if key else ():
            rule = _rule(value)
            if rule is not None:
                found[value.name] = rule
    return [found[name] for name in sorted(found)]


def _rule(value: RegistryValue) -> WorkplaceFirewallRule | None:
    fields: dict[str, list[str]] = {}
    for part in str(value.data).split("|"):
        name, equals, content = part.partition("=")
        if equals:
            fields.setdefault(name, []).append(content)

    def first(name: str) -> str:
        return next(iter(fields.get(name, [])), "")

    if (first("Action"), first("Active").upper(), first("Dir")) != ("Allow", "TRUE", "In") or first("AppPkgId"):
        return None
    program = first("App") or first("Svc")
    ports = [*fields.get("LPort", []), *fields.get("LPort2_10", [])]
    every_port = not ports and (not program or first("Svc").casefold() == "termservice")
    return WorkplaceFirewallRule(
        name=value.name,
        title=first("Name"),
        profiles=[profile.casefold() for profile in fields.get("Profile", [])] or list(_PROFILES),
        protocol=_PROTOCOLS.get(first("Protocol"), first("Protocol")),
        ports=ports,
        program=program or None,
        remote_desktop=any(map(_holds_desktop, ports)) or (every_port and first("Protocol") in _PROTOCOLS),
        from_anywhere=not any(address in fields for address in _ADDRESSES),
    )


def _holds_desktop(ports: str) -> bool:
    """Whether a port, or a range as ``3380-3400``, holds that of Remote Desktop; other words stand for other services."""
    low, _, high = ports.partition("-")
    if not (low.isdecimal() and (high or low).isdecimal()):
        return False
    return int(low[:9]) <= DESKTOP <= int((high or low)[:9])
