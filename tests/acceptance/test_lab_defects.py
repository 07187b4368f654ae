"""Every mistake of the simulated switches flips the verdicts of the checks that are about it, and no others."""

from collections.abc import Callable

import pytest

from baseline.lab.configuration.access import AAA_SERVERS
from baseline.lab.configuration.management import NTP_SERVERS
from baseline.lab.defects import CORE_ONLY, DEFECTS
from tests.acceptance.command import Command
from tests.acceptance.fleet import Fleet, switch

pytestmark = pytest.mark.slow

MET = ("pass", "not_applicable")
VTY = ("vty 0 4", "vty 16 31", "vty 5 15")
UPLINKS = ("TenGigabitEthernet1/1/1", "TenGigabitEthernet1/1/2")
LEGACY = ("bootp", "finger", "pad", "tcp-small-servers", "udp-small-servers")


def used_ports(good):
    """Ports for users of a switch without mistakes, from its verdicts."""
    return tuple(subject for check, subject in good if check == "network-ports-bpdu-guarded")


def unused_ports(good):
    """Its ports that nobody uses, those for uplinks left out."""
    subjects = (subject for check, subject in good if check == "network-ports-unused-closed")
    return tuple(subject for subject in subjects if subject.startswith("GigabitEthernet"))


def weak_port(good):
    """The port on which a mistake is made: the first used one from 7 on."""
    numbers = {int(port.rpartition("/")[2]): port for port in used_ports(good)}
    return (numbers[min(number for number in numbers if number > 6)],)


FLIPS: dict[str, dict[str, tuple[str, ...] | Callable]] = {
    "telnet_on_vty": {"network-lines-ssh-only": VTY},
    "no_vty_access_class": {"network-management-sources-limited": VTY},
    "no_exec_timeout": {"network-lines-idle-timeout-short": ("con 0", *VTY)},
    "no_login_block": {"network-login-guessing-blocked": ("",)},
    "no_banner": {"network-banner-login-shown": ("",)},
    "http_server": {"network-http-without-tls-off": ("",)},
    "ssh_version_1": {"network-ssh-version-2": ("",)},
    "small_ssh_key": {"network-ssh-host-keys-strong": ("switch-08.zwolle.lab.example",)},
    "weak_ssh_algorithms": {"network-ssh-algorithms-strong": ("",)},
    "no_aaa": {
        "network-commands-accounted": ("",),
        "network-commands-authorised": ("",),
        "network-lines-login-personal": ("con 0",),
        "network-login-aaa-central": VTY,
        "network-passwords-complexity-demanded": ("",),
        "network-privileged-mode-central": ("",),
        "network-sessions-accounted": ("",),
    },
    "no_accounting": {"network-commands-accounted": ("",), "network-sessions-accounted": ("",)},
    "type_7_passwords": {
        "network-aaa-servers-keyed": tuple(name for servers in AAA_SERVERS.values() for name in servers),
        "network-secrets-master-key-set": ("",),
        "network-secrets-stored-safely": ("",),
    },
    "no_password_policy": {
        "network-passwords-complexity-demanded": ("",),
        "network-passwords-length-demanded": ("",),
    },
    "unknown_account": {"network-users-declared-only": ("",)},
    "snmp_community_public": {
        "network-snmp-community-not-default": ("community 1",),
        "network-snmp-sources-limited": ("",),
        "network-snmp-version-3-encrypted": ("",),
        "network-snmp-views-limited": ("",),
    },
    "snmp_community_writable": {
        "network-snmp-community-not-default": ("community 1",),
        "network-snmp-sources-limited": ("",),
        "network-snmp-version-3-encrypted": ("",),
        "network-snmp-views-limited": ("",),
        "network-snmp-write-absent": ("",),
    },
    "snmp_without_privacy": {
        "network-snmp-users-sha-2": ("bewaking",),
        "network-snmp-version-3-encrypted": ("",),
    },
    "no_syslog": {"network-logging-collectors-used": ("",)},
    "single_syslog": {"network-logging-collectors-used": ("",)},
    "no_change_log": {"network-logging-changes-recorded": ("",)},
    "no_log_timestamps": {"network-logging-timestamps-complete": ("",)},
    "single_unauthenticated_ntp": {"network-time-servers-authenticated": ("",)},
    "clock_not_synchronised": {
        "network-time-clock-accurate": ("",),
        "network-time-servers-authenticated": ("",),
        "network-time-servers-reached": NTP_SERVERS,
    },
    "legacy_services": {"network-services-legacy-off": LEGACY},
    "smart_install": {"network-services-legacy-off": ("smart-install",)},
    "source_routing": {"network-services-legacy-off": ("source-routing",)},
    "cdp_at_edge": {"network-ports-discovery-quiet": used_ports},
    "old_software": {"network-software-release-approved": ("",)},
    "no_bpduguard": {"network-ports-bpdu-guarded": weak_port},
    "no_port_authentication": {"network-ports-authenticated": weak_port},
    "no_storm_control": {"network-ports-storms-limited": used_ports},
    "no_dhcp_snooping": {
        "network-ports-sources-guarded": used_ports,
        "network-vlans-arp-inspected": ("",),
        "network-vlans-dhcp-snooped": ("",),
    },
    "no_arp_inspection": {"network-vlans-arp-inspected": ("",)},
    "unused_ports_open": {
        "network-ports-authenticated": unused_ports,
        "network-ports-sources-guarded": unused_ports,
        "network-ports-storms-limited": unused_ports,
        "network-ports-unused-closed": unused_ports,
        "network-vlans-arp-inspected": ("",),
        "network-vlans-dhcp-snooped": ("",),
    },
    "trunk_negotiation": {"network-ports-negotiation-off": UPLINKS},
    "native_vlan_1": {"network-trunks-native-vlan-unused": UPLINKS},
    "no_control_plane_policing": {"network-control-plane-policed": ("",)},
    "no_routing_authentication": {"network-routing-neighbours-authenticated": ("ospf Vlan99",)},
    "unsaved_changes": {"network-configuration-saved": ("",)},
}
"""Defect -> check -> subjects that it makes fail. A defect that is not here is one that no check is about yet."""

UNTOUCHED = {
    "network-access-lists-denials-logged",
    "network-bgp-hops-limited",
    "network-bgp-neighbours-authenticated",
    "network-bgp-prefixes-limited",
    "network-bgp-routes-filtered",
    "network-certificates-valid",
    "network-configuration-archived",
    "network-configuration-changes-named",
    "network-configuration-download-off",
    "network-gateways-authenticated",
    "network-https-login-personal",
    "network-https-sources-limited",
    "network-https-tls-current",
    "network-interfaces-detours-off",
    "network-internet-discovery-quiet",
    "network-internet-interfaces-filtered",
    "network-internet-sources-verified",
    "network-lines-aux-closed",
    "network-lines-privilege-earned",
    "network-links-outside-encrypted",
    "network-logging-buffer-kept",
    "network-logging-collectors-reached",
    "network-logging-console-quiet",
    "network-logging-lines-numbered",
    "network-logging-logins-recorded",
    "network-logging-secrets-left-out",
    "network-logging-transport-encrypted",
    "network-management-instance-own",
    "network-management-source-fixed",
    "network-ports-described",
    "network-ports-snooping-untrusted",
    "network-ports-vlan-1-unused",
    "network-privileged-mode-secret-set",
    "network-programming-interfaces-declared",
    "network-recovery-console-blocked",
    "network-services-keepalives-on",
    "network-services-unneeded-off",
    "network-software-image-local",
    "network-software-started-lately",
    "network-spanning-tree-rapid",
    "network-ssh-login-limited",
    "network-time-keys-strong",
    "network-trunks-loop-guarded",
    "network-trunks-vlans-listed",
    "network-users-default-absent",
    "network-vlan-1-unaddressed",
    "network-vpn-proposals-strong",
}
"""Checks that no mistake of these switches is about: their own examples show that they can fail."""

APPEARING = {
    "network-aaa-servers-keyed",
    "network-access-lists-denials-logged",
    "network-https-login-personal",
    "network-logging-collectors-reached",
    "network-logging-secrets-left-out",
    "network-ports-bpdu-guarded",
    "network-ports-described",
    "network-ports-discovery-quiet",
    "network-ports-negotiation-off",
    "network-ports-snooping-untrusted",
    "network-ports-vlan-1-unused",
    "network-snmp-community-not-default",
    "network-time-keys-strong",
    "network-time-servers-reached",
    "network-users-default-absent",
}
"""Checks about what a mistake brings or takes away, so that they begin or cease to apply without failing."""

SWITCHES = {defect: f"switch-{number:02}" for number, defect in enumerate(DEFECTS, start=1)}
"""One switch for each defect."""


@pytest.fixture(scope="module")
def rounds(tmp_path_factory):
    """The verdicts of three runs: of a good fleet, of the fleet with another mistake on each switch, and repaired."""
    folder = tmp_path_factory.mktemp("defects")
    baseline = Command(folder)
    devices = [
        switch(name, number=number, role="core" if defect in CORE_ONLY else "access")
        for number, (defect, name) in enumerate(SWITCHES.items(), start=10)
    ]
    with Fleet(folder / "lab", *devices) as fleet:
        good = baseline("check", "-i", fleet.inventory, "--json")
        for defect, name in SWITCHES.items():
            fleet.break_device(name, defect)
        broken = baseline("check", "-i", fleet.inventory, "--json")
        for name in SWITCHES.values():
            fleet.repair_device(name)
        repaired = baseline("check", "-i", fleet.inventory, "--json")
        yield good, broken, repaired


def test_a_fleet_without_mistakes_meets_everything(rounds):
    good, _, _ = rounds
    assert {key: status for key, status in good.verdicts.items() if status not in MET} == {}
    assert good.code == 0


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_mistake_flips_the_checks_that_are_about_it_and_no_others(rounds, defect):
    good, broken, _ = rounds
    before, after = (_of(run, SWITCHES[defect]) for run in (good, broken))
    failing = {
        (check, subject)
        for check, subjects in FLIPS.get(defect, {}).items()
        for subject in (subjects(before) if callable(subjects) else subjects)
    }

    assert {key: status for key, status in after.items() if status not in MET} == dict.fromkeys(failing, "fail")
    changed = {key for key in before | after if before.get(key) != after.get(key)} - failing
    assert {check for check, _ in changed} <= APPEARING


def test_every_network_check_is_flipped_by_a_mistake_or_known_not_to_be(rounds):
    good, _, _ = rounds
    checks = {check for _, check, _ in good.verdicts}
    flipped = {check for checks in FLIPS.values() for check in checks}
    assert flipped | UNTOUCHED == checks
    assert not flipped & UNTOUCHED


def test_repairing_everything_flips_everything_back(rounds):
    good, _, repaired = rounds
    assert repaired.verdicts == good.verdicts
    assert repaired.code == 0


def test_one_broken_switch_changes_no_verdict_of_another(tmp_path, baseline):
    devices = [switch(f"switch-{number}", number=number) for number in range(1, 5)]
    with Fleet(tmp_path / "lab", *devices) as fleet:
        good = baseline("check", "-i", fleet.inventory, "--json", code=0)
        fleet.break_device("switch-2", "telnet_on_vty")
        broken = baseline("check", "-i", fleet.inventory, "--json", code=1)
        fleet.repair_device("switch-2")
        baseline("check", "-i", fleet.inventory, "--json", code=0)

    changed = {key for key in good.verdicts | broken.verdicts if good.verdicts.get(key) != broken.verdicts.get(key)}
    assert changed == {("switch-2", "network-lines-ssh-only", line) for line in VTY}


def _of(run, target):
    return {(check, subject): status for (name, check, subject), status in run.verdicts.items() if name == target}
