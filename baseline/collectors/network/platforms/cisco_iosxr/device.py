"""The router, the state of its configuration, and its control plane, in a running configuration of IOS XR."""

from typing import Any

from baseline.collectors.network.platforms.cisco_iosxr.header import Header
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Configuration, ControlPlane, Device, LocalUser, VpnProposal

_DOMAIN = "domain name"
LPTS = "LPTS"
LPTS_OWN_RATES = "LPTS, with rates of its own"


def read_device(reading: Reading) -> Device:
    """Names from the configuration."""
    hostname = reading.value("device.hostname", "hostname")
    values: dict[str, Any] = {"hostname": hostname} if hostname else {}
    return Device(domain=reading.value("device.domain", _DOMAIN), role="router", **values)


def read_configuration_state(reading: Reading, users: list[LocalUser], header: Header) -> Configuration:
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
        **_header(reading, header),
    )


def _header(reading: Reading, header: Header) -> dict[str, Any]:
    """The comment above the configuration names the last commit; the list of commits tells the same."""
    if header.changed_at is None:
        return {}
    for fact in ("last_changed_at", "last_changed_by"):
        reading.provenance.note_numbers(f"configuration.{fact}", [header.changed_line])
    return {"last_changed_at": header.changed_at, "last_changed_by": header.changed_by}


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
