"""What the readers of a running configuration share beside the lines themselves: the release and the kind of device."""

from dataclasses import dataclass

from baseline.collectors.network.platforms.cisco_ios.release import UNSURE, Release
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.models.facts.fact import Fact


@dataclass(frozen=True, slots=True)
class Context(Reading):
    """A running configuration of Cisco IOS that is being read."""

    release: Release
    is_switch: bool

    def toggle(
        self, path: str, command: str, *, ios: bool | object = UNSURE, ios_xe: bool | object = UNSURE
    ) -> Fact[bool]:
        """Whether a command stands there, is negated, or what its absence means in this release."""
        if line := self.tree.last(command):
            self.provenance.note(path, line)
            return True
        if line := self.tree.last(f"no {command}"):
            self.provenance.note(path, line)
            return False
        self.provenance.note(path)
        return self.release.silent(command, ios=ios, ios_xe=ios_xe)
