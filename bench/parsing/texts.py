"""Configurations of simulated switches, in files that every contender reads before it is measured."""

from pathlib import Path

LINES = 1500
"""Lines of each configuration."""
SWITCHES = 40


def write_texts(folder: Path) -> None:
    """Write the running configuration of each switch of a fleet; alike as such switches are, no two the same."""
    from baseline.lab.demo import demo_fleet
    from baseline.lab.device import Device

    for number, spec in enumerate(demo_fleet(SWITCHES, lines=LINES)):
        device = Device(spec, seed=number)
        answer = device.answer("show running-config", (), device.moment(own_line=1, privilege=15))
        (folder / f"{number:02}.txt").write_text(answer.text)


def read_texts(folder: str) -> list[str]:
    """The configurations."""
    return [path.read_text() for path in sorted(Path(folder).glob("*.txt"))]
