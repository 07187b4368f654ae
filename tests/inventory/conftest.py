import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from baseline.content.inventory import Inventory, load_inventory
from baseline.models.errors import ContentError, Problem

VAULT_PASSWORD = "vault-password-of-the-tests"
ANSIBLE_VAULT = Path(sys.executable).with_name("ansible-vault")


@pytest.fixture(autouse=True)
def _nobodys_ansible(tmp_path, monkeypatch):
    """No configuration of whoever runs the tests; tests work in their own folder."""
    for name in [name for name in os.environ if name.startswith(("ANSIBLE_", "BASELINE_"))]:
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def folder(tmp_path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Writes files into a folder ``inventory`` and gives its path; what starts with ``#!`` is executable."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, text in files.items():
            path = tmp_path / "inventory" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            content = text if isinstance(text, bytes) else text.encode()
            path.write_bytes(content)
            path.chmod(0o755 if content.startswith(b"#!") else 0o644)
        return tmp_path / "inventory"

    return write


@pytest.fixture
def load(folder) -> Callable[..., Inventory]:
    """Writes files and loads them."""
    return lambda files, **options: load_inventory(folder(files), **options)


@pytest.fixture
def refused(load) -> Callable[..., list[Problem]]:
    """Writes files that make no inventory; gives the problems."""

    def problems(files: Mapping[str, str | bytes], **options: object) -> list[Problem]:
        with pytest.raises(ContentError) as caught:
            load(files, **options)
        return caught.value.problems

    return problems


@pytest.fixture
def host(load) -> Callable[..., Inventory]:
    """Loads an inventory of one host ``r1``, in ``[network]``, with these lines of variables; its owner is known."""

    def one(variables: str, **options: object) -> Inventory:
        return load({"hosts": "[network]\nr1\n", "host_vars/r1.yml": f"baseline_owner: net\n{variables}\n"}, **options)

    return one


@pytest.fixture
def vault_password_file(tmp_path) -> Path:
    path = tmp_path / "vault-password.txt"
    path.write_text(VAULT_PASSWORD)
    return path


@pytest.fixture
def encrypted(vault_password_file) -> Callable[..., str]:
    """Encrypts a value with ansible-vault; gives a line of YAML."""

    def line(name: str, value: str, vault_id: str = "") -> str:
        password = ["--vault-id", f"{vault_id}@{vault_password_file}"] if vault_id else []
        password = password or ["--vault-password-file", str(vault_password_file)]
        command = [ANSIBLE_VAULT, "encrypt_string", *password, "--stdin-name", name]
        return subprocess.run(command, input=value.encode(), capture_output=True, check=True).stdout.decode() + "\n"

    return line


@pytest.fixture
def encrypted_file(vault_password_file) -> Callable[[str], bytes]:
    """Encrypts a whole file with ansible-vault."""

    def content(text: str) -> bytes:
        command = [ANSIBLE_VAULT, "encrypt", "--vault-password-file", str(vault_password_file), "-", "--output", "-"]
        return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout

    return content
