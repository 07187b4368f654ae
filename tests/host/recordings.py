"""Recorded answers of hosts, written for these tests: the output of the script with the mark ``@0``."""

from pathlib import Path

from baseline.collectors.host.collector import read_facts
from baseline.collectors.host.sections import SECTIONS
from baseline.collectors.host.transcript import Transcript, read_transcript
from baseline.models.artefact import SourceLines
from baseline.models.facts.host import HostFacts

FOLDER = Path(__file__).parent / "recorded"
MARK = "@0"
ARTEFACTS = {section.name: section.artefact for section in SECTIONS}
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))


def output(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text()


def transcript(text: str, refusal: str = "") -> Transcript:
    return read_transcript(text.encode(), MARK, ARTEFACTS, refusal)


def read(text: str, refusal: str = "") -> tuple[HostFacts, dict[str, SourceLines]]:
    return read_facts(transcript(text, refusal), SECTIONS)


def facts(name: str) -> HostFacts:
    return read(output(name), "log in as root")[0]


def section(name: str, body: str, *, uid: int = 0) -> HostFacts:
    """Facts of one section that printed this."""
    return read(f"@0 begin {uid}\n@0 section {name}\n{body}\n@0 end {name}\n@0 finished\n")[0]
