import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from baseline.lab.demo import demo_fleet
from baseline.lab.inventory import write_inventory
from baseline.lab.spec import LabSpec

COMMITTED = Path(__file__).resolve().parents[2] / "inventories" / "lab"
LAB = Path(".baseline/lab")


def written(folder, **options):
    spec = LabSpec(devices=demo_fleet()).laid_out()
    write_inventory(folder, spec, key=LAB / "client_key", known_hosts=LAB / "known_hosts", **options)
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.yml"))}


def test_the_inventory_in_the_repository_is_the_one_that_the_lab_writes(tmp_path):
    committed = {str(path.relative_to(COMMITTED)): path.read_text() for path in sorted(COMMITTED.rglob("*.yml"))}
    assert committed == written(tmp_path)


def test_an_inventory_without_this_machine_can_be_written(tmp_path):
    assert "localhost" not in written(tmp_path, include_localhost=False)["inventory.yml"]


def test_no_password_is_in_the_inventory(tmp_path):
    assert "pass" not in "".join(written(tmp_path).values()).lower()


def test_groups_of_a_former_lab_disappear(tmp_path):
    (tmp_path / "group_vars").mkdir()
    (tmp_path / "group_vars" / "vroeger.yml").write_text("---\n")
    assert "group_vars/vroeger.yml" not in written(tmp_path)


def test_every_device_is_in_the_group_of_its_role_and_of_its_site(tmp_path):
    tree = yaml.safe_load(written(tmp_path)["inventory.yml"])["all"]["children"]
    roles = [set(group["hosts"]) for group in tree["network"]["children"].values()]
    sites = [set(group["hosts"]) for group in tree["sites"]["children"].values()]
    names = {device.name for device in demo_fleet()}
    assert set().union(*roles) == set().union(*sites) == names
    assert sum(map(len, roles)) == sum(map(len, sites)) == len(names)


@pytest.mark.skipif(
    shutil.which("ansible-inventory", path=str(Path(sys.executable).parent)) is None, reason="no Ansible"
)
def test_ansible_reads_the_inventory_and_finds_what_a_run_needs(tmp_path):
    written(tmp_path)
    program = Path(sys.executable).parent / "ansible-inventory"
    result = subprocess.run(
        [program, "-i", tmp_path, "--list"],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
    )
    assert "WARNING" not in result.stderr
    hosts = json.loads(result.stdout)["_meta"]["hostvars"]
    assert hosts["zwolle-core-01"] == {
        "ansible_host": "127.0.0.1",
        "ansible_port": 22001,
        "ansible_user": "auditor",
        "ansible_connection": "ansible.netcommon.network_cli",
        "ansible_network_os": "cisco.ios.ios",
        "ansible_ssh_private_key_file": ".baseline/lab/client_key",
        "baseline_known_hosts": ".baseline/lab/known_hosts",
        "baseline_site": "zwolle",
        "baseline_zone": "kern",
        "baseline_owner": "netwerkbeheer",
        "baseline_exposure": "internet",
        "baseline_classification": {"availability": "high", "integrity": "high", "confidentiality": "medium"},
    }
    assert hosts["localhost"]["ansible_connection"] == "local"
    assert "ansible_network_os" not in hosts["localhost"]
