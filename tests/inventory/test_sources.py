"""Inventories in every form that Ansible knows are read as Ansible reads them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from baseline.content.inventory import load_inventory

pytestmark = pytest.mark.slow

SCRIPT = """#!/usr/bin/env python3
import json
print(json.dumps({
    "routers": {"hosts": ["r1", "r2"], "vars": {"baseline_owner": "net", "ansible_network_os": "ios"}},
    "_meta": {"hostvars": {"r1": {"ansible_host": "192.0.2.1"}, "r2": {"ansible_host": "192.0.2.2"}}},
}))
"""


def targets(inventory):
    return {target.name: target for target in inventory.targets}


def test_a_yaml_inventory_with_group_and_host_variables_becomes_targets(load):
    inventory = load(
        {
            "hosts.yml": "all:\n  children:\n    routers:\n      hosts:\n        r1:\n          ansible_host: 192.0.2.1\n"
            "        r2:\n    servers:\n      hosts:\n        s1:\n",
            "group_vars/all.yml": "ansible_user: audit\nbaseline_owner: everyone\n",
            "group_vars/routers/main.yml": "ansible_network_os: cisco.ios.ios\nansible_connection: network_cli\n",
            "host_vars/r2.yml": 'ansible_host: "{{ inventory_hostname }}.province.example"\nansible_port: 2222\n'
            "baseline_owner: net\n",
        }
    )
    assert inventory.problems == ()
    found = targets(inventory)
    assert [(found[name].platform, found[name].kind) for name in found] == [
        ("cisco_ios", "network"),
        ("cisco_ios", "network"),
        ("linux", "host"),
    ]
    assert found["r1"].connection.address == "192.0.2.1"
    assert found["r2"].connection.address == "r2.province.example"
    assert found["r2"].connection.port == 2222
    assert found["r2"].owner == "net"
    assert found["s1"].connection.credentials.user == "audit"
    assert found["r1"].groups == ("routers",)
    assert inventory.groups["routers"] == ("r1", "r2")
    assert inventory.groups["all"] == ("r1", "r2", "s1")


def test_an_ini_inventory_with_ranges_ports_and_child_groups_becomes_targets(load):
    inventory = load(
        {
            "hosts": "[core]\nrt-[01:03].province.example ansible_port=2022\nlocalhost ansible_connection=local\n\n"
            "[edge]\nedge-1:2222 ansible_host=192.0.2.9\n\n[network:children]\ncore\nedge\n\n"
            "[network:vars]\nbaseline_owner=net\nbaseline_tags=core, dmz\nansible_become=yes\n"
            "baseline_classification={'beschikbaarheid': 'hoog'}\n"
        }
    )
    assert inventory.problems == ()
    found = targets(inventory)
    assert list(found) == [f"rt-0{number}.province.example" for number in (1, 2, 3)] + ["localhost", "edge-1"]
    assert found["rt-01.province.example"].connection.port == 2022
    assert found["edge-1"].connection.port == 2222
    assert found["edge-1"].tags == ("core", "dmz")
    assert found["edge-1"].connection.become
    assert found["edge-1"].classification.availability == "high"
    assert found["edge-1"].groups == ("edge", "network")
    assert found["localhost"].connection.transport == "local"


def test_an_executable_script_is_run(load):
    inventory = load({"inventory.py": SCRIPT})
    assert [target.connection.address for target in inventory.targets] == ["192.0.2.1", "192.0.2.2"]
    assert inventory.targets[0].platform == "cisco_ios"
    assert inventory.problems == ()


def test_a_constructed_plugin_makes_groups_whose_variables_count(load):
    inventory = load(
        {
            "1-hosts.yml": "all:\n  hosts:\n    sw-north-1: {city: north}\n    sw-south-1: {city: south}\n",
            "2-constructed.yml": "plugin: constructed\nstrict: true\nkeyed_groups:\n  - {key: city, prefix: site}\n"
            'compose:\n  ansible_host: inventory_hostname + ".example"\n',
            "group_vars/all.yml": "baseline_owner: net\n",
            "group_vars/site_north.yml": "baseline_site: north\n",
        }
    )
    assert inventory.problems == ()
    assert [(target.site, target.connection.address) for target in inventory.targets] == [
        ("north", "sw-north-1.example"),
        (None, "sw-south-1.example"),
    ]


def test_a_plugin_of_your_own_that_ansible_cfg_names_is_used(folder, tmp_path):
    plugin = (
        "from ansible.plugins.inventory import BaseInventoryPlugin\n"
        'DOCUMENTATION = "name: towns\\nshort_description: x\\noptions: {}\\n"\n'
        "class InventoryModule(BaseInventoryPlugin):\n"
        '    NAME = "towns"\n'
        "    def verify_file(self, path):\n"
        '        return path.endswith(".towns")\n'
        "    def parse(self, inventory, loader, path, cache=True):\n"
        "        print('plugins may print what they like')\n"
        "        for town in open(path).read().split():\n"
        "            inventory.add_host(town)\n"
    )
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "towns.py").write_text(plugin)
    (tmp_path / "ansible.cfg").write_text(
        "[defaults]\ninventory_plugins = plugins\n[inventory]\nenable_plugins = towns\n"
    )
    path = folder({"list.towns": "arnhem zwolle\n"})
    assert [target.name for target in load_inventory(path).targets] == ["arnhem", "zwolle"]


def test_several_sources_and_a_host_list_are_read_together(folder):
    path = folder({"a": "a1\n", "b.yml": "all: {hosts: {b1: }}\n"})
    inventory = load_inventory([path / "a", path / "b.yml", "c1,c2,"])
    assert sorted(targets(inventory)) == ["a1", "b1", "c1", "c2"]


@pytest.mark.parametrize("where", ["ansible.cfg", "environment", "./inventory"])
def test_without_a_path_the_inventory_that_ansible_would_use_is_read(folder, tmp_path, monkeypatch, where):
    path = folder({"hosts": "from-here\n"})
    if where != "./inventory":
        path = path.rename(tmp_path / "elsewhere")
    if where == "ansible.cfg":
        (tmp_path / "ansible.cfg").write_text("[defaults]\ninventory = elsewhere/hosts\n")
    if where == "environment":
        monkeypatch.setenv("ANSIBLE_INVENTORY", str(path))
    inventory = load_inventory([])
    assert [target.name for target in inventory.targets] == ["from-here"]
    assert Path(inventory.source.paths[0]).exists()


def test_group_priority_and_merging_follow_ansible_cfg(folder, tmp_path):
    (tmp_path / "ansible.cfg").write_text("[defaults]\nhash_behaviour = merge\n")
    path = folder(
        {
            "hosts": "[a]\nh\n[b]\nh\n",
            "group_vars/a.yml": "ansible_group_priority: 10\nbaseline_site: first\nbaseline_params: {one: {x: 1}}\n",
            "group_vars/b.yml": "baseline_site: second\nbaseline_params: {two: {y: 2}}\n",
        }
    )
    (target,) = load_inventory(path).targets
    assert target.params == {"one": {"x": 1}, "two": {"y": 2}}
    assert (
        target.site == "second"
    )  # priorities count in the inventory itself, not in group_vars: as Ansible's manual says


@pytest.mark.slow
@pytest.mark.parametrize(
    ("limit", "names"),
    [
        ("routers", ["r1", "r2"]),
        ("r1", ["r1"]),
        ("r*", ["r1", "r2"]),
        ("all:!routers", ["s1"]),
        ("routers:&north", ["r1"]),
        ("~^[rs]1$", ["r1", "s1"]),
        ("routers[0]", ["r1"]),
        ("s1,r2", ["r2", "s1"]),
    ],
)
def test_limits_are_ansibles_patterns(load, limit, names):
    files = {"hosts": "[routers]\nr1\nr2\n[servers]\ns1\n[north]\nr1\ns1\n"}
    inventory = load(files, limit=limit)
    assert sorted(target.name for target in inventory.targets) == names
    assert inventory.groups["routers"] == tuple(name for name in names if name.startswith("r"))


@pytest.mark.slow
def test_a_limit_that_matches_nothing_is_refused_and_one_that_matches_in_part_warned_of(load, refused):
    files = {"hosts": "[routers]\nr1 baseline_owner=x\n"}
    assert "the limit 'zwolle' matches" in refused(files, limit="zwolle")[0].message
    (problem,) = load(files, limit="r1,zwolle").problems
    assert (problem.level, "zwolle" in problem.message) == ("warning", True)


@pytest.mark.slow
def test_variables_are_what_ansible_inventory_says(folder):
    """Ansible's own program as oracle, over precedence, child groups, folders of variables and two sources."""
    path = folder(
        {
            "one/hosts": "[top:children]\nmid\n[mid:children]\nlow\n[low]\nh1 baseline_zone=inline\nh2\n[top:vars]\nbaseline_site=top\n",
            "one/group_vars/mid.yml": "baseline_site: mid\nbaseline_zone: mid\nansible_port: 23\n",
            "one/group_vars/low/a.yml": "ansible_port: 24\n",
            "one/group_vars/low/b.yml": "ansible_port: 25\nansible_user: low\n",
            "one/host_vars/h2/x.yml": "ansible_user: two\n",
            "two/more.yml": "all: {hosts: {h1: {ansible_user: other}, h3: {ansible_host: 192.0.2.3}}, vars: {baseline_owner: all}}\n",
            "two/group_vars/all.yml": "ansible_port: 1022\n",
        }
    )
    sources = [path / "one", path / "two"]
    program = [Path(sys.executable).with_name("ansible-inventory"), "--list"]
    told = subprocess.run([*program, "-i", sources[0], "-i", sources[1]], capture_output=True, check=True).stdout
    expected = json.loads(told)["_meta"]["hostvars"]
    inventory = load_inventory(sources)
    assert set(targets(inventory)) == set(expected)
    for name, target in targets(inventory).items():
        credentials, variables = target.connection.credentials, expected[name]
        assert target.connection.port == variables.get("ansible_port", 22)
        assert credentials.user == variables.get("ansible_user")
        assert target.site == variables.get("baseline_site")
        assert target.zone == variables.get("baseline_zone")
        assert target.owner == variables.get("baseline_owner")
        assert target.connection.address == variables.get("ansible_host", name)


@pytest.mark.slow
def test_the_known_hosts_file_counts_from_the_inventorys_folder(load, host):
    inventory = host("baseline_known_hosts: keys/known_hosts")
    assert inventory.known_hosts == Path.cwd() / "inventory" / "keys" / "known_hosts"
    two = load(
        {"hosts": "[a]\nr1\nr2 baseline_known_hosts=/etc/other\n", "host_vars/r1.yml": "baseline_known_hosts: mine"}
    )
    assert any("another known_hosts file" in problem.message for problem in two.errors)
