"""``baseline check --from-files``, as an operator runs it."""

import pytest
import yaml

pytestmark = pytest.mark.slow


def test_a_folder_of_configurations_is_judged_and_what_is_missing_is_told(baseline, saved, switch):
    saved.write("zwolle/sw-01", switch("sw-01").configuration)
    saved.write("zwolle/sw-02", switch("sw-02", "telnet_on_vty").configuration)
    ended = baseline("check", "--from-files", saved.root, "--json", code=3)
    assert ended.verdicts["sw-01", "network-lines-ssh-only", "vty 0 4"] == "pass"
    assert ended.verdicts["sw-02", "network-lines-ssh-only", "vty 0 4"] == "fail"
    assert any("`show ip ssh` is not among the saved files of sw-01" in reason for reason in ended.reasons("sw-01"))
    nothing_asked, not_saved, *_ = ended.document["notes"]
    assert str(saved.root) in nothing_asked
    assert "`show ip ssh` (2 devices)" in not_saved
    assert {result["measured_at"] for result in ended.results} == {"2025-11-13T02:13:20Z"}


def test_a_later_change_is_seen_as_a_change(baseline, saved, switch):
    only = ("--check", "network-lines-ssh-only")
    saved.write("sw-01", switch("sw-01").configuration)
    baseline("check", "--from-files", saved.root, *only, code=0)
    saved.write("sw-01", switch("sw-01", "telnet_on_vty").configuration, modified=1_763_100_000)
    baseline("check", "--from-files", saved.root, *only, code=1)
    shown = baseline("show", "network-lines-ssh-only", "sw-01", "--subject", "vty 0 4", code=1).stdout
    assert "transport input telnet ssh" in shown
    assert "not met" in shown
    assert "2025-11-14" in shown


def test_the_inventory_tells_platform_owner_and_who_is_missing(baseline, saved, switch, tmp_path):
    saved.write("sw-01", switch("sw-01").configuration)
    saved.write("stranger", switch("stranger").configuration)
    inventory = tmp_path / "inventory.yml"
    hosts = {name: {"ansible_host": f"192.0.2.{number}"} for number, name in enumerate(("sw-01", "sw-02"), 1)}
    variables = {"ansible_network_os": "cisco.ios.ios", "baseline_owner": "netwerkbeheer"}
    inventory.write_text(yaml.safe_dump({"switches": {"hosts": hosts, "vars": variables}}))
    ended = baseline("check", "--from-files", saved.root, "-i", inventory, "--json", code=3)
    population = {entry["target"]: (entry["outcome"], entry["code"]) for entry in ended.document["population"]}
    assert population == {"sw-01": ("reached", ""), "sw-02": ("unreached", "not_saved")}
    assert "not in the inventory, and left out: stranger" in ended.stderr


def test_a_device_that_nobody_recognises_makes_the_picture_not_whole(baseline, saved, switch):
    saved.write("sw-01", switch("sw-01").configuration)
    saved.write("riddle", "hello\n")
    ended = baseline("check", "--from-files", saved.root, "--check", "network-lines-ssh-only", code=3)
    assert "add --platform NAME" in ended.stderr


def test_mistakes_are_told_before_anything_is_read(baseline, saved):
    assert "holds no saved configuration" in baseline("check", "--from-files", saved.root, code=2).stderr
    assert "did you mean 'cisco_ios'" in _platform_mistake(baseline, saved)
    assert "--platform belongs to --from-files" in baseline("check", "--platform", "frr", code=2).stderr


def _platform_mistake(baseline, saved):
    saved.write("sw-01", "x")
    return baseline("check", "--from-files", saved.root, "--platform", "ciso_ios", code=2).stderr
