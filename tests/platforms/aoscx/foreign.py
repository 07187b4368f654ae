"""Recordings of AOS-CX that others published, where they are at hand, and what plain regular expressions read in them.

They are not in the project: check out github.com/ytti/oxidized (``spec/model/data``),
github.com/networktocode/ntc-templates, github.com/networktocode/netutils or github.com/aruba/aoscx-ansible-dcn-workflows, and
let BASELINE_AOSCX_RECORDINGS name the folder around them. Each is found by the names that its repository gives its files.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.reference import reference_path

FOLDER = os.environ.get("BASELINE_AOSCX_RECORDINGS", "")
HOW = (
    "BASELINE_AOSCX_RECORDINGS names no folder either, with checkouts of ytti/oxidized, networktocode/ntc-templates, "
    "networktocode/netutils or aruba/aoscx-ansible-dcn-workflows in it"
)
RUNNING = "show running-config"

SIMULATED = "aoscx[#:]*simulation.yaml"
"""Oxidized: what a switch answered to each command; ``\\x20`` for a space at the end of a line."""

SAVED = ("aoscx[#:]*output.txt", "aruba_aoscx/*_full_sent.txt", "sample_configs/*/*.conf", "sample_configs/*/*.txt")
"""Configurations: with a header of comments as Oxidized keeps them, or as a switch shows them."""

STRIPPED = "output stripped"
_ESCAPES = {r"\x20": " ", r"\"": '"', r"\r": "\r", r"\\": "\\"}


def root() -> Path:
    """The folder with recordings, or skip the calling test."""
    return Path(FOLDER) if FOLDER else reference_path("network/outputs/aoscx", HOW)


def found(*patterns: str) -> list[Path]:
    """The files of these names, or skip the calling test where no checkout has them."""
    folder = root()
    files = sorted(path for pattern in patterns for path in folder.rglob(pattern))
    if not files:
        pytest.skip(f"{folder} holds no {' or '.join(patterns)}")
    return files


def answers(path: Path) -> dict[str, str]:
    """Command -> answer, without the line that repeats the command and the prompt at the end."""
    commands: Any = yaml.safe_load(path.read_text())["commands"]
    pairs = commands.items() if isinstance(commands, dict) else [pair for entry in commands for pair in entry.items()]
    plain = {
        command.strip(): re.sub(r'\\(?:x20|"|r|\\)', lambda escape: _ESCAPES[escape[0]], text)
        for command, text in pairs
    }
    return {
        command: "\n".join(text.split("\n")[1:-1]) + "\n" for command, text in plain.items() if STRIPPED not in text
    }


def configurations() -> Iterator[tuple[str, str]]:
    """Name of the file and running configuration, of every switch."""
    for path in found(SIMULATED, *SAVED):
        text = answers(path).get(RUNNING, "") if path.suffix == ".yaml" else path.read_text()
        if re.search(r"^!Version \w+-CX ", text, re.MULTILINE):
            yield path.name, text


def is_whole(text: str) -> bool:
    """Whether whoever published a configuration left VLANs and interfaces in it."""
    return bool(words(text, r"vlan \d") and words(text, r"interface \S"))


def words(text: str, pattern: str) -> list[str]:
    """What a pattern finds at the start of lines, in order, each once."""
    return list(dict.fromkeys(re.findall(rf"^{pattern}", text.replace("\r", ""), re.MULTILINE)))


def ports(text: str) -> dict[str, str]:
    """Interface -> the lines below it. Old releases write ``vlan11``."""
    sections = re.findall(r"^interface (\w+ \d\S*|\S+).*\n((?: .*\n)*)", f"{text}\n", re.MULTILINE)
    return {re.sub(r"^(vlan|lag|loopback)(\d+)$", r"\1 \2", name): lines for name, lines in sections}


def told(lines: str, pattern: str) -> str | None:
    """What a pattern finds on one of the lines below an interface."""
    match = re.search(rf"^ +{pattern} *$", lines, re.MULTILINE)
    return match[1] if match else None


def numbers(ranges: list[str]) -> list[int]:
    """``1,10-12`` as numbers."""
    pairs = [part.partition("-") for one in ranges for part in one.split(",")]
    return sorted({number for low, _, high in pairs for number in range(int(low), int(high or low) + 1)})
