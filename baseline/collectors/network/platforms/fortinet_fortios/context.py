"""What the readers of a FortiOS configuration share: its tables, virtual domains, defaults, and where facts came from.

``show full-configuration`` prints every setting; ``show``, which is what backups often hold, leaves out those at their
default. For the latter the defaults of the FortiOS CLI Reference (6.4 to 7.6, column "Default") are used where they are
the same in all of these releases; silence on anything else is unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from baseline.collectors.network.edit_style import Block, EditTree
from baseline.collectors.network.numbers import number
from baseline.collectors.network.provenance import Provenance
from baseline.models.facts.fact import Fact, Unknown

COMMAND = "show full-configuration"

FULL_FROM = 40
"""Settings in ``config system global`` from which a configuration is a full one; in ``show`` there are a handful."""


@dataclass(frozen=True, slots=True)
class Context:
    """A configuration that is being read. ``release`` holds the numbers of its version."""

    shared: Block
    """What holds for the device as a whole: the root, or ``config global`` where there are virtual domains."""
    domains: tuple[tuple[str | None, Block], ...]
    """Virtual domains by name; the root alone, without a name, where there are none."""
    provenance: Provenance
    release: tuple[int, ...]
    full: bool

    @classmethod
    def of(cls, tree: EditTree, release: tuple[int, ...]) -> "Context":
        """A context for a whole configuration."""
        shared = tree.root.tables.get("global", tree.root)
        entries = tree.root.table("vdom").entries
        inner = tuple((name, block) for name, block in entries.items() if block.tables)
        full = len(shared.table("system global").settings) > FULL_FROM
        return cls(shared, inner or ((None, tree.root),), Provenance(COMMAND), release, full)

    def tables(self, name: str) -> Iterator[tuple[str | None, Block]]:
        """A table wherever it stands: (virtual domain, table)."""
        if name in self.shared.tables:
            yield None, self.shared.tables[name]
        for domain, block in self.domains:
            if block is not self.shared and name in block.tables:
                yield domain, block.tables[name]

    def entries(self, name: str) -> Iterator[tuple[str | None, Block]]:
        """The entries of a table wherever it stands, in order: (virtual domain, entry)."""
        for domain, table in self.tables(name):
            for entry in table.entries.values():
                yield domain, entry

    def note(self, fact: str, *blocks: Block) -> None:
        """Name tables or entries as the source of a fact; none: the silence of the whole decides."""
        self.provenance.section(fact, *(block for block in blocks if block.number))

    def setting(self, fact: str, block: Block, name: str, default: str | None = None) -> str | Unknown:
        """The value of a setting, or its default, or why neither is known."""
        setting = block.settings.get(name)
        if setting is not None:
            self.provenance.section(fact, setting)
            return setting.value
        self.note(fact)
        if default is not None and not self.full:
            return default
        place = f"`set {name}` in `config {block.name}`"
        if not self.full:
            return Unknown(f"the configuration leaves out {place}; `{COMMAND}` prints it")
        if not block.number:
            return Unknown(f"the configuration holds no `config {block.name}`: the profile of the account may hide it")
        return Unknown(f"this release has no {place}")

    def shared_setting(self, fact: str, table: str, name: str, default: str | None = None) -> str | Unknown:
        """A setting of a table of the device as a whole."""
        return self.setting(fact, self.shared.table(table), name, default)

    def switch(self, fact: str, table: str, name: str, default: str | None = None) -> Fact[bool]:
        """Whether a setting of the device as a whole is ``enable``."""
        value = self.shared_setting(fact, table, name, default)
        return value if isinstance(value, Unknown) else value == "enable"

    def amount(self, fact: str, table: str, name: str, default: int | None = None) -> Fact[int]:
        """A number among the settings of the device as a whole."""
        value = self.shared_setting(fact, table, name, None if default is None else str(default))
        if isinstance(value, Unknown):
            return value
        found = number(value)
        return Unknown(f"`set {name}` holds no number") if found is None else found


def entry_name(domain: str | None, name: str) -> str:
    """The name of an entry, with its virtual domain where there are several."""
    return name if domain is None else f"{domain} {name}"
