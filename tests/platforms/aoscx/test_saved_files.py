"""Saved configurations of AOS-CX from which a tool took the secrets, their recognition, and what counts as a difference."""

import re

import pytest

from baseline.collectors.files.recognition import named_platform, recognised
from baseline.collectors.files.removed import REASON, parse_without_secrets
from baseline.collectors.network.platforms import platform
from baseline.drift.configuration import compare
from baseline.drift.rules import rules_for
from baseline.models.facts.fact import Unknown
from tests.platforms.vendors import recording, recordings

AOSCX = platform("aruba_aoscx")
RUNNING = "show running-config"
ACCESS = recording("aruba_aoscx", "access")
OXIDIZED = (
    (r"(?m)^(snmp-server community) \S+(.*)", r"\1 <secret hidden> \2"),
    (r"(?m)^(snmp-server host \S+) \S+(.*)", r"\1 <secret hidden> \2"),
    (r"(?m)^((?:radius|tacacs)-server host \S+ key) \S+(.*)", r"\1 <secret hidden> \2"),
    (r"(?m)^(radius-server key).*", r"\1 <configuration removed>"),
    (r"(?m)^(tacacs-server key).*", r"\1 <secret hidden>"),
)
"""What Oxidized replaces in a configuration of AOS-CX. Of a key it hides the word before it, and leaves the key."""


@pytest.fixture(scope="module")
def saved():
    text = ACCESS
    for pattern, kept in OXIDIZED:
        text = re.sub(pattern, kept, text)
    return text


def test_what_went_with_a_secret_is_unknown(saved):
    facts = parse_without_secrets(AOSCX.parse, {RUNNING: saved}).facts
    assert {community.is_default_name for community in facts.snmp.communities} == {Unknown(REASON)}
    servers = {server.name: server for server in facts.aaa.servers}
    for name in ("192.0.2.70", "192.0.2.71", "192.0.2.80"):
        assert servers[name].has_key is True
        assert "plaintext" in servers[name].key_storage.reason


def test_what_is_still_written_is_known(saved):
    facts = parse_without_secrets(AOSCX.parse, {RUNNING: saved}).facts
    assert {user.name: user.password_storage for user in facts.users}["noodtoegang"] == "sha512_crypt"
    assert {user.name: user.authentication for user in facts.snmp.users}["bewaker"] == "sha256"
    assert facts.device.hostname == "pr-sw-kantoor-01"


def test_a_key_that_a_tool_forgot_is_taken_out(saved):
    keys = set(re.findall(r"AQBap\S{20,}", saved))
    left = AOSCX.redact(RUNNING, saved)
    assert len(keys) > 10
    assert not [key for key in keys if key in left]


@pytest.mark.parametrize("file", ["access", "aggregation", "strict"])
def test_a_configuration_is_recognised(file):
    text = recording("aruba_aoscx", file)
    assert recognised(text, {}) == "aruba_aoscx"
    assert recognised("! Version      : FL.10.13.1030\n! Active Image : primary\n" + text, {}) == "aruba_aoscx"


def test_outputs_without_a_configuration_are_recognised():
    outputs = {name: text for name, text in recordings("aruba_aoscx").items() if name.startswith("show_")}
    assert recognised(None, outputs) == "aruba_aoscx"


def test_names_that_mean_the_platform():
    words = ("aruba_aoscx", "arubanetworks.aoscx.aoscx", "aoscx", "AOSCX")
    assert {named_platform(word) for word in words} == {"aruba_aoscx"}


def changes(found):
    return {(change.kind, change.line) for change in compare(ACCESS, found, AOSCX, rules_for("aruba_aoscx")).changes}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ArubaOS-CX FL.10.13.1030", "ArubaOS-CX FL.10.13.1040"),
        ("    10 permit cli command", "    15 permit cli command"),
        ("    10 permit tcp 192.0.2.64/255.255.255.224", "    15 permit tcp 192.0.2.64/255.255.255.224"),
        ("snmp-server community kijkmaar", "snmp-server community anders"),
        ("password ciphertext AQBapYx", "password ciphertext AQBapZx"),
    ],
)
def test_the_release_numbers_of_entries_and_secrets_are_no_difference(old, new):
    assert ACCESS.count(old) == 1
    assert changes(ACCESS.replace(old, new)) == set()


def test_servers_are_asked_in_the_order_in_which_they_stand():
    first, second = re.findall(r"(?m)^tacacs-server host .*\n", ACCESS)
    moved = {kind for kind, line in changes(ACCESS.replace(first + second, second + first)) if "tacacs" in line}
    assert moved


def test_how_a_password_is_stored_is_a_difference():
    found = changes(
        ACCESS.replace(
            "user noodtoegang group administrators password ciphertext",
            "user noodtoegang group administrators password plaintext",
        )
    )
    assert {kind for kind, line in found if line.startswith("user noodtoegang")} == {"removed", "added"}
