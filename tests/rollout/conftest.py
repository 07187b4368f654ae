"""A batch of simulated switches that was rolled out: most good, a few odd."""

import pytest

from tests.acceptance.command import Command
from tests.acceptance.fleet import Fleet, switch

TEMPLATE = "hostname {{ name }}\nip ssh version 2\nline vty 0 4\n transport input ssh\n ...\n...\n"


@pytest.fixture(scope="package")
def batch(tmp_path_factory):
    """The command, after one run of `rollout check` over six switches: number 3 has Telnet, 5 old software, 6 is gone."""
    folder = tmp_path_factory.mktemp("rollout")
    baseline = Command(folder)
    (folder / "template.cfg").write_text(TEMPLATE)
    mistakes = {3: ("telnet_on_vty",), 5: ("old_software",)}
    devices = [
        switch(f"sw-{number:02}", number=10 + number, defects=mistakes.get(number, ())) for number in range(1, 7)
    ]
    with Fleet(folder / "lab", *devices) as fleet:
        fleet.break_device("sw-06", "wrong_password")
        baseline.ended = baseline(
            *("rollout", "check", "-i", fleet.inventory, "--group", "access_switches"),
            *("--check", "network-lines-ssh-only", "--check", "network-ssh-version-2"),
            *("--against", folder / "template.cfg", "--software", "17.12.*", "--by", "J. Jansen"),
            *("--report", folder / "report.html", "--report", folder / "report.md", "--json"),
        )
        baseline.inventory = fleet.inventory
        yield baseline
