"""What is read of a Windows beside its settings."""

import struct

import msgspec
import pytest

from baseline.collectors.image.reader.directory import DirectoryTree
from baseline.collectors.image.reader.file_tree import ImageError
from baseline.collectors.image.reader.lookup import AnyCase
from baseline.collectors.image.windows.audit_policy import CATEGORIES, COUNTS, LATER_COUNTS, read_audit_policy
from baseline.collectors.image.windows.facts import read_windows
from baseline.collectors.image.windows.leftovers import read_leftovers
from baseline.collectors.image.windows.policy_file import read_policy_file
from baseline.collectors.image.windows.registry import POLICY_FILE, Registry
from baseline.collectors.image.windows.services import program, quoted
from baseline.collectors.image.windows.tasks import user_writable
from tests.image.hives import make_hive
from tests.image.images import need
from tests.image.registry_edits import workplace_checks
from tests.image.windows_tree import audit_policy, make_windows


@pytest.fixture(scope="module")
def tree(windows_folder):
    return AnyCase(DirectoryTree(windows_folder))


@pytest.fixture(scope="module")
def facts(tree):
    return read_windows(tree)[0]


def test_the_system_is_named_as_what_it_is(facts):
    system = facts.system
    assert (system.product, system.version, system.build) == ("Windows 11 Enterprise", "24H2", 26100)
    assert system.generalised is True


def test_accounts_and_their_rules_are_read_and_no_hash_is(facts):
    accounts = {account.name: account for account in facts.accounts}
    assert (accounts["Administrator"].enabled, accounts["Administrator"].administrator) == (False, True)
    assert accounts["Guest"].password_required is False
    assert (accounts["bouwer"].enabled, accounts["bouwer"].password_expires) == (True, True)
    assert (facts.password_policy.minimum_length, facts.password_policy.lockout_seconds) == (14, 900)
    assert facts.foreign_administrators == []


def test_drivers_and_parts_of_programs_are_left_out(facts):
    assert [service.name for service in facts.services] == ["Spooler", "Updater"]
    assert [program.name for program in facts.software] == ["Kantoorpakket", "Oude viewer"]
    assert [rule.name for rule in facts.firewall_rules] == ["RemoteDesktop-In"]


def test_the_control_set_that_starts_next_counts(facts):
    assert facts.authentication.lan_manager_level == 3, "the first control set says 0"


def test_arguments_of_services_are_not_kept(facts):
    assert "geheim" not in str(facts)
    assert facts.services[1].command == "C:\\Program Files\\Up Date\\up.exe"


@pytest.mark.parametrize(
    ("command", "expected", "safe"),
    [
        ("C:\\Windows\\system32\\svchost.exe -k netsvcs", "C:\\Windows\\system32\\svchost.exe", True),
        ('"C:\\Program Files\\A\\a.exe" --x', "C:\\Program Files\\A\\a.exe", True),
        ("C:\\Program Files\\A\\a.exe --x", "C:\\Program Files\\A\\a.exe", False),
        ("\\SystemRoot\\a b", "\\SystemRoot\\a", True),
        ("", "", True),
    ],
)
def test_the_program_of_a_command_line(command, expected, safe):
    assert (program(command), quoted(command)) == (expected, safe)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C:\\Users\\Public\\x.cmd", True),
        ("%SystemDrive%/ProgramData/tool/x.exe", True),
        ("C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18\\MpCmdRun.exe", False),
        ("%windir%\\system32\\x.exe", False),
        ("%LocalAppData%\\x.exe", True),
    ],
)
def test_folders_that_users_write_to(text, expected):
    assert user_writable(text) is expected


def test_a_task_of_the_system_in_a_folder_of_users_is_seen(facts):
    (task,) = facts.scheduled_tasks
    assert (task.name, task.enabled, task.privileged, task.user_writable) == ("/Beheer/Opruimen", True, True, True)


LEFT = {
    "Windows/Panther/unattend.xml": "<u><AdministratorPassword><Value>R0Ow</Value></AdministratorPassword></u>",
    "Windows/System32/Sysprep/unattend.xml": "<u><AdministratorPassword>*SENSITIVE*DATA*DELETED*</AdministratorPassword></u>",
    "unattend.xml": "<u><Password><Value></Value></Password></u>",
    "ProgramData/Microsoft/Group Policy/History/x/Groups.xml": '<User cpassword="j1Uyj3Vx8TY9LtLZil2uAuZkFQA"/>',
    "ProgramData/Microsoft/Group Policy/History/y/Groups.xml": '<User cpassword=""/>',
    "Deploy/Control/CustomSettings.ini": "[Default]\nDomainAdminPassword=geheim\n",
    "ProgramData/Microsoft/Wlansvc/Profiles/Interfaces/{1}/{2}.xml": "<k><keyMaterial>geheim</keyMaterial></k>",
    "Temp/server.PFX": "x",
}


def test_secrets_that_were_left_are_named_and_not_kept(tmp_path):
    need("hivexregedit")
    winlogon = {"Microsoft\\Windows NT\\CurrentVersion\\Winlogon": {"DefaultPassword": "geheim"}}
    root = make_windows(tmp_path / "c", software_extra=winlogon)
    for name, text in LEFT.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-16" if "Panther" in name else "utf-8")
    found, evidence = read_windows(AnyCase(DirectoryTree(root)))
    kinds = {item.name: item.kind for item in found.leftovers}
    assert kinds == {
        "Windows/Panther/unattend.xml": "answer_file",
        "ProgramData/Microsoft/Group Policy/History/x/Groups.xml": "policy_preference",
        "Deploy/Control/CustomSettings.ini": "deployment_share",
        "ProgramData/Microsoft/Wlansvc/Profiles/Interfaces/{1}/{2}.xml": "wireless_key",
        "Temp/server.PFX": "key_file",
        "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon, DefaultPassword": "automatic_logon",
    }
    assert "geheim" not in str(found) + str(evidence.lines)
    assert "R0Ow" not in str(found) + str(evidence.lines)


def test_a_secret_that_cannot_be_looked_for_is_unknown(tree, monkeypatch):
    monkeypatch.setattr("baseline.collectors.image.windows.leftovers.MAXIMUM_BYTES", 10)
    with pytest.raises(ImageError, match="more than the 10"):
        read_leftovers(tree, Registry(tree))


def registry_with(tmp_path, content):
    make_hive(tmp_path / "Windows/System32/config/SECURITY", {"Policy\\PolAdtEv": {"": (0, content)}})
    return Registry(AnyCase(DirectoryTree(tmp_path)))


@pytest.mark.parametrize("counts", [COUNTS, LATER_COUNTS])
def test_recorded_events_are_read_in_both_forms(counts, tmp_path):
    need("hivexregedit")
    policy = audit_policy({"Logon": 3, "Account Lockout": 2, "File System": 1, "Credential Validation": 3}, counts)
    events = {
        event.name: (event.success, event.failure) for event in read_audit_policy(registry_with(tmp_path, policy))
    }
    assert len(events) == sum(COUNTS)
    assert {name for name, recorded in events.items() if recorded != (False, False)} == {
        "Logon",
        "Account Lockout",
        "File System",
        "Credential Validation",
    }
    assert (events["Account Lockout"], events["File System"]) == ((False, True), (True, False))


@pytest.mark.parametrize(
    "change", [lambda raw: raw[:-2], lambda raw: raw[:-2] + b"\x09\0", lambda raw: raw[:12] + b"\x07" + raw[13:]]
)
def test_an_audit_policy_of_another_form_is_unknown(change, tmp_path):
    need("hivexregedit")
    with pytest.raises(ImageError, match="audit policy"):
        read_audit_policy(registry_with(tmp_path, change(audit_policy({}))))


def policy_entry(key, name, kind, data):
    parts = [(key + "\0").encode("utf-16-le"), (name + "\0").encode("utf-16-le"), struct.pack("<I", kind)]
    semicolon = ";".encode("utf-16-le")
    body = semicolon.join([*parts, struct.pack("<I", len(data)), data])
    return "[".encode("utf-16-le") + body + "]".encode("utf-16-le")


def test_the_local_policy_file_goes_before_the_registry(tmp_path):
    need("hivexregedit")
    key = "Software\\Policies\\Microsoft\\Windows\\LanmanWorkstation"
    root = make_windows(tmp_path / "c", software_extra={key.removeprefix("Software\\"): {"AllowInsecureGuestAuth": 0}})
    path = root / POLICY_FILE
    path.parent.mkdir(parents=True)

    def guest(*entries):
        path.write_bytes(b"PReg\x01\0\0\0" + b"".join(entries))
        return read_windows(AnyCase(DirectoryTree(root)))[0].smb.guest_logon

    assert guest() is False
    assert guest(policy_entry(key, "AllowInsecureGuestAuth", 4, struct.pack("<I", 1))) is True
    assert guest(policy_entry(key, "**del.AllowInsecureGuestAuth", 1, b"\0\0")) is None
    assert guest(policy_entry(key, "**delvals.", 1, b"\0\0")) is None
    path.write_bytes(b"PReg\x01\0\0\0[")
    assert "damaged" in read_windows(AnyCase(DirectoryTree(root)))[0].smb.guest_logon.reason


def test_a_policy_file_of_other_keys_changes_nothing():
    policy = read_policy_file(b"PReg\x01\0\0\0" + policy_entry("Software\\X", "Y", 1, b"a\0\0\0"))
    assert policy.value("software\\x", "y")[1].data == "a"
    assert policy.value("software\\x", "z") == (False, None)


def test_the_events_that_checks_ask_for_exist():
    names = {name for category in CATEGORIES for name in category}
    asked = [check.check.params["events"] for check in workplace_checks().values() if "events" in check.check.params]
    assert len(asked) == 2
    assert all(set(events) <= names for events in asked)


def test_no_fact_is_left_without_a_reason(facts):
    """What this reading does not know of, other collectors may: an image says that it does not show it."""
    document = msgspec.to_builtins(facts)
    del document["image"]
    assert "not collected" not in str(document)
