"""The device, the state of its configuration, and its control plane, in a running configuration of NX-OS."""

import re
from typing import Any

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Configuration, ControlPlane, Device, VpnProposal

_CHANGED = re.compile(r"!Running configuration last done at: (.{5,60})")
_SAVED = re.compile(r"^!Startup config saved at: (.{5,60})$", re.MULTILINE)
NOT_TOLD = Unknown("NX-OS does not tell it")


def read_device(reading: Reading) -> Device:
    """Names from the configuration; ``switchname`` is another word for ``hostname``."""
    hostname = reading.value("device.hostname", "hostname") or reading.value("device.hostname", "switchname")
    values: dict[str, Any] = {"hostname": hostname.strip('"')} if hostname else {}
    return Device(domain=reading.value("device.domain", "ip domain-name"), role="switch", **values)


def read_configuration_state(reading: Reading) -> Configuration:
    """The accounting log keeps every configuration command with its user, in memory and wherever accounting goes (Cisco
    Nexus 9000 NX-OS Security Configuration Guide, "Configuring AAA"). POAP only runs where nothing is saved.
    """
    reading.provenance.note("configuration", *reading.tree.all("scheduler"))
    return Configuration(
        change_log_enabled=True,
        change_log_hides_keys=NOT_TOLD,
        change_log_to_syslog=Unknown("NX-OS keeps its accounting log apart from syslog: see `aaa accounting default`"),
        archive_configured=False,
        archive_on_save=False,
        automatic_download=reading.has("configuration.automatic_download", "boot poap enable"),
        **_header(reading),
    )


def _header(reading: Reading) -> dict[str, Any]:
    """When the configuration changed last; NX-OS names nobody."""
    path = "configuration.last_changed_at"
    for comment in reading.tree.comments:
        if found := _CHANGED.match(comment.text):
            reading.provenance.note(path, comment)
            return {"last_changed_at": found[1].strip(), "last_changed_by": None}
        if comment.text.startswith("!No configuration change since last restart"):
            reading.provenance.note(path, comment)
            return {"last_changed_at": None, "last_changed_by": None}
    return {}


def read_saved_at(output: str) -> str | None:
    """When the configuration was saved, from the comments above ``show startup-config``."""
    found = _SAVED.search(output[:2_000])
    return found[1].strip() if found else None


def read_control_plane(reading: Reading) -> ControlPlane:
    """``copp profile strict``, or a policy of one's own. Silence differs per model; ``show copp status`` tells."""
    path = "control_plane.policy"
    if profile := reading.value(path, "copp profile"):
        return ControlPlane(policy=profile)
    if reading.tree.first("no copp profile"):
        return ControlPlane(policy=None)
    section = reading.tree.first("control-plane")
    line = section.first("service-policy input") if section else None
    if line is None:
        return ControlPlane(policy=Unknown("the configuration does not mention `copp profile`"))
    reading.provenance.note(path, line)
    return ControlPlane(policy=line.text.split()[-1])


def read_vpn_proposals(reading: Reading) -> Fact[list[VpnProposal]]:
    """Switches with NX-OS make no IPsec tunnels, unless a feature for them is on."""
    features = [line for line in reading.tree.all("feature") if line.text.split()[1:2] in (["crypto"], ["ipsec"])]
    reading.provenance.note("vpn_proposals", *features)
    return Unknown("algorithms for IKE and IPsec are not read on NX-OS") if features else []
