"""Secrets are had at the moment of use, from where the inventory says they are, and are told to nobody else."""

import copy
import gc
import logging
import os
import pickle
import signal
import threading
import time

import pytest

from baseline.content.inventory import Inventory, Secrets
from baseline.models.errors import CollectError
from baseline.models.target import Connection, Credentials, Target

pytestmark = pytest.mark.slow


def one(**credentials):
    connection = Connection(address="192.0.2.1", credentials=Credentials(**credentials))
    return Target(name="r1", kind="network", platform="cisco_ios", connection=connection)


@pytest.fixture
def resolve():
    """Resolves secrets that need no inventory."""
    with Secrets(Inventory(targets=()), environment={"NETWORK": "from-environment", "EMPTY": ""}) as secrets:
        yield secrets


def failure(secrets, target, kind="password"):
    with pytest.raises(CollectError) as caught:
        secrets(target, kind)
    assert caught.value.code == "credential"
    return str(caught.value)


@pytest.fixture
def script(tmp_path):
    def write(text):
        path = tmp_path / "secret-script"
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
        return one(password_command=(str(path), "with space; and more", "$HOME"))

    return write


def test_a_target_that_names_no_secret_has_none(resolve):
    assert resolve(one(), "password") is None
    assert resolve(one(password_environment="NETWORK"), "enable") is None


def test_an_environment_variable_is_read_and_its_absence_said(resolve):
    assert resolve(one(password_environment="NETWORK"), "password") == "from-environment"
    assert resolve(one(enable_environment="NETWORK"), "become") == "from-environment"
    assert "the password of r1 is not in the environment variable NOWHERE" in failure(
        resolve, one(password_environment="NOWHERE")
    )
    assert "the enable secret of r1 is not in" in failure(resolve, one(enable_environment="EMPTY"), "enable")


def test_a_commands_first_line_is_the_secret_and_no_shell_sees_it(resolve, script):
    assert resolve(script('printf \'%s|%s\\nsecond\\n\' "$1" "$2"'), "password") == "with space; and more|$HOME"


def test_a_command_is_run_once_in_a_run_also_from_many_threads(resolve, script, tmp_path):
    target = script(f"echo run >> {tmp_path}/runs; sleep 0.2; echo secret")
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(resolve(target, "password"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["secret"] * 8
    assert (tmp_path / "runs").read_text() == "run\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("echo 'gpg: no key' >&2; exit 2", "ended with code 2: gpg: no key"),
        ("echo s3cret; echo 'wrong s3cret, password=s3cret' >&2; exit 1", "ended with code 1: wrong ***, password=***"),
        ("exit 1", "ended with code 1"),
        ("true", "wrote no line of text"),
        ("printf '\\377\\376\\n'", "wrote no line of text"),
        ("printf '\\nsecret\\n'", "wrote no line of text"),
        ("yes s3cret", "wrote too much"),
    ],
)
def test_a_command_that_fails_says_why_without_the_secret(resolve, script, text, sentence):
    told = failure(resolve, script(text))
    assert sentence in told
    assert "s3cret" not in told


def test_a_command_that_does_not_exist_is_named(resolve):
    assert "/no/such/program: No such file or directory" in failure(
        resolve, one(password_command=("/no/such/program",))
    )


def test_a_command_that_waits_is_stopped_and_not_waited_for_again(script):
    target = script("sleep 60")
    with Secrets(Inventory(targets=()), command_timeout_seconds=0.5) as secrets:
        began = time.monotonic()
        assert "took longer than 0.5 seconds" in failure(secrets, target)
        assert "took longer than 0.5 seconds" in failure(secrets, target)
        assert time.monotonic() - began < 3


VAULTED = ["inline-secret", "enable-secret", "looked-up-secret", "file-secret", "deep"]


@pytest.fixture
def vaulted(load, encrypted, encrypted_file, vault_password_file):
    """Hosts whose passwords are in vaults in the three usual ways, and a function that opens their secrets."""
    files = {
        "hosts": "[a]\ninline\n[b]\ntemplate\n[c]\nlookup\n[d]\nnested\n[e]\ndamaged\n",
        "group_vars/a.yml": encrypted("ansible_password", "inline-secret")
        + encrypted("ansible_become_password", "enable-secret"),
        "group_vars/b/main.yml": "ansible_password: '{{ vault_password }}'\n",
        "group_vars/b/vault.yml": encrypted_file("vault_password: file-secret\n"),
        "group_vars/c.yml": "ansible_password: \"{{ lookup('env', 'TEST_NETWORK_PASSWORD') }}\"\n",
        "group_vars/d.yml": "ansible_password: '{{ vault.of[inventory_hostname] }}-1'\nvault:\n  of:\n"
        + "".join(f"    {line}\n" for line in encrypted("nested", "deep").splitlines()),
        "group_vars/e.yml": encrypted("ansible_password", "x").replace("6", "7"),
    }

    def load_with(**options):
        return load(files, **options)

    load_with.password_file = vault_password_file
    return load_with


def test_vaulted_secrets_are_decrypted_when_asked_for_and_not_before(vaulted, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("TEST_NETWORK_PASSWORD", "looked-up-secret")
    inventory = vaulted(vault_password_files=[vaulted.password_file])
    assert inventory.errors == ()
    assert not any(secret in repr(inventory) for secret in VAULTED)
    found = {target.name: target for target in inventory.targets}
    with Secrets(inventory) as secrets:
        assert secrets(found["inline"], "password") == "inline-secret"
        assert secrets(found["inline"], "enable") == "enable-secret"
        assert secrets(found["template"], "password") == "file-secret"
        assert secrets(found["lookup"], "password") == "looked-up-secret"
        assert secrets(found["nested"], "password") == "deep-1"
        assert (
            "the password of damaged cannot be had: ansible_password is encrypted, and cannot be decrypted"
            in failure(secrets, found["damaged"])
        )
        assert secrets(found["inline"], "password") == "inline-secret"
        assert repr(secrets) == "Secrets(6 resolved)"
        for copying in (copy.copy, pickle.dumps):
            with pytest.raises(TypeError):
                copying(secrets)
    assert repr(secrets) == "Secrets(0 resolved)"
    assert not any(secret in caplog.text for secret in VAULTED)


def test_a_missing_or_wrong_vault_password_is_said(load, encrypted, tmp_path):
    files = {"hosts": "r1 baseline_owner=x\n", "group_vars/all.yml": encrypted("ansible_password", "x")}
    inventory = load(files)
    assert inventory.problems == ()  # listing needs no vault password
    with Secrets(inventory) as secrets:
        told = failure(secrets, inventory.targets[0])
    assert "cannot be decrypted" in told
    assert "--vault-password-file" in told
    (tmp_path / "wrong").write_text("wrong")
    with Secrets(load(files, vault_password_files=[tmp_path / "wrong"])) as secrets:
        assert "cannot be decrypted" in failure(secrets, inventory.targets[0])


def test_an_encrypted_file_of_variables_needs_its_password_to_list(refused, load, encrypted_file, vault_password_file):
    files = {"hosts": "r1\n", "group_vars/all.yml": encrypted_file("baseline_owner: net\n")}
    (problem,) = refused(files)
    assert "no vault password was given" in problem.message
    assert problem.path == "inventory/group_vars/all.yml"
    assert "--vault-password-file" in problem.hint
    assert load(files, vault_password_files=[vault_password_file]).targets[0].owner == "net"


@pytest.mark.parametrize("way", ["environment", "ansible.cfg", "vault id", "identity list", "script"])
def test_vault_passwords_come_the_ways_that_ansible_has(
    load, encrypted, vault_password_file, tmp_path, monkeypatch, way
):
    files, options = {"hosts": "r1\n", "group_vars/all.yml": encrypted("ansible_password", "it", "net")}, {}
    if way == "environment":
        monkeypatch.setenv("ANSIBLE_VAULT_PASSWORD_FILE", str(vault_password_file))
    if way == "ansible.cfg":
        (tmp_path / "ansible.cfg").write_text(f"[defaults]\nvault_password_file = {vault_password_file}\n")
    if way == "vault id":
        options = {"vault_ids": [f"net@{vault_password_file}"]}
    if way == "identity list":
        monkeypatch.setenv("ANSIBLE_VAULT_IDENTITY_LIST", f"other@/dev/null, net@{vault_password_file}")
    if way == "script":
        program = tmp_path / "password.sh"
        program.write_text(f"#!/bin/sh\ncat {vault_password_file}\n")
        program.chmod(0o755)
        options = {"vault_password_files": [program]}
    inventory = load(files, **options)
    with Secrets(inventory) as secrets:
        assert secrets(inventory.targets[0], "password") == "it"


def test_a_vault_password_that_would_be_asked_for_is_refused_instead_of_waited_for(refused):
    (problem,) = refused({"hosts": "r1\n"}, vault_ids=["net@prompt"])
    assert "prompt" in problem.message


def test_a_missing_vault_password_file_is_named(refused, tmp_path):
    problems = refused({"hosts": "r1\n"}, vault_password_files=[tmp_path / "nowhere"])
    assert any("nowhere" in problem.message for problem in problems if problem.level == "error"), problems


def test_the_process_that_decrypts_can_die_and_is_started_again(load, encrypted, vault_password_file):
    files = {"hosts": "r1\nr2\nr3\n", "group_vars/all.yml": encrypted("ansible_password", "it")}
    inventory = load(files, vault_password_files=[vault_password_file])
    first, second, third = inventory.targets
    with Secrets(inventory) as secrets:
        assert secrets(first, "password") == "it"
        process = secrets._vault._running.process
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert "cannot be decrypted" in failure(secrets, second)
        assert secrets(third, "password") == "it"
        process = secrets._vault._running.process
    assert process.returncode is not None


def test_the_process_that_decrypts_ends_also_when_nobody_closes(load, encrypted, vault_password_file):
    files = {"hosts": "r1\n", "group_vars/all.yml": encrypted("ansible_password", "it")}
    inventory = load(files, vault_password_files=[vault_password_file])
    secrets = Secrets(inventory)
    assert secrets(inventory.targets[0], "password") == "it"
    process = secrets._vault._running.process
    del secrets
    gc.collect()
    assert process.returncode is not None
