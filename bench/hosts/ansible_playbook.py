"""Ansible: the eighteen questions as tasks of one play, with pipelining and no gathering of facts."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

import msgspec
import yaml

from bench.contender import Work
from bench.hosts.servers import PARALLEL, Hosts
from bench.hosts.testinfra_host import ASSERTIONS, LEGACY, MEMORY, NETWORK, comparing_packages

PACKAGES = ("ansible", "ansible-pylibssh")
"""The same environment as for network devices."""

QUESTIONS = {
    "host-accounts-password-not-empty": "awk -F: '$2 == \"\"' /etc/shadow",
    "host-accounts-root-only-uid-0": "awk -F: '$3 == 0' /etc/passwd",
    "host-audit-rules-active": "systemctl is-active auditd; auditctl -l",
    "host-distribution-support-current": "cat /etc/os-release",
    "host-firewall-input-closed": "nft list ruleset",
    "host-kernel-memory-protected": f"sysctl {' '.join(MEMORY)}",
    "host-kernel-network-hardened": f"sysctl {' '.join(NETWORK)}",
    "host-logging-collector-used": "grep -rhs '@@' /etc/rsyslog.conf /etc/rsyslog.d",
    "host-passwords-hashed-strongly": "cut -d: -f2 /etc/shadow | cut -c1-3; grep ^ENCRYPT_METHOD /etc/login.defs",
    "host-passwords-rules-enforced": "grep -h ^minlen /etc/security/pwquality.conf; grep ^deny /etc/security/faillock.conf",
    "host-services-legacy-off": f"systemctl is-active {' '.join(LEGACY)}",
    "host-sockets-exposed-expected": "ss -lntu",
    "host-ssh-algorithms-strong": "/usr/sbin/sshd -T | grep ^ciphers",
    "host-ssh-passwords-refused": "/usr/sbin/sshd -T | grep ^passwordauthentication",
    "host-ssh-root-login-refused": "/usr/sbin/sshd -T | grep ^permitrootlogin",
    "host-sudo-password-required": "grep -rhs NOPASSWD /etc/sudoers /etc/sudoers.d",
    "host-time-clock-synchronised": "timedatectl show",
}
"""Id of the shipped check -> the command of its task."""

_REACHED = re.compile(rf"^\S+\s*: ok={len(ASSERTIONS)}\b.*unreachable=0\s+failed=0\b", re.MULTILINE)


def ask(hosts: dict[str, object], program: str) -> Work:
    """``program`` is the path of ``ansible-playbook``."""
    given = msgspec.convert(hosts, Hosts)
    folder = tempfile.TemporaryDirectory(prefix="bb-")
    place = Path(folder.name)
    (place / "hosts.yaml").write_text(yaml.safe_dump({"all": {"hosts": dict.fromkeys(given.names)}}))
    questions = QUESTIONS | {"host-updates-security-installed": comparing_packages()}
    tasks = [
        {"name": check, "ansible.builtin.shell": questions[check], "failed_when": False, "changed_when": False}
        for check in ASSERTIONS
    ]
    (place / "play.yaml").write_text(yaml.safe_dump([{"hosts": "all", "gather_facts": False, "tasks": tasks}]))
    arguments = f"-F {given.ssh_config} -o ControlMaster=auto -o ControlPersist=5s -o ControlPath={place}/%n"
    (place / "ansible.cfg").write_text(
        f"[defaults]\nforks = {PARALLEL}\nlocal_tmp = {place}/tmp\nhome = {place}/home\ninterpreter_python = /usr/bin/python3\n"
        f"[ssh_connection]\npipelining = True\nssh_args = {arguments}\n"
    )

    def work() -> dict[str, float]:
        done = subprocess.run(
            [program, "-i", "hosts.yaml", "play.yaml"],
            check=False,
            capture_output=True,
            text=True,
            cwd=place,
            env={**os.environ, "ANSIBLE_CONFIG": str(place / "ansible.cfg"), "LC_ALL": "C.UTF-8"},
        )
        answered = len(_REACHED.findall(done.stdout))
        if not answered:
            raise RuntimeError((done.stdout + done.stderr)[-2000:])
        folder.cleanup()
        return {"answered": answered}

    return work
