"""What an IOS XR router does not tell is an error of exactly the checks that are about it."""

import pytest

from baseline.models.result import Status
from tests.platforms.hardened import RUNNING
from tests.platforms.xr.weaknesses import HARDENED


def test_what_is_not_told_is_an_error_and_never_met():
    gone = {
        RUNNING: {"banner-login-shown", "users-declared-only", "secrets-stored-safely", "management-sources-limited"},
        "show version": {"software-release-approved", "software-started-lately", "software-image-local"},
        "show ntp status": {"time-clock-accurate", "time-servers-authenticated"},
        "show ntp associations": {"time-servers-reached"},
        "show crypto ca certificates": {"certificates-valid"},
        "show crypto key mypubkey ecdsa": {"ssh-host-keys-strong"},
    }
    for command, expected in gone.items():
        found = HARDENED.bench.verdicts(HARDENED.without(command))
        assert {name for name in expected if found[name] == Status.ERROR} == expected, command


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("username breekglas\n group root-lr\n policy STERK\n secret 10", "username-weg", "configuration-download-off"),
        (
            "ssh server v2\n",
            "ssh server v2\nlogging suppress rule X\n alarm SECURITY LOGIN X\n",
            "logging-logins-recorded",
        ),
        ("ssh server v2\n", "ssh server v2\nikev2 proposal P\n", "vpn-proposals-strong"),
        ("ssh server v2\n", "ssh server v2\nhttp server ssl\n", "https-tls-current"),
    ],
)
def test_what_the_configuration_leaves_open_is_an_error(old, new, expected):
    changes = HARDENED.changed(HARDENED.weakened(RUNNING, old, new))
    assert expected in {name for name, (_, after) in changes.items() if after == Status.ERROR}


def test_an_account_without_rights_meets_nothing_by_what_it_cannot_see():
    changes = HARDENED.changed(HARDENED.weakened("show user tasks", "snmp  : READ", "snmp  :"))
    assert {name for name, (before, _) in changes.items() if before in {Status.PASS, Status.FAIL}} == {
        "management-instance-own",
        "management-source-fixed",
        "snmp-sources-limited",
        "snmp-users-sha-2",
        "snmp-version-3-encrypted",
        "snmp-views-limited",
        "snmp-write-absent",
    }
    assert {after for _, after in changes.values()} == {Status.ERROR}
