"""What one line of an interface's configuration sets on IOS XR."""

from typing import Any

from baseline.collectors.network.platforms.indented.interface_lines import LineTable, Settings, with_prefix_length

EXACT: dict[str, tuple[str, Any]] = {
    "shutdown": ("enabled", False),
    "cdp": ("cdp", True),
    "cdp disable": ("cdp", False),
    "l2transport": ("mode", "other"),
    "proxy-arp": ("proxy_arp", True),
    "local-proxy-arp": ("proxy_arp", True),
    "ipv4 redirects": ("redirects", True),
    "ipv4 unreachables disable": ("unreachables", False),
}
_VERIFY = "verify unicast source reachable-via"
SOURCES: tuple[tuple[str, str, Any], ...] = tuple(
    (f"{family} {_VERIFY} {how}", f"{family}_rpf", check)
    for family in ("ipv4", "ipv6")
    for how, check in (
        ("rx", "strict"),
        ("any", "loose"),
        ("any allow-default", "none"),
        ("any allow-self-ping allow-default", "none"),
    )
)
"""Any source is reachable by a default route, so that with ``allow-default`` the loose check holds nothing back."""

PREFIXED: tuple[tuple[str, str, Any], ...] = (
    ("ipv4 directed-broadcast", "directed_broadcast", True),
    *SOURCES,
    ("macsec psk-keychain", "macsec", True),
    ("macsec eap", "macsec", True),
)
TEXTS = {"description": "description", "vrf": "vrf"}


def _apply_address(text: str, settings: Settings) -> None:
    """``ipv4 address 192.0.2.1 255.255.255.252``, ``ipv6 address 2001:db8::1/64``; link-local ones say so."""
    words = text.split()[2:]
    if words and "link-local" not in words:
        settings["addresses"].append(with_prefix_length(words))
        settings[text.split(" ", 1)[0]] = True


def _apply_filter(text: str, settings: Settings) -> None:
    """``ipv4 access-group [common C] NAME ingress``; a common list alone filters too."""
    words = text.split()
    names = [word for word in words[2:] if word not in {"common", "ingress", "egress", "hardware-count"}]
    names = [name for name in names if not name.startswith(("interface-statistics", "compress"))]
    family = "" if words[0] == "ipv4" else "ipv6_"
    for word, direction in (("ingress", "in"), ("egress", "out")):
        if word in words and names:
            settings[f"access_list_{family}{direction}"] = names[-1 if "compress" not in words else 0]


def _apply_aggregate(text: str, settings: Settings) -> None:
    words = text.split()
    if len(words) > 2 and words[2].isdigit():
        settings["aggregate"] = f"Bundle-Ether{words[2]}"


def _apply_unnumbered(_text: str, settings: Settings) -> None:
    settings["ipv4"] = True


TABLE = LineTable(
    exact=EXACT,
    prefixed=PREFIXED,
    texts=TEXTS,
    by_words={
        "ipv4 address": _apply_address,
        "ipv6 address": _apply_address,
        "ipv4 unnumbered": _apply_unnumbered,
        "ipv4 access-group": _apply_filter,
        "ipv6 access-group": _apply_filter,
        "bundle id": _apply_aggregate,
    },
)
