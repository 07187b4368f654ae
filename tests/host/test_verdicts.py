"""A hardened Debian as recorded: every check is met, and one setting flips exactly the checks that are about it."""

import base64
import re
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import yaml

from baseline.assess.judge import Judged, judge
from baseline.content.location import content_folder
from baseline.models.result import Status
from tests.host import recordings
from tests.shipped import shipped_checks_of

CHECKS_FOLDER = content_folder("checks")
TARGET = {"name": "web01", "platform": "linux", "site": "", "zone": "", "owner": "", "exposure": "internal"}
ENCODED = re.compile(r"^certificate (\S+)$", re.MULTILINE)
WORST_FIRST = [Status.ERROR, Status.FAIL, Status.PASS, Status.NOT_APPLICABLE]

FLIPS = yaml.safe_load((Path(__file__).parent / "flips.yaml").read_text())
"""Texts to replace in the recording, and the checks whose verdict that changes."""

NOT_THERE = {"host-containers-engine-local", "host-cryptography-policy-strong"}
"""Checks of what this host has not: a container engine, a system-wide policy of cryptography."""


@pytest.fixture(scope="module")
def checks():
    return shipped_checks_of("host")


@pytest.fixture(scope="module")
def recorded():
    """The recording as if its package lists were fetched just now, and its support lasted until next year."""
    text = recordings.output("debian-12").replace(
        "1762900000 /var/lib/apt/lists", f"{int(time.time())} /var/lib/apt/lists"
    )
    return text.replace("\nID=debian\n", f'\nID=debian\nSUPPORT_END="{datetime.now(UTC).year + 1}-12-31"\n')


@pytest.fixture(scope="module")
def good(checks, recorded):
    return verdicts(checks, recorded)


def verdicts(checks, text):
    """The worst verdict of each check."""
    judged = Judged(msgspec.to_builtins(recordings.read(text)[0]), TARGET, int(time.time()))
    found = {
        name: [verdict.status for verdict in judge(compiled, judged, compiled.check.params)]
        for name, compiled in checks.items()
    }
    return {name: str(min(statuses, key=WORST_FIRST.index).value) for name, statuses in found.items()}


def with_certificate(text, old, new):
    """The certificate with other octets; nothing here checks its signature."""
    octets = base64.b64decode("".join(ENCODED.findall(text)))
    assert octets.count(bytes.fromhex(old)) == 1
    octets = octets.replace(bytes.fromhex(old), bytes.fromhex(new))
    first, *_ = ENCODED.findall(text)
    lines = text.replace(f"certificate {first}", f"certificate {base64.b64encode(octets).decode()}").split("\n")
    return "\n".join(line for line in lines if not ENCODED.fullmatch(line) or len(line) > 100)


def changed(good, now):
    return {name: status for name, status in now.items() if good[name] != status}


def test_a_hardened_host_meets_every_check(good):
    assert {name for name, status in good.items() if status == "not_applicable"} == NOT_THERE
    assert {name: status for name, status in good.items() if status not in {"pass", "not_applicable"}} == {}


@pytest.mark.parametrize("flip", FLIPS, ids=[" ".join(flip["replace"][0].split())[:50] for flip in FLIPS])
def test_one_setting_flips_exactly_the_checks_that_are_about_it(checks, recorded, good, flip):
    text = recorded
    for old, new in zip(flip["replace"][::2], flip["replace"][1::2], strict=True):
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the recording"
        text = text.replace(old, new)
    assert changed(good, verdicts(checks, text)) == flip["flips"]


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        (b"21261029".hex(), b"20210101".hex(), "host-certificates-valid"),
        ("2a8648ce3d030107", "2a8648ce3d030101", "host-certificates-strong"),
    ],
    ids=["ended", "a shorter curve"],
)
def test_a_bad_certificate_is_named(checks, recorded, good, old, new, check):
    assert changed(good, verdicts(checks, with_certificate(recorded, old, new))) == {check: "fail"}


def test_every_check_is_flipped_by_some_setting(good):
    flipped = {name for flip in FLIPS for name, status in flip["flips"].items() if status == "fail"}
    assert set(good) - flipped == NOT_THERE - flipped | {"host-certificates-valid", "host-certificates-strong"}


def test_a_host_that_told_nothing_meets_no_check(checks):
    now = verdicts(checks, "@0 begin 0\n@0 finished\n")
    assert {name: status for name, status in now.items() if status != "error"} == {}


@pytest.mark.parametrize("name", recordings.NAMES)
def test_a_section_that_was_broken_off_makes_no_check_pass(checks, recorded, good, name):
    """Whatever section is missing, no check passes or fails that did not before, on any recording."""
    text = recorded if name == "debian-12" else recordings.output(name)
    before = good if name == "debian-12" else verdicts(checks, text)
    for section in re.findall(r"^@0 end (\w+)$", text, re.MULTILINE):
        now = changed(before, verdicts(checks, text.replace(f"\n@0 end {section}\n", "\n")))
        assert set(now.values()) <= {"error"}, (section, now)
