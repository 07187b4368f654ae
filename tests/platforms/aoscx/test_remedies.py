"""What a check says to type on AOS-CX repairs what it finds, on a hardened switch with one weakened line."""

import re

import pytest

from baseline.content.checks.folder import read_check_files
from baseline.content.location import content_folder
from baseline.models.result import Status
from tests.platforms.aoscx.test_checks import BENCH, LINES, RUNNING, SAVED, outputs

__all__ = ["outputs"]

OWN_NAMES = {
    "router bgp 65010": "router bgp 64512",
    "neighbor 192.0.2.1 ": "neighbor 203.0.113.20 ",
    "192.0.2.11 ": "192.0.2.71 ",
    "192.0.2.1/24": "198.51.100.9/24",
    "telnet server vrf default": "telnet server vrf mgmt",
    "interface 1/1/48": "interface 1/1/50",
    "interface lag 1": "interface 1/1/49",
    "FROM-INTERNET": "BUITEN",
    "user MONITORING": "user bewaker",
    "LONG-RANDOM-STRING": "wijzig",
    "UNKNOWN-ACCOUNT": "piet",
    "OLD-ACCOUNT": "guest",
}
"""Name in the remedies -> name on this switch."""

OWN_NAMES_FOR = {
    "logging-transport-encrypted": {"192.0.2.50": "192.0.2.51"},
    "ports-unused-closed": {"interface 1/1/1": "interface 1/1/2"},
    "routing-neighbours-authenticated": {"interface 1/1/1": "interface 1/1/50"},
}

REPLACED = (
    "access-level",
    "apply access-list ip",
    "logging 192.0.2.50",
    "logging 192.0.2.51",
    "snmpv3 user bewaker",
    "ssh ciphers",
    "ssh key-exchange-algorithms",
    "ssh macs",
    "tacacs-server host 192.0.2.71",
    "vlan access",
    "vlan trunk allowed",
    "vlan trunk native",
)
"""Commands of which the last one typed counts."""

BANNER = re.compile(r"^banner motd \^\n.*?^\^\n", re.MULTILINE | re.DOTALL)
NAMES = sorted({name for row in LINES for name in row[-1].split()})
NOT_TYPED = {"bgp-prefixes-limited", "gateways-authenticated", "internet-sources-verified", "snmp-views-limited"}
"""AOS-CX has no line for it, or none that its manuals show in every release."""

SHOWN_ELSEWHERE = {"ssh-host-keys-strong"}
"""The key is made anew, which no configuration shows."""

EXPORT = ("!export-password: default", "!export-password: custom")
"""What `service export-password` changes, after it has asked for a password."""


MET = {Status.PASS, Status.NOT_APPLICABLE}


def tree(text):
    """Lines as nested dicts, by their indentation."""
    root = {}
    levels = [(-1, root)]
    for line in text.splitlines():
        if line.strip():
            indent = len(line) - len(line.lstrip())
            while levels[-1][0] >= indent:
                levels.pop()
            levels.append((indent, levels[-1][1].setdefault(line.strip(), {})))
    return root


def typed(section, lines):
    """Type nested lines into a section, as the switch takes them."""
    for text, below in lines.items():
        bare = text.removeprefix("no ")
        same = next((f"{start} " for start in REPLACED if bare.startswith(f"{start} ")), None)
        for known in list(section):
            taken_away = text != bare and (known == bare or known.startswith(f"{bare} "))
            if taken_away or known == f"no {bare}" or (same and known.startswith(same) and known != text):
                del section[known]
        typed(section.setdefault(text, {}), below)


def written(section, indent=""):
    return "".join(f"{indent}{text}\n{written(below, indent + '    ')}" for text, below in section.items())


def repaired(text, name, lines):
    fix = "\n".join(lines)
    for theirs, ours in (OWN_NAMES_FOR.get(name, {}) | OWN_NAMES).items():
        fix = fix.replace(theirs, ours)
    if "service export-password" in fix:
        fix, text = fix.replace("service export-password", ""), text.replace(*EXPORT)
    fix = re.sub(r"plaintext \S+", "ciphertext AQBapVerzonnen", fix)
    banner = BANNER.search(text)[0]
    root = tree(text.replace(banner, ""))
    if fix.startswith("banner"):
        banner, fix = f"{fix}\n", ""
    typed(root, tree(fix))
    head, rest = written(root).split("hostname", 1)
    return f"{head}{banner}hostname{rest}"


@pytest.fixture(scope="module")
def remedies():
    compiled = [file.compiled for file in read_check_files([content_folder("checks")], None)]
    fixes = {
        one.check.id.removeprefix("network-"): one.check.remediation.platforms.get("aruba_aoscx") for one in compiled
    }
    return {name: list(fix.lines) for name, fix in fixes.items() if fix}


def test_every_check_that_can_fail_has_a_remedy(remedies):
    assert set(NAMES) - set(remedies) == NOT_TYPED


@pytest.mark.parametrize("name", sorted(set(NAMES) - NOT_TYPED - SHOWN_ELSEWHERE))
def test_typing_the_remedy_repairs_the_weakened_line(remedies, outputs, name):
    weakened = [outputs[RUNNING].replace(old, new) for old, new, expected in LINES if name in expected.split()]
    for text in weakened:
        better = repaired(text, name, remedies[name])
        if BENCH.verdicts(outputs | {RUNNING: better, SAVED: better})[name] in MET:
            return
    pytest.fail("\n".join([f"typing repairs none of {len(weakened)}:", *remedies[name]]))
