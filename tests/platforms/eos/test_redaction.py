"""Every kind of secret that EOS knows is taken out, and what says how it is stored stays."""

from baseline.collectors.network.platforms import platform

EOS = platform("arista_eos")
RUNNING = "show running-config"
SECRET = "GEHEIM"
LINES = """\
username a secret 0 GEHEIM
username a privilege 15 role network-admin secret GEHEIM
username a secret sha512 $6$GEHEIM$abc
enable password GEHEIM
enable secret sha512 $6$GEHEIM$abc
enable password 5 $1$GEHEIM$abc
aaa root secret 5 $1$GEHEIM
aaa root secret sha512 $6$GEHEIM
boot secret sha512 $6$GEHEIM
boot secret 0 GEHEIM
tacacs-server key GEHEIM
tacacs-server key 7 GEHEIM
tacacs-server key 8a GEHEIM
tacacs-server host 1.1.1.1 single-connection vrf X timeout 5 key 7 GEHEIM
radius-server host 1.1.1.1 vrf M auth-port 1812 acct-port 1813 timeout 3 retransmit 2 key 7 GEHEIM
radius-server key GEHEIM
snmp-server community GEHEIM ro
snmp-server community GEHEIM view v rw ACL
snmp-server community 7 GEHEIM ro
snmp-server host 1.1.1.1 version 2c GEHEIM
snmp-server host 1.1.1.1 vrf X informs version 1 GEHEIM
snmp-server host 1.1.1.1 GEHEIM
snmp-server user u g v3 auth sha GEHEIM priv aes GEHEIM
snmp-server user u g v3 localized f5717f auth sha256 GEHEIM priv aes256 GEHEIM
snmp-server user u g remote 1.1.1.1 udp-port 161 v3 auth md5 GEHEIM priv des GEHEIM
ntp authentication-key 1 md5 GEHEIM
ntp authentication-key 1 sha1 7 GEHEIM
ntp authentication-key 1 sha1 8a GEHEIM
   neighbor 1.1.1.1 password GEHEIM
   neighbor 1.1.1.1 password 7 GEHEIM
   neighbor 1.1.1.1 password 8a GEHEIM
   neighbor G password 0 GEHEIM
      neighbor 1.1.1.1 password 7 GEHEIM
   authentication key 7 GEHEIM
   authentication key 0 GEHEIM
   authentication key-id 1 algorithm sha-1 key 7 GEHEIM
   authentication key GEHEIM level-1
   isis authentication key 7 GEHEIM
   isis authentication key-id 1 algorithm sha-256 key 7 GEHEIM
   isis authentication key 7 GEHEIM level-2
   ip ospf authentication-key 7 GEHEIM
   ip ospf authentication-key GEHEIM
   ip ospf message-digest-key 1 md5 7 GEHEIM
   ip ospf message-digest-key 1 sha512 7 GEHEIM
   ip ospf message-digest-key 1 sha512 8a GEHEIM
   ip ospf message-digest-key 1 md5 GEHEIM
   ospfv3 authentication ipsec spi 3 md5 7 GEHEIM
   ospfv3 authentication ipsec spi 3 sha1 passphrase 7 GEHEIM
   ospfv3 encryption ipsec spi 3 esp aes-256-cbc passphrase 7 GEHEIM sha1 passphrase 7 GEHEIM
   ospfv3 ipv4 authentication ipsec spi 33 sha1 passphrase GEHEIM
   vrrp 10 peer authentication text GEHEIM
   vrrp 10 peer authentication ietf-md5 key-string 0 GEHEIM
   vrrp 10 authentication text GEHEIM
   vrrp 10 authentication ietf-md5 key-string GEHEIM
   rip authentication key 7 GEHEIM
   ip rip authentication string 7 GEHEIM
   ip rip authentication-key GEHEIM
   password 7 GEHEIM
   neighbor 1.1.1.1 password 7 GEHEIM
   neighbor default password GEHEIM
   authentication index 1 password 7 GEHEIM
   neighbor 1.1.1.1 authentication index 2 password 0 GEHEIM
      password 7 GEHEIM
      key 0abc 7 GEHEIM
      key 0abc 0 GEHEIM
      key 0abc 8a GEHEIM
      key 0abcd 7 GEHEIM fallback
      key 0abcd 8a GEHEIM fallback
   vrrp 10 peer authentication ietf-md5 key-string 8a GEHEIM
   ospfv3 authentication ipsec spi 3 sha1 passphrase 8a GEHEIM
      secret 0 7 GEHEIM receive-lifetime infinite transmit-lifetime infinite
      secret naam 7 GEHEIM receive-lifetime infinite transmit-lifetime infinite
      secret 1 GEHEIM receive-lifetime infinite transmit-lifetime infinite
      secret 1 8a GEHEIM local-time
      shared-key 7 GEHEIM
      shared-key GEHEIM
   shared-secret GEHEIM
      passphrase 7 GEHEIM
      passphrase GEHEIM
   password 7 GEHEIM
   password GEHEIM
   auth password 7 GEHEIM
service unsupported-transceiver KLANT GEHEIM
      url https://user:GEHEIM@host/
      username telegraf password 7 GEHEIM
      authentication username t password 0 GEHEIM
      bind dn cn=x password 7 GEHEIM
      search username cn=x,dc=y password 7 GEHEIM
   exec /usr/bin/TerminAttr -cvaddr=apiserver.arista.io:443 -cvcompression=gzip -cvauth=key,GEHEIM -cvvrf=MGMT
   exec /usr/bin/TerminAttr -ingestauth=key,GEHEIM -smashexcludes=ale
   exec /usr/bin/foo --password=GEHEIM
   exec /usr/bin/foo --password GEHEIM
   exec /usr/bin/foo -token=GEHEIM
   option token value GEHEIM
   option password value GEHEIM
   option api_key value GEHEIM
   action bash curl -H "Authorization: Bearer GEHEIM" https://x
   action bash curl -u admin:GEHEIM https://x
         username u password GEHEIM
         keystone auth-url http://1.1.1.1 user u password GEHEIM
   key 7 GEHEIM
      client ipv4 1.1.1.1 vrf default key 7 GEHEIM
      server host x key 7 GEHEIM
"""


def test_no_kind_of_secret_is_left():
    for line in LINES.splitlines():
        assert SECRET in line
        kept = EOS.redact(RUNNING, line)
        assert SECRET not in kept, line
        assert "<redacted>" in kept
        assert EOS.redact(RUNNING, kept) == kept


def test_who_has_a_secret_and_how_it_is_stored_stays():
    kept = EOS.redact(RUNNING, LINES)
    for line in (
        "username a privilege 15 role network-admin secret <redacted>",
        "tacacs-server key 8a <redacted>",
        "snmp-server user u g v3 auth sha <redacted> priv aes <redacted>",
        "ip ospf message-digest-key 1 sha512 8a <redacted>",
        "secret 0 7 <redacted> receive-lifetime infinite transmit-lifetime infinite",
        "neighbor 1.1.1.1 password 7 <redacted>",
        "key 0abc 8a <redacted>",
        "key 0abcd 8a <redacted> fallback",
        "ietf-md5 key-string 8a <redacted>",
        "sha1 passphrase 8a <redacted>",
        "-cvauth=key,<redacted> -cvvrf=MGMT",
    ):
        assert f"{line}\n" in kept


def test_lines_without_a_secret_stay_as_they_are():
    text = """\
username a secret *
username a nopassword
no enable password
aaa authentication policy lockout failure 3 duration 300
ip tacacs vrf M source-interface Management1
tacacs-server timeout 5
management defaults
   secret hash sha512
management security
   password minimum length 12
   password encryption reversible aes-256-gcm
   password encryption-key common
   session shared-secret profile P
   ssl profile API
      certificate api.crt key api.key
   exec /usr/bin/TerminAttr -cvauth=token-secure,/tmp/cv-onboarding-token
router bgp 1
   neighbor 10.0.0.1 password shared-secret profile P algorithm hmac-sha1-96
"""
    assert EOS.redact(RUNNING, text) == text


def test_the_key_of_a_licence_is_taken_out_yet_no_weak_password():
    text = "! device: a (vEOS, EOS-4.28.3M)\nhostname a\nservice unsupported-transceiver KLANT GEHEIM\nend\n"
    assert SECRET not in EOS.redact(RUNNING, text)
    assert EOS.parse({RUNNING: text}).facts.password_rules.weak_secrets == []
