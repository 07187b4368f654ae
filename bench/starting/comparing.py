"""Compares how long commands take that ask nothing."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench.contender import Work
from bench.measuring import Comparison, Contender, compare
from bench.options import Options

COMMANDS = {
    "baseline --help": ["baseline", "--help"],
    "baseline --version": ["baseline", "--version"],
    "baseline checks list": ["baseline", "checks", "list"],
    "ansible --version": ["ansible", "--version"],
    "pytest --version (with testinfra)": ["pytest", "-p", "testinfra.plugin", "--version"],
    "python -c pass (floor)": ["python", "-c", "pass"],
}


def run(command: list[str]) -> Work:
    """Run a command of this environment to its end."""
    program = str(Path(sys.executable).parent / command[0])

    def work() -> dict[str, float]:
        subprocess.run([program, *command[1:]], check=True, capture_output=True)
        return {}

    return work


def starting(options: Options) -> Iterator[Comparison]:
    """One comparison."""
    contenders = [
        Contender(name=name, function="bench.starting.comparing:run", parameters={"command": command})
        for name, command in COMMANDS.items()
    ]
    yield compare("Starting", "start", 1, contenders, msgspec.structs.replace(options, rounds=max(options.rounds, 5)))
