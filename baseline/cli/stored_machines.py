"""Machines of clouds, out of stored facts, as hosts of an inventory."""

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import msgspec

from baseline.cli.shown import on_one_line
from baseline.models.facts.fact import NOT_COLLECTED
from baseline.models.letters import classification_of_letters
from baseline.models.register import Register
from baseline.models.target import Target

UNKNOWN_KEY = "$unknown"
LISTS = {"aws": ("instances",), "azure": ("virtual_machines",), "m365": ("devices",)}
"""Kind of target -> the facts that hold its machines."""
LEFT_OUT = "the last run did not ask it; run baseline check for all checks"
NOT_ASKED = "known to Intune; nothing asks the device itself yet"


class StoredMachine(msgspec.Struct, frozen=True, kw_only=True):
    """One machine of a cloud target. ``registered_as``: the target that stands for it; None: none does.

    ``unread`` is why that is not known. ``variables`` are those of a host that would stand for it.
    """

    target: str
    kind: str
    name: str
    registered_as: str | None = None
    unread: str = ""
    host: str = ""
    variables: dict[str, Any] = {}


def stored_machines(target: Target, document: dict[str, Any], register: Register) -> Iterator[StoredMachine]:
    """The machines in the facts of a target. One that the inventory names by its id since they were stored is known."""
    for fact in LISTS[target.kind]:
        items = document.get(fact, {UNKNOWN_KEY: NOT_COLLECTED.reason})
        if isinstance(items, dict):
            reason = str(items[UNKNOWN_KEY])
            unread = LEFT_OUT if reason == NOT_COLLECTED.reason else reason
            yield StoredMachine(target=target.name, kind=target.kind, name=fact, unread=unread)
            continue
        for item in items:
            yield _machine(target, document, item, register)


def _machine(target: Target, document: dict[str, Any], item: dict[str, Any], register: Register) -> StoredMachine:
    host, variables = _HOSTS[target.kind](target, document, item)
    known = register.by_id.get(_identity(target.kind, item).lower(), ())
    registered = known[0].name if known else item["registered_as"]
    unread = str(registered[UNKNOWN_KEY]) if isinstance(registered, dict) else ""
    return StoredMachine(
        target=target.name,
        kind=target.kind,
        name=item["name"],
        registered_as=None if unread else registered,
        unread=unread,
        host=host,
        variables=variables,
    )


def _identity(kind: str, item: dict[str, Any]) -> str:
    return item["name"] if kind == "m365" else _text(item, "id")


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _instance(_target: Target, document: dict[str, Any], item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    region, identity = _text(item, "region"), _text(item, "id")
    partition = "aws-cn" if region.startswith("cn-") else "aws-us-gov" if region.startswith("us-gov-") else "aws"
    arn = f"arn:{partition}:ec2:{region}:{_text(document['account'], 'name')}:instance/{identity}"
    return _text(item, "title") or identity, {**_reached(item, _text(item, "platform")), "baseline_cloud_id": arn}


def _virtual_machine(_target: Target, _document: dict[str, Any], item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    identity = _text(item, "id")
    name = _text(item, "computer_name") or identity.rpartition("/")[2]
    return name, {**_reached(item, _text(item, "system")), "baseline_cloud_id": identity}


def _device(target: Target, _document: dict[str, Any], item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    tenant = target.connection.microsoft.tenant if target.connection.microsoft else ""
    account = {"baseline_cloud_account": tenant} if tenant else {}
    return item["name"], {"baseline_exclude": NOT_ASKED, "baseline_cloud_id": item["name"], **account}


_HOSTS: dict[str, Callable[[Target, dict[str, Any], dict[str, Any]], tuple[str, dict[str, Any]]]] = {
    "aws": _instance,
    "azure": _virtual_machine,
    "m365": _device,
}


def _reached(item: dict[str, Any], system: str) -> dict[str, Any]:
    """How a machine would be reached, and whose and how important its tags say it is."""
    addresses = [item[name] for name in ("private_addresses", "public_addresses") if isinstance(item.get(name), list)]
    first = next((address for each in addresses for address in each), "")
    levels = msgspec.to_builtins(classification_of_letters(_text(item, "classification")))
    told = {
        "ansible_host": first,
        "baseline_platform": system,
        "ansible_connection": "psrp" if system == "windows" else "",
        "baseline_owner": without_template(_text(item, "owner")),
        "baseline_classification": {name: level for name, level in levels.items() if level},
    }
    return {name: value for name, value in told.items() if value}


def without_template(tag: str) -> str:
    """A tag that Ansible takes for text: whoever may tag a resource may not run code where playbooks run (CWE-1336)."""
    return on_one_line(tag).translate(str.maketrans("{}", "()"))


def host_names(machines: list[StoredMachine], taken: frozenset[str]) -> list[str]:
    """A name for each, fit for an inventory that has ``taken`` already; numbered where two would be the same."""
    names: list[str] = []
    used = set(taken)
    for machine in machines:
        bare = re.sub(r"[^a-z0-9.-]+", "-", machine.host.lower()).strip("-.")[:200] or "machine"
        numbered = (f"{bare}-{number}" for number in count(2))
        name = bare if bare not in used else next(name for name in numbered if name not in used)
        used.add(name)
        names.append(name)
    return names
