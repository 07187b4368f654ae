"""Facts of recorded routers with IOS XR: who manages them, and how."""

import pytest

from baseline.models.facts.fact import Unknown
from tests.platforms.xr.routers import RUNNING, SHOWS, XR, by_name, configured, recorded


def test_device_and_software(edge):
    assert (edge.device.hostname, edge.device.domain) == ("wan-pe-arnhem-01", "wan.veiligheidsregio.example")
    assert (edge.device.model, edge.device.serial, edge.device.role) == ("ASR9K", "FOX0000TEST", "router")
    assert (edge.software.version, edge.software.version_numbers) == ("7.5.2", [7, 5, 2])
    assert edge.software.boot_image is None
    assert edge.software.uptime_days == 12 * 7 + 3


def test_an_old_release_names_its_image_and_its_chassis():
    facts = XR.parse({"show version": recorded("show_version_32")}).facts
    assert (facts.software.version, facts.device.model) == ("6.1.4", "ASR-9006 AC")
    assert facts.software.boot_image == "disk0:asr9k-os-mbi-6.1.4/0x100305/mbiasr9k-rsp3.vm"
    assert facts.software.uptime_days == 365 + 3 * 7 + 6


def test_the_newest_routers_name_their_processor_with_brackets():
    text = "Cisco IOS XR Software, Version 24.4.2 LNT\ncisco 8201-SYS (Intel(R) Xeon(R) CPU) processor with 32GB of memory\n"
    facts = XR.parse({"show version": text}).facts
    assert (facts.software.version, facts.device.model) == ("24.4.2", "8201-SYS")


def test_an_archive_may_put_many_comments_above_the_configuration():
    inventory = "".join(f"! NAME: module {number}\n" for number in range(200))
    facts = XR.parse({RUNNING: inventory + recorded("wan")}).facts
    assert (facts.device.hostname, facts.configuration.last_changed_by) == ("wan-ce-goes-01", "admin")


def test_a_configuration_that_only_speaks_of_ios_xr_is_not_one():
    other = "version 17.12\nbanner motd ^\n!! IOS XR Configuration 7.5.2\n^\nend\n"
    assert "does not look like" in XR.parse({RUNNING: other}).facts.users.reason


def test_who_changed_the_configuration_last(edge, branch, outputs):
    state = edge.configuration
    assert (state.last_changed_at, state.last_changed_by) == ("Tue Mar  3 09:12:44 2026", "j.devries")
    assert (state.saved_at, state.saved_matches_running) == ("Tue Mar  3 09:12:44 2026", True)
    assert (state.archive_configured, state.archive_on_save, state.automatic_download) == (True, True, False)
    assert branch.configuration.last_changed_by == "admin"
    assert (branch.configuration.archive_configured, branch.configuration.archive_on_save) == (False, False)


def test_without_the_comment_the_list_of_commits_names_the_user_unless_it_cut_the_name_short(outputs):
    bare = outputs[RUNNING].replace("!! Last configuration change at Tue Mar  3 09:12:44 2026 by j.devries\n", "")
    commits = outputs["show configuration commit list 1"]
    cut = XR.parse(outputs | {RUNNING: bare}).facts.configuration
    assert cut.last_changed_at == "Tue Mar  3 09:12:44 2026"
    assert "room for the start of a name" in cut.last_changed_by.reason
    short = commits.replace("j.devries", "jan      ")
    kept = XR.parse(outputs | {RUNNING: bare, "show configuration commit list 1": short}).facts
    assert kept.configuration.last_changed_by == "jan"


def test_management_access(edge, branch):
    console, vty = edge.management.lines
    assert (console.idle_timeout_seconds, console.authentication, console.transports) == (300, "local_users", [])
    assert (console.authentication_list, console.outgoing_transports) == ("CONSOLE", [])
    assert (vty.name, vty.transports) == ("vty-pool default 0 10", ["ssh", "telnet"])
    assert (vty.idle_timeout_seconds, vty.absolute_timeout_seconds) == (450, 28_800)
    assert (vty.access_list_ipv4, vty.access_list_ipv6) == ("BEHEERSTATIONS", "BEHEERSTATIONS ipv6")
    assert (vty.authentication, vty.authentication_list, vty.outgoing_transports) == ("aaa", "default", ["ssh"])
    assert (edge.management.telnet.enabled, edge.management.http.enabled) == (True, False)
    assert (edge.management.vrf, edge.management.netconf_enabled) == ("BEHEER", True)
    assert [line.name for line in branch.management.lines] == ["console", "vty-pool default"]


def test_ssh(edge, branch):
    ssh = edge.management.ssh
    assert (ssh.enabled, ssh.version, ssh.timeout_seconds, ssh.authentication_retries) == (True, 2, 45, 3)
    assert ssh.ciphers == ["aes256-ctr", "aes256-gcm@openssh.com"]
    assert ssh.macs == ["hmac-sha2-512", "hmac-sha2-256"]
    assert ssh.key_exchanges == ["ecdh-sha2-nistp521", "ecdh-sha2-nistp384"]
    assert (ssh.vrf, ssh.access_list, ssh.source_interface) == ("BEHEER", "BEHEERSTATIONS", "MgmtEth0/RSP0/CPU0/0")
    assert [(key.type, key.bits) for key in ssh.host_keys] == [("rsa", 2048), ("ecdsa", 521)]
    assert (branch.management.ssh.version, branch.management.ssh.timeout_seconds) == (1, 30)
    assert isinstance(branch.management.ssh.macs, Unknown)
    assert isinstance(branch.management.ssh.host_keys, Unknown)


def test_a_kind_of_key_that_the_release_does_not_know_is_no_kind_of_key(outputs):
    refused = "              ^\n% Invalid input detected at '^' marker.\n"
    facts = XR.parse(outputs | {"show crypto key mypubkey ed25519": refused}).facts
    assert [key.type for key in facts.management.ssh.host_keys] == ["rsa", "ecdsa"]
    kinds = [command for command in SHOWS if "mypubkey" in command]
    for answer in (refused, "% This command is not authorized\n"):
        facts = XR.parse(outputs | dict.fromkeys(kinds, answer)).facts
        assert "refused" in facts.management.ssh.host_keys.reason
    one = XR.parse({name: text for name, text in outputs.items() if "rsa" not in name}).facts
    assert "was not run" in one.management.ssh.host_keys.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ssh server v2", (["ssh"], None)),
        ("ssh server", (["ssh"], None)),
        ("ssh server logging\nssh server rate-limit 60", ([], None)),
        ("ssh server vrf A ipv4 access-list L\nssh server vrf B", (["ssh"], None)),
        ("ssh server vrf A ipv4 access-list L\nssh server vrf B ipv4 access-list L", (["ssh"], "L")),
        ("ssh server vrf A ipv4 access-list L\nssh server vrf B ipv4 access-list M", (["ssh"], Unknown)),
        ("ssh server vrf A ipv4 access-list L\ntelnet ipv4 server max-servers 5", (["ssh", "telnet"], None)),
        ("telnet vrf default ipv4 server max-servers 5 access-list L", (["telnet"], "L")),
        ("ssh server v2\nline default\n transport input none\n access-class ingress L", ([], "L")),
        (
            "ssh server v2\nline template X\n access-class ingress L\nvty-pool default 0 4 line-template X",
            (["ssh"], "L"),
        ),
    ],
)
def test_a_line_takes_what_its_servers_and_its_template_let_in(text, expected):
    vty = configured(text).management.lines[1]
    transports, name = expected
    assert vty.transports == transports
    assert isinstance(vty.access_list_ipv4, Unknown) if name is Unknown else vty.access_list_ipv4 == name


def test_a_server_that_listens_elsewhere_without_its_list_is_open(outputs):
    listens = outputs["show ssh server"].replace(
        "v6-acl:=BEHEERSTATIONS)", "v6-acl:=BEHEERSTATIONS), vrfname:=default(v4-acl:=, v6-acl:=)"
    )
    text = outputs[RUNNING].replace(" access-class ingress BEHEERSTATIONS\n", "").replace("ssh telnet", "ssh")
    closed = XR.parse(outputs | {RUNNING: text}).facts.management
    opened = XR.parse(outputs | {RUNNING: text, "show ssh server": listens}).facts.management
    assert (closed.ssh.access_list, closed.lines[1].access_list_ipv4) == ("BEHEERSTATIONS", "BEHEERSTATIONS")
    assert (opened.ssh.access_list, opened.lines[1].access_list_ipv4) == (None, None)
    assert (opened.lines[1].access_list_ipv6, closed.lines[1].access_list_ipv6) == (None, "BEHEERSTATIONS ipv6")


def test_protection_of_the_management_plane_is_read_per_interface_and_as_a_filter(branch):
    ports = by_name(branch.interfaces)
    assert ports["Loopback0"].management_access == ["snmp", "ssh"]
    assert ports["GigabitEthernet0/0/0/0"].management_access == ["telnet"]
    assert ports["GigabitEthernet0/0/0/1"].management_access == []
    assert len(ports["MgmtEth0/RP0/CPU0/0"].management_access) == 7
    plane = by_name(branch.access_lists)["management-plane"]
    assert (plane.permits_any, plane.permitted_sources) == (False, ["192.0.2.0/27", "192.0.2.0/24", "192.0.2.9"])
    assert (branch.management.lines[1].access_list_ipv4, branch.management.vrf) == ("management-plane", "BEHEER")


def test_the_pools_of_a_router():
    pools = "vty-pool default line-template X\nvty-pool beheer 5 9\nvty-pool eem 100 105\nline template X\n exec-timeout 3 0\n"
    assert [(line.name, line.idle_timeout_seconds) for line in configured(pools).management.lines] == [
        ("console", 600),
        ("vty-pool default", 180),
        ("vty-pool beheer 5 9", 600),
    ]


PLANE = "ssh server v2\ninterface Loopback0\n ipv4 address 10.0.0.1 255.255.255.255\ncontrol-plane\n management-plane\n"


@pytest.mark.parametrize(
    ("text", "limited"),
    [
        ("  inband\n   interface all\n    allow SSH peer\n     address ipv4 192.0.2.0/24\n", True),
        ("  inband\n   interface all\n    allow SSH\n", False),
        ("  inband\n   interface all\n    allow SNMP peer\n     address ipv4 192.0.2.0/24\n", False),
        (
            "  inband\n   interface all\n    allow SSH peer\n     address ipv4 192.0.2.0/24\n"
            "  out-of-band\n   interface all\n    allow all peer\n     address ipv4 192.0.2.0/24\n"
            "interface MgmtEth0/RP0/CPU0/0\n ipv4 address 10.0.0.2 255.255.255.0\n",
            True,
        ),
        (
            "  inband\n   interface all\n    allow SSH peer\n     address ipv4 192.0.2.0/24\n"
            "interface MgmtEth0/RP0/CPU0/0\n ipv4 address 10.0.0.2 255.255.255.0\n",
            False,
        ),
    ],
)
def test_the_management_plane_only_limits_when_no_way_in_is_left_open(text, limited):
    vty = configured(PLANE + text).management.lines[1]
    assert vty.access_list_ipv4 == ("management-plane" if limited else None)


def test_the_banner_ends_where_its_mark_stands(edge, branch):
    assert edge.banners.motd.endswith("line console telt hier niet mee")
    assert (edge.banners.login, edge.banners.exec, branch.banners.motd) == (None, "Welkom", None)


def test_accounts_and_how_their_passwords_are_stored(edge, branch):
    users = by_name(edge.users)
    assert {name: user.password_storage for name, user in users.items()} == {
        "breekglas": "sha512_crypt",
        "oud": "type5_md5",
        "kijker": "type7_reversible",
    }
    assert (users["breekglas"].roles, users["breekglas"].privilege) == (["root-lr", "cisco-support"], None)
    assert {name: user.password_policy for name, user in users.items()} == {
        "breekglas": "STERK",
        "oud": None,
        "kijker": "STERK",
    }
    first, second = branch.users
    assert (first.password_storage, second.has_password, second.password_storage) == ("type9_scrypt", False, "none")
    assert (edge.enable_secret.configured, edge.enable_secret.storage) == (False, "none")


USER = "username {name}\n secret 10 $6$a$b\n{policy}!\n"
POLICY = (
    "aaa password-policy P\n min-length 16\n upper-case 1\n numeric 1\n authen-max-attempts 4\n lockout-time hours 1\n"
)


def test_a_policy_counts_when_every_account_names_it():
    named = USER.format(name="a", policy=" policy P\n")
    rules = configured(named + POLICY).password_rules
    assert (rules.minimum_length, rules.complexity, rules.lockout_attempts) == (16, True, 4)
    protection = configured(named + POLICY).management.login_protection
    assert (protection.enabled, protection.attempts, protection.block_seconds) == (True, 4, 3_600)
    rules = configured(named + USER.format(name="b", policy="") + POLICY)
    assert (rules.password_rules.minimum_length, rules.management.login_protection.enabled) == (None, False)
    assert configured(named).password_rules.minimum_length is None


def test_weak_secrets_are_named_without_the_secret(edge, branch):
    assert edge.password_rules.weak_secrets == [
        "username kijker: password-policy STERK password 7",
        "aaa group server tacacs+ BEHEER-TAC: key 7",
        "tacacs-server host 192.0.2.70 port 49: key 7",
        "radius-server key 7",
        "ntp: authentication-key 7 md5 encrypted",
        "ntp: authentication-key 8 hmac-sha2-256 encrypted",
        "key chain CORE-ISIS: key-string password",
        "key chain MACSEC-LIJN macsec: key-string password",
        "router isis CORE: hello-password hmac-md5 encrypted",
        "router bgp 64512: password encrypted",
        "router bgp 64512: password encrypted",
        "router hsrp: authentication",
    ]
    assert branch.password_rules.weak_secrets == [
        "router ospf WAN: message-digest-key 1 md5 encrypted",
        "router ospf WAN: authentication-key encrypted",
        "router ospfv3 WAN: authentication ipsec spi 256 sha1 password",
        "router vrrp: text-authentication",
    ]
    assert (edge.password_rules.master_key, branch.password_rules.master_key) == (False, True)


def test_aaa(edge, branch):
    lists = by_name(edge.aaa.authentication)
    assert (lists["login default"].central, lists["login default"].local_fallback) == (True, True)
    assert lists["login CONSOLE"].methods == ["local"]
    commands = by_name(edge.aaa.authorization)["commands default"]
    assert (commands.level, commands.methods) == (15, ["group BEHEER-TAC", "none"])
    assert {one.service: (one.level, one.record) for one in edge.aaa.accounting} == {
        "exec": (None, "start-stop"),
        "system": (None, "start-stop"),
        "commands": (15, "start-stop"),
    }
    assert {name: server.key_storage for name, server in by_name(edge.aaa.servers).items()} == {
        "192.0.2.70": "type7_reversible",
        "192.0.2.71": "type7_reversible",
        "192.0.2.80": "type7_reversible",
    }
    group = edge.aaa.server_groups[0]
    assert (group.name, group.servers, group.vrf) == ("BEHEER-TAC", ["192.0.2.70", "192.0.2.71"], "BEHEER")
    assert edge.aaa.console_authorization is True
    assert branch.aaa.servers[0].key_storage == "type6_aes"


def test_snmp(edge, branch):
    assert [(one.access, one.access_list, one.view) for one in edge.snmp.communities] == [
        ("read", "MONITORING", None),
        ("write", "ipv6 MONITORING6 MONITORING", "ALLES"),
        ("read", None, None),
    ]
    first, second, third = edge.snmp.communities
    assert (first.is_default_name, second.is_default_name) == (True, False)
    assert "encrypted" in third.is_default_name.reason
    users = by_name(edge.snmp.users)
    assert (users["bewaker"].authentication, users["bewaker"].privacy) == ("sha", "aes128")
    assert (users["bewaker"].access_list, users["oudje"].privacy) == ("MONITORING", "des")
    groups = by_name(edge.snmp.groups)
    assert (groups["BEWAKERS v3 priv"].access_list, groups["LEZERS v3 auth"].read_view) == (
        "ipv6 MONITORING6 MONITORING",
        "ALLES",
    )
    assert {host.name: (host.version, host.vrf) for host in edge.snmp.hosts} == {
        "192.0.2.60": ("3", "BEHEER"),
        "192.0.2.61": ("2c", None),
    }
    assert branch.snmp.communities[0].access_list == "MONITORING"


def test_time(edge, branch):
    servers = by_name(edge.clock.servers)
    assert {name: (server.authenticated, server.reachable, server.vrf) for name, server in servers.items()} == {
        "192.0.2.90": (True, True, "BEHEER"),
        "192.0.2.91": (False, True, "BEHEER"),
        "192.0.2.92": (False, False, None),
    }
    assert (edge.clock.synchronised, edge.clock.stratum, edge.clock.reference) == (True, 3, "192.0.2.90")
    assert edge.clock.offset_milliseconds == pytest.approx(0.421)
    assert (edge.clock.timezone, edge.clock.timezone_offset_minutes) == ("CET", 60)
    assert (branch.clock.timezone_offset_minutes, branch.clock.authentication_enabled) == (60, False)
    assert branch.clock.servers[1].source_interface == "Loopback0"


def test_a_clock_that_follows_nothing(outputs):
    lost = "Clock is unsynchronized, stratum 16, no reference clock\nclock offset is 0.000 msec\n"
    facts = XR.parse(outputs | {"show ntp status": lost}).facts
    assert (facts.clock.synchronised, facts.clock.stratum) == (False, 16)


def test_logging(edge, branch):
    servers = by_name(edge.logging.servers)
    assert {name: (server.level, server.transport, server.port) for name, server in servers.items()} == {
        "192.0.2.50": (6, "udp", 514),
        "192.0.2.52": (4, "udp", 1514),
        "192.0.2.51": (6, "tls", 6514),
    }
    assert (edge.logging.buffer_bytes, edge.logging.buffer_level, edge.logging.console_level) == (4_194_304, 6, 2)
    assert (edge.logging.timestamps.year, branch.logging.timestamps.year) == (True, False)
    assert (edge.logging.dropped_messages, edge.logging.login_failure) == (3, True)
    assert (branch.logging.console_level, branch.logging.servers[0].vrf) == (None, None)
    assert isinstance(branch.logging.buffer_level, Unknown)


def test_a_rule_that_keeps_logins_out_of_the_log_leaves_open_whether_they_are_logged():
    facts = configured("logging suppress rule STIL\n alarm SECURITY LOGIN AUTHEN_FAILED\n!")
    assert "logging suppress" in facts.logging.login_failure.reason
