"""Package lists of apt on a real Debian: only what stands at the start of a line is a package or its version."""

import os
import shutil
import subprocess

import pytest

from baseline.collectors.host.collector import read_facts
from baseline.collectors.host.script import compose
from baseline.collectors.host.sections import SECTIONS
from baseline.collectors.host.transcript import read_transcript
from tests.host.recordings import ARTEFACTS

COMPARING = tuple(section for section in SECTIONS if section.name == "pending_updates")
MARK = "@lists"
LISTS = "/var/lib/apt/lists"

OTHER = """\
Package: bash
Python-Version: 9999
Version: 9999
Description: a shell
 Package: dash
 Version: 9999
 installed Package: 5
 list security Version: 5

"""
SECURITY = "Package: dash\nVersion: 9999\n\nPackage: not-installed-here\nVersion: 1\n"


@pytest.fixture
def ask(tmp_path):
    """What the script finds with these lists instead of those of this machine."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("unshare", "dpkg-query", "apt-get"))):
        pytest.skip("needs root, unshare and a Debian")

    def ask(**lists):
        for name, text in lists.items():
            (tmp_path / f"{name}_main_binary-amd64_Packages").write_text(text)
        steps = f"mount --bind {tmp_path} {LISTS} || exit 77; exec sh -s"
        done = subprocess.run(
            ["unshare", "--mount", "sh", "-c", steps], input=compose(COMPARING, MARK), capture_output=True, check=False
        )
        if done.returncode == 77:
            pytest.skip("mounts are not allowed here")
        packages = read_facts(read_transcript(done.stdout, MARK, ARTEFACTS), COMPARING)[0].packages
        return packages.pending_updates, packages.pending_security_updates

    return ask


def test_what_stands_within_a_description_is_no_package(ask):
    assert ask(own=OTHER, debian_security="Package: dash\nVersion: 0\n") == (1, 0)
    assert ask(own=OTHER, debian_security=SECURITY) == (2, 1)


def test_a_list_without_packages_is_not_the_same_as_no_updates(ask):
    pending, security = ask(own=OTHER, other="Description: nothing\n")
    assert "could not be compared" in pending.reason
    assert "could not be compared" in security.reason


def test_without_a_source_of_security_updates_it_is_not_known_that_none_waits(ask):
    pending, security = ask(own=OTHER)
    assert pending == 1
    assert "one of security updates" in security.reason
