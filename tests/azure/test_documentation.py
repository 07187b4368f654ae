"""docs/azure.md holds what the program does."""

import re
import subprocess
import sys

from baseline.collectors.cloud.azure.catalogue import KINDS, permissions
from baseline.collectors.cloud.azure.row import CLASSIFICATION_TAGS, OWNER_TAGS
from baseline.content.inventory import load_inventory
from baseline.content.inventory.settings import MICROSOFT_SETTINGS
from tests.azure.judging import checks
from tests.reference import CHECKOUT

TEXT = (CHECKOUT / "docs" / "azure.md").read_text("utf-8")


def test_the_inventory_in_the_documentation_is_right(tmp_path):
    example = next(block for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL) if "hosts:" in block)
    (tmp_path / "inventory.yml").write_text(example, "utf-8")
    inventory = load_inventory([str(tmp_path / "inventory.yml")])
    assert [problem for problem in inventory.problems if problem.level == "error"] == []
    (target,) = inventory.targets
    assert target.platform == "azure"
    assert set(target.params) <= set(checks())


def test_every_variable_and_every_call_is_documented():
    of_microsoft_365 = {"baseline_microsoft_resolver"}
    assert [name for name in MICROSOFT_SETTINGS if name not in TEXT] == sorted(
        of_microsoft_365 & set(MICROSOFT_SETTINGS)
    )
    details = {detail.permission for kind in KINDS for detail in kind.details}
    own = {name for name in permissions(frozenset()) if name in details}
    mysql = {name for name in own if name.startswith("Microsoft.DBforMySQL")}
    assert [name for name in own - mysql if name not in TEXT] == []
    assert [tag for tag in (*OWNER_TAGS, *CLASSIFICATION_TAGS) if f"`{tag}`" not in TEXT] == []


def test_neither_finding_the_collector_nor_printing_a_role_loads_httpx():
    modules = ("collector", "catalogue")
    program = "import sys; " + "".join(f"import baseline.collectors.cloud.azure.{name}; " for name in modules)
    subprocess.run([sys.executable, "-c", program + "sys.exit('httpx' in sys.modules)"], check=True)


def test_checks_that_are_named_exist():
    named = set(re.findall(r"azure-[a-z0-9-]*[a-z0-9]", TEXT)) - {"azure-provincie", "azure-identity"}
    assert named <= set(checks())
