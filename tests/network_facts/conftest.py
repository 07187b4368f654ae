"""Recordings of devices, and their facts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from baseline.collectors.network.platforms import platform

RECORDINGS = Path(__file__).parent / "recordings"

SHOWS = {
    "show version": "show_version",
    "show ip ssh": "show_ip_ssh",
    "show ntp status": "show_ntp_status",
    "show ntp associations": "show_ntp_associations",
    "show logging": "show_logging",
    "show snmp user": "show_snmp_user",
    "show crypto pki certificates": "show_crypto_pki_certificates",
}


def recording(name: str) -> str:
    return (RECORDINGS / f"{name}.txt").read_text()


@pytest.fixture
def recorded() -> Callable[[str], str]:
    """The text of one recording."""
    return recording


@pytest.fixture
def switch_outputs() -> dict[str, str]:
    """Everything a switch is asked, with its answers."""
    outputs = {command: recording(f"cisco_ios/{name}") for command, name in SHOWS.items()}
    running = recording("cisco_ios/switch")
    saved = running.replace("Building configuration...\n\nCurrent configuration :", "Using 6120 out of 524288\n!")
    return outputs | {"show running-config": running, "show startup-config": saved}


@pytest.fixture
def switch(switch_outputs) -> Any:
    """Facts of the recorded switch."""
    return platform("cisco_ios").parse(switch_outputs).facts


@pytest.fixture
def router() -> Any:
    """Facts of the recorded router, of which only the configuration was read."""
    return platform("cisco_ios").parse({"show running-config": recording("cisco_ios/router")}).facts


@pytest.fixture
def configured() -> Callable[..., Any]:
    """Facts of a configuration that holds only these lines."""

    def parse(text: str = "", version: str = "15.2") -> Any:
        config = f"version {version}\nhostname lab\n{text}\nend\n"
        return platform("cisco_ios").parse({"show running-config": config}).facts

    return parse


def by_name(items: Any) -> dict[str, Any]:
    """Items of a list fact by name."""
    return {item.name: item for item in items}
