import asyncio

import pytest

from tests.lab.client import ENABLE, PASSWORD, SWITCH

pytestmark = pytest.mark.slow

netmiko = pytest.importorskip("netmiko")


def with_netmiko(lab_of, work, *, fast_cli=True, password=None, secret="", **device):
    """Run blocking Netmiko work against one switch; gives its result and the lab's counters."""
    from baseline.lab.fleet import DeviceSpec

    def session(client):
        address, port = client.lab.endpoint(SWITCH)
        login = {"password": password} if password else {"use_keys": True, "key_file": str(client.key)}
        with netmiko.ConnectHandler(
            device_type="cisco_ios",
            host=address,
            port=port,
            username="auditor",
            ssh_strict=True,
            alt_host_keys=True,
            alt_key_file=str(client.known_hosts),
            fast_cli=fast_cli,
            secret=secret,
            **login,
        ) as connection:
            return work(connection)

    async def scenario():
        spec = DeviceSpec(name=SWITCH, lines=450, **device)
        async with lab_of(spec, password=PASSWORD, enable_password=ENABLE) as client:
            result = await asyncio.to_thread(session, client)
            return result, client.lab.counters(SWITCH)

    return asyncio.run(scenario())


@pytest.mark.parametrize("fast_cli", [True, False])
def test_netmiko_reads_the_whole_configuration(lab_of, fast_cli):
    (shown, prompt), counters = with_netmiko(
        lab_of,
        lambda connection: (connection.send_command("show running-config"), connection.find_prompt()),
        fast_cli=fast_cli,
    )
    assert shown.startswith("Building configuration...")
    assert shown.rstrip().endswith("\nend")
    assert prompt == f"{SWITCH}#"
    assert counters.violations == 0


def test_netmiko_logs_in_with_a_password_and_enables(lab_of):
    def work(connection):
        before = connection.check_enable_mode()
        connection.enable()
        return before, connection.check_enable_mode(), connection.send_command("show privilege")

    (before, after, shown), counters = with_netmiko(lab_of, work, password=PASSWORD, secret=ENABLE, privilege=1)
    assert (before, after, shown) == (False, True, "Current privilege level is 15")
    assert ENABLE not in " ".join(counters.received)


def test_netmiko_sees_an_invalid_command_as_a_device_says_it(lab_of):
    shown, _ = with_netmiko(lab_of, lambda connection: connection.send_command("show onzin"))
    assert "% Invalid input detected at '^' marker." in shown


def test_configuring_with_netmiko_works_and_is_counted(lab_of):
    lines = ["interface GigabitEthernet1/0/1", "shutdown"]
    shown, counters = with_netmiko(lab_of, lambda connection: connection.send_config_set(lines))
    assert "(config-if)#" in shown
    assert list(counters.violating) == ["configure terminal", *lines]


@pytest.mark.filterwarnings("ignore:path is deprecated:DeprecationWarning")  # in Netmiko's finding of the parsers
def test_the_answers_are_understood_by_published_parsers(lab_of):
    commands = (
        "show version",
        "show inventory",
        "show ip interface brief",
        "show interfaces status",
        "show users",
        "show clock",
        "show vlan brief",
    )

    def work(connection):
        return {command: connection.send_command(command, use_textfsm=True) for command in commands}

    parsed, _ = with_netmiko(lab_of, work)
    assert parsed["show version"][0]["version"] == "17.12.4"
    assert parsed["show version"][0]["hostname"] == SWITCH
    assert parsed["show version"][0]["hardware"] == ["C9200CX-8P-2X2G"]
    assert parsed["show inventory"][0]["pid"] == "C9200CX-8P-2X2G"
    assert {"interface": "Vlan99", "ip_address": "10.101.99.11"}.items() <= parsed["show ip interface brief"][
        -1
    ].items()
    assert parsed["show interfaces status"][0]["port"] == "Gi1/0/1"
    assert parsed["show users"][0]["user"] == "auditor"
    assert parsed["show clock"][0]["timezone"] in {"CET", "CEST"}
    assert parsed["show vlan brief"][1]["vlan_name"] == "ZWOLLE-WERKPLEKKEN"
