"""``baseline trust``, as a person runs it, against a real SSH server."""

import os
import re
import subprocess
import sys

import pytest

from tests.services.openssh import free_port, make_key, openssh_server

pytestmark = [pytest.mark.sshd, pytest.mark.slow]


class Person:
    """Types commands in a folder of her own."""

    def __init__(self, folder, server):
        self.folder = folder
        self.known_hosts = folder / "known_hosts"
        (folder / "hosts.yml").write_text(
            "all:\n"
            "  vars: {ansible_connection: ansible.netcommon.network_cli, ansible_network_os: cisco.ios.ios}\n"
            "  hosts:\n"
            f"    core-1: {{ansible_host: 127.0.0.1, ansible_port: {server.port}}}\n"
            f"    core-2: {{ansible_host: 127.0.0.1, ansible_port: {free_port()}}}\n"
        )

    def trust(self, *arguments, answer="", inventory=True):
        options = ["-i", str(self.folder / "hosts.yml")] if inventory else []
        command = [sys.executable, "-m", "baseline.cli.main", "trust", *options, "--known-hosts", str(self.known_hosts)]
        return subprocess.run(
            [*command, *arguments],
            check=False,
            input=answer,
            capture_output=True,
            text=True,
            timeout=60,
            env=dict(os.environ),
        )


@pytest.fixture
def person(openssh, tmp_path):
    return Person(tmp_path, openssh)


def fingerprint(path):
    printed = subprocess.run(["ssh-keygen", "-lf", str(path)], check=True, capture_output=True, text=True).stdout
    return printed.split()[1]


def test_a_new_key_is_shown_and_written_when_a_person_accepts_it(openssh, person):
    done = person.trust("core-1", answer="y\n")
    assert done.returncode == 0, done.stderr
    assert f"ssh-ed25519 {fingerprint(openssh.host_key_files[0])}" in done.stdout
    assert person.known_hosts.read_text() == openssh.known_hosts.read_text().splitlines(keepends=True)[0]
    again = person.trust("core-1")
    assert (again.returncode, "known already" in again.stdout) == (0, True)


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_a_key_that_nobody_accepts_is_not_written(person, answer):
    done = person.trust("core-1", answer=answer)
    assert done.returncode == 3
    assert not person.known_hosts.exists()


def test_without_a_person_nothing_is_accepted_unless_told_to(person):
    assert person.trust("core-1").returncode == 130
    assert not person.known_hosts.exists()
    assert person.trust("core-1", "--yes").returncode == 0
    assert person.known_hosts.exists()


def test_a_changed_key_is_shown_beside_the_old_one_and_needs_replace(openssh, person, tmp_path):
    old = make_key(tmp_path / "old").with_suffix(".pub")
    person.known_hosts.write_text(f"[127.0.0.1]:{openssh.port} {old.read_text()}")
    refused = person.trust("core-1", "--yes")
    assert refused.returncode == 3
    assert "--replace" in refused.stderr
    assert len(set(re.findall(r"SHA256:\S+", refused.stdout))) == 2
    assert fingerprint(old) in refused.stdout
    replaced = person.trust("core-1", "--replace", answer="y\n")
    assert replaced.returncode == 0, replaced.stderr
    assert person.known_hosts.read_text() == openssh.known_hosts.read_text().splitlines(keepends=True)[0]


def test_a_revoked_key_is_never_accepted(openssh, person):
    person.known_hosts.write_text(
        "".join(f"@revoked {line}\n" for line in openssh.known_hosts.read_text().splitlines())
    )
    done = person.trust("core-1", "--yes", "--replace")
    assert (done.returncode, "revoked" in done.stderr) == (3, True)


def test_one_target_that_does_not_answer_does_not_stop_the_others(openssh, person):
    done = person.trust("core-2", "core-1", "--yes")
    assert done.returncode == 3
    assert "core-2" in done.stderr
    assert f"[127.0.0.1]:{openssh.port}" in person.known_hosts.read_text()


def test_a_misspelt_name_is_corrected(person):
    done = person.trust("core1")
    assert (done.returncode, "core-1" in done.stderr) == (2, True)


def test_nobody_logs_in_to_fetch_a_key(tmp_path):
    with openssh_server(tmp_path / "sshd") as server:
        Person(tmp_path, server).trust("core-1", "--yes")
        assert "Failed" not in server.log
        assert "Accepted" not in server.log
