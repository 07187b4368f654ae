"""Facts of recorded routers with IOS XR."""

import pytest

from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Unknown
from tests.platforms.vendors import recording
from tests.reference import reference_path

XR = platform("cisco_iosxr")
RUNNING = "show running-config"
LOGGING = "show logging | include ogging:"
SHOWS = [command.text for command in XR.commands if command.text != RUNNING]
HEAD = "!! IOS XR Configuration 7.5.2\nhostname lab\n"


def recorded(file):
    return recording("cisco_iosxr", file)


def by_name(items):
    return {item.name: item for item in items}


@pytest.fixture(scope="module")
def outputs():
    files = {command: command.replace(" ", "_") for command in SHOWS} | {LOGGING: "show_logging_include"}
    return {RUNNING: recorded("pe")} | {command: recorded(file) for command, file in files.items()}


@pytest.fixture(scope="module")
def edge(outputs):
    return XR.parse(outputs).facts


@pytest.fixture(scope="module")
def branch():
    return XR.parse({RUNNING: recorded("wan")}).facts


def configured(text):
    return XR.parse({RUNNING: f"{HEAD}{text}\nend\n"}).facts


def test_device_and_software(edge):
    assert (edge.device.hostname, edge.device.domain) == ("wan-pe-arnhem-01", "wan.veiligheidsregio.example")
    assert (edge.device.model, edge.device.serial, edge.device.role) == ("ASR9K", "FOX0000TEST", "router")
    assert (edge.software.version, edge.software.version_numbers) == ("7.5.2", [7, 5, 2])
    assert edge.software.boot_image is None
    assert edge.software.uptime_seconds == ((12 * 7 + 3) * 24 + 4) * 3_600 + 5 * 60


def test_an_old_release_names_its_image_and_its_chassis():
    facts = XR.parse({"show version": recorded("show_version_32")}).facts
    assert (facts.software.version, facts.device.model) == ("6.1.4", "ASR-9006 AC")
    assert facts.software.boot_image == "disk0:asr9k-os-mbi-6.1.4/0x100305/mbiasr9k-rsp3.vm"
    assert facts.software.uptime_seconds == ((365 + 3 * 7 + 6) * 24 + 2) * 3_600 + 12 * 60


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


def test_interfaces(edge):
    ports = by_name(edge.interfaces)
    assert {name: (port.kind, port.mode, port.enabled) for name, port in ports.items()} == {
        "Bundle-Ether1": ("aggregate", "routed", True),
        "Bundle-Ether1.100": ("subinterface", "other", True),
        "Loopback0": ("loopback", "routed", True),
        "MgmtEth0/RSP0/CPU0/0": ("physical", "routed", True),
        "MgmtEth0/RSP1/CPU0/0": ("physical", "routed", False),
        "GigabitEthernet0/0/0/0": ("physical", "routed", True),
        "GigabitEthernet0/0/0/1": ("physical", "routed", True),
        "GigabitEthernet0/0/0/2": ("physical", "routed", False),
        "TenGigE0/0/1/0": ("physical", "member", True),
        "TenGigE0/0/1/1": ("physical", "routed", False),
    }
    provider, customer = ports["GigabitEthernet0/0/0/0"], ports["GigabitEthernet0/0/0/1"]
    assert provider.addresses == ["198.51.100.2/30", "2001:db8:100::2/64"]
    assert (provider.access_list_in, provider.access_list_ipv6_in) == ("VAN-INTERNET", "VAN-INTERNET6")
    assert (provider.unicast_rpf, provider.unreachables) == ("loose", False)
    assert (provider.cdp, provider.lldp_transmit, provider.lldp_receive) == (True, False, False)
    assert (customer.vrf, customer.access_list_out, customer.link_up) == ("KLANT-A", "ALLES", False)
    assert (customer.proxy_arp, customer.redirects, customer.directed_broadcast) == (True, True, True)
    assert (customer.cdp, customer.lldp_transmit) == (False, True)
    assert (ports["TenGigE0/0/1/0"].aggregate, ports["TenGigE0/0/1/0"].macsec) == ("Bundle-Ether1", True)
    assert ports["MgmtEth0/RSP0/CPU0/0"].lldp_transmit is False
    assert isinstance(ports["TenGigE0/0/1/1"].link_up, Unknown)


def test_what_only_switches_have_is_known_to_be_absent(edge):
    port = by_name(edge.interfaces)["GigabitEthernet0/0/0/1"]
    assert (port.access_vlan, port.dot1x, port.bpdu_guard, port.storm_control) == (None, False, False, [])
    assert (edge.vlans, edge.spanning_tree.mode, edge.dhcp_snooping.enabled) == ([], None, False)
    found = configured(
        "spanning-tree mst A\ndhcp ipv4\n profile S snoop\n!\nl2vpn\n bridge group G\n  bridge-domain D\n"
        "   dynamic-arp-inspection\ninterface GigabitEthernet0/0/0/0\n dot1x profile P\n"
    )
    assert found.spanning_tree.mode == "mst"
    for fact in (found.dhcp_snooping.enabled, found.arp_inspection.enabled, found.interfaces[0].dot1x):
        assert isinstance(fact, Unknown)


def test_services(edge, branch):
    assert [name for name, service in edge.services.items() if service.enabled is True] == ["cdp", "lldp", "tftp"]
    assert [name for name, service in branch.services.items() if service.enabled is True] == [
        "cdp",
        "dhcp-server",
        "dns-lookup",
        "source-routing",
        "tcp-small-servers",
    ]


def test_access_lists(edge):
    lists = by_name(edge.access_lists)
    assert [name for name, found in lists.items() if found.permits_any] == ["ALLES"]
    assert [name for name, found in lists.items() if found.denials_logged] == [
        "BEHEERSTATIONS",
        "VAN-INTERNET",
        "BEHEERSTATIONS ipv6",
    ]


def test_interior_routing_inherits_from_area_and_process(edge, branch):
    found = {one.name: (one.authentication, one.passive) for one in branch.routing.interfaces}
    assert found == {
        "ospf Loopback0": ("md5", True),
        "ospf GigabitEthernet0/0/0/0": ("md5", False),
        "ospf GigabitEthernet0/0/0/1": ("key_chain", False),
        "ospf tunnel-ip1": ("none", False),
        "ospf GigabitEthernet0/0/0/2": ("plain", False),
        "ospf GigabitEthernet0/0/0/3": ("none", False),
        "ospf GigabitEthernet0/0/0/4": ("none", False),
        "ospfv3 GigabitEthernet0/0/0/0": ("ipsec", False),
        "ospfv3 GigabitEthernet0/0/0/1": ("none", False),
        "eigrp GigabitEthernet0/0/0/5": ("md5", True),
        "rip GigabitEthernet0/0/0/6": ("plain", False),
    }
    assert {(area.name, area.version): area.authentication for area in branch.routing.ospf_areas} == {
        ("WAN area 0.0.0.0", 2): "md5",
        ("WAN area 0.0.0.10", 2): "plain",
        ("WAN KLANT area 0.0.0.0", 2): "none",
        ("WAN area 0.0.0.0", 3): "ipsec",
    }
    assert {one.name: (one.authentication, one.passive) for one in edge.routing.interfaces} == {
        "isis Bundle-Ether1": ("key_chain", False),
        "isis Loopback0": ("none", True),
        "isis GigabitEthernet0/0/0/3": ("md5", False),
        "isis GigabitEthernet0/0/0/4": ("none", False),
    }


def test_bgp_neighbours_take_what_their_groups_say(edge, branch):
    provider, other, reflector, customer = edge.routing.bgp_neighbours
    assert (provider.remote_as, provider.external, provider.authentication) == ("64500", True, "md5")
    assert (provider.ttl_security_hops, provider.maximum_prefixes) == (1, 800_000)
    assert (other.enabled, other.authentication) == (False, "none")
    assert (reflector.group, reflector.external, reflector.authentication) == ("REFLECTORS", False, "md5")
    assert (customer.name, customer.vrf, customer.maximum_prefixes) == ("KLANT-A 10.1.0.2", "KLANT-A", 500)
    first, second = branch.routing.bgp_neighbours
    assert (first.authentication, first.maximum_prefixes) == ("tcp_ao", None)
    assert (second.authentication, second.maximum_prefixes) == ("key_chain", 100)


def test_a_policy_that_lets_everything_through_is_no_filter(edge, branch):
    provider, other, _, customer = edge.routing.bgp_neighbours
    assert (provider.filtered_in, provider.filtered_out) == (False, True)
    assert (other.filtered_in, other.filtered_out) == (True, True)
    assert (customer.filtered_in, customer.filtered_out) == (True, True), "without a policy nothing is exchanged"
    first, second = branch.routing.bgp_neighbours
    assert (first.filtered_in, second.filtered_in, second.filtered_out) == (False, False, False)


def test_what_is_inherited_can_be_switched_off():
    text = (
        "router bgp 1\n neighbor-group G\n  keychain K\n  shutdown\n  ttl-security\n neighbor 10.0.0.1\n  remote-as 2\n"
    )
    own = "  use neighbor-group G\n  keychain inheritance-disable\n  shutdown inheritance-disable\n"
    neighbour = configured(text + own).routing.bgp_neighbours[0]
    assert (neighbour.authentication, neighbour.enabled, neighbour.ttl_security_hops) == ("none", True, 1)


def test_groups_of_routers_only_know_a_readable_word(edge, branch):
    assert [(one.name, one.authentication) for one in edge.routing.first_hop_groups] == [
        ("GigabitEthernet0/0/0/1 hsrp 10", "plain")
    ]
    assert [(one.name, one.authentication) for one in branch.routing.first_hop_groups] == [
        ("GigabitEthernet0/0/0/2 vrrp 1", "plain"),
        ("GigabitEthernet0/0/0/2 vrrp 2", "none"),
    ]


def test_the_control_plane_is_always_policed(edge, branch):
    assert (edge.control_plane.policy, branch.control_plane.policy) == ("LPTS, with rates of its own", "LPTS")


def test_certificates(edge, outputs):
    authority, own = edge.certificates
    assert (authority.kind, authority.self_signed, authority.serial) == ("authority", True, "06a51be64f5df783")
    assert (own.name, own.not_before, own.not_after) == (
        "REGIO-CA device",
        "2025-04-14T08:30:03Z",
        "2027-04-14T08:40:03Z",
    )
    none = outputs | {"show crypto ca certificates": "Tue Mar  3 09:14:14.000 CET\n"}
    assert XR.parse(none).facts.certificates == []
    assert isinstance(XR.parse(outputs | {"show crypto ca certificates": "iets\n"}).facts.certificates, Unknown)


def test_what_the_account_may_not_read_is_unknown_instead_of_absent(outputs):
    tasks = (
        outputs["show user tasks"].replace("aaa  : READ", "aaa  :").replace("Task:                 snmp  : READ\n", "")
    )
    facts = XR.parse(outputs | {"show user tasks": tasks}).facts
    assert "no right to read 'aaa'" in facts.users.reason
    assert "no right to read 'aaa'" in facts.aaa.servers.reason
    assert "no right to read 'snmp'" in facts.snmp.communities.reason
    assert "no right to read 'aaa'" in facts.management.login_protection.enabled.reason
    assert facts.clock.servers != []


def test_a_router_of_the_reference_data():
    text = reference_path("network/outputs/iosxr/cli-cfg_running.xml").read_text()
    start, stop = text.index("!! IOS XR"), text.index("\nend\n") + 5
    facts = XR.parse({RUNNING: text[start:stop]}).facts
    assert (facts.device.hostname, facts.configuration.last_changed_by) == ("asr9000-h07-2", "admin")
    assert [(user.name, user.password_storage) for user in facts.users] == [("admin", "type5_md5")]
    assert [line.idle_timeout_seconds for line in facts.management.lines] == [None, None]
    assert (facts.management.ssh.version, facts.management.netconf_enabled) == (2, True)
    assert sum(port.enabled is False for port in facts.interfaces) == 28
    assert {one.name: one.authentication for one in facts.routing.interfaces} == {
        "isis Loopback0": "none",
        "isis GigabitEthernet0/0/0/0": "none",
        "isis GigabitEthernet0/0/0/1": "none",
    }
    assert "1$<redacted>" in XR.redact(RUNNING, text)
    assert "5iBzqAsx" not in XR.redact(RUNNING, text)
