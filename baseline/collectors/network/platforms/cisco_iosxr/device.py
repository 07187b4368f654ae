"""The router, the state of its configuration, and its control plane, in a running configuration of IOS XR."""

import re
from typing import Any

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.section_tree import SectionTree
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Configuration, ControlPlane, Device, LocalUser, VpnProposal

_CHANGED = re.compile(r"!! Last configuration change at (?P<moment>.{5,60}?) by (?P<user>\S{1,64})$")
_RELEASE = re.compile(r"!! IOS XR Configuration(?: version =)? (\d{1,3})\.(\d{1,3})")
_DOMAIN = "domain name"
LPTS = "LPTS"
LPTS_OWN_RATES = "LPTS, with rates of its own"


def release(tree: SectionTree) -> tuple[int, int]:
    """The two numbers of the release, as the comment above the configuration has it; 0, 0 when it does not."""
    found = next((found for comment in tree.comments[:8] if (found := _RELEASE.match(comment.text))), None)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def read_device(reading: Reading) -> Device:
    """Names from the configuration."""
    hostname = reading.value("device.hostname", "hostname")
    values: dict[str, Any] = {"hostname": hostname} if hostname else {}
    return Device(domain=reading.value("device.domain", _DOMAIN), role="router", **values)


def read_configuration_state(reading: Reading, users: list[LocalUser]) -> Configuration:
    """A commit is kept at once and starts again with the router, so what runs is what is saved. The database of commits
    holds what each changed and who made it (Cisco IOS XR System Management Configuration Guide, "Managing Configuration").
    Zero-touch provisioning only runs where no account is configured.
    """
    path = "configuration"
    automatic: Fact[bool] = Unknown("there is no local account, so zero-touch provisioning may run; nothing tells")
    reading.provenance.note(f"{path}.saved_matches_running")
    reading.provenance.note(f"{path}.change_log_enabled")
    reading.provenance.note(f"{path}.automatic_download", *reading.tree.all("username"))
    return Configuration(
        saved_matches_running=True,
        change_log_enabled=True,
        change_log_hides_keys=Unknown("the commits hold secrets as the configuration does: see the stored secrets"),
        change_log_to_syslog=Unknown(
            "syslog tells of a commit and who made it, not what it changed: see the accounting of commands"
        ),
        archive_configured=reading.has(f"{path}.archive_configured", "configuration commit auto-save"),
        archive_on_save=reading.has(f"{path}.archive_on_save", "configuration commit auto-save"),
        automatic_download=False if users else automatic,
        **_header(reading),
    )


def _header(reading: Reading) -> dict[str, Any]:
    """The comment above the configuration names the last commit; the list of commits tells the same."""
    for comment in reading.tree.comments[:8]:
        if found := _CHANGED.match(comment.text):
            reading.provenance.note("configuration.last_changed_at", comment)
            reading.provenance.note("configuration.last_changed_by", comment)
            return {"last_changed_at": found["moment"].strip(), "last_changed_by": found["user"]}
    return {}


def read_control_plane(reading: Reading) -> ControlPlane:
    """Local Packet Transport Services police what the processor gets, always; a router can only set other rates (Cisco
    IOS XR IP Addresses and Services Configuration Guide, "Implementing LPTS").
    """
    lines = reading.tree.all("lpts")
    reading.provenance.section("control_plane.policy", *lines)
    rates = any("police" in line.text for line in lines)
    return ControlPlane(policy=LPTS_OWN_RATES if rates else LPTS)


def read_vpn_proposals(reading: Reading) -> Fact[list[VpnProposal]]:
    """Routers with IOS XR make no IPsec tunnels, unless something for them is configured."""
    commands = ("crypto isakmp", "crypto ipsec", "crypto map", "ikev2 proposal", "ikev2 policy", "ikev2 profile")
    lines = [line for command in commands for line in reading.tree.all(command)]
    reading.provenance.note("vpn_proposals", *lines)
    return Unknown("algorithms for IKE and IPsec are not read on IOS XR") if lines else []
