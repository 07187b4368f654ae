"""SNMP groups, users and receivers, in the form that Cisco and Arista share."""

from typing import Any, Literal

from baseline.collectors.network.platforms.indented.words import word_after
from baseline.models.facts.network import SnmpGroup, SnmpHost, SnmpLevel, SnmpUser

Version = Literal["1", "2c", "3"]
VERSIONS: dict[str, Version] = {"1": "1", "v1": "1", "2c": "2c", "v2c": "2c", "3": "3", "v3": "3"}
LEVELS: dict[str, SnmpLevel] = {"noauth": "noauth", "auth": "auth", "priv": "priv"}

_WORDLIST = """
    public private cisco community snmp manager monitor admin administrator secret security system test read write
    rw ro readonly readwrite all default ilmi cable-docsis router switch network tivoli openview password 0 1 1234 123456
"""
DEFAULT_COMMUNITIES = frozenset(_WORDLIST.split())
"""Community strings, lower case, that every wordlist holds."""

Hash = Literal["none", "md5", "sha", "sha224", "sha256", "sha384", "sha512"]
Cipher = Literal["none", "des", "3des", "aes128", "aes192", "aes256"]
HASHES: dict[str, Hash] = {
    "none": "none",
    "md5": "md5",
    "sha": "sha",
    "sha1": "sha",
    "sha2224": "sha224",
    "sha2256": "sha256",
    "sha2384": "sha384",
    "sha2512": "sha512",
    "sha224": "sha224",
    "sha256": "sha256",
    "sha384": "sha384",
    "sha512": "sha512",
}
CIPHERS: dict[str, Cipher] = {
    "none": "none",
    "des": "des",
    "des56": "des",
    "3des": "3des",
    "aes": "aes128",
    "aes128": "aes128",
    "aes192": "aes192",
    "aes256": "aes256",
}
"""Names of algorithms, without spaces and dashes, as devices write them; ``aes`` is that of RFC 3826: 128 bits."""


def algorithm(name: str) -> str:
    """A name as ``HASHES`` and ``CIPHERS`` have it."""
    return name.lower().replace(" ", "").replace("-", "")


def fourth_filter(words: list[str]) -> str | None:
    """The list for IPv4 in ``[ipv6 A6] [A]``. A list for IPv6 alone lets every IPv4 address in, so that it counts as none.

    >>> fourth_filter(["ipv6", "BEHEER6", "10"])
    'ipv6 BEHEER6 10'
    >>> fourth_filter(["ipv6", "BEHEER6"]) is None
    True
    """
    return " ".join(words) if words and (words[0] != "ipv6" or len(words) > 2) else None


def old_versions(groups: list[SnmpGroup]) -> set[str]:
    """Versions 1 and 2c that groups answer to: users in them ask without a community and are in no list of users."""
    return {group.version for group in groups if isinstance(group.version, str) and group.version != "3"}


def read_group(words: list[str], access_list: str | None) -> SnmpGroup | None:
    """``group NAME v3 priv read V write V`` from the word ``group`` on; None when it is no such line."""
    if len(words) < 3 or words[2] not in VERSIONS:
        return None
    version = VERSIONS[words[2]]
    level = LEVELS.get(words[3]) if version == "3" and len(words) > 3 else None
    return SnmpGroup(
        name=" ".join(part for part in (words[1], words[2], level) if part),
        version=version,
        security_level=level,
        read_view=word_after(words, "read"),
        write_view=word_after(words, "write"),
        access_list=access_list,
    )


def read_host(name: str, options: list[str]) -> SnmpHost:
    """A receiver from the words after its address: ``[vrf V] [traps|informs] [version 3 priv] community``."""
    values: dict[str, Any] = {"version": "1", "security_level": None, "vrf": None}
    while options:
        if options[0] in {"vrf", "use-vrf"} and len(options) > 1:
            values["vrf"], options = options[1], options[2:]
        elif options[0] == "version" and len(options) > 1 and options[1] in VERSIONS:
            values["version"], options = VERSIONS[options[1]], options[2:]
            if values["version"] == "3" and options:
                values["security_level"] = LEVELS.get(options[0])
                options = options[1:]
        elif options[0] in {"traps", "informs"}:
            options = options[1:]
        else:
            break
    return SnmpHost(name=name, **values)


def build_user(
    name: str, *, hashed: str, cipher: str, group: str | None = None, access_list: str | None = None
) -> SnmpUser:
    """A version 3 user. An algorithm that is not known stays unknown; an empty name says nothing of the level either."""
    hashed, cipher = algorithm(hashed), algorithm(cipher)
    values: dict[str, Any] = {}
    if hashed in HASHES:
        values["authentication"] = HASHES[hashed]
    if cipher in CIPHERS:
        values["privacy"] = CIPHERS[cipher]
    if hashed and cipher:
        values["security_level"] = _level(hashed, cipher)
    if group:
        values["group"] = group
    return SnmpUser(name=name, access_list=access_list, **values)


def _level(hashed: str, cipher: str) -> SnmpLevel:
    return "noauth" if hashed == "none" else "auth" if cipher == "none" else "priv"
