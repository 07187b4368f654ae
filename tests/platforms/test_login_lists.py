"""What a list of ways to log in means, on the platforms that write it alike."""

import pytest

from tests.platforms.aoscx.test_configuration import configured as aoscx
from tests.platforms.eos.recorded import configured as eos
from tests.platforms.nxos.test_configuration import configured as nxos
from tests.platforms.xr.routers import configured as xr

CONFIGURED = {
    "arista_eos": lambda text: eos(f"{text}\nmanagement ssh\n   no shutdown"),
    "aruba_aoscx": lambda text: aoscx(f"{text}\nssh server vrf mgmt"),
    "cisco_iosxr": lambda text: xr(f"{text}\nssh server v2"),
    "cisco_nxos": nxos,
}


@pytest.mark.parametrize("platform", CONFIGURED)
@pytest.mark.parametrize(
    ("methods", "authentication"),
    [
        ("group TAC local", "aaa"),
        ("local", "local_users"),
        ("group TAC none", "none"),
        ("group TAC local none", "none"),
    ],
)
def test_a_list_that_ends_with_none_lets_in_whoever_comes(platform, methods, authentication):
    lines = CONFIGURED[platform](f"aaa authentication login default {methods}").management.lines
    assert {line.authentication for line in lines if line.type == "vty"} == {authentication}
