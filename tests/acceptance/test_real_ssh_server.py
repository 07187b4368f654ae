"""A real sshd, seen through a login without rights and sudo: verdicts follow its settings, one by one."""

import pytest

from tests.acceptance.command import Command
from tests.acceptance.linux_host import linux_host

pytestmark = [pytest.mark.slow, pytest.mark.sshd]

ROOT = "host-ssh-root-login-refused"
PASSWORDS = "host-ssh-passwords-refused"
ALGORITHMS = "host-ssh-algorithms-strong"

QUICK = ("host-[!df]*", "host-dis*", "host-firewall*", "host-files-[!osw]*")
"""All but those for which the host walks through its file systems."""

WEAK = ("cbc", "3des", "arcfour", "sha1", "md5", "umac", "group14", "group-exchange", "ssh-rsa", "ssh-dss")
"""What a person would look for in a list of algorithms; SHA-1 is also what ``ssh-rsa`` means by itself."""

FLIPS = {
    "PermitRootLogin yes": {ROOT},
    "PermitRootLogin prohibit-password": {ROOT},
    "PermitRootLogin forced-commands-only": {ROOT},
    "PasswordAuthentication yes": {PASSWORDS},
    "KbdInteractiveAuthentication yes": {PASSWORDS},
    "Ciphers aes256-ctr,aes128-cbc": {ALGORITHMS},
    "MACs hmac-sha2-256,hmac-sha1": {ALGORITHMS},
    "KexAlgorithms curve25519-sha256,diffie-hellman-group14-sha1": {ALGORITHMS},
    "HostKeyAlgorithms ssh-ed25519,ssh-rsa": {ALGORITHMS},
    "PermitEmptyPasswords yes": {"host-ssh-empty-passwords-refused"},
    "X11Forwarding yes": {"host-ssh-x11-forwarding-off"},
    "MaxSessions 12": set(),
    "PrintMotd yes": set(),
    "MaxAuthTries 12": set(),
}
"""One setting -> the checks that it flips; of the last three, no check is about two, and the third is bad before."""

MATCHES = {
    "Match Address 192.0.2.0/24\n  PermitRootLogin yes": {ROOT},
    "Match User beheer\n  PasswordAuthentication yes": {PASSWORDS},
    "Match User beheer\n  X11Forwarding no": set(),
}
"""What is set for some only."""


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    with linux_host(tmp_path_factory.mktemp("host")) as host:
        yield host


@pytest.fixture(scope="module")
def good(host, tmp_path_factory):
    """The verdicts on the host in its good situation."""
    return verdicts(Command(tmp_path_factory.mktemp("good")), host)


@pytest.fixture(autouse=True)
def _good_again(host, good):
    host.reset()


def verdicts(baseline, host):
    """Every verdict, but for the sockets that other programs of this machine open meanwhile."""
    quick = [option for pattern in QUICK for option in ("--check", pattern)]
    ended = baseline("check", "-i", host.inventory, "--json", *quick)
    assert [entry["outcome"] for entry in ended.document["population"]] == ["reached"], ended.stdout
    found = {key[1:]: status for key, status in ended.verdicts.items()}
    return {key: status for key, status in found.items() if key[0] != "host-sockets-exposed-expected"}


def changed(before, after):
    return {key: after.get(key) for key in before | after if before.get(key) != after.get(key)}


def as_a_person_reads(settings):
    """Which of the three checks a person would say are met, who reads what ``sshd -T`` prints."""
    offered = ",".join(settings[name] for name in ("ciphers", "macs", "kexalgorithms", "hostkeyalgorithms"))
    return {
        ROOT: settings["permitrootlogin"] == "no",
        PASSWORDS: settings["passwordauthentication"] == settings["kbdinteractiveauthentication"] == "no",
        ALGORITHMS: not any(word in name for name in offered.split(",") for word in WEAK),
    }


def test_a_good_server_meets_what_is_asked_of_it(good):
    assert {name: good[name, ""] for name in (ROOT, PASSWORDS, ALGORITHMS)} == dict.fromkeys(
        (ROOT, PASSWORDS, ALGORITHMS), "pass"
    )
    assert good["host-accounts-password-not-empty", "beheer"] == "pass"


@pytest.mark.parametrize("setting", FLIPS)
def test_one_setting_flips_the_checks_that_name_it_and_no_others(baseline, host, good, setting):
    name, _, value = setting.partition(" ")
    host.configure(**{name: value})
    now = verdicts(baseline, host)

    assert changed(good, now) == {(check, ""): "fail" for check in FLIPS[setting]}
    said = as_a_person_reads(host.effective_settings())
    assert {check: now[check, ""] == "pass" for check in said} == said


@pytest.mark.parametrize("block", MATCHES)
def test_a_setting_for_some_counts_too(baseline, host, good, block):
    host.configure(block)
    assert changed(good, verdicts(baseline, host)) == {(check, ""): "fail" for check in MATCHES[block]}


def test_what_sshd_takes_by_default_is_judged_as_sshd_says_it(baseline, host):
    """Without any setting of ours, whatever the release that is installed here takes for granted."""
    names = ("PermitRootLogin", "PasswordAuthentication", "KbdInteractiveAuthentication", "Ciphers", "MACs")
    names += ("KexAlgorithms", "HostKeyAlgorithms")
    path = host.etc / "ssh" / "sshd_config"
    path.write_text("".join(f"{line}\n" for line in path.read_text().splitlines() if not line.startswith(names)))
    host.restart()
    now = verdicts(baseline, host)
    said = as_a_person_reads(host.effective_settings())
    assert {check: now[check, ""] == "pass" for check in said} == said
    assert False in said.values()


def test_setting_it_right_again_flips_the_verdict_back(baseline, host, good):
    host.configure(PermitRootLogin="yes")
    baseline("check", "-i", host.inventory)
    host.configure()
    assert verdicts(baseline, host) == good


def test_an_account_without_a_password_is_named(baseline, host, good):
    path = host.etc / "shadow"
    lines = path.read_text().splitlines()
    path.write_text("".join(f"{'beheer::19800::::::' if line.startswith('beheer:') else line}\n" for line in lines))
    assert changed(good, verdicts(baseline, host)) == {
        ("host-accounts-password-not-empty", "beheer"): "fail",
        ("host-accounts-passwords-expire", "beheer"): None,
        ("host-accounts-passwords-expire", ""): "not_applicable",  # an empty password does not end
    }


def test_a_password_that_is_hashed_weakly_is_seen(baseline, host, good):
    path = host.etc / "shadow"
    lines = path.read_text().splitlines()
    weak = "beheer:$1$k1y0rz5V$xjFaXSO5y1Zz1gyhLkd2Y0:19800::::::"
    path.write_text("".join(f"{weak if line.startswith('beheer:') else line}\n" for line in lines))
    assert changed(good, verdicts(baseline, host)) == {("host-passwords-hashed-strongly", ""): "fail"}


def test_a_second_account_with_the_rights_of_root_is_named(baseline, host, good):
    path = host.etc / "passwd"
    path.write_text(path.read_text().replace("beheer:x:64002:", "beheer:x:0:"))
    assert changed(good, verdicts(baseline, host)) == {
        ("host-accounts-root-only-uid-0", "beheer"): "fail",
        ("host-accounts-system-cannot-log-in", "beheer"): "fail",  # with such a number it counts as one of the system
        ("host-accounts-homes-closed", "beheer"): None,
        ("host-accounts-numbers-unique", "beheer"): None,
    }


def test_all_rights_without_a_password_are_seen(baseline, host, good):
    host.write_sudoers("beheer ALL=(ALL:ALL) NOPASSWD: ALL")
    check, place = "host-sudo-password-required", "/etc/sudoers.d/administrators:2"
    assert good[check, place] == "pass"
    assert changed(good, verdicts(baseline, host)) == {(check, place): None, (check, f"{place} NOPASSWD"): "fail"}


def test_a_host_whose_disk_cannot_be_written_is_checked_whole_and_gets_no_file(baseline, host):
    for folder in ("/etc", "/home", "/root", "/usr", "/var/lib"):
        assert "Read-only" in host.run("sh", "-c", f"touch {folder}/new 2>&1 || true")
    before = host.written_files()
    ended = baseline("check", "-i", host.inventory, "--json")
    assert host.written_files() == before
    reasons = {reason for reason in ended.reasons("server-1") if "systemd does not run" not in reason}
    assert {reason for reason in reasons if "cut off" not in reason} == set(), "only systemd is missing here"
