"""pyATS testbed files as a source of targets; pyATS itself is not needed for that."""

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from baseline.content.inventory.testbed_device import TestbedDevice
from baseline.content.inventory.testbed_document import is_testbed, read_testbed
from baseline.content.inventory.variables import HostVariables
from baseline.models.errors import ContentError, Problem

MAXIMUM_DEVICES = 100_000


class Described(msgspec.Struct, frozen=True):
    """Devices as hosts with variables. ``found`` holds (device, problem) of single devices, ``problems`` of whole files."""

    hosts: tuple[HostVariables, ...] = ()
    found: tuple[tuple[str, Problem], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> frozenset[str]:
        """The devices that are not described well enough to be asked."""
        return frozenset(name for name, problem in self.found if problem.level == "error")

    def only(self, names: Iterable[str]) -> "Described":
        """What is said of these devices, and of files."""
        kept = frozenset(names)
        return Described(
            hosts=tuple(host for host in self.hosts if host.name in kept),
            found=tuple((name, problem) for name, problem in self.found if name in kept),
            problems=self.problems,
        )


def testbeds_among(paths: Sequence[str]) -> tuple[str, ...]:
    """The paths of files that are testbeds by their content."""
    return tuple(path for path in paths if "," not in path and is_testbed(Path(path)))


def read_testbeds(paths: Sequence[str], limit: str | None, *, may_be_empty: bool = False) -> Described:
    """The devices of testbed files; ``limit`` is a pattern as Ansible's ``--limit``.

    ``may_be_empty`` accepts that the limit leaves none, when another source may still have what is meant.

    Raises:
        ContentError: a file cannot be read, a device stands in two, or no device is left.
    """
    problems: list[Problem] = []
    described: dict[str, tuple[HostVariables, list[Problem]]] = {}
    for path in paths:
        testbed = read_testbed(Path(path), problems)
        for name in testbed.data["devices"] if testbed is not None else ():
            device = TestbedDevice(testbed, name) if testbed is not None else None
            if device is None or name in described:
                problems.append(twice(name, path))
                continue
            described[name] = (device.read(), device.problems)
    if any(problem.level == "error" for problem in problems):
        raise ContentError(problems)
    if len(described) > MAXIMUM_DEVICES:
        raise ContentError([Problem(path=paths[0], message=f"has more than {MAXIMUM_DEVICES} devices")])
    found = tuple((name, problem) for name, (_, wrong) in described.items() for problem in wrong)
    everything = Described(tuple(host for host, _ in described.values()), found, tuple(problems))
    names = _chosen(everything.hosts, limit)
    if not names and not may_be_empty:
        message = f"has no device that the limit '{limit}' matches" if limit else "has no devices"
        raise ContentError([Problem(path=", ".join(paths), message=message)])
    return everything.only(names)


def twice(name: str, path: str) -> Problem:
    """That a device is described in another file too."""
    message = f"'{name[:100]}' is described in another inventory too"
    return Problem(path=path, message=message, hint="keep one of the two")


def _chosen(hosts: Sequence[HostVariables], limit: str | None) -> frozenset[str]:
    return frozenset(host.name for host in hosts) if limit is None else _limited(hosts, limit)


def _limited(hosts: Sequence[HostVariables], limit: str) -> frozenset[str]:
    """The devices that match an Ansible host pattern: names and groups, ``*``, ``!`` to leave out, ``&`` for both."""
    terms = [term.strip() for term in re.split("[,:]", limit) if term.strip()]
    for term in terms:
        if term.startswith(("~", "@")) or "[" in term:
            hint = "of a testbed, --limit takes names and groups, with * and ?, !name and &name"
            raise ContentError([Problem(path="--limit", message=f"'{term[:100]}' is not possible", hint=hint)])
    included = [term for term in terms if term[0] not in "!&"] or ["all"]
    names = frozenset(name for term in included for name in _matching(hosts, term))
    for term in terms:
        if term[0] == "&":
            names &= _matching(hosts, term[1:])
        elif term[0] == "!":
            names -= _matching(hosts, term[1:])
    return names


def _matching(hosts: Sequence[HostVariables], term: str) -> frozenset[str]:
    return frozenset(
        host.name for host in hosts if any(fnmatchcase(word, term) for word in ("all", host.name, *host.groups))
    )
