"""A hardened switch meets every check, and one weakened line fails exactly the checks that are about it."""

import base64

import msgspec
import pytest

from baseline.assess.judge import Judged, judge
from baseline.collectors.network.platforms import platform
from baseline.content.checks.folder import read_check_files
from baseline.content.expression.engine import TARGET_FIELDS
from baseline.content.location import content_folder
from baseline.models.result import Status
from tests.platforms.eos.weaknesses import LINES
from tests.platforms.vendors import recording

EOS = platform("arista_eos")
RUNNING, SAVED = "show running-config", "show startup-config"
LOG, TIME = "show logging", "show ntp associations"
NOW = 1_772_535_600
"""2026-03-03 11:00 UTC, when the outputs were recorded."""

TARGET = {
    **dict.fromkeys(TARGET_FIELDS),
    "name": "gem-toegang-02",
    "groups": [],
    "tags": ["outside-controlled-area", "public-space"],
    "platform": "arista_eos",
    "exposure": "internet",
    "confidentiality": "high",
}
PARAMS = {"network-management-instance-own": {"instances": ["BEHEER"]}}

WEAK = {"time-keys-strong"}
"""EOS has no better keys for time than SHA-1."""

ALWAYS = {
    "configuration-download-off",
    "control-plane-policed",
    "https-login-personal",
    "ports-negotiation-off",
    "services-legacy-off",
    "ssh-version-2",
}
"""EOS meets these whatever is configured: it lacks what they forbid, or has what they ask by itself."""

NOT_ASKED = {
    "lines-aux-closed",
    "logging-buffer-kept",
    "logging-collectors-reached",
    "snmp-community-not-default",
    "vlans-dhcp-snooped",
}
"""Not applicable to this switch: it has no such port or community, or EOS does not tell."""

OUTPUTS = [
    (
        RUNNING,
        "   shutdown\n   !\n   vrf BEHEER\n      no shutdown\n      ip",
        "   no shutdown\n   !\n   vrf BEHEER\n      no shutdown\n      ip",
        "https-sources-limited",
    ),
    (SAVED, "login timeout 60", "login timeout 30", "configuration-saved"),
    (
        "show management api http-commands",
        "HTTP server:        shutdown",
        "HTTP server:        running",
        "http-without-tls-off",
    ),
    ("show management security ssl certificate", "Nov 12 03:12:40 2026", "Mar 12 03:12:40 2026", "certificates-valid"),
    ("show management security ssl certificate", "Nov 12 03:02:40 2025", "Apr 12 03:02:40 2026", "certificates-valid"),
    ("show mlag", "Connected", "Connecting", "failover-ready"),
    ("show mlag", "consistent", "inconsistent", "failover-ready"),
    (LOG, "Configured from console by j.devries", "Configured from console by admin", "configuration-changes-named"),
    (LOG, "Console logging: level critical", "Console logging: level errors", "logging-console-quiet"),
    (LOG, "Sequence numbers: enabled", "Sequence numbers: disabled", "logging-lines-numbered"),
    (TIME, "-0.214", "-814.2", "time-clock-accurate"),
    (TIME, "401 1024  377", "401 1024    0", "time-servers-reached"),
    (
        "show ntp status",
        "synchronised to NTP server (192.0.2.90) at stratum 3",
        "unsynchronised",
        "time-clock-accurate time-servers-authenticated",
    ),
    ("show version", "Uptime: 8 weeks", "Uptime: 3 years, 8 weeks", "software-started-lately"),
    ("show version", "Software image version: 4.32.4M", "Software image version: 4.20.1F", "software-release-approved"),
    (
        "show management telnet",
        "Telnet status for Default VRF is disabled",
        "Telnet status for Default VRF is enabled",
        "",
    ),
]


@pytest.fixture(scope="module")
def checks():
    found = [file.compiled for file in read_check_files([content_folder("checks")], None)]
    return [
        compiled
        for compiled in found
        if compiled.check.applies_to.kind == "network"
        and (not compiled.check.applies_to.platforms or "arista_eos" in compiled.check.applies_to.platforms)
    ]


@pytest.fixture(scope="module")
def outputs():
    strict = recording("arista_eos", "strict")
    names = [command.text for command in EOS.commands if command.text not in {RUNNING, SAVED}]
    shows = {name: recording("arista_eos", name.replace(" ", "_")) for name in names}
    shows[LOG] = shows[LOG].replace("Console logging: level errors", "Console logging: level critical")
    shows["show version"] = shows["show version"].replace("version: 4.28.3M", "version: 4.32.4M")
    return {RUNNING: strict, SAVED: strict} | shows


def verdicts(checks, outputs):
    """Check, without its prefix -> the worst status of its subjects."""
    document = msgspec.to_builtins(EOS.parse(outputs).facts)
    judged = Judged(document, TARGET, NOW)
    order = (Status.ERROR, Status.FAIL, Status.PASS, Status.NOT_APPLICABLE)
    worst = {}
    for compiled in checks:
        params = {**compiled.check.params, **PARAMS.get(compiled.check.id, {})}
        statuses = {verdict.status for verdict in judge(compiled, judged, params)}
        worst[compiled.check.id.removeprefix("network-")] = next(status for status in order if status in statuses)
    return worst


@pytest.fixture(scope="module")
def strict(checks, outputs):
    return verdicts(checks, outputs)


def worse(checks, outputs, strict):
    found = verdicts(checks, outputs)
    return {
        name: status for name, status in found.items() if status != strict[name] and status != Status.NOT_APPLICABLE
    }


def test_a_hardened_switch_meets_every_check_that_applies(strict):
    assert {name for name, status in strict.items() if status == Status.ERROR} == set()
    assert {name for name, status in strict.items() if status == Status.FAIL} == WEAK
    assert {name for name, status in strict.items() if status == Status.NOT_APPLICABLE} == NOT_ASKED


@pytest.mark.parametrize(("old", "new", "expected"), LINES, ids=[row[2][:30] + row[0].strip()[:20] for row in LINES])
def test_a_weakened_line_fails_exactly_the_checks_that_are_about_it(checks, outputs, strict, old, new, expected):
    text = outputs[RUNNING]
    assert text.count(old) == 1
    changed = text.replace(old, new)
    found = worse(checks, outputs | {RUNNING: changed, SAVED: changed}, strict)
    assert found == dict.fromkeys(expected.split(), Status.FAIL) | {
        name: Status.PASS for name in found if strict[name] == Status.NOT_APPLICABLE and found[name] == Status.PASS
    }


@pytest.mark.parametrize(("command", "old", "new", "expected"), OUTPUTS, ids=[row[3] or row[1][:20] for row in OUTPUTS])
def test_a_changed_answer_fails_exactly_the_checks_that_are_about_it(
    checks, outputs, strict, command, old, new, expected
):
    assert outputs[command].count(old) == 1
    changed = outputs | {command: outputs[command].replace(old, new)}
    if command == RUNNING:
        changed |= {SAVED: changed[RUNNING]}
    assert worse(checks, changed, strict) == dict.fromkeys(expected.split(), Status.FAIL)


def wire(*fields):
    return b"".join(len(field).to_bytes(4, "big") + field for field in fields)


def test_a_short_host_key_that_the_server_offers_fails(checks, outputs, strict):
    modulus = (2**2047 + 1).to_bytes(257, "big")
    key = base64.b64encode(wire(b"ssh-rsa", b"\1\0\1", modulus)).decode()
    changed = outputs | {"show management ssh hostkey rsa public": f"ssh-rsa {key}\n"}
    assert worse(checks, changed, strict) == {"ssh-host-keys-strong": Status.FAIL}


def test_every_check_can_fail_on_eos(strict):
    failed = {name for row in (*LINES, *OUTPUTS) for name in row[-1].split()} | {"ssh-host-keys-strong"}
    assert set(strict) - failed - WEAK == ALWAYS | (NOT_ASKED - failed) | {"spanning-tree-rapid"}


@pytest.mark.parametrize("missing", [RUNNING, LOG, TIME, "show version", "show management api http-commands"])
def test_what_the_device_did_not_answer_never_passes(checks, outputs, strict, missing):
    """Without an answer a check keeps its verdict, when something else tells, or becomes an error."""
    rest = {command: text for command, text in outputs.items() if command != missing}
    found = worse(checks, rest, strict)
    assert set(found.values()) <= {Status.ERROR}
    assert found or missing == "show management api http-commands"
    if missing == RUNNING:
        told = verdicts(checks, rest)
        assert {name for name, status in told.items() if status == Status.PASS} <= {
            "certificates-valid",
            "software-release-approved",
            "software-started-lately",
            "time-clock-accurate",
            "configuration-changes-named",
            "failover-ready",
            "logging-console-quiet",
            "logging-lines-numbered",
            "ssh-host-keys-strong",
            "http-without-tls-off",
        }
