import pytest

from baseline.models.facts.fact import Unknown


def _lines(facts):
    return {line.name: line for line in facts.management.lines}


def test_lines_say_who_may_come_in_and_how(switch):
    vty = _lines(switch)["vty 0 4"]
    assert (vty.type, vty.transports, vty.outgoing_transports) == ("vty", ["ssh"], [])
    assert (vty.access_list_ipv4, vty.access_list_ipv6, vty.vrf_also) == ("10", "BEHEER6", True)
    assert (vty.idle_timeout_seconds, vty.absolute_timeout_seconds) == (570, 3600)
    assert (vty.authentication, vty.authentication_list, vty.privilege) == ("aaa", "default", 1)


def test_every_transport_is_written_out_so_that_telnet_shows(switch):
    vty = _lines(switch)["vty 5 15"]
    assert {"ssh", "telnet", "rlogin"} <= set(vty.transports)
    assert switch.management.telnet.enabled is True


def test_a_session_that_never_ends_has_no_idle_timeout(switch, configured):
    assert _lines(switch)["vty 5 15"].idle_timeout_seconds is None
    assert _lines(configured("line con 0\n no exec-timeout"))["con 0"].idle_timeout_seconds is None
    assert _lines(configured("line con 0"))["con 0"].idle_timeout_seconds == 600


def test_console_and_auxiliary_port(switch):
    console, auxiliary = _lines(switch)["con 0"], _lines(switch)["aux 0"]
    assert (console.type, console.transports, console.authentication_list) == ("console", [], "CONSOLE")
    assert (auxiliary.type, auxiliary.transports, auxiliary.exec_enabled) == ("aux", [], False)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("line vty 0 4\n login local", "local_users"),
        ("line vty 0 4\n password 7 0958401D0B\n login", "line_password"),
        ("line vty 0 4\n login", "blocked"),
        ("line vty 0 4\n no login", "none"),
        ("line con 0", "none"),
        ("line con 0\n password x\n login", "line_password"),
        ("aaa new-model\nline vty 0 4", "local_users"),
        ("aaa new-model\nline con 0", "none"),
        ("aaa new-model\naaa authentication login default none\nline vty 0 4", "none"),
        ("aaa new-model\naaa authentication login default group radius none\nline vty 0 4", "none"),
        ("aaa new-model\naaa authentication login default line\nline vty 0 4", "line_password"),
        ("aaa new-model\naaa authentication login default enable\nline vty 0 4", "line_password"),
        ("aaa new-model\naaa authentication login default group radius enable\nline vty 0 4", "aaa"),
        ("aaa new-model\naaa authentication login X group radius\nline vty 0 4\n login authentication X", "aaa"),
        ("aaa new-model\nline vty 0 4\n login authentication WEG", "local_users"),
    ],
)
def test_how_one_logs_in_follows_the_line_and_aaa(configured, line, expected):
    assert configured(line).management.lines[0].authentication == expected


@pytest.mark.parametrize(("version", "telnet"), [("12.4", True), ("15.2", True), ("17.9", Unknown), ("26.1", Unknown)])
def test_a_line_that_mentions_no_transport_follows_the_release(configured, version, telnet):
    facts = configured("line vty 0 4\n login", version)
    assert facts.management.telnet.enabled is telnet or isinstance(facts.management.telnet.enabled, telnet)


def test_one_line_that_takes_telnet_decides_even_when_another_is_unknown(configured):
    facts = configured("line vty 0 4\n login\nline vty 5 15\n transport input telnet", "17.9")
    assert facts.management.telnet.enabled is True


def test_without_any_virtual_terminal_telnet_is_unknown(configured):
    assert configured("line con 0").management.telnet.enabled == Unknown("the configuration holds no `line vty`")


def test_ssh_as_it_runs_wins_over_ssh_as_configured(switch):
    ssh = switch.management.ssh
    assert (ssh.enabled, ssh.version) == (True, 1)
    assert (ssh.timeout_seconds, ssh.authentication_retries, ssh.minimum_dh_bits) == (60, 2, 2048)
    assert ssh.ciphers == ["aes256-ctr", "aes192-ctr"]
    assert ssh.macs == ["hmac-sha2-256", "hmac-sha2-512"]
    assert ssh.key_exchanges == ["diffie-hellman-group14-sha1"]
    assert ssh.authentication_methods == ["publickey", "keyboard-interactive", "password"]
    assert ssh.source_interface == "Vlan900"
    assert isinstance(ssh.host_key_algorithms, Unknown)


def test_the_size_of_the_host_key_is_read_from_the_key_itself(switch):
    (key,) = switch.management.ssh.host_keys
    assert (key.name, key.type, key.bits) == ("zw-sw-kantoor-01.beheer", "rsa", 2048)


@pytest.mark.parametrize(
    ("version", "text", "expected"), [("15.2", "", 1), ("15.2", "ip ssh version 2", 2), ("17.9", "", Unknown)]
)
def test_the_ssh_version_in_the_configuration(configured, version, text, expected):
    found = configured(text, version).management.ssh.version
    assert found == expected or isinstance(found, Unknown)


def test_web_management(router, switch):
    http = router.management.http
    assert (http.enabled, http.https_enabled, http.access_list) == (True, True, "BEHEER")
    assert (http.authentication, http.tls_versions) == ("local", ["1.2"])
    assert (switch.management.http.enabled, switch.management.http.https_enabled) == (False, False)


def test_web_management_that_is_not_mentioned_is_unknown(configured):
    enabled = configured().management.http.enabled
    assert "its default differs between models" in enabled.reason


def test_login_protection(switch, configured):
    protection = switch.management.login_protection
    assert (protection.block_seconds, protection.attempts, protection.within_seconds) == (120, 4, 60)
    assert (protection.quiet_access_list, protection.delay_seconds, protection.enabled) == ("10", 2, True)
    assert configured("login on-failure log").management.login_protection.enabled is False


def test_banners_are_texts_or_known_to_be_absent(switch):
    assert switch.banners.login.startswith("Toegang alleen voor bevoegd personeel")
    assert switch.banners.login.endswith("end")
    assert switch.banners.motd == "Gebruik wordt vastgelegd"
    assert switch.banners.exec is None


@pytest.mark.parametrize(
    ("text", "service", "expected"),
    [
        ("", "pad", True),
        ("no service pad", "pad", False),
        ("", "finger", False),
        ("ip finger", "finger", True),
        ("service finger", "finger", True),
        ("service tcp-small-servers", "tcp-small-servers", True),
        ("", "udp-small-servers", False),
        ("no ip source-route", "source-routing", False),
        ("", "source-routing", True),
        ("ip dhcp bootp ignore", "bootp", False),
        ("", "bootp", True),
        ("no service dhcp\nip dhcp pool X", "dhcp-server", False),
        ("ip dhcp pool X", "dhcp-server", True),
        ("no cdp run", "cdp", False),
        ("lldp run", "lldp", True),
        ("tftp-server flash:x", "tftp", True),
        ("ip rcmd rsh-enable", "remote-shell", True),
        ("no ip domain lookup", "dns-lookup", False),
        ("interface Ethernet0\n no mop enabled", "mop", False),
        ("interface Ethernet0\n mop enabled", "mop", True),
        ("spanning-tree mode pvst\ninterface GigabitEthernet1\n switchport mode access", "mop", False),
        ("spanning-tree mode pvst\nno vstack", "smart-install", False),
        ("spanning-tree mode pvst", "pad", True),
    ],
)
def test_a_service_is_on_or_off(configured, text, service, expected):
    assert configured(text).services[service].enabled is expected


@pytest.mark.parametrize(
    ("text", "version", "service"),
    [
        ("", "17.9", "pad"),
        ("", "17.9", "cdp"),
        ("", "26.1", "source-routing"),
        ("", "26.1", "finger"),
        ("spanning-tree mode pvst", "15.2", "smart-install"),
        ("interface Ethernet0", "15.2", "mop"),
    ],
)
def test_silence_that_cannot_be_read_is_unknown(configured, text, version, service):
    assert isinstance(configured(text, version).services[service].enabled, Unknown)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("ip http access-class 10", "10"),
        ("ip http access-class ipv4 BEHEER\nip http access-class ipv6 BEHEER6", "BEHEER"),
        ("ip http access-class ipv6 BEHEER6", None),
    ],
)
def test_the_web_server_is_filtered_for_ipv4(configured, lines, expected):
    assert configured(lines).management.http.access_list == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("access-class BEHEER in vrfname Mgmt-vrf", None),
        ("access-class BEHEER in vrfname Mgmt-vrf\n access-class ALLES in", "ALLES"),
        ("access-class BEHEER in vrf-also", "BEHEER"),
    ],
)
def test_a_filter_for_one_vrf_leaves_the_rest_open(configured, said, expected):
    line = configured(f"line vty 0 4\n {said}\n transport input ssh").management.lines[0]
    assert line.access_list_ipv4 == expected
