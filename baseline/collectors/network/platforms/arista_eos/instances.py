"""Servers of EOS that run per routing instance, and the filters on each."""

from dataclasses import dataclass

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown

DEFAULT = "default"
"""Name of the default routing instance."""


@dataclass(frozen=True, slots=True)
class Server:
    """One server: its section, and the routing instances that it runs in."""

    section: Line
    running: tuple[str, ...]

    @property
    def enabled(self) -> bool:
        """It runs in at least one."""
        return bool(self.running)

    @property
    def instance(self) -> str | None:
        """The routing instance, several with commas; None: only the default one."""
        return None if self.running in {(), (DEFAULT,)} else ", ".join(self.running)

    def access_list(self, family: str) -> Fact[str | None]:
        """The filter; None when an instance that it runs in has none, unknown when they have different ones."""
        found = {self.access_list_in(name, family) for name in self.running} or {None}
        if len(found) == 1 or None in found:
            return None if None in found else found.pop()
        return Unknown(f"the filter differs per routing instance ({', '.join(self.running)}); use one for all")

    def access_list_in(self, instance: str, family: str) -> str | None:
        """The filter in one routing instance."""
        return access_groups(self.section, family).get(instance)


def read_server(reading: Reading, path: str, command: str, *, on_by_default: bool = False) -> Server:
    """The server that a section such as ``management ssh`` describes."""
    section = reading.tree.last(command) or Line(command, 0)
    if section.number:
        reading.provenance.section(path, section)
    states = {DEFAULT: _state(section, silent=on_by_default)}
    for instance in section.all("vrf"):
        name = instance.text[4:].strip()
        states[name] = _state(instance, silent=states.get(name, False))
    return Server(section, tuple(name for name, on in states.items() if on))


def _state(section: Line, *, silent: bool) -> bool:
    for line in section.children:
        if line.text in {"shutdown", "no shutdown"}:
            return line.text == "no shutdown"
    return silent


def access_groups(section: Line, family: str = "ip") -> dict[str, str]:
    """Routing instance -> filter: ``ip access-group A [vrf V] [in]``, here or in the section of an instance."""
    groups: dict[str, str] = {}
    parts = [(DEFAULT, section), *((part.text[4:].strip(), part) for part in section.all("vrf"))]
    for instance, part in parts:
        for line in part.all(f"{family} access-group"):
            words = line.text.split()
            if len(words) > 2 and words[-1] != "out":
                groups[word_after(words, "vrf") or instance] = words[2]
    return groups
