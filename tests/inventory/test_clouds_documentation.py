"""docs/clouds.md holds what the program does."""

import re

from baseline.cli.inventory_machines import machines
from baseline.content.inventory import load_inventory
from tests.reference import CHECKOUT
from tests.shipped import shipped_checks

TEXT = (CHECKOUT / "docs" / "clouds.md").read_text("utf-8")


def test_the_inventory_in_the_documentation_is_right(tmp_path):
    (example,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    (tmp_path / "hosts.yaml").write_text(example, "utf-8")
    inventory = load_inventory(tmp_path / "hosts.yaml")
    assert inventory.problems == ()
    assert [target.name for target in inventory.register.claiming("111122223333")] == ["web-01", "db-01"]
    assert inventory.register.by_account.keys() == {"111122223333"}


def test_every_check_that_reads_the_register_is_named_and_every_one_that_is_named_exists():
    checks = shipped_checks()
    register = ("registered_as", "inventory_machines")
    reading = {name for name, one in checks.items() if any(word in need for need in one.needs for word in register)}
    named = set(re.findall(r"`((?:aws|azure|m365)-[a-z-]+)`", TEXT))
    assert reading <= named <= set(checks)
    assert set(re.findall(r"--[a-z]+", TEXT)) - {"--limit", "--target"} <= {
        option for parameter in machines.params for option in parameter.opts
    }
