"""No secret of a device or of the operator is found anywhere afterwards, however hard one looks."""

import re
import sqlite3

import pytest
import zstandard

from baseline.lab.device import Device
from tests.acceptance.command import Command
from tests.acceptance.fleet import Fleet, switch
from tests.acceptance.terminal import shown_in_terminal

pytestmark = pytest.mark.slow

LOGIN, ENABLE = "Inlog-Appel-Zon-31", "Enable-Peer-Maan-42"

PLAIN = """\
enable password GEHEIM01x
username piet password 0 GEHEIM02x
username jan secret 0 GEHEIM03x
username kees privilege 15 secret 5 $1$abcd$GEHEIM04xGEHEIM04xGEHE
snmp-server community GEHEIM05x RO 10
snmp-server community GEHEIM06x view LEZEN RW
snmp-server host 10.250.2.31 version 2c GEHEIM07x
snmp-server host 10.250.2.32 traps GEHEIM08x
snmp-server user bewaking BEWAKING v3 auth sha GEHEIM09x priv aes 128 GEHEIM10x
tacacs-server key GEHEIM11x
tacacs-server host 10.1.1.1 key 0 GEHEIM12x
radius-server key 7 GEHEIM13x
radius-server host 10.1.1.2 auth-port 1812 acct-port 1813 key GEHEIM14x
tacacs server OUD
 address ipv4 10.1.1.3
 key GEHEIM15x
radius server OUD
 pac key 0 GEHEIM16x
aaa group server radius GROEP
 server-private 10.1.1.4 key GEHEIM17x
ntp authentication-key 9 md5 GEHEIM18x
key chain SLEUTELS
 key 1
  key-string GEHEIM19x
 key 2
  key-string 7 GEHEIM20x
crypto isakmp key GEHEIM21x address 10.9.9.9
crypto keyring RING
 pre-shared-key address 10.9.9.8 key GEHEIM22x
crypto ikev2 keyring IKE
 peer BUUR
  pre-shared-key local GEHEIM23x
  pre-shared-key remote GEHEIM24x
router bgp 65001
 neighbor 10.2.2.2 password GEHEIM25x
router ospf 9
 area 1 virtual-link 10.3.3.3 message-digest-key 1 md5 GEHEIM26x
interface Vlan900
 ip ospf authentication-key GEHEIM27x
 ip ospf message-digest-key 1 md5 GEHEIM28x
 standby 1 authentication GEHEIM29x
 standby 2 authentication md5 key-string GEHEIM30x
 vrrp 3 authentication text GEHEIM31x
 ppp chap password 0 GEHEIM32x
 ppp pap sent-username buur password 0 GEHEIM33x
 ip nhrp authentication GEHEIM34x
ip ftp password GEHEIM35x
ip http client password GEHEIM36x
archive
 path ftp://back:GEHEIM37x@10.1.1.9/$h
 path scp://back:GEHEIM38x@10.1.1.9/$h
dot11 ssid KANTOOR
 wpa-psk ascii 0 GEHEIM39x
line vty 0 4
 password GEHEIM40x
line con 0
 password 7 GEHEIM41x
mpls ldp neighbor 10.4.4.4 password GEHEIM42x
vtp password GEHEIM43x
username wim password 7 GEHEIM44x
crypto pki trustpoint P
 password 0 GEHEIM45x
event manager environment _mail_password GEHEIM46x
"""
"""Lines of IOS with a secret each, as an old network has them."""

_LAB_SECRETS = re.compile(
    r"(?:secret|password|key|key-string|hmac-sha2-256) (?:[5-9] )?(\$9\$\S{50,}|[0-9A-F]{20,}|[A-Za-z]{34})\b"
)


def secrets_of(specs):
    """What is secret in the configurations that the lab makes, found by the shape that the lab gives to secrets."""
    texts = [Device(spec, seed=1).configuration for spec in specs]
    found = {secret for text in texts for secret in _LAB_SECRETS.findall(text)}
    assert len(found) > 20
    return found


def everything_in(path):
    """All bytes that a store holds: as they lie on the disk, and each value as it is once decompressed."""
    for file in path.parent.glob(f"{path.name}*"):
        yield file.name, file.read_bytes()
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        for table in tables:
            for row in database.execute(f"select * from {table}"):
                yield table, "\0".join(str(value) for value in row if not isinstance(value, bytes)).encode()
                yield from ((table, decompressed(value)) for value in row if isinstance(value, bytes))
    database.close()


def decompressed(value):
    is_frame = value.startswith(b"\x28\xb5\x2f\xfd")  # RFC 8878, section 3.1.1
    return zstandard.ZstdDecompressor().decompressobj().decompress(value) if is_frame else value


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Everything that commands printed about a fleet full of secrets, what they stored, and the secrets themselves."""
    folder = tmp_path_factory.mktemp("secrets")
    baseline = Command(folder)
    specs = [
        switch("switch-1"),
        switch("switch-2", number=12, defects=("type_7_passwords",)),
        switch("switch-3", number=3, role="core"),
        switch("switch-4", number=14, defects=("snmp_community_writable", "unknown_account")),
    ]
    old = switch("switch-5", number=15, privilege=1)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("BASELINE_LAB_PASSWORD", LOGIN)
        environment.setenv("BASELINE_LAB_ENABLE", ENABLE)
        fleet = Fleet(folder / "lab", *specs, old)
        with fleet:
            text = Device(old, seed=1).configuration
            fleet.configure("switch-5", text.removesuffix("end\n") + PLAIN + "end\n")
            fleet.set_variables(
                ansible_ssh_private_key_file=None,
                baseline_password_environment="LOGIN",
                baseline_enable_environment="ENABLE",
            )
            credentials = {"LOGIN": LOGIN, "ENABLE": ENABLE}
            ended = [baseline("--debug", "check", "-i", fleet.inventory, "--json", **credentials)]
            assert {entry["outcome"] for entry in ended[0].document["population"]} == {"reached"}, ended[0].stdout
            assert ended[0].of("switch-5")["network-secrets-stored-safely", ""] == "fail"
            ended += [baseline("check", "-i", fleet.inventory, **credentials)]
            ended += [baseline("--debug", "check", "-i", fleet.inventory, LOGIN="Verkeerd-Pruim-53", ENABLE=ENABLE)]
    ended += [baseline("results", "--all"), baseline("results", "--json"), baseline("runs", 1)]
    ended += [
        baseline("show", check, target)
        for check in ("network-secrets-stored-safely", "network-snmp-community-not-default")
        for target in ("switch-2", "switch-4", "switch-5")
    ]
    printed = {f"output {number}": each.stdout + each.stderr for number, each in enumerate(ended)}
    printed["terminal"] = shown_in_terminal(baseline, "results")
    secrets = secrets_of([*specs, old]) | set(re.findall(r"GEHEIM\d\dx", PLAIN))
    return printed, baseline.store, secrets | {LOGIN, ENABLE, "Verkeerd-Pruim-53"}


def test_no_secret_is_printed(said):
    printed, _, secrets = said
    found = {(where, secret) for where, text in printed.items() for secret in secrets if secret in text}
    assert found == set()


def test_no_secret_is_stored(said):
    _, store, secrets = said
    sought = {secret: secret.encode() for secret in secrets}
    values = list(everything_in(store))
    found = {(where, secret) for where, data in values for secret, words in sought.items() if words in data}
    assert found == set()
    assert sum(b"<redacted>" in data for _, data in values) >= 5, "the configurations are there, without their secrets"
