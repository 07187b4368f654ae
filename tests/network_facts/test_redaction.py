import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from baseline.collectors.network.redaction import MARK, MAXIMUM_LINE_LENGTH, redact, secret_lines

# What stands before a secret, and after it. {} is where the secret stands.
PLACES = [
    "username jan privilege 15 secret 9 {}",
    "username jan privilege 15 password 0 {}",
    "username jan common-criteria-policy STERK password 7 {}",
    "username jan one-time password 0 {}",
    "enable secret 9 {}",
    "enable secret level 15 5 {}",
    "enable password {}",
    "enable password 7 {}",
    " password 7 {}",
    "password 8 {}",
    "snmp-server community {} RO 10",
    "snmp-server community {}",
    "snmp-server community 7 {} view ALLES RW ipv6 ZES 20",
    "snmp-server host 192.0.2.1 vrf BEHEER version 2c {} ",
    "snmp-server host 192.0.2.1 informs {} bgp",
    "snmp-server user jan groep v3 auth sha {} priv aes 128 geheim2 access 10",
    "snmp-server user jan groep v3 auth sha geheim1 priv aes 256 {}",
    "snmp-server user jan groep v3 auth sha-2 256 {}",
    "ntp authentication-key 7 md5 {} 7",
    " key 7 {}",
    " key {}",
    "tacacs-server host 192.0.2.1 key 7 {}",
    "tacacs-server key {}",
    "radius-server host 192.0.2.1 auth-port 1812 acct-port 1813 timeout 5 key {}",
    " server-private 192.0.2.1 timeout 3 key 7 {}",
    " client 192.0.2.1 server-key 7 {}",
    " pac key 7 {}",
    "  key-string 7 {}",
    "  key-string {}",
    " ip ospf message-digest-key 1 md5 7 {}",
    " ip ospf message-digest-key 1 md5 {}",
    " ip ospf authentication-key {}",
    " area 1 virtual-link 192.0.2.9 message-digest-key 1 md5 {}",
    " area 1 virtual-link 192.0.2.9 authentication-key 7 {}",
    " neighbor 192.0.2.9 password 7 {}",
    " neighbor GROEP password {}",
    " standby 1 authentication {}",
    " standby 1 authentication md5 key-string 7 {} timeout 30",
    " vrrp 1 authentication text {}",
    " glbp 1 authentication text {}",
    " isis password {} level-2",
    " isis password md5 {}",
    " domain-password {}",
    " area-password clear {}",
    " ip rip authentication string {}",
    " ip nhrp authentication {}",
    " ipv6 nhrp authentication {}",
    "   authentication mode hmac-sha-256 {}",
    "   authentication mode hmac-sha-256 7 {}",
    "crypto isakmp key 6 {} address 192.0.2.9",
    "crypto isakmp key {} hostname elders.example",
    "  pre-shared-key address 192.0.2.9 key {}",
    "  pre-shared-key address 192.0.2.0 255.255.255.0 key 6 {}",
    "  pre-shared-key local 0 {}",
    "  pre-shared-key remote {}",
    "  pre-shared-key {}",
    " set session-key inbound esp 300 cipher {}",
    " wpa-psk ascii 0 {}",
    " security wpa psk set-key ascii 0 {}",
    " cts manual sap pmk {} ",
    "mpls ldp neighbor 192.0.2.9 password {}",
    "mpls ldp password fallback 7 {}",
    "ip ftp password 7 {}",
    " ppp chap password 0 {}",
    "cts credentials id sw1 password 7 {}",
    "license smart trust idtoken {}",
    "event manager environment _wachtwoord_password {}",
    "Community name: {}",
    " path scp://kopie:{}@192.0.2.5/config",
    "ip http client source https://host.example/pad?token={}&x=1",
    " ipv6 ospf6 authentication key-id 1 hash-algo hmac-sha-256 key {}",
    "000813: Mar  3 2026: %PARSER-5-CFGLOG_LOGGEDCMD: User:jan  logged command:username piet secret {}",
]
HEXADECIMAL_PLACES = [
    " ospfv3 encryption ipsec spi 256 esp aes-cbc 128 7 {} sha1 7 {}",
    " ipv6 ospf authentication ipsec spi 500 md5 0 {}",
    " area 0 authentication ipsec spi 256 sha1 7 {}",
]
KEPT = [
    "service password-encryption",
    "no service password-recovery",
    "security passwords min-length 12",
    "password encryption aes",
    "key chain OSPF",
    "   authentication mode md5",
    "ntp server 192.0.2.1 key 5 prefer",
    "ntp server 192.0.2.1 key 5",
    "ntp trusted-key 1 - 3",
    "snmp-server group g v3 priv read ALLES access 10",
    "snmp-server host 192.0.2.1 vrf BEHEER version 3 priv bewaker",
    "snmp-server host 192.0.2.1 informs version 3 auth bewaker",
    "crypto key generate rsa modulus 4096",
    "ip ssh rsa keypair-name SSH",
    "ip ssh server algorithm authentication password publickey",
    " authentication key-chain EIGRP",
    " ip authentication key-chain eigrp 1 EIGRP",
    " ip ospf authentication message-digest",
    " standby 1 authentication md5 key-chain HSRP",
    "aaa authentication login default group tacacs+ local",
    "  key-hash ssh-rsa 0123456789ABCDEF0123456789ABCDEF sleutel@beheer",
    " authentication port-control auto",
    "ip community-list standard KLANT permit 65000:1",
    " neighbor 192.0.2.9 send-community",
    " passive-interface default",
    "Passive interfaces: none",
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ",
    " path scp://kopie@192.0.2.5/config",
]
secrets = st.text(
    alphabet=st.characters(min_codepoint=35, max_codepoint=126, exclude_characters="@&<>"), min_size=8, max_size=40
)
hexadecimal = st.text(alphabet="0123456789ABCDEF", min_size=32, max_size=48)


def _line(place: str, secret: str) -> str:
    return place.replace("{}", secret)


@pytest.mark.parametrize("place", PLACES)
def test_a_secret_goes_and_what_says_whose_it_is_stays(place):
    redacted = redact(_line(place, "Zw4rt3-K4t"))
    assert "Zw4rt3-K4t" not in redacted
    assert redacted.startswith(place.partition("{}")[0].replace("geheim1", MARK))
    assert redacted.count("\n") == 0


@given(st.sampled_from(PLACES), secrets, st.text(alphabet="ab !\n", max_size=60))
def test_no_secret_survives_whatever_it_looks_like(place, secret, around):
    assume(secret not in place)
    text = f"{around}\n{_line(place, secret)}\n{around}"
    redacted = redact(text)
    assert secret not in redacted
    assert redacted.count("\n") == text.count("\n")
    assert redact(redacted) == redacted


@given(st.sampled_from(HEXADECIMAL_PLACES), hexadecimal)
def test_keys_of_ipsec_in_routing_protocols_go(place, secret):
    assert secret not in redact(_line(place, secret))


@pytest.mark.parametrize("line", KEPT)
def test_a_line_without_a_secret_stays_as_it_is(line):
    assert redact(line) == line


def test_the_number_of_a_key_in_a_key_chain_is_no_secret_but_a_numeric_key_is():
    assert redact("key chain OSPF\n key 1\n  key-string x") == f"key chain OSPF\n key 1\n  key-string {MARK}"
    assert redact("tacacs server T\n key 12345") == f"tacacs server T\n key {MARK}"


def test_a_hash_goes_wherever_it_stands():
    assert redact("alias exec x show $9$abcdefgh$12345678") == f"alias exec x show {MARK}"


def test_a_private_key_goes_line_for_line():
    text = "crypto\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabcd\n-----END RSA PRIVATE KEY-----\nend"
    redacted = redact(text)
    assert redacted.split("\n")[2:4] == [MARK, MARK]
    assert redacted.endswith("-----END RSA PRIVATE KEY-----\nend")


def test_the_lines_with_a_secret_are_known_by_number():
    assert secret_lines("hostname a\nenable secret 9 $9$x$y\n") == {2: f"enable secret 9 {MARK}"}


def test_letters_that_grow_when_lowered_do_not_shift_the_lines():
    assert redact("İİİİ\nİ\nenable secret 9 geheim") == f"İİİİ\nİ\nenable secret 9 {MARK}"


def test_a_line_longer_than_any_configuration_has_is_cut():
    redacted = redact("enable secret 9 " + "x" * (2 * MAXIMUM_LINE_LENGTH) + "\nend")
    assert redacted == f"enable secret 9 {MARK}\nend"
    assert len(redact("x" * (2 * MAXIMUM_LINE_LENGTH))) < MAXIMUM_LINE_LENGTH + 20


@pytest.mark.parametrize(
    "hostile",
    [
        "server-private ",
        "environment x",
        "://a:",
        "key 1 ",
        "password level 1 ",
        "snmp-server host a ",
        "?token",
        "secret for ",
    ],
)
def test_hostile_lines_cost_little(hostile):
    text = "\n".join([hostile * 2_000] * 20)
    start = time.process_time()
    redact(text)
    assert time.process_time() - start < 2
