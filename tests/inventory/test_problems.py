"""What is wrong with hosts is said with file, line, host, variable and the way out; values of secrets never."""

import asyncio
import socket

import pytest

from baseline.content.inventory import load_inventory, probe, refuse_errors
from baseline.models.errors import ContentError

pytestmark = pytest.mark.slow


def the_error(inventory):
    (problem,) = inventory.errors
    assert inventory.targets == ()
    return problem


MISSPELT = [
    ("baseline_platfrom: frr", "baseline_platform"),
    ("baseline_ownr: net", "baseline_owner"),
    ("baseline_clasification: {}", "baseline_classification"),
    ("baseline_excluded: true", "baseline_exclude"),
    ("baseline_legacy_algoritms: true", "baseline_legacy_algorithms"),
]
WRONG = [
    ("baseline_platform: cisco_iso", "'cisco_iso' is not a platform", "did you mean 'cisco_ios'?"),
    (
        "ansible_network_os: vyos.vyos.vyos",
        "no platform belongs to ansible_network_os",
        "baseline_exclude",
    ),
    ("ansible_connection: network_cli", "the platform is not known", "set baseline_platform"),
    (
        "baseline_platform: linux\nansible_connection: httpapi",
        "does not have Ansible's connection 'httpapi'",
        "netmiko",
    ),
    ("ansible_port: 70000", "ansible_port must be a port from 1 to 65535", ""),
    ("ansible_port: ssh", "ansible_port must be a port from 1 to 65535", ""),
    ("ansible_host: 192.0.2.300", "'192.0.2.300' is not an IP address or host name", "set ansible_host"),
    ("ansible_host: 'rt 1'", "'rt 1' is not an IP address or host name", ""),
    ("ansible_host: -oProxyCommand=x", "is not an IP address or host name", ""),
    ("ansible_become: perhaps", "ansible_become must be true or false, not text", ""),
    ("baseline_transport: telnet", "baseline_transport 'telnet' is not possible", "one of: local, netmiko, ssh"),
    ("baseline_exposure: extern", "baseline_exposure 'extern' is not possible", "did you mean"),
    ("baseline_classification: high", "baseline_classification must be a mapping, not text", "availability"),
    ("baseline_classification: {beschikbarheid: hoog}", "is not an aspect", "did you mean 'beschikbaarheid'?"),
    ("baseline_classification: {integrity: hihg}", "'hihg' is not a level", "did you mean 'high'?"),
    ("baseline_classification: {integrity: 3}", "'3' is not a level", ""),
    ("baseline_tags: {a: 1}", "baseline_tags must be a list of words, not a mapping", ""),
    ("baseline_params: [1]", "baseline_params must be a mapping, not a list", ""),
    ("baseline_params: {some-check: 2}", "baseline_params of 'some-check' must be a mapping", ""),
    ("baseline_exclude: true", "must be the reason, not just true", "for example"),
    ("baseline_site: [a]", "baseline_site must be text, not a list", ""),
    ("baseline_site: true", "baseline_site must be text, not true or false", "quote it"),
    ('baseline_site: "a\\nb"', "baseline_site must be one line", ""),
    ("baseline_password_environment: my password", "must be the name of an environment variable", "not the secret"),
    (
        "baseline_password_command: pass show x",
        "baseline_password_command must be a list of words, not text",
        '["pass"',
    ),
    (
        "baseline_password_command: [a]\nbaseline_password_environment: A",
        "more than one baseline_ variable",
        "keep one",
    ),
    ("ansible_host: '{{ nowhere }}'", "cannot be rendered: 'nowhere' is undefined", ""),
    ("ansible_host: '{{ oops'", "cannot be rendered: Syntax error in template", ""),
    ("ansible_host: '{{ ansible_host }}'", "ansible_host refers to itself", ""),
    ("ansible_password: '{{ nowhere }}'", "cannot be rendered: 'nowhere' is undefined", ""),
]
SECRET_NAMES = [
    "ansible_password",
    "ansible_ssh_pass",
    "ansible_become_password",
    "ansible_become_pass",
    "ansible_private_key_passphrase",
    "baseline_password",
    "baseline_enable_password",
]
HIDDEN = [
    "ansible_password: '{{ network_password }}'\nnetwork_password: hunter2",
    "ansible_password: '{{ a }}'\na: '{{ b.c }}'\nb: {c: hunter2}",
    "ansible_password: \"{{ 'hunter2' }}\"",
    "ansible_password: \"{% set x = 'hunter2' %}{{ x }}\"",
    "ansible_password: 12345678",
    "baseline_exclude: broken\nansible_password: hunter2",
]


@pytest.fixture(scope="module")
def problems_of(tmp_path_factory):
    """One inventory with a host for each case, loaded once: the errors of the host with these variables."""
    secrets = [f"{name}: hunter2hunter2" for name in SECRET_NAMES]
    variables = [*(wrong for wrong, _ in MISSPELT), *(wrong for wrong, _, _ in WRONG), *secrets, *HIDDEN]
    path = tmp_path_factory.mktemp("cases")
    (path / "host_vars").mkdir()
    for number, text in enumerate(variables):
        (path / "host_vars" / f"h{number}.yml").write_text(f"baseline_owner: net\n{text}\n")
    (path / "hosts").write_text("".join(f"h{number}\n" for number in range(len(variables))))
    inventory = load_inventory(path)
    assert inventory.targets == ()

    def found(text):
        name = f"h{variables.index(text)}"
        return [problem for problem in inventory.errors if problem.message.startswith(f"{name}: ")]

    return found


@pytest.mark.parametrize(("wrong", "right"), MISSPELT)
def test_a_misspelt_variable_gets_the_nearest_right_one(problems_of, wrong, right):
    (problem,) = problems_of(wrong)
    assert f"did you mean '{right}'?" in problem.hint
    assert (problem.line, problem.column) == (2, 1)
    assert "/host_vars/h" in problem.path


def test_a_variable_of_somebody_elses_baseline_role_is_only_warned_of(host):
    inventory = host("baseline_ntp_servers: [192.0.2.1]")
    assert [problem.level for problem in inventory.problems] == ["warning"]
    assert len(inventory.targets) == 1


@pytest.mark.parametrize(("variables", "message", "hint"), WRONG)
def test_a_wrong_value_is_pointed_at_with_what_is_right(problems_of, variables, message, hint):
    (problem,) = problems_of(variables)
    assert message in problem.message
    assert hint in problem.hint
    assert "/host_vars/h" in problem.path
    assert problem.line in (2, 3)


def test_a_connection_that_is_not_there_misses_both_platform_and_connection(host):
    messages = " ".join(problem.message for problem in host("ansible_connection: docker").errors)
    assert "the platform is not known" in messages
    assert "does not have Ansible's connection 'docker'" in messages


def test_one_mistake_in_a_group_is_one_problem_that_counts_its_hosts(load):
    hosts = "".join(f"r{number}\n" for number in range(1, 9))
    inventory = load(
        {"hosts": f"[network]\n{hosts}", "group_vars/network.yml": "baseline_owner: x\nbaseline_platform: iso\n"}
    )
    (problem,) = inventory.errors
    assert problem.message.startswith("8 hosts (r1, r2, r3, ...): 'iso' is not a platform")
    assert (problem.path, problem.line, problem.column) == ("inventory/group_vars/network.yml", 2, 20)


@pytest.mark.slow
def test_any_error_refuses_the_inventory_as_a_whole_and_warnings_do_not(load):
    inventory = load({"hosts": "good\nbad ansible_port=0\n"})
    assert [target.name for target in inventory.targets] == ["good"]
    with pytest.raises(ContentError, match="bad: ansible_port"):
        refuse_errors(inventory)
    refuse_errors(load({"hosts": "good\n"}))


def test_a_missing_owner_is_a_warning(load):
    (problem,) = load({"hosts": "r1\nr2 baseline_owner=net\n"}).problems
    assert (problem.level, problem.message) == ("warning", "r1: has no owner")


def test_two_names_for_one_address_are_a_warning_but_not_on_other_ports_or_when_excluded(load):
    common = "ansible_host=192.0.2.1 baseline_owner=x"
    inventory = load(
        {
            "hosts": f"a {common}\nb {common}\nc {common} ansible_port=23\nd {common} baseline_exclude=spare\n"
            "e ansible_connection=local baseline_owner=x\nf ansible_connection=local baseline_owner=x\n"
        }
    )
    (problem,) = inventory.problems
    assert problem.level == "warning"
    assert "b: has the same address and port as a: 192.0.2.1 port 22" in problem.message


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_a_password_in_plain_text_is_refused_with_the_command_that_encrypts_it_and_without_its_value(problems_of, name):
    (problem,) = problems_of(f"{name}: hunter2hunter2")
    assert f"{name} is in plain text" in problem.message
    assert f"ansible-vault encrypt_string --stdin-name {name}" in problem.hint
    assert "_environment" in problem.hint
    assert "hunter2" not in str(problem)
    assert problem.line == 2


@pytest.mark.parametrize("variables", HIDDEN)
def test_a_template_does_not_hide_plain_text(problems_of, variables):
    (problem,) = problems_of(variables)
    assert "ansible_password is in plain text" in problem.message
    assert "hunter2" not in str(problem)


def test_a_password_in_plain_text_from_a_script_is_refused(load):
    script = '#!/bin/sh\necho \'{"all": {"hosts": ["r1"], "vars": {"ansible_password": "hunter2"}}, "_meta": {"hostvars": {}}}\'\n'
    problem = the_error(load({"s.sh": script}))
    assert "plain text" in problem.message
    assert "hunter2" not in str(problem)


@pytest.mark.parametrize(
    "variables",
    [
        "ansible_password: \"{{ lookup('env', 'NETWORK_PASSWORD') }}\"",
        "ansible_password: \"{{ query('file', '/run/secrets/x') | first }}\"",
        "ansible_password: '{{ omit }}'",
        "ansible_password: ''",
        "ansible_password:",
    ],
)
def test_a_password_that_is_looked_up_or_empty_is_not_in_plain_text(host, variables):
    inventory = host(variables)
    assert inventory.problems == ()
    (target,) = inventory.targets
    assert (target.connection.credentials.password_variable == "ansible_password") == (
        "{{ l" in variables or "query" in variables
    )


def test_a_setting_that_is_encrypted_is_read_and_warned_of_when_reports_show_it(host, encrypted, vault_password_file):
    variables = encrypted("ansible_user", "audit") + encrypted("baseline_site", "bunker")
    inventory = host(variables, vault_password_files=[vault_password_file])
    (target,) = inventory.targets
    assert (target.connection.credentials.user, target.site) == ("audit", "bunker")
    (problem,) = inventory.problems
    assert (problem.level, "baseline_site is encrypted" in problem.message) == ("warning", True)


def test_a_setting_that_cannot_be_decrypted_is_an_error(host, encrypted):
    problem = the_error(host(encrypted("ansible_user", "audit")))
    assert "ansible_user is encrypted" in problem.message


@pytest.mark.slow
def test_a_key_file_that_others_can_read_is_refused_and_a_missing_one_warned_of(host, tmp_path):
    key = tmp_path / "id"
    key.write_text("-")
    key.chmod(0o644)
    problem = the_error(host(f"ansible_ssh_private_key_file: {key}"))
    assert "can be read by others" in problem.message
    assert f"chmod 600 {key}" in problem.hint
    key.chmod(0o600)
    inventory = host(f"ansible_ssh_private_key_file: {key}")
    assert inventory.problems == ()
    assert inventory.targets[0].connection.credentials.key_file == str(key)
    (problem,) = host("ansible_ssh_private_key_file: ~/nowhere").problems
    assert (problem.level, "~/nowhere cannot be read" in problem.message) == ("warning", True)


def test_a_jump_host_that_baseline_would_pass_by_is_warned_of(host):
    (problem,) = host("ansible_ssh_common_args: -o ProxyJump=bastion").problems
    assert (problem.level, "names a jump host" in problem.message) == ("warning", True)


def test_a_key_that_stands_twice_is_warned_of(host):
    (problem,) = host("baseline_site: a\nbaseline_site: b").problems
    assert (problem.level, problem.line) == ("warning", 3)


def test_an_excluded_host_needs_no_platform_and_keeps_its_reason(host):
    inventory = host("ansible_network_os: vyos\nansible_connection: httpapi\nbaseline_exclude: no collector")
    assert inventory.problems == ()
    (target,) = inventory.targets
    assert (target.excluded, target.kind, target.platform) == ("no collector", "network", "vyos")
    (target,) = host("baseline_exclude: false").targets
    assert target.excluded is None


def test_probing_tells_who_does_not_answer(load):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        inventory = load(
            {
                "hosts": f"up ansible_host=127.0.0.1 ansible_port={server.getsockname()[1]}\n"
                f"down ansible_host=127.0.0.1 ansible_port={closed.getsockname()[1]}\n"
                "name ansible_host=does-not-exist.invalid\nhere ansible_connection=local\nold baseline_exclude=gone\n"
            }
        )
        problems = asyncio.run(probe(inventory, concurrent=2, timeout_seconds=2))
    assert [problem.message.split(":")[0] for problem in problems] == ["down", "name"]
    assert "cannot be reached" in problems[0].message
    assert problems[0].path == "inventory/hosts"


def test_probing_many_silent_addresses_is_bounded_in_time(load):
    """Connections that are accepted by nobody: a full backlog answers nothing, as a firewall that drops does."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(0)
        fillers = []
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(silent.getsockname())
            fillers.append(filler)
        port = silent.getsockname()[1]
        inventory = load({"hosts": f"[x]\nh[1:6] ansible_host=127.0.0.1 ansible_port={port}\n"})
        problems = asyncio.run(probe(inventory, concurrent=3, timeout_seconds=0.3))
        for filler in fillers:
            filler.close()
    assert len(problems) == 6
    assert all("no answer within 0.3 seconds" in problem.message for problem in problems)
