"""What tests of EOS share: the platform, its recordings, and small configurations."""

from baseline.collectors.network.platforms import platform
from tests.platforms.vendors import recording

EOS = platform("arista_eos")
RUNNING = "show running-config"
SHOWS = [command.text for command in EOS.commands if command.text not in {RUNNING, "show startup-config"}]


def recorded(file):
    """A recording by name."""
    return recording("arista_eos", file)


def by_name(items):
    """Items of a list of facts by their name."""
    return {item.name: item for item in items}


def configured(text):
    """The facts of a switch with these lines in its configuration."""
    config = f"! device: lab (DCS-7050TX-64, EOS-4.28.3M)\nhostname lab\n{text}\nend\n"
    return EOS.parse({RUNNING: config}).facts
