"""The device, its software and its certificates, from show commands; and the header of a configuration."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from baseline.collectors.network.platforms.cisco_ios.context import Context
from baseline.models.facts.network import Certificate, Configuration, Device

_SECONDS = {"year": 31_536_000, "week": 604_800, "day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
_UPTIME = re.compile(r"(\d{1,6}) (year|week|day|hour|minute|second)s?\b")
_VERSION = re.compile(
    r"(?:Cisco IOS(?! XR)|IOS \(tm\)|Cisco Internetwork).{0,200}?,.{0,60}?\bVersion (\S{1,60}?)(?:,|\s|$)"
)
_MODEL = re.compile(r"^[Cc]isco (\S{1,40}) ?\(.{1,80}?\).{0,40}? with \S{1,30} bytes of memory", re.MULTILINE)
_CHANGED = re.compile(r"! Last configuration change at (.{5,60}?)(?: by (\S{1,64}))?$")
_SAVED = re.compile(r"! NVRAM config last updated at (.{5,60}?)(?: by (\S{1,64}))?$")
_CERTIFICATE_DATE = re.compile(r"(\d\d:\d\d:\d\d) (\S{1,6}) (\w{3} \d{1,2} \d{4})")


def read_device(context: Context) -> Device:
    """Names and role from the configuration."""
    hostname = context.value("device.hostname", "hostname")
    domain = context.value("device.domain", "ip domain name") or context.value("device.domain", "ip domain-name")
    values: dict[str, Any] = {"hostname": hostname.strip('"')} if hostname else {}
    return Device(domain=domain, role="switch" if context.is_switch else "router", **values)


def read_header(context: Context) -> dict[str, Any]:
    """Who changed and saved the configuration last, from the comments above it; as fields of ``Configuration``."""
    values: dict[str, Any] = {}
    for comment in context.tree.comments:
        if found := _CHANGED.match(comment.text):
            values |= {"last_changed_at": found[1], "last_changed_by": found[2]}
            context.provenance.note("configuration.last_changed_at", comment)
            context.provenance.note("configuration.last_changed_by", comment)
        elif found := _SAVED.match(comment.text):
            values["saved_at"] = found[1]
            context.provenance.note("configuration.saved_at", comment)
        elif comment.text.startswith("! No configuration change since last restart"):
            values |= {"last_changed_at": None, "last_changed_by": None}
            context.provenance.note("configuration.last_changed_at", comment)
    return values


def read_configuration_state(context: Context) -> Configuration:
    """Changes, logging of changes, and archiving."""
    archive = context.tree.first("archive")
    log = archive.first("log config") if archive else None
    context.provenance.section("configuration", *([archive] if archive else []))
    return Configuration(
        change_log_enabled=log is not None and log.first("logging enable") is not None,
        change_log_hides_keys=log is not None and log.first("hidekeys") is not None,
        change_log_to_syslog=log is not None and log.first("notify syslog") is not None,
        archive_configured=archive is not None and archive.first("path") is not None,
        archive_on_save=archive is not None and archive.first("write-memory") is not None,
        automatic_download=context.toggle(
            "configuration.automatic_download", "service config", ios=False, ios_xe=False
        ),
        **read_header(context),
    )


def read_version(output: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Fields of ``Device`` and of ``Software`` from ``show version``; None when it does not look like Cisco IOS."""
    version = _VERSION.search(output)
    if version is None:
        return None
    software: dict[str, Any] = {
        "name": "Cisco IOS XE" if re.search(r"IOS[ -]XE", output) else "Cisco IOS",
        "version": version[1],
        "version_numbers": [int(part) for part in re.findall(r"\d{1,9}", version[1])],
    }
    if image := re.search(r'^System image file is "([^"]{1,200})"', output, re.MULTILINE):
        software["boot_image"] = image[1]
    if uptime := re.search(r"^\S{1,64} uptime is (.{1,100})", output, re.MULTILINE):
        seconds = sum(int(n) * _SECONDS[unit] for n, unit in _UPTIME.findall(uptime[1]))
        software["uptime_days"] = seconds // 86_400
    return _hardware(output), software


def _hardware(output: str) -> dict[str, Any]:
    device: dict[str, Any] = {}
    model = re.search(r"^Model [Nn]umber\s*: (\S{1,40})", output, re.MULTILINE) or _MODEL.search(output)
    serial = re.search(r"^System [Ss]erial [Nn]umber\s*: (\S{1,40})", output, re.MULTILINE)
    serial = serial or re.search(r"^Processor board ID (\S{1,40})", output, re.MULTILINE)
    if model:
        device["model"] = model[1]
    if serial:
        device["serial"] = serial[1]
    return device


def read_certificates(output: str, zones: Mapping[str, int]) -> list[Certificate]:
    """``show crypto pki certificates``: one per block; a block is a title without indentation and lines below it.

    ``zones`` holds time zones that the device prints beside UTC: name -> minutes from UTC.
    """
    blocks = re.split(r"^(?=\S)", output.replace("\r", ""), flags=re.MULTILINE)
    return [
        _certificate(block, zones)
        for block in blocks
        if "Certificate" in block.split("\n", 1)[0] and "Validity" in block
    ]


def _certificate(block: str, zones: Mapping[str, int]) -> Certificate:
    values: dict[str, Any] = {"kind": "authority" if block.startswith("CA ") else "device"}
    subject, issuer = _names(block, "Subject"), _names(block, "Issuer")
    trust = re.search(r"Associated Trustpoints: (\S{1,64})", block)
    values["name"] = " ".join(part for part in (trust[1] if trust else subject, values["kind"]) if part)
    values |= {"subject": subject, "issuer": issuer, "self_signed": subject == issuer}
    if serial := re.search(r"Serial Number \(hex\): ([0-9A-Fa-f]{1,64})", block):
        values["serial"] = serial[1].lower()
    for field, word in (("not_before", "start"), ("not_after", "end")):
        found = re.search(rf"{word}\s{{1,4}}date: (.{{1,60}})", block)
        if found and (moment := _moment(found[1], zones)):
            values[field] = moment
    return Certificate(**values)


def _names(block: str, title: str) -> str:
    """The distinguished name below a title: its ``key=value`` lines, joined with commas."""
    found = re.search(rf"^  {title}:[^\n]*\n((?:    .*\n)+)", block, re.MULTILINE)
    lines = [line.strip() for line in (found[1] if found else "").splitlines()]
    return ",".join(line for line in lines if re.match(r"[A-Za-z.]+=", line))


def _moment(text: str, zones: Mapping[str, int]) -> str | None:
    """``00:44:52 UTC Nov 20 2025`` as RFC 3339; a zone that the device does not explain is ambiguous, so it is not read."""
    found = _CERTIFICATE_DATE.match(text)
    minutes = zones.get(found[2], 0 if found[2] in {"UTC", "GMT"} else None) if found else None
    if found is None or minutes is None:
        return None
    try:
        moment = datetime.strptime(f"{found[1]} {found[3]} +0000", "%H:%M:%S %b %d %Y %z") - timedelta(minutes=minutes)
    except (ValueError, OverflowError):
        return None
    return moment.isoformat().replace("+00:00", "Z")
