"""Who may reach the servers of IOS XR: the lists of SSH and Telnet per routing instance, and of terminal lines."""

from collections.abc import Mapping
from dataclasses import dataclass

from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.fact import Fact, Unknown

DEFAULT_INSTANCE = "default"


@dataclass(frozen=True, slots=True)
class Filters:
    """The list for each address family; None: everyone comes in. ``closed``: families in which nothing listens."""

    ipv4: str | None = None
    ipv6: str | None = None
    closed: frozenset[str] = frozenset()


class Names:
    """Names of the lists of each family, looked up at once."""

    def __init__(self, tree: SectionTree) -> None:
        self.ipv4, self.ipv6 = (_names(tree, f"{family} access-list") for family in ("ipv4", "ipv6"))

    def key(self, name: str, family: str) -> str:
        """What a list is called in ``access_lists``, where a name that both families share stands for IPv4."""
        return f"{name} ipv6" if family == "ipv6" and name in self.ipv4 else name


def _names(tree: SectionTree, command: str) -> frozenset[str]:
    return frozenset(words[2] for line in tree.all(command) if len(words := line.text.split()) > 2)


Listening = Mapping[str, tuple[str | None, str | None]]
"""Routing instance in which the device says that it listens -> the names of its lists for IPv4 and IPv6."""


def ssh_filters(tree: SectionTree, names: Names, listening: Listening) -> dict[str, Filters]:
    """Routing instance -> who may reach SSH there: ``ssh server vrf V ipv4 access-list A ipv6 access-list B``.

    Instances that only the device itself names count too.
    """
    found: dict[str, Filters] = {}
    for line in tree.all("ssh server vrf"):
        words = line.text.split()
        if len(words) > 3:
            found[words[3]] = Filters(_named(names, words, "ipv4"), _named(names, words, "ipv6"))
    for instance, (fourth, sixth) in listening.items():
        found.setdefault(instance, Filters(fourth, names.key(sixth, "ipv6") if sixth else None))
    return found or {DEFAULT_INSTANCE: Filters()}


def _named(names: Names, words: list[str], family: str) -> str | None:
    for index, word in enumerate(words[:-2]):
        if word == family and words[index + 1] == "access-list":
            return names.key(words[index + 2], family)
    return None


def telnet_filters(tree: SectionTree, names: Names) -> dict[str, Filters]:
    """Routing instance and family -> who may reach Telnet: ``telnet vrf V ipv4 server max-servers 5 access-list A``."""
    found: dict[str, Filters] = {}
    for line in telnet_servers(tree):
        words = line.text.split()
        family = "ipv6" if "ipv6" in words else "ipv4"
        name = word_after(words, "access-list")
        key = names.key(name, family) if name else None
        instance = word_after(words, "vrf") or DEFAULT_INSTANCE
        known = found.get(instance, Filters(closed=frozenset({"ipv4", "ipv6"})))
        closed = known.closed - {family}
        found[instance] = Filters(known.ipv4, key, closed) if family == "ipv6" else Filters(key, known.ipv6, closed)
    return found


def telnet_servers(tree: SectionTree) -> list[Line]:
    """Lines that open Telnet: each names its family, and a routing instance where that is not the default one."""
    return [line for line in tree.all("telnet") if "server" in line.text.split()]


def common_filter(filters: list[Filters], family: str) -> Fact[str | None]:
    """The list that holds wherever the servers listen; None as soon as one place has none."""
    names = list(dict.fromkeys(getattr(one, family) for one in filters if family not in one.closed))
    if not names or None in names:
        return None
    if len(names) > 1:
        return Unknown(f"the servers have a list for each routing instance: {', '.join(map(str, names))}")
    name: str = names[0]
    return name
