"""A saved configuration that is alike to the letter is not read a second time, and nothing else is taken for one."""

import pytest

from baseline.collectors.network.platforms import platform

BODY = "version 15.2\nhostname sw1\n!\ninterface Vlan1\n ip address 192.0.2.1 255.255.255.0\n!\nend\n"
RUNNING = f"Building configuration...\n\nCurrent configuration : 120 bytes\n!\n! Last change\n!\n{BODY}"


def saved_matches(saved):
    outputs = {"show running-config": RUNNING, "show startup-config": saved}
    return platform("cisco_ios").parse(outputs).facts.configuration.saved_matches_running


@pytest.mark.parametrize("heading", ["Using 120 out of 2097152 bytes\n!\n", "Using 9 out of 99 bytes\n! older\n\n", ""])
def test_only_the_heading_differs(heading):
    assert saved_matches(heading + BODY) is True


@pytest.mark.parametrize(
    "saved",
    [
        f"Using 120 out of 2097152 bytes\n!\n{BODY.replace('sw1', 'sw2')}",
        f"Using 120 out of 2097152 bytes\nboot system flash:old.bin\n{BODY}",
        f"Using 120 out of 2097152 bytes\n!\n{BODY.replace('end', 'ip http server' + chr(10) + 'end')}",
    ],
)
def test_a_line_more_or_another_one_differs(saved):
    assert saved_matches(saved) is False


def test_a_saved_configuration_that_is_cut_off_tells_nothing():
    assert "cut off" in saved_matches(f"Using 120 out of 2097152 bytes\n!\n{BODY.removesuffix('end' + chr(10))}").reason
