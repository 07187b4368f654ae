"""Which devices a folder holds, in each layout that tools and people use."""

import os

import pytest

from baseline.collectors.files import folder
from baseline.collectors.files.folder import SavedDevice, file_key, find_devices
from baseline.models.errors import CollectError


def devices(saved):
    return {device.name: (device.group, device.files) for device in find_devices(saved.root).devices}


def test_oxidized_keeps_one_file_per_device_in_a_folder_per_group(saved):
    saved.write("zwolle/sw-01", "x")
    saved.write("zwolle/sw-02.example.nl", "x")
    saved.write("kampen/10.1.2.3", "x")
    assert devices(saved) == {
        "sw-01": ("zwolle", ("zwolle/sw-01",)),
        "sw-02.example.nl": ("zwolle", ("zwolle/sw-02.example.nl",)),
        "10.1.2.3": ("kampen", ("kampen/10.1.2.3",)),
    }


def test_rancid_keeps_configs_beside_its_own_files(saved):
    saved.write("kern/configs/sw-01.example.nl", "x")
    for other in ("kern/router.db", "kern/routers.up", "kern/configs/CVS/Entries", "kern/configs/.cvsignore"):
        saved.write(other, "x")
    saved.write("logs/kern.20251113.020000", "x")
    assert devices(saved) == {"sw-01.example.nl": ("kern", ("kern/configs/sw-01.example.nl",))}


def test_files_may_end_in_what_marks_a_configuration(saved):
    for name in ("a.cfg", "b.conf", "c.CFG", "README.md", "notes.txt", "d.cfg.bak", ".git/config"):
        saved.write(name, "x")
    assert sorted(devices(saved)) == ["a", "b", "c"]


def test_outputs_stand_in_a_folder_of_the_device(saved):
    saved.write("sw-01/show_version.txt", "x")
    saved.write("sw-01/show_ip_ssh.txt", "x")
    saved.write("sw-01.cfg", "x")
    saved.write("zwolle/sw-02/show_running-config.txt", "x")
    assert devices(saved) == {
        "sw-01": ("", ("sw-01/show_ip_ssh.txt", "sw-01/show_version.txt", "sw-01.cfg")),
        "sw-02": ("zwolle", ("zwolle/sw-02/show_running-config.txt",)),
    }


def test_links_to_folders_are_not_followed_and_told(saved, tmp_path):
    saved.write("zwolle/sw-01", "x")
    (tmp_path / "elsewhere").mkdir()
    (saved.root / "away").symlink_to(tmp_path / "elsewhere")
    (saved.root / "zwolle" / "loop").symlink_to(saved.root)
    found = find_devices(saved.root)
    assert [device.name for device in found.devices] == ["sw-01"]
    assert found.problems == (
        "'away' is a link to a folder, which is not followed",
        "'zwolle/loop' is a link to a folder, which is not followed",
    )


def test_names_that_no_host_has_are_refused(saved):
    saved.write("sw\n01", "x")
    saved.write("s" * 255, "x")
    found = find_devices(saved.root)
    assert [device.name for device in found.devices] == ["s" * 255]
    assert "no control characters" in found.problems[0]


def test_what_lies_too_deep_is_told(saved):
    saved.write("1/2/3/4/5/sw-01", "x")
    found = find_devices(saved.root)
    assert (found.devices, found.problems) == ((), ("'1/2/3/4/5' is more than 4 folders deep, and was not read",))


def test_a_folder_without_end_is_refused(saved, monkeypatch):
    monkeypatch.setattr(folder, "MAXIMUM_ENTRIES", 3)
    for number in range(4):
        saved.write(f"sw-{number}", "x")
    with pytest.raises(CollectError, match="over 3 entries"):
        find_devices(saved.root)


def test_a_folder_that_cannot_be_read_says_why(tmp_path):
    with pytest.raises(CollectError, match="No such file"):
        find_devices(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["show_ip_ssh", "Show_IP_ssh", "show ip ssh", "show-ip ssh"])
def test_a_file_named_after_a_command_is_compared_loosely(name):
    assert (file_key(name) == file_key("show ip ssh")) is (name != "show-ip ssh")


def test_pipes_and_hidden_files_are_no_trouble(saved):
    os.mkfifo(saved.root / "pipe")
    assert find_devices(saved.root).devices == (SavedDevice(name="pipe", files=("pipe",)),)
