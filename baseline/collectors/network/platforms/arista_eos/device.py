"""The device, the state of its configuration, and its control plane, in a running configuration of EOS."""

import re
from typing import Any

from baseline.collectors.network.platforms.arista_eos.log_settings import commands_accounted
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Configuration, ControlPlane, Device, HighAvailability, Software

_DEVICE = re.compile(r"! device: \S{1,255} \((?P<model>[^,()]{1,60})(?:, EOS-(?P<version>[^\s()]{1,60}))?")
_IMAGE = re.compile(r"! boot system (\S{1,200})")
_SAVED = re.compile(r"^! Startup-config last modified at\s+(.{5,60}?)(?: by (\S{1,64}))?\s*$", re.MULTILINE)
_CONFIGURATION = re.compile(r"\b(?:startup|running)-config\b")
_COPIES = re.compile(r"\b(?:copy|cp|scp|sftp|rsync|curl|git)\b")
NOT_TOLD = Unknown("EOS does not tell it")
DEFAULT_FILTER = "default-control-plane-acl"
"""Filter on the control plane where no other is set (Arista EOS User Manual, "ACLs and Route Maps")."""


def header_of(tree: SectionTree) -> re.Match[str] | None:
    """The comment in which EOS names the device, its model and its release."""
    return next((found for comment in tree.comments if (found := _DEVICE.match(comment.text))), None)


def read_device(reading: Reading) -> Device:
    """Names from the configuration, and the model from the comments above it."""
    hostname = reading.value("device.hostname", "hostname")
    values: dict[str, Any] = {"hostname": hostname} if hostname else {}
    if header := header_of(reading.tree):
        values["model"] = header["model"].strip()
    domain = reading.value("device.domain", "dns domain") or reading.value("device.domain", "ip domain-name")
    return Device(domain=domain, role="switch", **values)


def read_software(reading: Reading) -> Software:
    """What the comments above a configuration tell; ``show version`` tells more."""
    values: dict[str, Any] = {"name": "Arista EOS"}
    header = header_of(reading.tree)
    if header and header["version"]:
        values |= version_of(header["version"])
    for comment in reading.tree.comments:
        if image := _IMAGE.match(comment.text):
            values["boot_image"] = image[1]
            reading.provenance.note("software.boot_image", comment)
    return Software(**values)


def version_of(text: str) -> dict[str, Any]:
    """``4.28.3M`` as facts of ``Software``; the number of a build behind a dash is left out."""
    version = text.split("-", 1)[0]
    return {"version": version, "version_numbers": [int(part) for part in re.findall(r"\d{1,9}", version)]}


def read_configuration_state(reading: Reading) -> Configuration:
    """Changes are recorded by accounting of commands; zero touch provisioning only runs where nothing is saved."""
    words = commands_accounted(reading, "configuration.change_log_enabled")
    archived = _archives(reading)
    return Configuration(
        change_log_enabled=words is not None,
        change_log_hides_keys=NOT_TOLD,
        change_log_to_syslog=words is not None and "logging" in words,
        archive_configured=archived,
        archive_on_save=archived,
        automatic_download=False,
    )


def _archives(reading: Reading) -> Fact[bool]:
    """Whether an event handler makes a copy when the configuration is saved; of a script only its name shows."""
    handlers = [line for line in reading.tree.all("event-handler") if line.first("trigger on-startup-config")]
    reading.provenance.section("configuration.archive_configured", *handlers)
    for handler in handlers:
        actions = " ".join(_texts(line) for line in handler.all("action"))
        if _CONFIGURATION.search(actions) and _COPIES.search(actions):
            return True
    return (
        Unknown("an event handler runs when the configuration is saved: see whether it makes a copy")
        if (handlers)
        else False
    )


def _texts(line: Line) -> str:
    return " ".join((line.text, *(_texts(child) for child in line.children)))


def read_saved_at(output: str) -> str | None:
    """When the configuration was saved, from the comments above ``show startup-config``."""
    found = _SAVED.search(output[:2_000])
    return found[1].strip() if found else None


def read_high_availability(reading: Reading) -> HighAvailability:
    """Whether the device is one of an MLAG pair; ``show mlag`` tells how the pair is."""
    section = reading.tree.last("mlag configuration")
    reading.provenance.section("high_availability.enabled", *([section] if section else []))
    paired = section is not None and section.first("peer-link") is not None
    return HighAvailability(enabled=paired and section is not None and section.first("shutdown") is None)


def read_control_plane(reading: Reading) -> ControlPlane:
    """The filter on what comes to the processor; EOS always has one."""
    path = "control_plane.policy"
    for command in ("system control-plane", "control-plane"):
        section = reading.tree.last(command)
        line = section.first("ip access-group") if section else None
        if line is not None:
            reading.provenance.note(path, line)
            return ControlPlane(policy=line.text.split()[2] if len(line.text.split()) > 2 else None)
    reading.provenance.note(path)
    return ControlPlane(policy=DEFAULT_FILTER)
