"""Genie and the vendor's mock devices, where the extra is installed."""

from pathlib import Path

import pytest

from baseline.collectors.network.genie_process import GenieProcess, genie_interpreter

WHY = "pyATS is not installed here: pip install 'baseline[pyats]', or have `pyats` on PATH"


@pytest.fixture(scope="session")
def pyats_program():
    """Gives the path of one of pyATS's programs."""
    interpreter = genie_interpreter()
    if interpreter is None:
        pytest.skip(WHY)

    def find(name):
        return Path(interpreter).with_name(name)

    return find


@pytest.fixture(scope="module")
def genie(pyats_program):
    """One process with Genie in it."""
    process = GenieProcess(str(pyats_program("python")))
    yield process
    process.close()
    process.thread.shutdown()


@pytest.fixture(scope="session")
def recorded_switch():
    """Everything a Cisco switch is asked, and what only Genie reads, with answers."""
    folder = Path(__file__).parents[1] / "network_facts" / "recordings" / "cisco_ios"
    outputs = {path.stem.replace("_", " "): path.read_text() for path in folder.glob("show_*.txt")}
    running = (folder / "switch.txt").read_text()
    brief = (Path(__file__).parent / "recordings" / "show_ip_interface_brief.txt").read_text()
    return outputs | {
        "show running-config": running,
        "show startup-config": running,
        "show ip interface brief": brief,
    }
