"""How AOS-CX writes the names of interfaces: ``lag 1`` or ``lag1``, ``vlan 10``, in releases up to 10.04 ``vlan10``, ``1/1/1``."""

import re

_JOINED = re.compile(r"([a-z]{3,10})(\d{1,5})")


def interface_name(words: list[str]) -> str:
    """The name that these words begin with, as new releases write it; empty when there are none.

    >>> interface_name("lag 1 multi-chassis".split())
    'lag 1'
    >>> interface_name(["vlan10"])
    'vlan 10'
    """
    if words and words[0].isalpha() and words[0] != "mgmt":
        return " ".join(words[:2])
    name = "".join(words[:1])
    joined = _JOINED.fullmatch(name)
    return f"{joined[1]} {joined[2]}" if joined else name
