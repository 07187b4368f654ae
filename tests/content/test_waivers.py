import pytest

from baseline.content.waivers import load_waivers, waiver_files
from baseline.models.errors import ContentError

WAIVER = """\
waivers:
  - id: W-2026-001
    checks: [network-ssh-version-2]
    targets: [sw-*]
    owner: Team netwerk
    requester: J. Jansen
    approver: P. Pietersen
    ciso_advice: Akkoord tot vervanging
    reason: Vervanging gepland
    risk_reference: RA-2026-12
    starts: 2026-01-01
    ends: 2026-12-31
"""


def read(tmp_path, text):
    path = tmp_path / "waivers.yml"
    path.write_text(text)
    return load_waivers([path], {})


def test_a_waiver_is_read_whole(tmp_path):
    (waiver,) = read(tmp_path, WAIVER)
    assert (waiver.id, waiver.targets, waiver.ends.isoformat()) == ("W-2026-001", ("sw-*",), "2026-12-31")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("approver: P. Pietersen", "approver: j. jansen", "the approver is the requester"),
        ("ends: 2026-12-31", "ends: 2027-12-31", "is longer than a year"),
        ("ends: 2026-12-31", "ends: 2025-12-31", "ends before it starts"),
        ("ends: 2026-12-31", "ends: soon", "'soon' is not a date"),
        ("    risk_reference: RA-2026-12\n", "", "'risk_reference' is missing"),
        ("owner:", "onwer:", "unknown key 'onwer' (did you mean 'owner'?)"),
    ],
)
def test_a_waiver_that_nobody_can_account_for_is_refused(tmp_path, old, new, said):
    with pytest.raises(ContentError) as raised:
        read(tmp_path, WAIVER.replace(old, new))
    assert said in str(raised.value)


def test_waivers_stand_beside_the_inventory(tmp_path):
    (tmp_path / "waivers.yml").write_text(WAIVER)
    assert waiver_files([tmp_path / "hosts.yml", tmp_path]) == [tmp_path / "waivers.yml"]
