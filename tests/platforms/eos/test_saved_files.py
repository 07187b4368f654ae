"""Saved configurations of EOS from which a tool took the secrets, and their recognition."""

import re

import pytest

from baseline.collectors.files.recognition import named_platform, recognised
from baseline.collectors.files.removed import REASON, parse_without_secrets
from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Unknown
from tests.platforms.vendors import recording, recordings

EOS = platform("arista_eos")
RUNNING = "show running-config"
OXIDIZED = (
    (r"(?m)^(snmp-server community).*", r"\1 <configuration removed>"),
    (r"(secret \w+) \S+.*", r"\1 <secret hidden>"),
    (r"(?m)^(enable (?:secret|password)).*", r"\1 <configuration removed>"),
    (r"(?m)^(tacacs-server key \d+).*", r"\1 <configuration removed>"),
    (r"(localized|auth sha\d+|priv aes\d+) \S+", r"\1 <secret hidden>"),
)
"""What Oxidized replaces in a configuration of EOS."""


@pytest.fixture(scope="module")
def facts():
    text = recording("arista_eos", "leaf")
    for pattern, kept in OXIDIZED:
        text = re.sub(pattern, kept, text)
    return parse_without_secrets(EOS.parse, {RUNNING: text}).facts


def test_what_went_with_a_secret_is_unknown(facts):
    assert (facts.enable_secret.configured, facts.enable_secret.storage) == (True, Unknown(REASON))
    for community in facts.snmp.communities:
        for name in ("access", "access_list", "view", "is_default_name"):
            assert getattr(community, name) == Unknown(REASON)


def test_what_is_still_written_is_known(facts):
    users = {user.name: user.password_storage for user in facts.users}
    assert (users["noodtoegang"], users["oud"]) == ("sha512_crypt", "type5_md5")
    assert {user.name: user.authentication for user in facts.snmp.users}["bewaker"] == "sha256"
    assert {server.name: server.key_storage for server in facts.aaa.servers}["192.0.2.71"] == "type7_reversible"


@pytest.mark.parametrize("file", ["leaf", "spine", "strict"])
def test_a_configuration_is_recognised(file):
    text = recording("arista_eos", file)
    assert recognised(text, {}) == "arista_eos"
    assert recognised(f"! RANCID-CONTENT-TYPE: arista\n!\n{text}", {}) == "arista_eos"


def test_outputs_without_a_configuration_are_recognised():
    outputs = {name: text for name, text in recordings("arista_eos").items() if name.startswith("show_")}
    assert recognised(None, outputs) == "arista_eos"


def test_names_that_mean_the_platform():
    assert {named_platform(word) for word in ("arista_eos", "arista.eos.eos", "eos", "EOS")} == {"arista_eos"}
