"""``baseline inventory``: what a person sees."""

import json
import socket

import pytest
from click.testing import CliRunner

from baseline.cli.inventory import inventory
from baseline.content.location import content_folder
from baseline.models.errors import ContentError

pytestmark = pytest.mark.slow

FILES = {
    "hosts": "[routers]\nrt-1 ansible_host=192.0.2.1 ansible_port=2222\n[servers]\nsrv-1\nold-1 baseline_exclude='gone in May'\n",
    "group_vars/all.yml": "baseline_owner: net\nbaseline_classification: {integrity: high}\n",
    "group_vars/routers.yml": "ansible_network_os: ios\nansible_user: audit\nbaseline_site: north\n"
    "baseline_password_environment: NETWORK_PASSWORD\n",
}


@pytest.fixture
def run(folder):
    """Runs the command on files; gives exit code and output."""

    def invoke(files, command, *arguments):
        result = CliRunner().invoke(inventory, [command, "-i", str(folder(files)), *arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout

    return invoke


def test_list_shows_what_where_whose_and_how_important_as_lines_in_a_pipe(run):
    code, output = run(FILES, "list")
    assert code == 0
    header, *lines = [line.split("\t") for line in output.splitlines()]
    assert header == ["Target", "Platform", "Connection", "Site", "Zone", "Owner", "Exposure", "BIV", "Excluded"]
    assert lines == [
        ["rt-1", "cisco_ios", "ssh audit@192.0.2.1:2222", "north", "", "net", "", "?/H/?", ""],
        ["srv-1", "linux", "ssh srv-1", "", "", "net", "", "?/H/?", ""],
        ["old-1", "linux", "", "", "", "net", "", "?/H/?", "gone in May"],
    ]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("--site", "north"), ["rt-1"]),
        (("--group", "servers"), ["srv-1", "old-1"]),
        (("-l", "all:!servers"), ["rt-1"]),
    ],
)
def test_list_can_be_narrowed(run, arguments, names):
    _, output = run(FILES, "list", "--json", *arguments)
    assert [target["name"] for target in json.loads(output)] == names


def test_a_group_that_does_not_exist_gets_the_nearest(folder):
    result = CliRunner().invoke(inventory, ["list", "-i", str(folder(FILES)), "--group", "router"])
    assert (result.exit_code, "did you mean 'routers'?" in result.stderr) == (2, True)


def test_list_says_that_hosts_with_errors_are_left_out(folder):
    result = CliRunner().invoke(inventory, ["list", "-i", str(folder({"hosts": "a\nb ansible_port=0\n"}))])
    assert result.exit_code == 2
    assert "baseline inventory validate" in result.stderr
    assert result.stdout.splitlines()[1].startswith("a\t")


def test_show_tells_where_a_secret_is_and_where_the_host_is_written(run):
    code, output = run(FILES, "show", "rt-1")
    pairs = dict(line.split("\t") for line in output.splitlines())
    assert code == 0
    assert pairs["Password"] == "environment variable NETWORK_PASSWORD"
    assert pairs["Written in"].endswith("inventory/hosts:2")
    assert pairs["Integrity"] == "high"
    _, output = run(FILES, "show", "rt-1", "--json")
    assert json.loads(output)["connection"]["port"] == 2222


def test_show_of_an_unknown_target_gets_the_nearest_and_of_a_wrong_one_its_errors(folder, run):
    result = CliRunner().invoke(inventory, ["show", "-i", str(folder(FILES)), "rt-2"])
    assert (result.exit_code, "did you mean 'rt-1'?" in result.stderr) == (2, True)
    with pytest.raises(ContentError, match="ansible_port must be"):
        run({"hosts": "a\nb ansible_port=0\n"}, "show", "b")


def test_validate_ends_with_0_for_warnings_and_2_for_errors(run):
    code, output = run(FILES, "validate")
    assert (code, output) == (0, "3 targets, 0 errors, 0 warnings.\n")
    code, output = run({**FILES, "group_vars/all.yml": "a: 1\n"}, "validate")
    assert (code, "3 targets, 0 errors, 1 warnings." in output) == (0, True)
    code, output = run({**FILES, "group_vars/all.yml": "baseline_ownr: x\n"}, "validate")
    assert code == 2
    assert "inventory/group_vars/all.yml:1:1: error: rt-1, srv-1, old-1: baseline_ownr is not a setting" in output
    code, output = run({**FILES, "group_vars/all.yml": "a: ["}, "validate")
    assert (code, "0 targets, 1 errors, 0 warnings." in output) == (2, True)


def test_validate_gives_json_for_machines(run):
    code, output = run({**FILES, "group_vars/all.yml": "baseline_ownr: x\n"}, "validate", "--json")
    document = json.loads(output)
    assert (code, document["targets"]) == (2, 0)
    assert document["problems"][0]["line"] == 1


def test_validate_can_try_whether_targets_answer(run):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        line = "{} ansible_host=127.0.0.1 ansible_port={} baseline_owner=x\n"
        up, down = line.format("up", server.getsockname()[1]), line.format("down", closed.getsockname()[1])
        assert run({"hosts": up}, "validate", "--probe")[0] == 0
        code, output = run({"hosts": up + down}, "validate", "--probe")
    assert (code, "down: 127.0.0.1 port" in output, "up: " in output) == (2, True, False)


def test_the_example_inventory_has_nothing_wrong_and_its_vault_opens():
    example = content_folder("inventories") / "example"
    result = CliRunner().invoke(inventory, ["validate", "-i", str(example)])
    assert (result.exit_code, result.stdout) == (0, "14 targets, 0 errors, 0 warnings.\n")
    command = ["list", "-i", str(example), "--vault-password-file", str(example / "vault-password.txt"), "--json"]
    targets = {target["name"]: target for target in json.loads(CliRunner().invoke(inventory, command).stdout)}
    assert {target["platform"] for target in targets.values()} >= {"cisco_ios", "frr", "linux"}
    assert {target["site"] for target in targets.values()} == {"provinciehuis", "datacentrum", "steunpunt-noord"}
    assert targets["fw-ph-01"]["excluded"].startswith("no collector")
    assert targets["srv-web-01"]["exposure"] == "internet"
    assert targets["localhost"]["connection"]["transport"] == "local"


def test_a_terminal_gets_a_table(load, monkeypatch, capsys):
    from baseline.cli import table

    monkeypatch.setattr(table, "in_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "160")
    load(FILES)
    inventory.main(["list", "-i", "inventory"], standalone_mode=False)
    output = capsys.readouterr().out
    assert "─" in output
    assert "ssh audit@192.0.2.1:2222" in output
