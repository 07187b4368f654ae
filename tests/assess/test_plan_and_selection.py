import pytest

from baseline.assess.plan import PlanError, make_plan
from baseline.assess.selection import Selection, SelectionError, select_checks, select_targets
from baseline.content.catalogue import load_catalogue
from baseline.models.result import Severity
from baseline.models.target import Target
from tests.shipped import shipped_checks

CHECKS = shipped_checks()
CATALOGUE = load_catalogue()
SWITCH = Target(name="sw-01", kind="network", platform="cisco_ios", groups=("switches",), site="zwolle")
HOST = Target(name="web-01", kind="host", platform="linux", groups=("servers",), site="kampen")


def chosen(**wanted):
    return set(select_checks(CHECKS, Selection(**wanted), CATALOGUE))


def test_without_a_wish_everything_is_chosen():
    assert chosen() == set(CHECKS)


def test_a_control_selects_the_checks_mapped_to_it_by_the_norms_own_mapping_too():
    direct = {name for name, check in CHECKS.items() if "bio2:8.24.04" in check.check.controls}
    assert chosen(controls=("8.24.04",)) == direct
    assert direct <= chosen(controls=("iso27001:A.8.24",))


def test_severity_is_the_least_that_counts():
    assert chosen(severity=Severity.CRITICAL) == {n for n, c in CHECKS.items() if c.check.severity == "critical"}


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"checks": ("network-ssh-version-3",)}, "there is no check 'network-ssh-version-3'; did you mean"),
        ({"tags": ("crypto-graphy",)}, "there is no tag 'crypto-graphy'"),
    ],
)
def test_a_name_that_nothing_answers_to_is_refused(wish, said):
    with pytest.raises(SelectionError, match=said):
        chosen(**wish)


def test_targets_are_chosen_by_name_group_and_site():
    everything = [SWITCH, HOST]
    assert select_targets(everything, Selection(groups=("switches",))) == [SWITCH]
    assert select_targets(everything, Selection(sites=("kamp*",))) == [HOST]
    with pytest.raises(SelectionError, match="there is no target 'sw-02'; did you mean 'sw-01'"):
        select_targets(everything, Selection(targets=("sw-02",)))


def test_a_target_gets_the_checks_for_its_kind_and_only_what_they_read_is_needed():
    checks = {name: CHECKS[name] for name in ("network-ssh-version-2", "host-ssh-root-login-refused")}
    plan = make_plan([SWITCH, HOST], checks)
    switch, host = plan.targets
    assert [planned.compiled.check.id for planned in switch.checks] == ["network-ssh-version-2"]
    assert switch.needs == checks["network-ssh-version-2"].needs
    assert all(need.startswith("ssh_server") for need in host.needs)


def test_a_target_that_no_check_is_for_stays_in_the_population_with_the_reason():
    plan = make_plan([SWITCH, HOST], {"network-ssh-version-2": CHECKS["network-ssh-version-2"]})
    assert [target.excluded for target in plan.population] == [None, "no selected check is for this platform"]


def test_parameters_of_the_inventory_override_and_must_fit():
    def with_params(**params):
        target = Target(
            name="sw", kind="network", platform="cisco_ios", params={"network-logging-collectors-used": params}
        )
        return make_plan([target], CHECKS)

    name, default = next(
        (n, v) for n, v in CHECKS["network-logging-collectors-used"].check.params.items() if type(v) is int
    )
    planned = with_params(**{name: default + 1}).targets[0].checks
    assert any(check.params.get(name) == default + 1 for check in planned)
    with pytest.raises(PlanError, match="must be int, not str"):
        with_params(**{name: "two"})
    with pytest.raises(PlanError, match="has no parameter 'nonsense'"):
        with_params(nonsense=1)
