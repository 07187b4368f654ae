"""Every setting of the reference list has a check, and a setting that is missing means what the list says."""

import csv
import re
import time

import msgspec
import pytest

from baseline.assess.judge import Judged, judge
from baseline.collectors.host.sections.kernel_parameters import PATHS
from tests.host import recordings
from tests.host.test_verdicts import TARGET
from tests.reference import reference_path
from tests.shipped import shipped_checks_of

CHECK_OF = {
    "LNX-001": "host-kernel-not-routing",
    **{f"LNX-{number:03}": "host-kernel-network-hardened" for number in (2, 3, 4, 5, 7)},
    "LNX-006": "host-kernel-sources-verified",
    "LNX-008": "host-kernel-martians-logged",
    **{f"LNX-{number:03}": "host-kernel-memory-protected" for number in range(9, 17)},
    "LNX-017": "host-ssh-root-login-refused",
    "LNX-018": "host-ssh-passwords-refused",
    "LNX-019": "host-ssh-empty-passwords-refused",
    "LNX-020": "host-ssh-host-based-login-off",
    "LNX-021": "host-ssh-rhosts-ignored",
    "LNX-022": "host-ssh-x11-forwarding-off",
    "LNX-023": "host-ssh-attempts-limited",
    "LNX-024": "host-ssh-login-time-limited",
    "LNX-025": "host-ssh-idle-sessions-ended",
    "LNX-026": "host-ssh-logins-recorded",
    "LNX-027": "host-ssh-environment-not-set-by-users",
    **{f"LNX-{number:03}": "host-ssh-algorithms-strong" for number in (28, 29, 30)},
    "LNX-031": "host-ssh-connections-limited",
    "LNX-032": "host-passwords-maximum-age",
    "LNX-033": "host-passwords-minimum-age",
    "LNX-034": "host-passwords-hashed-strongly",
    "LNX-035": "host-accounts-umask-closed",
    "LNX-036": "host-passwords-rules-enforced",
    "LNX-037": "host-passwords-rules-enforced",
    "LNX-038": "host-passwords-rules-enforced",
    "LNX-039": "host-passwords-history-kept",
    "LNX-040": "host-accounts-su-limited",
    "LNX-041": "host-accounts-root-only-uid-0",
    "LNX-042": "host-accounts-password-not-empty",
    "LNX-043": "host-sudo-password-required",
    "LNX-044": "host-sudo-pty-used",
    "LNX-045": "host-sudo-log-kept",
    "LNX-046": "host-files-password-hashes-closed",
    "LNX-047": "host-files-accounts-protected",
    "LNX-048": "host-files-ssh-configuration-closed",
    "LNX-049": "host-ssh-host-keys-private",
    "LNX-050": "host-files-schedules-closed",
    "LNX-051": "host-files-boot-configuration-closed",
    "LNX-052": "host-files-world-writable-none",
    "LNX-053": "host-files-set-id-packaged",
    "LNX-054": "host-mounts-temporary-restricted",
    "LNX-055": "host-mounts-shared-memory-restricted",
    "LNX-056": "host-mounts-logs-apart",
    "LNX-057": "host-kernel-usb-storage-blocked",
    "LNX-058": "host-kernel-rare-file-systems-blocked",
    "LNX-059": "host-audit-rules-active",
    **{f"LNX-{number:03}": "host-packages-legacy-absent" for number in (60, 61, 62)},
    "LNX-063": "host-integrity-watched",
    "LNX-064": "host-audit-rules-active",
    "LNX-065": "host-logging-collector-used",
    "LNX-066": "host-access-control-enforced",
    "LNX-067": "host-time-clock-synchronised",
    "LNX-068": "host-logging-collector-used",
    "LNX-069": "host-logging-survives-restart",
    "LNX-070": "host-audit-log-kept",
    "LNX-071": "host-audit-rules-active",
    "LNX-072": "host-firewall-input-closed",
    "LNX-073": "host-updates-security-installed",
    "LNX-074": "host-updates-automatic",
    "LNX-075": "host-tls-minimum-version",
    "LNX-076": "host-disks-encrypted",
}
"""Setting -> the check that is about it."""

LINE_OF = {
    "LNX-032": r"/etc/login.defs:\d+:PASS_MAX_DAYS.*\n",
    "LNX-033": r"/etc/login.defs:\d+:PASS_MIN_DAYS.*\n",
    "LNX-034": r"/etc/login.defs:\d+:ENCRYPT_METHOD.*\n| yescrypt$",
    "LNX-035": r"/etc/login.defs:\d+:UMASK.*\n",
    "LNX-036": r"/etc/security/pwquality.conf:\d+:minlen.*\n",
    "LNX-037": r"/etc/pam.d/common-auth:\d+:.*pam_faillock.*\n",
    "LNX-038": r"/etc/security/faillock.conf:\d+:unlock_time.*\n",
    "LNX-039": r".*pam_pwhistory.*\n",
    "LNX-040": r".*pam_wheel.*\n",
    "LNX-044": r".*Defaults use_pty\n",
    "LNX-045": r".*Defaults logfile.*\n",
    "LNX-049": r"root\|root\|600\|/etc/ssh/ssh_host.*\n|/etc/ssh/ssh_host_ed25519_key.pub.*\n",
    "LNX-054": r"/proc/self/mounts:\d+:tmpfs /tmp .*\n",
    "LNX-055": r"/proc/self/mounts:\d+:tmpfs /dev/shm .*\n",
    "LNX-056": r"/proc/self/mounts:\d+:\S+ /var/log .*\n",
    "LNX-057": r".*install usb-storage.*\n",
    "LNX-058": r".*install cramfs.*\n",
    "LNX-059": r"^auditd.service .*\n",
    "LNX-063": r"@0 note program aide\n",
    "LNX-064": r"^auditd.service enabled\n",
    "LNX-065": r"^rsyslog.service .*\n",
    "LNX-066": r"^\(enforce\).*\n",
    "LNX-067": r"^Leap status.*\n",
    "LNX-068": r"/etc/rsyslog.d/10-collector.*\n",
    "LNX-069": r".*Storage=persistent\n|@0 note journal /var/log/journal\n|^rsyslog.service .*\n",
    "LNX-070": r".*max_log_file_action.*\n",
    "LNX-071": r".*-w /etc/sudoers -p.*\n",
    "LNX-072": r"^\t*type filter hook input.*\n",
    "LNX-073": r"^compared .*\n",
    "LNX-074": r".*APT::Periodic::Unattended-Upgrade.*\n",
    "LNX-075": r".*MinProtocol.*\n",
    "LNX-076": r"^`-sda3_crypt crypt\n",
}
"""What to take out of the recording so that the setting is missing; a list or count cannot be missing."""

COUNTS = {f"LNX-{number:03}" for number in (41, 42, 43, 52, 53, 60, 61, 62)}


def rows():
    with reference_path("hosts/linux-settings.csv").open() as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def without(row, text):
    """The recording of a hardened Debian without one setting."""
    if row["kind"] == "sysctl":
        path = next(path for path, name in PATHS.items() if name == row["key"])
        text = re.sub(rf"^/\S+:\d+:{re.escape(row['key'])} = .*\n", "", text, flags=re.MULTILINE)
        return re.sub(rf"^{path}:.*$", f"grep: {path}: No such file or directory", text, flags=re.MULTILINE)
    if row["kind"] == "sshd":
        return re.sub(rf"^{row['key']} .*\n", "", text, flags=re.MULTILINE)
    if row["kind"] == "file" and row["id"] not in LINE_OF:
        missing = f"stat: cannot statx '{row['key']}': No such file or directory"
        return re.sub(rf"^{row['key']}\|.*$", missing, text, flags=re.MULTILINE)
    return re.sub(LINE_OF[row["id"]], "", text, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def checks():
    return shipped_checks_of("host")


def test_every_setting_has_a_check_that_asks_what_its_controls_ask(checks):
    settings = rows()
    assert set(CHECK_OF) == set(settings)
    for identifier, row in settings.items():
        controls = checks[CHECK_OF[identifier]].check.controls
        named = {f"iso27001:A.{word}" for word in row["iso27002_2022"].split()}
        assert named & set(controls), (identifier, CHECK_OF[identifier], named)


@pytest.mark.parametrize("identifier", sorted(set(CHECK_OF) - COUNTS))
def test_a_missing_setting_passes_only_where_the_list_says_so(checks, identifier):
    row = rows()[identifier]
    text = recordings.output("debian-12")
    without_it = without(row, text)
    assert without_it != text
    facts = msgspec.to_builtins(recordings.read(without_it)[0])
    compiled = checks[CHECK_OF[identifier]]
    statuses = {
        verdict.status.value
        for verdict in judge(compiled, Judged(facts, TARGET, int(time.time())), compiled.check.params)
    }
    allowed = {"fail", "error"} & statuses
    assert not allowed if row["missing"] == "pass" else allowed, statuses
