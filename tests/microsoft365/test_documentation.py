"""What docs/microsoft365.md says is so."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

import yaml
from click.testing import CliRunner

from baseline.cli.main import cli
from baseline.collectors.cloud.microsoft365.role_names import PRIVILEGED_ROLES
from baseline.content.inventory.settings import SETTINGS
from tests.microsoft365.judging import CHECKS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "microsoft365.md").read_text("utf-8")


def test_every_check_and_variable_that_the_page_names_is_there():
    names = set(re.findall(r"\bm365-[a-z0-9-]+\*?", PAGE)) - {"m365-provincie"}
    assert [name for name in names if not any(fnmatchcase(check, name) for check in CHECKS)] == []
    assert set(re.findall(r"\bbaseline_[a-z_]+", PAGE)) <= set(SETTINGS)


def test_its_inventory_is_accepted_and_its_parameters_are_those_of_the_checks(tmp_path):
    text = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1]
    path = tmp_path / "inventory.yml"
    path.write_text(text, "utf-8")
    result = CliRunner().invoke(cli, ["inventory", "validate", "-i", str(path)])
    assert result.exit_code == 0, result.output
    for check, params in yaml.safe_load(text)["all"]["hosts"]["m365-provincie"]["baseline_params"].items():
        assert set(params) <= set(CHECKS[check].check.params)


def test_its_command_prints_permissions_and_its_numbers_are_right():
    result = CliRunner().invoke(cli, ["permissions", "graph"])
    assert result.exit_code == 0, result.output
    assert "Policy.Read.All" in result.output
    assert len(PRIVILEGED_ROLES) == 16
