"""The SSH server of IOS XR as it runs: ``show ssh server``, and its keys."""

import re
from typing import Any, Literal

from baseline.models.facts.network import HostKey

ALGORITHMS = {
    "Hostkey": "host_key_algorithms",
    "Key-Exchange": "key_exchanges",
    "Encryption": "ciphers",
    "Mac": "macs",
}
METHODS = {"PublicKey": "publickey", "Password": "password", "Keyboard-Interactive": "keyboard-interactive"}
_LISTENS = re.compile(
    r"vrfname:=(?P<vrf>[^\s(,]{1,64})\(v4-acl:=(?P<ipv4>[^,)\s]{0,64}), ?v6-acl:=(?P<ipv6>[^,)\s]{0,64})\)"
)
_TYPE = re.compile(
    r"^Key label *: *(?P<name>.{1,80}?)\s*$\n(?P<body>(?:(?!Key label)[^\n]{0,200}\n){1,8})", re.MULTILINE
)


def read_ssh_server(output: str) -> dict[str, Any] | None:
    """Fields of ``Ssh``, and ``listens``: routing instance -> names of the lists that guard IPv4 and IPv6 there."""
    versions = re.search(r"^[ \t]*Current supported versions *:= *(\S.{0,40})$", output, re.MULTILINE)
    if versions is None:
        return None
    values: dict[str, Any] = {"version": 1 if "v1" in versions[1] else 2}
    for name, fact in ALGORITHMS.items():
        if found := re.search(rf"^[ \t]*{name} Algorithms *:= *(\S.{{0,600}})$", output, re.MULTILINE):
            values[fact] = [word.strip() for word in found[1].split(",") if word.strip()]
    methods = [word for name, word in METHODS.items() if re.search(rf"^[ \t]*{name} *:= *Yes", output, re.MULTILINE)]
    if methods:
        values["authentication_methods"] = methods
    if limit := re.search(r"^[ \t]*Max Authentication Limit *:= *(\d{1,3})", output, re.MULTILINE):
        values["authentication_retries"] = int(limit[1])
    head = output[: output.find("Netconf Vrfs")] if "Netconf Vrfs" in output else output
    values["listens"] = {
        found["vrf"]: (found["ipv4"] or None, found["ipv6"] or None) for found in _LISTENS.finditer(head)
    }
    return values


KINDS: tuple[tuple[str, Literal["rsa", "dsa", "ecdsa", "ed25519"]], ...] = (
    ("ED25519", "ed25519"),
    ("ECDSA", "ecdsa"),
    ("RSA", "rsa"),
    ("DSA", "dsa"),
)


def read_keys(output: str) -> list[HostKey]:
    """Key pairs in ``show crypto key mypubkey <kind>``; a pair that is only for encryption or other uses is one too."""
    keys = []
    for found in _TYPE.finditer(output + "\n"):
        written = re.search(r"^Type *: *(\S.{0,60})$", found["body"], re.MULTILINE)
        kind = next((kind for word, kind in KINDS if written and word in written[1].upper()), None)
        if kind is None:
            continue
        size = re.search(r"^(?:Size|Degree) *: *(\d{1,5})", found["body"], re.MULTILINE)
        sized: dict[str, Any] = {"bits": int(size[1])} if size else {"bits": 256} if kind == "ed25519" else {}
        keys.append(HostKey(name=f"{found['name']} {kind}", type=kind, **sized))
    return keys
