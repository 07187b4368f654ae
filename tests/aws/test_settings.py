"""Every setting of an account, flipped: the check of it flips, and nothing becomes an error."""

import pytest

from tests.aws.asking import checks, collect, verdicts
from tests.aws.settings import CLUSTER_CHECKS, SETTINGS, build, chosen, database_cluster, expected
from tests.aws.simulator import REGION


@pytest.mark.slow
def test_each_setting_that_is_flipped_flips_its_check(moto, proxy):
    states = chosen(1)
    for given in (states, {builder: not state for builder, state in states.items()}):
        subjects = build(moto, proxy, given)
        found = verdicts(collect(proxy.endpoint))
        statuses = {check: found.get((check, subject), ("no result",))[0] for check, subject in subjects.items()}
        assert statuses == {check: expected(check, given) for check in SETTINGS}
        assert of_cluster(found, subjects) == ({"pass"} if given[database_cluster] else {"fail"})
        assert {key: reason for key, (status, reason) in found.items() if status == "error"} == {}
    assert len(SETTINGS) >= 60
    assert set(SETTINGS) <= set(checks())


def of_cluster(found, subjects) -> set[str]:
    """The statuses of a cluster, of its instance and of its snapshot; what it decides is not asked of the instance."""
    cluster = subjects["aws-databases-logged"]
    name = cluster.rpartition(":")[2]
    instance, snapshot = f"{REGION}/{name}-instance", f"{REGION}/cluster-snapshot:{name}-snapshot"
    keys = [
        *((check, cluster) for check in CLUSTER_CHECKS),
        *((check, instance) for check in ("aws-databases-private", "aws-databases-updated")),
        *((check, snapshot) for check in ("aws-database-snapshots-encrypted", "aws-database-snapshots-private")),
    ]
    twice = [("aws-databases-private", cluster), *((check, instance) for check in CLUSTER_CHECKS[:3])]
    assert [key for key in twice if key in found] == []
    return {found[key][0] for key in keys}
