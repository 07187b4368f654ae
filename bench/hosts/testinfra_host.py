"""pytest-testinfra: what eighteen shipped host checks ask, written the way its manual does."""

import re
import shlex
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec

from baseline.collectors.host.script import compose, new_mark
from baseline.collectors.host.sections import SECTIONS
from bench.contender import Work
from bench.hosts.servers import PARALLEL, Hosts

MEMORY = (
    "fs.protected_hardlinks",
    "fs.protected_symlinks",
    "fs.suid_dumpable",
    "kernel.dmesg_restrict",
    "kernel.kptr_restrict",
    "kernel.randomize_va_space",
    "kernel.yama.ptrace_scope",
)
NETWORK = (
    "net.ipv4.conf.all.accept_redirects",
    "net.ipv4.conf.all.accept_source_route",
    "net.ipv4.conf.all.send_redirects",
    "net.ipv4.conf.default.accept_redirects",
    "net.ipv4.conf.default.accept_source_route",
    "net.ipv4.conf.default.send_redirects",
    "net.ipv4.icmp_echo_ignore_broadcasts",
    "net.ipv4.tcp_syncookies",
)
LEGACY = ("inetd", "nis", "rlogin", "rsh", "talk", "telnet", "tftpd-hpa", "xinetd")


def _fields(host: Any, path: str) -> list[list[str]]:
    return [line.split(":") for line in host.file(path).content_string.splitlines() if ":" in line]


def _sshd(host: Any) -> dict[str, str]:
    return dict(line.split(" ", 1) for line in host.check_output("/usr/sbin/sshd -T").splitlines() if " " in line)


def comparing_packages() -> str:
    """What baseline itself runs for this: ``apt-get --simulate upgrade`` takes seconds and would decide everything."""
    section = next(section for section in SECTIONS if section.name == "pending_updates")
    return f"sh -c {shlex.quote(compose([section], new_mark()).decode())}"


ASSERTIONS: dict[str, Callable[[Any], bool]] = {
    "host-accounts-password-not-empty": lambda host: all(row[1] for row in _fields(host, "/etc/shadow")),
    "host-accounts-root-only-uid-0": lambda host: (
        [row[0] for row in _fields(host, "/etc/passwd") if row[2] == "0"] == ["root"]
    ),
    "host-audit-rules-active": lambda host: (
        host.service("auditd").is_running and "/etc/shadow" in host.run("auditctl -l").stdout
    ),
    "host-distribution-support-current": lambda host: host.system_info.release is not None,
    "host-firewall-input-closed": lambda host: "policy drop" in host.run("nft list ruleset").stdout,
    "host-kernel-memory-protected": lambda host: 0 not in {host.sysctl(name) for name in MEMORY},
    "host-kernel-network-hardened": lambda host: {host.sysctl(name) for name in NETWORK} == {0},
    "host-logging-collector-used": lambda host: host.run("grep -rhs '@@' /etc/rsyslog.conf /etc/rsyslog.d").rc == 0,
    "host-passwords-hashed-strongly": lambda host: (
        all(row[1][:3] in ("$y$", "$6$", "*", "!", "!*") for row in _fields(host, "/etc/shadow"))
        and host.file("/etc/login.defs").contains("^ENCRYPT_METHOD")
    ),
    "host-passwords-rules-enforced": lambda host: (
        host.file("/etc/security/pwquality.conf").contains("^minlen")
        and host.file("/etc/security/faillock.conf").contains("^deny")
    ),
    "host-services-legacy-off": lambda host: True not in {host.service(name).is_running for name in LEGACY},
    "host-sockets-exposed-expected": lambda host: (
        set(host.socket.get_listening_sockets()) <= {"tcp://0.0.0.0:22", "tcp://:::22"}
    ),
    "host-ssh-algorithms-strong": lambda host: "cbc" not in _sshd(host)["ciphers"],
    "host-ssh-passwords-refused": lambda host: _sshd(host)["passwordauthentication"] == "no",
    "host-ssh-root-login-refused": lambda host: _sshd(host)["permitrootlogin"] == "no",
    "host-sudo-password-required": lambda host: (
        not re.search(r"^[^#]*NOPASSWD:\s*ALL", host.file("/etc/sudoers").content_string, re.MULTILINE)
        and host.run("grep -rhs NOPASSWD /etc/sudoers.d").rc == 1
    ),
    "host-time-clock-synchronised": lambda host: "NTPSynchronized=yes" in host.run("timedatectl show").stdout,
    "host-updates-security-installed": lambda host: "security" not in host.run(comparing_packages()).stdout,
}
"""Id of the shipped check -> the assertion."""


def ask(hosts: dict[str, object], *, multiplexed: bool) -> Work:
    """Try every assertion on every host, in 20 threads; met or not, only that it was tried counts."""
    import testinfra

    given = msgspec.convert(hosts, Hosts)
    configuration = given.ssh_config_multiplexed if multiplexed else given.ssh_config

    def one(name: str) -> int:
        host = testinfra.get_host(f"ssh://{name}", ssh_config=configuration, controlpersist=5)
        return sum(_tried(assertion, host) for assertion in ASSERTIONS.values())

    def work() -> dict[str, float]:
        with ThreadPoolExecutor(PARALLEL) as threads:
            tried = list(threads.map(one, given.names))
        return {"answered": sum(number == len(ASSERTIONS) for number in tried), "decided": sum(tried)}

    return work


def _tried(assertion: Callable[[Any], bool], host: Any) -> bool:
    """Whether the host was asked; a service or file that it lacks is an answer, a broken connection is not."""
    try:
        assertion(host)
    except RuntimeError:
        return False
    except Exception:  # noqa: BLE001 - an assertion that cannot be met here ends in whatever error
        return True
    return True
