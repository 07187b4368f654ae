"""Every kind of secret that IOS XR keeps goes, and what says how it is kept stays."""

import pytest

from baseline.collectors.network.platforms import platform
from tests.platforms.vendors import recordings

XR = platform("cisco_iosxr")
RUNNING = "show running-config"
LINES = [
    (" secret 5 $1$DPTg$8iBzqZsx43x5Xf", " secret 5 $1$<redacted>"),
    (" secret 8 $8$2uvf2XsZ0XsZ$kQ0ZpZ", " secret 8 $8$<redacted>"),
    (" secret 9 $9$2uvf2XsZ0XsZ$kQ0ZpZ", " secret 9 $9$<redacted>"),
    (" secret 10 $6$r4nd0m$kQ0ZpZ5eTt", " secret 10 $6$<redacted>"),
    (" secret 0 geheimpje", " secret 0 <redacted>"),
    (" secret geheimpje", " secret <redacted>"),
    (" masked-secret 10 $6$r4nd0m$kQ0ZpZ5eTt", " masked-secret 10 $6$<redacted>"),
    (" password 7 104D000A0618", " password 7 <redacted>"),
    (" password 0 geheimpje", " password 0 <redacted>"),
    (" password-policy STERK password 7 104D000A0618", " password-policy STERK password 7 <redacted>"),
    (" password-policy STERK secret 10 $6$r4nd0m$kQ0", " password-policy STERK secret 10 $6$<redacted>"),
    (" key 7 104D000A0618", " key 7 <redacted>"),
    (" key 6 4b665954475a", " key 6 <redacted>"),
    ("tacacs-server key 7 104D000A0618", "tacacs-server key 7 <redacted>"),
    ("radius-server key 6 4b665954475a", "radius-server key 6 <redacted>"),
    ("  server-key 7 104D000A0618", "  server-key 7 <redacted>"),
    ("snmp-server community Gr0en RO MONITORING", "snmp-server community <redacted> RO MONITORING"),
    ("snmp-server community clear Gr0en RW", "snmp-server community clear <redacted> RW"),
    ("snmp-server community encrypted 060506324F41 RO", "snmp-server community encrypted <redacted> RO"),
    ("snmp-server community encrypted RO", "snmp-server community <redacted> RO"),
    ("snmp-server community-map Gr0en context wan", "snmp-server community-map <redacted> context wan"),
    ("snmp-server host 192.0.2.6 traps version 2c Gr0en", "snmp-server host 192.0.2.6 traps version 2c <redacted>"),
    ("snmp-server host 192.0.2.6 traps Gr0en", "snmp-server host 192.0.2.6 traps <redacted>"),
    (
        "snmp-server host 192.0.2.6 informs version 2c encrypted 0605 udp-port 162",
        "snmp-server host 192.0.2.6 informs version 2c encrypted <redacted> udp-port 162",
    ),
    (" host 192.0.2.6 traps version 2c Gr0en", " host 192.0.2.6 traps version 2c <redacted>"),
    (" host 192.0.2.6 traps version 3 priv bewaker", " host 192.0.2.6 traps version 3 priv bewaker"),
    (
        "snmp-server user a g v3 auth sha encrypted 0605 priv aes 128 encrypted 0214 IPv4 L SystemOwner",
        "snmp-server user a g v3 auth sha encrypted <redacted> priv aes 128 encrypted <redacted> IPv4 L SystemOwner",
    ),
    (
        "snmp-server user a g v3 auth md5 clear Geheim1 priv des56 clear Geheim2",
        "snmp-server user a g v3 auth md5 clear <redacted> priv des56 clear <redacted>",
    ),
    ("snmp-server user a g v3 auth sha Geheim1", "snmp-server user a g v3 auth sha <redacted>"),
    ("snmp-server group g v3 auth read ALLES", "snmp-server group g v3 auth read ALLES"),
    (" authentication-key 7 md5 encrypted 02050D480809", " authentication-key 7 md5 encrypted <redacted>"),
    (" authentication-key 7 md5 clear Geheim1", " authentication-key 7 md5 clear <redacted>"),
    ("   authentication-key encrypted 060506324F41", "   authentication-key encrypted <redacted>"),
    ("   authentication-key Geheim1", "   authentication-key <redacted>"),
    (" server vrf A 192.0.2.9 key 7 prefer", " server vrf A 192.0.2.9 key 7 prefer"),
    (" server 192.0.2.9 key 7", " server 192.0.2.9 key 7"),
    ("  message-digest-key 1 md5 encrypted 0205", "  message-digest-key 1 md5 encrypted <redacted>"),
    ("  message-digest-key 1 md5 clear Geheim1", "  message-digest-key 1 md5 clear <redacted>"),
    ("  key-string password 104D000A0618", "  key-string password <redacted>"),
    ("  key-string password6 45404947424a", "  key-string password6 <redacted>"),
    ("  key-string clear Geheim1", "  key-string clear <redacted>"),
    ("  key-string Geheim1", "  key-string <redacted>"),
    (
        "  key-string password 104D cryptographic-algorithm aes-256-cmac",
        "  key-string password <redacted> cryptographic-algorithm aes-256-cmac",
    ),
    (" hello-password hmac-md5 encrypted 1306 level 2", " hello-password hmac-md5 encrypted <redacted> level 2"),
    (" hello-password text clear Geheim1", " hello-password text clear <redacted>"),
    (" hello-password keychain CORE", " hello-password keychain CORE"),
    (" lsp-password accept hmac-md5 encrypted 1306", " lsp-password accept hmac-md5 encrypted <redacted>"),
    ("  password encrypted 104D000A0618", "  password encrypted <redacted>"),
    ("  password clear Geheim1", "  password clear <redacted>"),
    (" neighbor 10.0.0.1:0 password encrypted 104D", " neighbor 10.0.0.1:0 password encrypted <redacted>"),
    ("  password6 encrypted 4b665954475a", "  password6 encrypted <redacted>"),
    ("    authentication klantA", "    authentication <redacted>"),
    ("  authentication message-digest keychain CORE", "  authentication message-digest keychain CORE"),
    ("  authentication null", "  authentication null"),
    ("    text-authentication vr2bank", "    text-authentication <redacted>"),
    (
        "  authentication ipsec spi 256 sha1 clear 1234567890abcdef",
        "  authentication ipsec spi 256 sha1 clear <redacted>",
    ),
    (
        "  encryption ipsec spi 256 esp 3des password 0205 authentication md5 password 0306",
        "  encryption ipsec spi 256 esp 3des password <redacted> authentication md5 password <redacted>",
    ),
    (
        "configuration commit auto-save filename scp://archief:Geheim1@192.0.2.75/wan",
        "configuration commit auto-save filename scp://archief:<redacted>@192.0.2.75/wan",
    ),
    ("ftp client password encrypted 104D000A0618", "ftp client password encrypted <redacted>"),
    ("password6 encryption aes", "password6 encryption aes"),
    ("aaa password-policy STERK", "aaa password-policy STERK"),
    (" trusted-key 7", " trusted-key 7"),
    ("ssh server algorithms host-key rsa", "ssh server algorithms host-key rsa"),
]


@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line.strip()[:40] for line, _ in LINES])
def test_a_secret_goes_and_its_kind_stays(line, expected):
    assert XR.redact(RUNNING, line) == expected
    assert XR.redact(RUNNING, expected) == expected


def test_a_key_in_a_chain_is_a_number_and_no_secret():
    text = "key chain A macsec\n key 01\n  key-string password6 4540\n!\ntacacs-server host 192.0.2.1 port 49\n key 12345\n"
    assert XR.redact(RUNNING, text) == (
        "key chain A macsec\n key 01\n  key-string password6 <redacted>\n!\n"
        "tacacs-server host 192.0.2.1 port 49\n key <redacted>\n"
    )


SECRETS = (
    "104D000A0618", "094F471A1A0A", "13061E010", "14141B180F0B", "0822455D0A16", "06160E325F59", "0214055F5A54",
    "110A1016141D", "121A0C041104", "G3h31mWoord", "060506324F41", "02050D480809", "13361211190910", "klantA\n",
    "kQ0ZpZ5e", "8iBzqZsx43", "4b665954475a", "w4nB3waking", "45404947424a", "1234567890abcdef", "vr2bank", "565a5f64",
)  # fmt: skip


def test_nothing_of_the_recordings_leaks_into_what_is_kept():
    found = [secret for secret in SECRETS for text in recordings("cisco_iosxr").values() if secret in text]
    assert set(found) == set(SECRETS)
    for text in recordings("cisco_iosxr").values():
        redacted = XR.redact(RUNNING, text)
        facts = str(XR.parse({RUNNING: text}).facts)
        assert [
            secret for secret in SECRETS if secret in redacted or secret.strip() in facts.replace("klantA", "")
        ] == []
