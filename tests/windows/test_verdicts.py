"""Recorded answers against the shipped checks: a hardened server, a weak one, a workplace asked as an ordinary user."""

import msgspec
import pytest

from baseline.models.facts.fact import Unknown
from tests.windows.played import CHECKS, changed, facts_of, recording, statuses, with_status

HARDENED = recording("server_2022_hardened")
NOT_TOLD = {"workplace-passwords-complexity-demanded", "workplace-passwords-not-readable"}
"""Only ``secedit /export`` tells these, which writes a file."""

REGISTRY = "registry/value/entries/"
ABSENT = {"absent": True}


def dword(number):
    return {"kind": "DWord", "data": number}


FLIPS = {
    "SMB 1 is on": ("smb/value/version_1", True, {"smb-version-1-server-off"}),
    "the server signs nothing": ("smb/value/server_signing", False, {"smb-server-signing-required"}),
    "the client signs nothing": ("smb/value/client_signing", False, {"smb-client-signing-required"}),
    "guests may log on": ("smb/value/guest", True, {"smb-guest-refused"}),
    "the firewall does not run": (
        "states/value/states/MpsSvc",
        "Stopped",
        {"firewall-domain-on", "firewall-private-on", "firewall-public-on"},
    ),
    "the public profile lets in": ("firewall/value/profiles/2/inbound", "Allow", {"firewall-public-inbound-blocked"}),
    "the domain profile is off": ("firewall/value/profiles/0/enabled", "False", {"firewall-domain-on"}),
    "drops are not logged": ("firewall/value/profiles/1/log_blocked", "False", {"firewall-private-drops-logged"}),
    "real time is off": ("defender/value/real_time", False, {"defender-real-time-on"}),
    "Defender is passive": ("defender/value/mode", "Passive Mode", {"running-antimalware-active"}),
    "definitions are old": ("defender/value/signature_age", 12, {"running-definitions-recent"}),
    "a rule only audits": (
        "defender/value/rules/9e6c4e1f-7d60-472f-ba1a-a39ef669e4b2",
        2,
        {"rules-lsass-theft-blocked"},
    ),
    "a rule is not there": (
        "defender/value/rules/c1db55ab-c21a-4637-bb3f-a12568109d35",
        None,
        {"rules-ransomware-blocked"},
    ),
    "the guest is on": (
        "accounts/value/accounts/2/disabled",
        False,
        {"accounts-guest-off", "accounts-password-required"},
    ),
    "a stranger is administrator": (
        "accounts/value/administrators/0",
        "S-1-5-21-2104617734-3981264410-1187321094-1001",
        {"accounts-administrators-known"},
    ),
    "passwords are short": ("policy/value/minimum_length", 8, {"passwords-length-demanded"}),
    "nobody is locked out": ("policy/value/lockout_threshold", 0, {"accounts-guessing-locked"}),
    "a path is not quoted": (
        "services/value/entries/sshd/found/ImagePath/data",
        r"C:\Program Files\OpenSSH\sshd.exe",
        {"services-paths-quoted"},
    ),
    "the remote registry starts": (
        "services/value/entries/RemoteRegistry/found/Start",
        dword(3),
        {"services-remote-registry-off"},
    ),
    "a task starts what users write": ("tasks/value/tasks/1/writable", True, {"tasks-programs-protected"}),
    "a drive is suspended": ("drives/value/drives/1/protection", "Off", {"running-drives-encrypted"}),
    "a restart waits": ("machine/value/restart_pending", True, {"running-restart-done"}),
    "no update this autumn": (
        "hotfixes/value/hotfixes",
        [{"name": "KB5008882", "installed": "3/2/2024"}],
        {"running-updates-recent"},
    ),
    "WinRM listens on HTTP": ("listeners/value/listeners/5/port", 5985, {"running-ports-clear-text-closed"}),
    "an answer file is left": (
        "leftovers/value/leftovers",
        [{"name": "Windows/Panther/unattend.xml", "kind": "answer_file"}],
        {"leftovers-passwords-absent"},
    ),
    "a key file is left": (
        "leftovers/value/leftovers",
        [{"name": "Temp/server.pfx", "kind": "key_file"}],
        {"leftovers-keys-absent"},
    ),
    "TeamViewer is installed": (
        "software/value/wow64/TeamViewer",
        {"found": {"DisplayName": {"kind": "String", "data": "TeamViewer"}}},
        {"software-remote-control-absent"},
    ),
    "Remote Desktop is open to all": (
        "firewall_rules/value/entries/"
        r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules/x",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort=3389|App=System|Name=x|",
        {"firewall-rules-desktop-narrow"},
    ),
    "Remote Desktop is open to all within a range": (
        "firewall_rules/value/entries/"
        r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules/x",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort=80|LPort2_10=3380-3400|App=System|Name=x|",
        {"firewall-rules-desktop-narrow"},
    ),
    "every port is open to all": (
        "firewall_rules/value/entries/"
        r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules/x",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|Name=x|",
        {"firewall-rules-desktop-narrow"},
    ),
    "the service of Remote Desktop is open to all": (
        "firewall_rules/value/entries/"
        r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules/x",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|App=%SystemRoot%\\system32\\svchost.exe|Svc=TermService|Name=x|",
        {"firewall-rules-desktop-narrow"},
    ),
    "an old build": (
        REGISTRY + r"SOFTWARE\Microsoft\Windows NT\CurrentVersion/found/CurrentBuildNumber",
        {"kind": "String", "data": "9600"},
        {"running-build-supported"},
    ),
    "WDigest keeps passwords": (
        REGISTRY + r"SYSTEM\CurrentControlSet\Control\SecurityProviders\WDigest",
        {"found": {"UseLogonCredential": dword(1)}},
        {"authentication-wdigest-off"},
    ),
    "TLS 1.0 is served": (
        REGISTRY
        + r"SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.0\Server/found/Enabled",
        dword(1),
        {"tls-tls-1-0-server-off"},
    ),
    "PowerShell keeps no blocks": (
        REGISTRY + r"SOFTWARE\Policies\Microsoft\Windows\PowerShell\ScriptBlockLogging",
        ABSENT,
        {"logging-powershell-blocks-recorded"},
    ),
}


@pytest.fixture(scope="module")
def hardened():
    return statuses(HARDENED)


def test_a_hardened_server_fails_nothing_and_says_what_it_cannot_tell(hardened):
    assert with_status(hardened, "fail") == set()
    assert with_status(hardened, "error") == NOT_TOLD
    assert len(with_status(hardened, "pass")) > 140


@pytest.mark.parametrize("name", FLIPS)
def test_one_value_flips_its_own_checks_and_no_other(name, hardened):
    path, value, expected = FLIPS[name]
    found = statuses(changed(HARDENED, path, value))
    assert {check for check in found if found[check] != hardened[check]} == {f"workplace-{one}" for one in expected}
    assert with_status(found, "fail") == {f"workplace-{one}" for one in expected}


def test_a_weak_server_fails_and_what_does_not_answer_is_an_error_with_its_reason():
    document = recording("server_2019_weak")
    found, facts = statuses(document), facts_of(document)
    failed = with_status(found, "fail")
    assert len(failed) > 90
    assert {
        f"workplace-{name}" for name in ("firewall-public-on", "smb-version-1-server-off", "accounts-guest-off")
    } <= failed
    assert "workplace-running-antimalware-active" in failed, "its service is stopped, whatever Defender does not answer"
    assert found["workplace-defender-real-time-on"] == {"error"}
    assert "0x800106ba" not in str(facts.defender.real_time_protection)
    assert "cannot be started" in facts.defender.real_time_protection.reason
    assert facts.updates.automatic == Unknown("it is set nowhere, and what a server then does is not known")


def test_an_ordinary_account_is_told_what_it_could_not_see():
    facts = facts_of(recording("windows_11_ordinary"))
    assert facts.running.privileged is False
    assert facts.scheduled_tasks.reason == "an ordinary account sees only a part of them: log in as an administrator"
    assert facts.drives.reason.endswith("Toegang geweigerd.; log in as an administrator")
    assert "Windows/Panther/unattend.xml" in facts.leftovers.reason
    closed = next(service for service in facts.services if service.name == "WdiServiceHost")
    assert closed.start.reason == "its key cannot be read: SecurityException"
    assert facts.system.product == "Windows 11 Enterprise"


@pytest.mark.parametrize("part", sorted(set(HARDENED["parts"])))
@pytest.mark.parametrize(
    "damage", [{"error": "IOException: hardware"}, None, {"value": None}, {"value": []}, "text", 7]
)
def test_a_part_that_is_missing_or_has_another_form_never_passes(part, damage, hardened):
    found = statuses(changed(HARDENED, part, damage))
    assert with_status(found, "fail") == set()
    lost = {check for check in found if found[check] != hardened[check]}
    assert lost
    assert all(found[check] == {"error"} for check in lost)


def test_a_document_of_facts_can_be_stored_and_read_back():
    facts = facts_of(HARDENED)
    assert msgspec.convert(msgspec.to_builtins(facts), type(facts)) == facts


def test_a_domain_controller_has_no_accounts_of_its_own():
    document = changed(HARDENED, "accounts/value", {"domain_controller": True})
    document = changed(document, "policy/value", {"domain_controller": True})
    facts = facts_of(changed(document, "machine/value/product_type", 2))
    assert facts.running.role == "domain_controller"
    assert "domain controller" in facts.accounts.reason
    assert "domain controller" in facts.password_policy.history.reason


def test_checks_that_are_about_an_image_or_a_desk_do_not_judge_a_server():
    assert not {"workplace-image-generalised", "workplace-services-servers-off", "workplace-desktop-remote-off"} & set(
        CHECKS
    )
