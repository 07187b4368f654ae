"""What recorded answers mean for file systems, schedules, back-ups, certificates and advisories."""

import pytest

from baseline.collectors.host.sections.rpm_version import rpm_version_order
from baseline.models.facts.fact import Unknown
from tests.host import recordings
from tests.host.recordings import section


@pytest.fixture(scope="module")
def debian():
    return recordings.facts("debian-12")


@pytest.fixture(scope="module")
def alma():
    return recordings.facts("alma-9")


@pytest.fixture(scope="module")
def sles():
    return recordings.facts("sles-15")


def by_name(items):
    return {item.name: item for item in items}


def test_odd_files_are_told_apart(alma):
    found = alma.file_system
    assert found.world_writable_files == ["/opt/agent/state file"]
    assert found.world_writable_directories == []
    assert found.set_id_files == ["/opt/agent/helper", "/usr/bin/su"]
    assert found.set_id_files_outside_packages == ["/opt/agent/helper"]
    assert found.unowned == ["/srv/old"]  # 70001 has a name in the directory service


def test_a_program_is_its_packages_whether_bin_is_a_link_or_not(debian):
    assert debian.file_system.set_id_files_outside_packages == []


def test_a_search_that_was_cut_off_found_nothing_out(sles):
    for name in sles.file_system.__struct_fields__:
        assert "cut off" in getattr(sles.file_system, name).reason


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("searched 124 0 0 0", "took too long"),
        ("searched 1 3 0 0", "3 directories may not be read"),
        ("searched 1 0 2 0", "ended with errors"),
        ("searched 0 0 0 501", "more than 500"),
        ("searched 0 0", "gave no answer"),
        ("", "gave no answer"),
    ],
)
def test_a_search_that_was_not_whole_says_why(end, reason):
    facts = section("file_search", f"@0 command find local file systems\n{end}\n@0 status 0")
    assert reason in facts.file_system.world_writable_files.reason


def test_who_may_change_what_root_runs(alma, sles):
    jobs = by_name(alma.scheduled_jobs)
    assert (jobs["/etc/crontab:16"].user, jobs["/etc/crontab:16"].replaceable) == ("root", True)
    assert jobs["/var/spool/cron/legacy:1"].replaceable is False  # his own script under his own account
    assert jobs["/etc/anacrontab:13"].replaceable is None
    assert (jobs["dnf-automatic.timer"].program, jobs["dnf-automatic.timer"].schedule) == (
        "/usr/bin/dnf-automatic",
        "timer",
    )
    assert by_name(sles.scheduled_jobs)["/var/spool/cron/tabs/root:1"].replaceable is True  # its group may write


def test_backups(debian, alma, sles):
    assert (debian.backup.product, debian.backup.active, debian.backup.last_success_age_days) == ("borg", True, 0)
    assert (alma.backup.product, alma.backup.active, alma.backup.last_success_age_days) == ("bareos", True, 0)
    assert (sles.backup.product, sles.backup.active) == ("spectrum-protect", False)  # copies of lists are no back-up
    assert "stamp" in sles.backup.last_success_age_days.reason


def test_the_age_of_definitions(debian, alma, sles):
    assert debian.antimalware.definitions_age_days == 0
    assert (alma.antimalware.product, alma.antimalware.definitions_age_days) == ("falcon", None)
    assert (sles.antimalware.product, sles.antimalware.definitions_age_days) == (None, None)


def test_certificates_and_keys(debian, alma):
    (certificate,) = debian.certificates.installed
    assert (certificate.key_type, certificate.key_bits, certificate.signature_hash) == ("ECDSA", 256, "sha256")
    assert certificate.valid_until == "2126-10-29"
    assert certificate.self_signed
    (key,) = debian.certificates.private_keys
    assert (key.name, key.group, key.other_readable, key.encrypted) == (
        "/etc/ssl/private/web01.key",
        "ssl-cert",
        False,
        False,
    )
    assert "not a certificate" in alma.certificates.installed[0].days_left.reason


def test_advisories_of_dnf_and_zypper(alma, sles):
    assert alma.packages.pending_security_updates == 1  # bind; the advisory of glibc is older than what is there
    assert (alma.packages.automatic_updates, sles.packages.automatic_updates) == (False, True)
    assert sles.packages.pending_security_updates == 0  # of two kernels the newest counts
    assert sles.packages.unsigned_repositories == ["vendor"]


def test_without_advisories_nothing_is_known_to_be_installed():
    facts = section("pending_updates", "@0 absent updateinfo")
    assert "never refreshed" in facts.packages.pending_security_updates.reason
    unread = "@0 command compare advisories\ncompared 300 unread 1\n@0 status 0"
    assert "could not be compared" in section("pending_updates", unread).packages.pending_security_updates.reason


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("0:1.0-1.el9", "0:1.0-2.el9"),
        ("0:1.9-1", "0:1.10-1"),
        ("0:2.0~rc1-1", "0:2.0-1"),
        ("0:2.0-1", "0:2.0^git1-1"),
        ("0:2.0-1", "1:1.0-1"),
        ("0:1.0a-1", "0:1.0.1-1"),
        ("0:3.2.2-6.el9_5", "0:3.2.2-6.el9_5.1"),
        ("0:9.16.23-29.el9_6", "0:9.16.23-31.el9_6"),
    ],
)
def test_versions_sort_as_rpm_sorts_them(older, newer):
    """Pairs of which rpm-version(7) says which is newer."""
    assert rpm_version_order(older) < rpm_version_order(newer)
    assert rpm_version_order(older) == rpm_version_order(older.replace(".", "_"))


def test_homes_on_the_network_and_shared_numbers(alma):
    users = by_name(alma.users)
    assert users["beheer"].home_mode == Unknown("not looked at: the home directory lies on a network file system")
    assert (users["beheer"].same_uid, users["legacy"].same_uid) == (["legacy"], ["beheer"])
    assert users["root"].same_uid == []
    assert users["root"].password_status == "locked"


def test_what_a_distribution_calls_by_another_name(alma, sles):
    assert (alma.cryptography.policy, sles.cryptography.policy) == ("DEFAULT:SHA1", None)
    assert sles.cryptography.openssl_minimum_protocol is None
    assert sles.password_rules.quality_module == "cracklib"
    assert (sles.password_rules.minimum_length, sles.password_rules.lockout_attempts) == (14, None)
    assert (sles.boot.secure_boot, sles.boot.password, sles.system.end_of_support) == (False, False, "2031-07-31")
    assert alma.services["ssh"].unit == "sshd.service"
