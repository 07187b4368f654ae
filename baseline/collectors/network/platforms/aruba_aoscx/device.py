"""The device and the state of its configuration, in a running configuration of AOS-CX."""

import re
from typing import Any

from baseline.collectors.network.numbers import numbers_in
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Configuration, Device, Software, VpnProposal

VERSION = re.compile(r"!\s*Version (?:Aruba)?(?:OS|AOS)-CX (\S{1,60})")
"""The comment above every configuration; releases since 10.14 leave Aruba out of it."""

_EXPORT = re.compile(r"!\s*export-password: (\w{1,20})")
NOT_TOLD = Unknown("AOS-CX does not tell it")
EXPORT_NOT_TOLD = (
    "the header above the configuration does not say whether secrets are under the default export password"
)


def is_default_export(reading: Reading) -> bool | None:
    """Whether secrets are coded with the password that every switch leaves the factory with; None: it does not say.

    Source: AOS-CX Hardening Guide, "Non-Default Export Password".
    """
    for comment in reading.tree.comments:
        if found := _EXPORT.match(comment.text):
            return found[1] == "default"
    return None


def read_device(reading: Reading) -> Device:
    """Names from the configuration; the domain is that in which names without one are looked up."""
    hostname = reading.value("device.hostname", "hostname")
    domain = reading.value("device.domain", "ip dns domain-name")
    values: dict[str, Any] = {"hostname": hostname.strip('"')} if hostname else {}
    return Device(domain=domain.split()[0] if domain else None, role="switch", **values)


def read_software_comment(reading: Reading) -> Software:
    """The release that wrote the configuration, in the comment above it: that is the one that runs."""
    for comment in reading.tree.comments:
        if found := VERSION.match(comment.text):
            reading.provenance.note("software", comment)
            return Software(**release(found[1]))
    return Software()


def release(version: str) -> dict[str, Any]:
    """Name and release; the numbers of ``FL.10.13.1000`` are those of the release."""
    return {"name": "HPE Aruba AOS-CX", "version": version, "version_numbers": numbers_in(version)}


def read_configuration_state(reading: Reading) -> Configuration:
    """Every command is in the local accounting log with its user, always; syslog gets it where a server includes auditable
    events (AOS-CX Hardening Guide, "Accounting" and "Secure Logging"). The switch makes a checkpoint by itself five minutes
    after the last change (Fundamentals Guide, "System generated checkpoints"), and is only provisioned over the network
    (ZTP) while nothing is configured.
    """
    servers = [line for line in reading.tree.all("logging") if "include-auditable-events" in line.text.split()]
    off = reading.tree.all("no checkpoint post-configuration")
    reading.provenance.note("configuration.change_log_to_syslog", *servers)
    reading.provenance.note("configuration.archive_configured", *off)
    return Configuration(
        change_log_enabled=True,
        change_log_hides_keys=NOT_TOLD,
        change_log_to_syslog=bool(servers),
        archive_configured=not off,
        archive_on_save=not off,
        automatic_download=False,
    )


def read_vpn_proposals(reading: Reading) -> Fact[list[VpnProposal]]:
    """Switches make no IPsec tunnels, unless an IKE or IPsec profile says otherwise."""
    profiles = [*reading.tree.all("crypto ipsec"), *reading.tree.all("crypto ikev2"), *reading.tree.all("crypto ike")]
    reading.provenance.note("vpn_proposals", *profiles)
    return Unknown("algorithms for IKE and IPsec are not read on AOS-CX") if profiles else []
