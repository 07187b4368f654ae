"""Broken and hostile inventories end in a sentence: soon, without a traceback and without what the file holds."""

import os
import time

import pytest

from baseline.content.inventory import load_inventory
from baseline.models.errors import ContentError

pytestmark = pytest.mark.slow

LINE = "{path}:{line}:{column}"


def place(problem):
    return LINE.format(path=problem.path, line=problem.line, column=problem.column)


@pytest.mark.parametrize(
    ("name", "text", "where", "sentence"),
    [
        ("hosts.yml", "all:\n  hosts\n    bad: [", "inventory/hosts.yml:3:8", "is not valid YAML: mapping values"),
        ("hosts.yml", "all:\n  hosts:\n\tr1:\n", "inventory/hosts.yml:3:1", "is not valid YAML: tabs"),
        ("hosts.yml", "all: {hosts: {r1: {ansible_host: {{ x }} }}}", "inventory/hosts.yml:1:", "is not valid YAML"),
        ("hosts.yml", "all: {hosts: {r1: {ansible_password: 'hunter2 }}}", "inventory/hosts.yml:", "is not valid YAML"),
        ("hosts.yml", "- r1\n", "inventory/hosts.yml:0:0", "a mapping of groups is expected"),
        ("hosts.yml", "all: {hosts: [r1]}", "inventory/hosts.yml:0:0", 'a list or word as "hosts" of group "all"'),
        ("hosts", "[all:vars]\nansible_password hunter2\n", "inventory/hosts:2:1", "is not KEY=VALUE"),
        ("hosts", "[a]\nr1 hunter2\n", "inventory/hosts:2:1", "is not HOST KEY=VALUE"),
        ("hosts", "[a]\nr1 x='hunter2\n", "inventory/hosts:2:1", "a quote without its other half"),
        ("hosts", "[a hunter2]\nr1\n", "inventory/hosts:1:1", "is not a section"),
        ("hosts", "[a]\nr1\n[b:vars]\nx=1\n", "inventory/hosts:3:1", "undefined group 'b'"),
        ("hosts", "[a]\nr1[1\n", "inventory/hosts:2:1", "bracket"),
        ("x.yml", "plugin: no.such.plugin\n", "inventory/x.yml:0:0", "unknown plugin 'no.such.plugin'"),
        ("hosts", b"\x00\x01\x02" * 1000, "inventory/hosts:0:0", "is not text"),
        ("hosts.yml", b"\xff\xfe\xfd" * 1000, "inventory/hosts.yml:0:0", "is not UTF-8 text"),
        ("group_vars/all.yml", b"x: \xff\xff", "inventory/group_vars/all.yml:0:0", "is not UTF-8 text"),
        ("group_vars/all.yml", "a: [\nb: 1\n", "inventory/group_vars/all.yml:3:1", "is not valid YAML"),
        ("hosts.yml", "a: {children: {b: {children: {a: }}}}", "inventory/hosts.yml:0:0", "recursive dependency loop"),
        ("hosts", "[a:children]\nb\n[b:children]\na\n", "inventory/hosts:4:1", "recursive dependency loop"),
        ("hosts", "[a]\nweb[1:99999999]\n", "inventory/hosts:2:1", "a range of more than 100000 hosts"),
        ("hosts", "[a]\nx[1:400]y[1:400]\n", "inventory/hosts:2:1", "a range of more than 100000 hosts"),
        ("hosts.yml", "a: " + "{a: " * 3000 + "}" * 3000, "inventory", ""),
        ("hosts.yml", "a: " + "[" * 400_000, "inventory", "the process that read it crashed (SIGSEGV)"),
        ("hosts.yml", "", "inventory", "has no hosts"),
        ("s.sh", "#!/bin/sh\necho 'token=hunter2 refused' >&2\nexit 3\n", "inventory/s.sh", "non-zero exit code 3"),
        ("s.sh", "#!/bin/sh\necho rubbish\n", "inventory/s.sh", "could not be parsed as JSON"),
        ("s.sh", "#!/no/such/interpreter\n", "inventory/s.sh", "Failed to execute inventory script"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(refused, name, text, where, sentence):
    files = {"zz-good": "r1\n", name: text} if "/" in name else {name: text}
    problems = refused(files)
    problem = next(found for found in problems if found.level == "error")
    assert sentence in problem.message
    assert where in (place(problem) if where.count(":") else str(problem.path)) or problem.path.endswith(where)
    told = "\n".join(map(str, problems))
    assert "Traceback" not in told
    assert "hunter2" not in told
    assert all(character.isprintable() for problem in problems for character in str(problem))


def test_every_broken_file_is_named_at_once(refused):
    broken = refused(
        {
            "hosts.yml": "all: [",
            "more": "[x]\nr1 what\n",
            "group_vars/a.yml": "x: [",
            "host_vars/b/c.yml": "y: }",
            "ok": "h\n",
        }
    )
    assert {problem.path.removeprefix("inventory/") for problem in broken} == {
        "hosts.yml",
        "more",
        "group_vars/a.yml",
        "host_vars/b/c.yml",
    }


def test_one_broken_source_refuses_the_others_too_since_hosts_would_be_missed(refused):
    assert "more.yml" in refused({"hosts": "r1\n", "more.yml": "all: ["})[0].path


def test_a_path_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(ContentError, match=r"nowhere: error: does not exist"):
        load_inventory(tmp_path / "nowhere")


def test_no_inventory_at_all_is_said():
    with pytest.raises(ContentError, match=r"no \./inventory"):
        load_inventory([])


def test_ten_megabytes_that_baseline_does_not_need_do_no_harm(load):
    inventory = load({"hosts": "r1 baseline_owner=x\n", "group_vars/all.yml": "junk: " + "a" * 10_000_000})
    assert inventory.problems == ()


def test_ten_megabytes_that_it_would_need_are_refused(load):
    (problem,) = load({"hosts": "r1\n", "group_vars/all.yml": "baseline_owner: " + "a" * 10_000_000}).errors
    assert "is larger or more deeply nested than a setting may be" in problem.message
    assert len(str(problem)) < 500


def test_an_alias_bomb_is_refused_where_it_stands_and_nowhere_else(load):
    levels = "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 10)}]\n" for n in range(1, 12))
    bomb = f"x0: &x0 [a]\n{levels}baseline_tags: *x11\nansible_password: *x11\n"
    began = time.monotonic()
    inventory = load({"hosts": "r1 baseline_owner=x\n", "group_vars/all.yml": bomb})
    assert time.monotonic() - began < 10
    assert [problem.message.split(" is larger")[0] for problem in inventory.errors] == [
        "r1: baseline_tags",
        "r1: ansible_password",
    ]


def test_a_template_that_grows_without_end_is_refused(load):
    (problem,) = load({"hosts.yml": "all: {hosts: {r1: {baseline_owner: \"{{ ('a' * 1000000) * 1000000 }}\"}}}"}).errors
    assert "template" in problem.message or "larger" in problem.message


@pytest.mark.slow
def test_more_hosts_than_allowed_are_refused(refused):
    (problem,) = refused({"hosts": "[a]\na[1:99999]\n[b]\nb[1:99999]\n"})
    assert "holds more than 100000 hosts" in problem.message


@pytest.mark.slow
def test_a_script_that_waits_is_stopped_with_its_children(refused, tmp_path):
    script = f"#!/bin/sh\nsleep 300 &\necho $! > {tmp_path}/child\nwait\n"
    began = time.monotonic()
    (problem,) = refused({"s.sh": script}, timeout_seconds=3)
    assert time.monotonic() - began < 10
    assert "took longer than 3 seconds" in problem.message
    assert "BASELINE_INVENTORY_TIMEOUT" in problem.hint
    child = int((tmp_path / "child").read_text())
    with pytest.raises(ProcessLookupError):
        for _ in range(50):
            os.kill(child, 0)
            time.sleep(0.1)


def test_the_environment_can_allow_more_time_or_less(refused, monkeypatch):
    monkeypatch.setenv("BASELINE_INVENTORY_TIMEOUT", "1.5")
    assert "longer than 1.5 seconds" in refused({"s.sh": "#!/bin/sh\nsleep 60\n"})[0].message
    monkeypatch.setenv("BASELINE_INVENTORY_TIMEOUT", "soon")
    assert "must be a number of seconds, not 'soon'" in refused({"s": "r1\n"})[0].message


def test_a_plugin_that_crashes_ends_in_a_sentence(folder, tmp_path):
    plugin = (
        "import os, signal\nfrom ansible.plugins.inventory import BaseInventoryPlugin\n"
        'DOCUMENTATION = "name: crash\\nshort_description: x\\noptions: {}\\n"\n'
        "class InventoryModule(BaseInventoryPlugin):\n    NAME = 'crash'\n"
        "    def verify_file(self, path):\n        return True\n"
        "    def parse(self, *_, **__):\n        os.kill(os.getpid(), signal.SIGABRT)\n"
    )
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "crash.py").write_text(plugin)
    (tmp_path / "ansible.cfg").write_text(
        "[defaults]\ninventory_plugins = plugins\n[inventory]\nenable_plugins = crash\n"
    )
    with pytest.raises(ContentError, match="crashed \\(SIGABRT\\)"):
        load_inventory(folder({"x": "y"}))


def test_a_broken_ansible_cfg_is_said_in_ansibles_words(folder, tmp_path):
    (tmp_path / "ansible.cfg").write_text("this is no ini file\n")
    with pytest.raises(ContentError, match=r"Ansible stopped: .*ansible\.cfg"):
        load_inventory(folder({"hosts": "r1\n"}))


def test_an_ansible_cfg_in_a_folder_that_anyone_can_write_is_warned_of(folder, tmp_path):
    (tmp_path / "ansible.cfg").write_text("[defaults]\n")
    tmp_path.chmod(0o777)
    problems = load_inventory(folder({"hosts": "r1 baseline_owner=x\n"})).problems
    assert "world writable" in problems[0].message


def test_a_host_name_with_control_characters_is_refused_and_not_printed_as_such(load):
    (problem,) = load(
        {"hosts.yml": 'all: {hosts: {"r\\a1\\x9b2J": {ansible_host: 192.0.2.1, baseline_owner: x}}}'}
    ).errors
    assert "no control characters" in problem.message
    assert str(problem).isprintable()
