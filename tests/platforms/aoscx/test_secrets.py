"""No secret gets through, and an answer that is not whole gives no facts."""

import base64
import re

import msgspec
import pytest

from baseline.collectors.network.platforms import platform
from tests.platforms.vendors import recording

AOSCX = platform("aruba_aoscx")
RUNNING = "show running-config"


def configured(text, version="!Version ArubaOS-CX FL.10.13.1030\n!export-password: custom"):
    return AOSCX.parse({RUNNING: f"{version}\nhostname lab\n{text}\nvlan 1\ninterface mgmt\n"}).facts


def test_weak_secrets_are_named_without_the_secret(access, aggregation):
    assert access.password_rules.weak_secrets == []
    assert aggregation.password_rules.weak_secrets == [
        "tacacs-server host 198.51.100.70 key ciphertext",
        "radius-server key plaintext",
        "keychain OSPF-SLEUTELS: key-string ciphertext",
        "interface 1/1/2: ip ospf message-digest-key 1 md5 ciphertext",
        "interface 1/1/5: ip ospf authentication-key ciphertext",
        "interface 1/1/5: ipv6 ospfv3 authentication ipsec spi 256 sha1 ciphertext",
        "snmpv3 user oud auth md5 auth-pass ciphertext",
        "snmpv3 user beheerder auth sha auth-pass ciphertext",
        "router bgp 64512: neighbor RAND password ciphertext",
        "router bgp 64512: neighbor 10.0.0.1 password ciphertext",
    ]


def test_a_secret_of_every_kind_is_taken_out():
    secret = base64.b64encode(b"een geheim dat niemand mag zien").decode()
    lines = [
        f"user a group administrators password ciphertext {secret}",
        f"user a password plaintext {secret}",
        f"tacacs-server key ciphertext {secret}",
        f"tacacs-server host 192.0.2.1 key plaintext {secret} port 49 vrf mgmt",
        f"radius-server host 192.0.2.1 key ciphertext {secret} tracking enable clearpass-password ciphertext {secret}",
        f"radius dyn-authorization client 192.0.2.1 secret-key ciphertext {secret} vrf mgmt",
        f"radius-server tracking user-name a password ciphertext {secret}",
        f"snmp-server community {secret}",
        f"snmp-server host 192.0.2.1 trap version v2c community {secret} port 162 vrf mgmt",
        f"snmpv3 context a vrf mgmt community {secret}",
        f"snmpv3 user a auth sha256 auth-pass ciphertext {secret} priv aes priv-pass ciphertext {secret} access-level ro",
        f"snmpv3 user a auth sha auth-pass plaintext {secret} priv des priv-pass plaintext {secret}",
        f"ntp authentication-key 1 sha1 ciphertext {secret} trusted",
        f"ntp authentication-key 1 md5 {secret} trusted",
        f"        key-string ciphertext {secret}",
        f"    ip ospf authentication-key ciphertext {secret}",
        f"    ip ospf message-digest-key 1 md5 ciphertext {secret}",
        f"    ip ospf sha-key 1 sha256 ciphertext {secret}",
        f"    ipv6 ospfv3 encryption ipsec spi 256 esp aes ciphertext {secret} sha1 ciphertext {secret}",
        f"    neighbor 192.0.2.1 password ciphertext {secret}",
        f"    authentication-key ciphertext {secret}",
        f"    mode pre-shared-key ckn 01 cak ciphertext {secret}",
        f"    credentials user a password ciphertext {secret}",
        f"    url-hash-key ciphertext {secret}",
        f"copy running-config sftp://a:{secret}@192.0.2.1/b vrf mgmt",
        f"key {secret}",
        f"password {secret}",
        f"-----BEGIN PRIVATE KEY-----\n{secret}\n-----END PRIVATE KEY-----",
    ]
    for line in lines:
        assert secret not in AOSCX.redact(RUNNING, line), line
    assert secret not in AOSCX.redact(RUNNING, "\n".join(lines))


def test_what_is_no_secret_stays():
    for line in (
        "password complexity",
        "system serviceos password-prompt",
        "no ssh password-authentication",
        "ntp server 192.0.2.1 key-id 7 iburst",
        "snmp-server host 192.0.2.1 trap version v3 user bewaker port 162 vrf mgmt",
        "radius-server host 192.0.2.1 key ciphertext <redacted> port 1812 vrf mgmt",
        "ssh host-key-algorithms ssh-ed25519",
        "    server 192.0.2.1 vrf mgmt",
        "aaa authentication port-access critical-role NOOD",
    ):
        assert AOSCX.redact(RUNNING, line) == line


@pytest.mark.parametrize("count", [4, 20, 90])
def test_a_configuration_without_its_vlans_or_interfaces_is_cut_off(count):
    text = "\n".join(recording("aruba_aoscx", "access").splitlines()[:count]) + "\n"
    facts = AOSCX.parse({RUNNING: text}).facts
    assert "cut off" in facts.users.reason
    assert AOSCX.cut_off(RUNNING, text) == facts.users.reason


def test_an_answer_in_pages_is_not_believed():
    lines = recording("aruba_aoscx", "access").splitlines()
    lines.insert(60, "-- MORE --, next page: Space, next line: Enter, quit: q")
    facts = AOSCX.parse({RUNNING: "\n".join(lines)}).facts
    assert "no page" in facts.users.reason


def test_every_kind_of_version_comment_is_known():
    for version in (
        "!Version ArubaOS-CX FL.10.06.0010",
        "!Version AOS-CX FL.10.15.1010",
        "!Version ArubaOS-CX Virtual.10.13.0001",
    ):
        assert configured("", version=version).device.hostname == "lab"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("Invalid input: ssh\n", "unsupported"),
        ("% Unknown command.\n", "unsupported"),
        ("% Command incomplete.\n", "unsupported"),
        ("Cannot execute command. Command not allowed.\n", "privilege"),
        ("Cannot execute command. Could not authorize command\n", "privilege"),
    ],
)
def test_a_refusal_gives_no_facts(answer, code):
    assert AOSCX.refusal(answer).code == code
    assert "refused" in AOSCX.parse({RUNNING: answer}).facts.users.reason


def test_no_part_of_a_recorded_secret_reaches_the_facts(outputs):
    for text in (outputs[RUNNING], recording("aruba_aoscx", "aggregation")):
        secrets = re.findall(r"(?:cipher|plain)text (\S{8,})|community (\w{7,})", text)
        document = msgspec.json.encode(AOSCX.parse(outputs | {RUNNING: text}).facts).decode()
        kept = AOSCX.redact(RUNNING, text)
        for secret in {word for found in secrets for word in found if word}:
            assert secret not in document
            assert f" {secret}" not in kept
