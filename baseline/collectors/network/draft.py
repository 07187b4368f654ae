"""Facts of one device while they are put together: what the configuration says, completed by what commands show."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args, get_type_hints

from msgspec.structs import replace

from baseline.collectors.network.outputs import Outputs
from baseline.collectors.network.platforms.interface import Parsed
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.unknowns import explain, unknown_section
from baseline.models.artefact import SourceLines
from baseline.models.facts.fact import NOT_COLLECTED, Section, Unknown
from baseline.models.facts.network import SERVICE_NAMES, NetworkFacts, Service

Sections = Mapping[str, Any]
"""Sections of ``NetworkFacts`` by name."""

Reader = Callable[[str], dict[str, Any] | None]
"""Reads an output as facts by name; None when the output is not one of its command."""


class Draft:
    """Sections of ``NetworkFacts`` by name, with their sources. A path names a section: ``clock``, ``management.ssh``."""

    def __init__(self, sections: Sections, provenance: Provenance | None = None) -> None:
        """Start with what a configuration says; what it does not is not collected yet."""
        self.sections: dict[str, Any] = _blank_sections() | dict(sections)
        self.sources: dict[str, SourceLines] = provenance.sources if provenance else {}

    def get(self, path: str) -> Any:
        """What stands at a path."""
        value: Any = self.sections
        for name in path.split("."):
            value = value[name] if isinstance(value, dict) else getattr(value, name)
        return value

    def put(self, path: str, value: Any) -> None:
        """Set what stands at a path."""
        self.sections = _with(self.sections, path.split("."), value)

    def fill(self, path: str, command: str, values: Mapping[str, Any]) -> None:
        """Set facts of a section, read in the output of a command. Lines of show commands are few enough to find."""
        self.put(path, replace(self.get(path), **values))
        for name in values:
            self.cite(f"{path}.{name}", command)

    def cite(self, path: str, command: str) -> None:
        """Name a whole output as the source of a fact."""
        self.sources[path] = SourceLines(artefact=command)

    def read(self, outputs: Outputs, command: str, path: str, reader: Reader, only: Iterable[str] = ()) -> None:
        """Fill a section from the output of a command; nothing else tells the facts in ``only``."""
        read = outputs.read(command, reader)
        if isinstance(read, Unknown):
            self.put(path, replace(self.get(path), **dict.fromkeys(only, read)))
            return
        silent = Unknown(f"`{command}` does not tell it")
        self.fill(path, command, dict.fromkeys(only, silent) | read)

    def each(self, path: str, values: Callable[[Any], Mapping[str, Any]]) -> None:
        """Set facts of every item of a list, given the item."""
        items = self.get(path)
        if isinstance(items, list):
            self.put(path, [replace(item, **values(item)) for item in items])

    def explain(self, path: str, reason: str) -> None:
        """Give a reason to the facts of a section that nothing has filled."""
        self.put(path, explain(self.get(path), reason))

    def parsed(self) -> Parsed:
        """The facts, and where they were read."""
        return Parsed(facts=NetworkFacts(**self.sections), sources=self.sources)


def _with(values: Any, path: list[str], value: Any) -> Any:
    name, inner = path[0], path[1:]
    if isinstance(values, dict):
        return values | {name: _with(values[name], inner, value) if inner else value}
    return replace(values, **{name: _with(getattr(values, name), inner, value) if inner else value})


def _blank_sections() -> dict[str, Any]:
    kinds = {
        name: next((part for part in get_args(hint) if isinstance(part, type) and issubclass(part, Section)), None)
        for name, hint in get_type_hints(NetworkFacts).items()
    }
    return {name: kind() if kind else NOT_COLLECTED for name, kind in kinds.items()}


def unknown_sections(reason: str) -> dict[str, Any]:
    """Every section of ``NetworkFacts``, with all facts in it unknown for this reason."""
    facts = unknown_section(NetworkFacts, reason)
    services = {name: Service(enabled=Unknown(reason)) for name in SERVICE_NAMES}
    return {name: getattr(facts, name) for name in facts.__struct_fields__} | {"services": services}
