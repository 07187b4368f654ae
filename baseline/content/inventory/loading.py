"""Loads inventories, Ansible's and pyATS testbeds, as targets."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from baseline.content.inventory.mapping import target_of
from baseline.content.inventory.merging import in_order, merge
from baseline.content.inventory.model import Inventory, InventorySource
from baseline.content.inventory.protocol import Listing, Place
from baseline.content.inventory.reader import list_inventory, timeout_of
from baseline.content.inventory.register import read_register
from baseline.content.inventory.settings import ADDRESS
from baseline.content.inventory.testbed import Described, read_testbeds, testbeds_among, twice
from baseline.content.inventory.variables import HostVariables, Variables
from baseline.models.errors import ContentError, Problem
from baseline.models.target import Target


def load_inventory(
    path: Path | str | Sequence[Path | str],
    *,
    limit: str | None = None,
    vault_password_files: Sequence[Path | str] = (),
    vault_ids: Sequence[str] = (),
    timeout_seconds: float | None = None,
) -> Inventory:
    """The targets of Ansible inventories (files, folders, scripts, plugin configurations, host lists) and pyATS testbeds.

    A YAML file is a testbed by its content; Ansible is asked for the rest. Variables are what ``ansible-inventory --list``
    says, with templates rendered. With no path, ansible.cfg's inventory is read, else ``./inventory``. ``limit`` is a
    pattern as Ansible's ``--limit``; ``vault_ids`` are ``LABEL@FILE``. Secrets are not decrypted: see ``Secrets``.

    Raises:
        ContentError: a source or a file of variables cannot be read, no host is left, Ansible is missing, or reading took
            longer than ``timeout_seconds`` (BASELINE_INVENTORY_TIMEOUT, else 60). Whatever is wrong with single hosts is in ``Inventory.problems`` instead.
    """
    paths = [str(item) for item in ([path] if isinstance(path, Path | str) else path)]
    testbeds = testbeds_among(paths)
    source = InventorySource(
        paths=tuple(paths),
        vault_password_files=tuple(str(item) for item in vault_password_files),
        vault_ids=tuple(vault_ids),
        testbeds=testbeds,
    )
    try:
        only_testbeds = bool(testbeds) and len(testbeds) == len(paths)
        described = read_testbeds(testbeds, limit, may_be_empty=not only_testbeds) if testbeds else Described()
        if only_testbeds:
            return _inventory(_EMPTY, source, described)
        listing, interpreter = list_inventory(source, limit, timeout_of(timeout_seconds))
    except ContentError as error:
        raise ContentError(in_order(error.problems)) from None
    source = msgspec.structs.replace(source, paths=(*listing.sources, *testbeds), interpreter=interpreter)
    return _inventory(listing, source, described)


_EMPTY = Listing(failed=False, problems=[])


def _inventory(listing: Listing, source: InventorySource, described: Described) -> Inventory:
    listed = list(_hosts(listing))
    hosts = [*listed, *described.hosts]
    found = [*described.found, *_twice(listed, described)]
    refused = described.refused | {name for name, _ in found[len(described.found) :]}
    targets: list[Target] = []
    for host in hosts:
        target, problems = target_of(host)
        targets += [target] if target is not None and host.name not in refused else []
        found += [(host.name, problem) for problem in problems]
    places = {host.name: Variables(host).place(*ADDRESS) for host in hosts}
    known_hosts, disputed = _known_hosts(hosts)
    found += disputed + list(_same_address(targets, places))
    return Inventory(
        targets=tuple(targets),
        problems=tuple(in_order([*listing.problems, *described.problems, *merge(found)])),
        groups=_groups(listing, described),
        known_hosts=known_hosts,
        places=places,
        source=source,
        register=read_register(hosts),
    )


def _twice(listed: list[HostVariables], described: Described) -> Iterator[tuple[str, Problem]]:
    """A device of a testbed that an Ansible inventory describes too: neither says which of the two counts."""
    names = {host.name for host in listed}
    for host in described.hosts:
        if host.name in names:
            yield host.name, twice(host.name, Variables(host).place(*ADDRESS).path)


def _hosts(listing: Listing) -> Iterator[HostVariables]:
    for host in listing.hosts:
        groups = tuple(listing.groups[index] for index in host.groups)
        values = {name: listing.entries[index] for name, index in host.variables.items()}
        yield HostVariables(host.name, groups, values, listing.places)


def _groups(listing: Listing, described: Described) -> dict[str, tuple[str, ...]]:
    members: list[list[str]] = [[] for _ in listing.groups]
    for host in listing.hosts:
        for index in host.groups:
            members[index].append(host.name)
    groups = dict(zip(listing.groups, members, strict=True))
    for device in described.hosts:
        for name in ("all", *device.groups):
            groups.setdefault(name, []).append(device.name)
    return {name: tuple(hosts) for name, hosts in groups.items()}


def _known_hosts(hosts: list[HostVariables]) -> tuple[Path | None, list[tuple[str, Problem]]]:
    """The one known_hosts file of all hosts; a relative path counts from the inventory's folder."""
    files: dict[Path, str] = {}
    problems: list[tuple[str, Problem]] = []
    for host in hosts:
        variables = Variables(host)
        text = variables.text("baseline_known_hosts")
        problems += [(host.name, problem) for problem in variables.problems]
        if text is None:
            continue
        folder = host.values.get("inventory_dir")
        file = Path(str(folder.data) if folder is not None and folder.data else ".") / Path(text).expanduser()
        if file not in files and len(files) == 1:
            variables.report(
                "baseline_known_hosts", "another known_hosts file than for other hosts", "set it once, in all"
            )
            problems.append((host.name, variables.problems[-1]))
        files.setdefault(file, host.name)
    return next(iter(files), None), problems


def _same_address(targets: list[Target], places: dict[str, Place]) -> Iterator[tuple[str, Problem]]:
    """Two names for one device: each of its findings would count twice."""
    first: dict[tuple[str, int], str] = {}
    for target in targets:
        connection = target.connection
        if target.excluded is not None or connection.transport in ("local", "image"):
            continue
        other = first.setdefault((connection.address.lower(), connection.port), target.name)
        if other != target.name:
            path, line, column = places[target.name]
            message = f"has the same address and port as {other}: {connection.address} port {connection.port}"
            hint = "exclude one of the two: baseline_exclude"
            found = Problem(path=path, line=line, column=column, message=message, hint=hint, level="warning")
            yield target.name, found
