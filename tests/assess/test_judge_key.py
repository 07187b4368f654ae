"""What makes a check be judged again, and what does not."""

import pytest

from baseline.assess.judge_key import FactDigests, judge_key
from baseline.assess.plan import PlannedCheck
from baseline.content.checks.compiled import compile_check
from baseline.models.check import AppliesTo, Check
from baseline.models.result import Severity

FACTS = {
    "software": {"version": "17.12", "uptime_days": 100},
    "management": {"ssh": {"version": 2, "ciphers": ["aes256-ctr"]}, "lines": [{"name": "vty 0 4"}]},
    "interfaces": [{"name": "Gi1", "mode": "access", "enabled": True}],
    "services": {"pad": {"enabled": False}, "finger": {"enabled": False}},
}


def check(**fields):
    given = {"id": "network-test-check", "title": "t", "title_nl": "t", "controls": (), "rationale": "r"}
    given |= {"severity": Severity.HIGH, "applies_to": AppliesTo(kind="network")}
    return compile_check(Check(**(given | fields)))


def key(compiled, facts=FACTS, *, now=0, target=None, waivers=b"", params=None):
    planned = PlannedCheck(compiled=compiled, params=params or {})
    return judge_key(planned, FactDigests(facts), target or {}, now, waivers)


def with_changes(**changes):
    return FACTS | changes


VERSION = check(expect="management.ssh.version >= 2")
OBSERVING = check(expect="management.ssh.version >= 2", observe=("management.ssh.ciphers",))
PORTS = check(each="interfaces", subject="item.name", expect="item.enabled", when_empty="pass")
PAD = check(expect='services["pad"].enabled == false')
CERTIFICATES = check(each="certificates", subject="item.name", expect="now > 0", when_empty="pass")


@pytest.mark.parametrize(
    ("compiled", "change", "again"),
    [
        (VERSION, {"management": {"ssh": {"version": 1, "ciphers": ["aes256-ctr"]}}}, True),
        (VERSION, {"management": {"ssh": {"version": 2, "ciphers": []}}}, False),
        (VERSION, {"management": {"ssh": {"$unknown": "refused"}}}, True),
        (VERSION, {"management": {"$unknown": "refused"}}, True),
        (VERSION, {"software": {"version": "17.12", "uptime_days": 200}}, False),
        (OBSERVING, {"management": {"ssh": {"version": 2, "ciphers": []}}}, True),
        (PORTS, {"interfaces": [{"name": "Gi1", "mode": "trunk", "enabled": True}]}, True),
        (PORTS, {"interfaces": []}, True),
        (PAD, {"services": {"pad": {"enabled": True}, "finger": {"enabled": False}}}, True),
        (PAD, {"services": {"pad": {"enabled": False}, "finger": {"enabled": True}}}, False),
        (PAD, {"services": {}}, True),
    ],
)
def test_a_check_is_judged_again_when_what_it_reads_or_shows_changed(compiled, change, again):
    assert (key(compiled) != key(compiled, with_changes(**change))) is again


def test_an_unknown_is_told_from_another_unknown():
    one, other = ({"management": {"$unknown": reason}} for reason in ("refused", "timeout"))
    assert key(VERSION, one) != key(VERSION, other)


def test_parameters_waivers_and_the_check_itself_count():
    assert key(VERSION) != key(VERSION, params={"least": 3})
    assert key(VERSION) != key(VERSION, waivers=b"waived")
    assert key(VERSION) != key(check(expect="management.ssh.version >= 2", judging_digest="another"))


def test_a_check_that_reads_the_time_is_judged_again_every_hour():
    assert key(CERTIFICATES, now=7200) == key(CERTIFICATES, now=10_799)
    assert key(CERTIFICATES, now=7200) != key(CERTIFICATES, now=10_800)
    assert key(VERSION, now=0) == key(VERSION, now=10_800)


def test_the_target_counts_for_checks_that_read_it():
    placed = check(expect="target.site == 'zwolle'")
    assert key(placed, target={"site": "zwolle"}) != key(placed, target={"site": "kampen"})
    assert key(VERSION, target={"site": "zwolle"}) == key(VERSION, target={"site": "kampen"})
