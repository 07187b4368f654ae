"""What packet filters of EC2 let in from the whole Internet."""

from collections.abc import Iterable, Iterator
from ipaddress import collapse_addresses, ip_network
from typing import Any

from baseline.models.facts.fact import Unknown

ADMINISTRATION = (22, 3389)
DATABASES = (
    *(1433, 1434),  # SQL Server
    *(1521, 2483, 2484),  # Oracle
    3306,  # MySQL
    5432,  # PostgreSQL
    5439,  # Redshift
    5984,  # CouchDB
    6379,  # Redis
    *(7000, 7001, 7199, 9042, 9160),  # Cassandra
    *(5601, 9200, 9300),  # OpenSearch and its dashboards
    11211,  # Memcached
    *(27017, 27018, 27019),  # MongoDB
)
ALL_PORTS = (0, 65535)
_WIDEST = {4: 8, 6: 16}
"""Networks with a shorter prefix than this count as the whole Internet: two halves of it are no less open than all."""
_PORTS = frozenset({"tcp", "udp", "6", "17", "-1"})


def is_internet(network: str) -> bool:
    """Whether a range of addresses is so wide that it is the Internet.

    Raises:
        ValueError: it is no range of addresses.
    """
    found = ip_network(network, strict=False)
    return found.prefixlen < _WIDEST[found.version]


def security_group_fields(permissions: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What rules of a security group leave open. A list of prefixes in a rule is not read: what it could open is unknown."""
    rules = list(permissions)
    opened = [(_ports(rule), _told(rule)) for rule in rules if any(map(is_internet, _networks(rule)))]
    hidden = [(_ports(rule), rule["PrefixListIds"][0]["PrefixListId"]) for rule in rules if rule.get("PrefixListIds")]
    return {
        "open_ports": sorted({told for _, told in opened}),
        "open_administration": _reaches(opened, hidden, ADMINISTRATION),
        "open_databases": _reaches(opened, hidden, DATABASES),
        "open_everything": _decided(opened, hidden, lambda ports: ports == ALL_PORTS),
    }


def _reaches(opened: list[Any], hidden: list[Any], ports: tuple[int, ...]) -> bool | Unknown:
    return _decided(opened, hidden, lambda span: any(span[0] <= port <= span[1] for port in ports))


def _decided(opened: list[Any], hidden: list[Any], matches: Any) -> bool | Unknown:
    if any(matches(ports) for ports, _ in opened):
        return True
    lists = [name for ports, name in hidden if matches(ports)]
    return Unknown(f"a rule names the prefix list {lists[0]}, whose addresses are not read") if lists else False


def _networks(rule: dict[str, Any]) -> Iterator[str]:
    for entry in rule.get("IpRanges", ()):
        yield entry["CidrIp"]
    for entry in rule.get("Ipv6Ranges", ()):
        yield entry["CidrIpv6"]


def _ports(rule: dict[str, Any]) -> tuple[int, int]:
    """First and last port; an impossible range where the protocol has no ports."""
    protocol = str(rule["IpProtocol"])
    if protocol == "-1":
        return ALL_PORTS
    if protocol not in _PORTS:
        return (-1, -1)
    first, last = int(rule["FromPort"]), int(rule["ToPort"])
    return ALL_PORTS if first <= 1 and last == 65535 else (first, last)


def _told(rule: dict[str, Any]) -> str:
    protocol, (first, last) = str(rule["IpProtocol"]), _ports(rule)
    if protocol == "-1":
        return "everything"
    return f"{protocol} {first}" + (f"-{last}" if last != first else "") if first >= 0 else protocol


def access_list_opens(entries: Iterable[dict[str, Any]], ports: tuple[int, ...]) -> bool:
    """Whether a network ACL lets one of these TCP ports in from the whole Internet. The first rule that matches counts."""
    inbound = sorted((entry for entry in entries if not entry["Egress"]), key=lambda entry: entry["RuleNumber"])
    return any(_lets_in(inbound, port, version) for port in ports for version in ("CidrBlock", "Ipv6CidrBlock"))


def _lets_in(inbound: list[dict[str, Any]], port: int, version: str) -> bool:
    """A rule that denies counts for the addresses that it names: half of the Internet closed leaves the other half open."""
    closed: list[Any] = []
    for entry in inbound:
        network = entry.get(version)
        if not network or not _matches(entry, port):
            continue
        found: Any = ip_network(network, strict=False)
        if str(entry["RuleAction"]) != "allow":
            closed = [*collapse_addresses([*closed, found])]
        elif is_internet(network) and not any(found.subnet_of(each) for each in closed):
            return True
    return False


def _matches(entry: dict[str, Any], port: int) -> bool:
    if str(entry["Protocol"]) == "-1":
        return True
    span = entry.get("PortRange", {})
    return str(entry["Protocol"]) == "6" and int(span["From"]) <= port <= int(span["To"])
