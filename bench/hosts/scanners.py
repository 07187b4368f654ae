"""Lynis and OpenSCAP: scanners that run whole on the host, with every test that they have or that a profile names."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import msgspec

from bench.contender import Work
from bench.environments import MissingPeerError
from bench.hosts.servers import Hosts

CONTENT = Path("/usr/share/xml/scap/ssg/content/ssg-debian11-ds.xml")
PROFILE = "xccdf_org.ssgproject.content_profile_standard"


def missing(*programs: str) -> str:
    """What is not installed of these programs, and of OpenSCAP's content when it is among them."""
    absent = [name for name in programs if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")]
    return ", ".join(absent + ([] if "oscap-ssh" not in programs or CONTENT.exists() else [CONTENT.name]))


def lynis(**hosts: object) -> Work:
    """Its whole audit of one host, as root, over one session; report and log go to a folder that is removed."""
    given = msgspec.convert(hosts, Hosts)
    audit = "lynis audit system --quick --quiet --no-colors --logfile $place/log --report-file $place/report"
    command = f"place=$(mktemp -d) && PATH=$PATH:/usr/sbin; {audit}; grep -c . $place/report; rm -r $place"

    def work() -> dict[str, float]:
        done = _run(["ssh", "-F", given.ssh_config, given.names[0], command], {})
        lines = int(done.stdout.split()[-1])
        return {"answered": float(lines > 100)}

    return work


def oscap_ssh(**hosts: object) -> Work:
    """``oscap-ssh`` with the profile *standard*: content there, results back.

    The content is for Debian 11 only: the line that says so is left out, so that any Debian is looked at.
    """
    given = msgspec.convert(hosts, Hosts)
    folder = tempfile.TemporaryDirectory(prefix="bb-")
    content, results = Path(folder.name, "content.xml"), Path(folder.name, "results.xml")
    content.write_text(re.sub(r'<xccdf-1.2:platform idref="cpe:/o:debian[^>]*/>', "", CONTENT.read_text()))
    settings = {"SSH_ADDITIONAL_OPTIONS": f"-F {given.ssh_config}"}
    command = ["oscap-ssh", given.names[0], str(given.port), "xccdf", "eval", "--profile", PROFILE]

    def work() -> dict[str, float]:
        _run([*command, "--results", str(results), str(content)], settings, statuses=frozenset({0, 2}))
        decided = len(re.findall(r"<result>(?:pass|fail)</result>", results.read_text()))
        folder.cleanup()
        return {"answered": float(decided > 0), "decided": decided}

    return work


def _run(
    command: list[str], settings: dict[str, str], *, statuses: frozenset[int] = frozenset({0})
) -> subprocess.CompletedProcess[str]:
    environment = os.environ | settings
    done = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace", env=environment)
    if done.returncode not in statuses:
        raise MissingPeerError(f"{command[0]} ended with {done.returncode}: {(done.stderr or done.stdout)[-1000:]}")
    return done
