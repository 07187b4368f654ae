"""Names by which facts are told apart: an address that two routing instances share stands for two servers."""

from typing import Any, TypeVar

import msgspec

from baseline.models.facts.fact import Section

Item = TypeVar("Item", bound=Section)


def distinct(items: list[Item]) -> list[Item]:
    """The items, each with a name of its own: a name that was there before gets its position behind it.

    >>> from baseline.models.facts.network import SyslogServer
    >>> [one.name for one in distinct([SyslogServer(name="192.0.2.1"), SyslogServer(name="192.0.2.1")])]
    ['192.0.2.1', '192.0.2.1 (2)']
    """
    counts: dict[str, int] = {}
    found = []
    for item in items:
        fields: Any = item
        name = str(fields.name)
        counts[name] = counts.get(name, 0) + 1
        found.append(item if counts[name] == 1 else msgspec.structs.replace(item, name=f"{name} ({counts[name]})"))
    return found
