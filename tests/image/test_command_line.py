"""Images in an inventory, and what changed between two of them, as the command line shows it."""

import json
import shutil

import pytest
from click.testing import CliRunner

from baseline.cli.main import cli
from baseline.content.inventory import load_inventory
from tests.image.hives import make_hive
from tests.image.linux_tree import make_linux
from tests.image.windows_tree import software

pytestmark = [pytest.mark.usefixtures("own_cache"), pytest.mark.slow]


def inventory(tmp_path, **variables):
    lines = "".join(f"      {name}: {value}\n" for name, value in variables.items())
    path = tmp_path / "inventory.yml"
    path.write_text(f"all:\n  hosts:\n    werkplek:\n      baseline_owner: werkplekbeheer\n{lines}")
    return path


def run(tmp_path, *arguments):
    return CliRunner().invoke(cli, ["--store", str(tmp_path / "store.db"), *map(str, arguments)])


def test_an_image_in_an_inventory_is_checked_and_its_digest_is_in_the_evidence(windows_disk, tmp_path):
    path = inventory(tmp_path, baseline_platform="windows_image", baseline_image=windows_disk)
    done = run(tmp_path, "check", "-i", path, "--tag", "smb", "--json")
    assert done.exit_code == 1, done.output
    statuses = {result["check"]: result["status"] for result in json.loads(done.output)["results"]}
    assert statuses["workplace-smb-passwords-encrypted"] == "pass"
    assert statuses["workplace-smb-guest-refused"] == "fail"
    shown = run(tmp_path, "show", "workplace-smb-guest-refused", "werkplek")
    assert "smb.guest_logon = not certain" in shown.output


def test_an_image_of_linux_gets_the_checks_of_hosts(tmp_path):
    make_linux(tmp_path / "image")
    path = inventory(tmp_path, baseline_platform="linux_image", baseline_image="image")
    done = run(tmp_path, "check", "-i", path, "--check", "host-ssh-root-login-refused", "--json")
    assert json.loads(done.output)["results"][0]["status"] == "pass", done.output
    (target,) = load_inventory([str(path)]).targets
    assert (target.kind, target.platform, target.connection.transport) == ("host", "linux", "image")
    assert target.connection.image == str(tmp_path / "image")


WRONG = {
    "nowhere": ({"baseline_platform": "windows_image"}, "baseline_image has to say where"),
    "nothing": ({"baseline_image": "x.vhdx"}, "but not of what"),
    "other": ({"baseline_platform": "linux", "baseline_image": "x.vhdx"}, "but not of what"),
    "index": (
        {"baseline_platform": "windows_image", "baseline_image": "x.wim", "baseline_image_index": "twee"},
        "must be the number of an image",
    ),
}


def test_what_is_wrong_with_images_in_an_inventory_is_said(tmp_path):
    hosts = {name: variables for name, (variables, _) in WRONG.items()}
    path = tmp_path / "inventory.yml"
    path.write_text(json.dumps({"all": {"hosts": hosts}}))
    problems = [problem.message for problem in load_inventory([str(path)]).problems if problem.level == "error"]
    for name, (_, message) in WRONG.items():
        assert any(message in problem for problem in problems), (name, problems)
    assert len(problems) == len({message for _, message in WRONG.values()})


def test_an_image_that_cannot_be_read_is_not_checked(tmp_path):
    (tmp_path / "leeg.vhdx").touch()
    path = inventory(tmp_path, baseline_platform="windows_image", baseline_image="leeg.vhdx")
    done = run(tmp_path, "check", "-i", path, "--tag", "smb")
    assert done.exit_code == 3
    assert "is empty" in done.output
    assert "Traceback" not in done.output


@pytest.fixture(scope="module")
def changed_folder(windows_folder, tmp_path_factory):
    root = shutil.copytree(windows_folder, tmp_path_factory.mktemp("changed") / "c")
    extra = {
        "Policies\\Microsoft\\Windows\\LanmanWorkstation": {"AllowInsecureGuestAuth": 0},
        "Policies\\Microsoft\\Windows Defender\\Real-Time Protection": {"DisableRealtimeMonitoring": 1},
        "Microsoft\\Windows\\CurrentVersion\\Uninstall\\{9}": {"DisplayName": "AnyDesk", "DisplayVersion": "8"},
    }
    (root / "Windows/System32/config/SOFTWARE").unlink()
    make_hive(root / "Windows/System32/config/SOFTWARE", software(extra))
    return root


def test_two_images_are_compared_in_facts_and_verdicts(windows_folder, changed_folder, tmp_path):
    done = run(tmp_path, "image", "diff", windows_folder, changed_folder, "--json")
    assert done.exit_code == 1, done.output
    document = json.loads(done.output)
    facts = {fact["path"]: (fact["old"], fact["new"]) for fact in document["facts"]}
    assert facts["smb.guest_logon"] == ("none", "no")
    assert facts["defender.real_time_protection"] == ("yes", "no")
    assert facts["software[AnyDesk].version"] == ("-", "8")
    assert not any(path.startswith(("services", "image")) for path in facts)
    verdicts = {(one["check"], one["subject"]): (one["old"], one["new"], one["change"]) for one in document["verdicts"]}
    assert verdicts["workplace-defender-real-time-on", ""] == ("pass", "fail", "worse")
    assert verdicts["workplace-smb-guest-refused", ""] == ("fail", "pass", "better")
    assert verdicts["workplace-software-remote-control-absent", "AnyDesk"] == ("-", "fail", "worse")
    assert document["verdicts"][0]["change"] == "worse"


def test_the_table_names_both_images_and_the_same_image_differs_in_nothing(windows_folder, changed_folder, tmp_path):
    done = run(tmp_path, "image", "diff", windows_folder, changed_folder)
    assert "workplace-defender-real-time-on" in done.output
    assert str(changed_folder) in done.output
    same = run(tmp_path, "image", "diff", windows_folder, windows_folder)
    assert (same.exit_code, same.output.splitlines()[-1]) == (0, "Nothing differs.")


def test_an_image_that_cannot_be_compared_is_an_error(windows_folder, tmp_path):
    (tmp_path / "los.raw").write_bytes(b"geen image" * 1000)
    done = run(tmp_path, "image", "diff", windows_folder, tmp_path / "los.raw")
    assert done.exit_code == 3
    assert "no file system and no partition table" in done.output
