"""Ansible may be installed elsewhere: the interpreter of ansible-inventory on PATH is used, or its absence explained."""

import shutil
import sys
import venv
from pathlib import Path

import pytest

from baseline.content.inventory import load_inventory
from baseline.content.inventory.reader import interpreters
from baseline.models.errors import ContentError


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Puts an ``ansible-inventory`` with this first line first on PATH."""

    def write(text):
        path = tmp_path / "bin" / "ansible-inventory"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
        monkeypatch.setenv("PATH", f"{path.parent}:/usr/bin:/bin")
        return path

    return write


@pytest.fixture
def without_ansible(tmp_path, monkeypatch):
    """This interpreter, as if it had no packages."""
    venv.create(tmp_path / "bare", with_pip=False, symlinks=True)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bare" / "bin" / "python"))


@pytest.mark.parametrize(
    "form",
    ["#!{python}\n", "#!{python} -I\n", "#!/usr/bin/env python-of-ansible\n", "#!/usr/bin/env -S python-of-ansible -I\n",
     "#!/bin/sh\n'''exec' {python} \"$0\" \"$@\"\n", "#!/bin/sh\n'''exec' \"{python}\" \"$0\" \"$@\"\n"],
)  # fmt: skip
def test_the_interpreter_on_path_is_found_in_every_form_of_first_line(program, form):
    python = sys.executable
    path = program(form.format(python=python))
    path.with_name("python-of-ansible").symlink_to(python)
    found = list(interpreters())
    assert found[0] == (python, "-I")
    assert found[1][1:] == ("-I",)
    assert Path(found[1][0]).resolve() == Path(python).resolve()


@pytest.mark.parametrize("text", ["#!/bin/sh\nexec ansible\n", "", "\x7fELF", "#!\n"])
def test_a_program_that_is_not_python_is_passed_over(program, text):
    program(text)
    assert len(list(interpreters())) == 1


def test_an_inventory_is_read_with_the_ansible_on_path(program, without_ansible, folder):
    real = shutil.which("python", path=str(Path(pytest.__file__).parents[4] / "bin"))
    program(f"#!{real}\n")
    inventory = load_inventory(folder({"hosts": "r1\n"}))
    assert [target.name for target in inventory.targets] == ["r1"]
    assert inventory.source.interpreter == (real, "-I")


def test_without_any_ansible_the_command_that_installs_it_is_given(without_ansible, folder, monkeypatch):
    monkeypatch.setenv(
        "PATH", "/usr/bin:/bin" if shutil.which("ansible-inventory", path="/usr/bin:/bin") is None else ""
    )
    with pytest.raises(
        ContentError, match=r"ansible-core 2\.19 or newer was not found \(pip install 'baseline\[ansible\]'\)"
    ):
        load_inventory(folder({"hosts": "r1\n"}))
