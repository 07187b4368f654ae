"""Services of Windows."""

import re
from typing import Literal

from baseline.collectors.image.reader.hive import Key
from baseline.collectors.image.windows.registry import Registry
from baseline.models.facts.fact import Unknown
from baseline.models.facts.workplace_system import WorkplaceService

SERVICES = r"SYSTEM\CurrentControlSet\Services"
_STARTS: dict[int, Literal["boot", "system", "automatic", "manual", "disabled"]] = {
    0: "boot",
    1: "system",
    2: "automatic",
    3: "manual",
    4: "disabled",
}
_WIN32 = 0x10 | 0x20
"""Bits of ``Type`` that make it a program of its own or one that shares a process, not a driver."""
_PROGRAM = re.compile(r'^\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>.*?\.(?:exe|com|cmd|bat)(?=\s|$)|\S+))', re.IGNORECASE)


def read_services(registry: Registry) -> list[WorkplaceService]:
    """Every service that is not a driver, by name.

    Raises:
        ImageError: the hive SYSTEM cannot be read.
    """
    found = [_service(key) for key in registry.subkeys(SERVICES)]
    return sorted((service for service in found if service is not None), key=lambda service: str(service.name))


def _service(key: Key) -> WorkplaceService | None:
    values = key.values()
    kind, start = values.get("type"), values.get("start")
    if kind is None or not isinstance(kind.data, int) or not kind.data & _WIN32:
        return None
    number = start.data if start and isinstance(start.data, int) else -1
    account = values.get("objectname")
    path = values.get("imagepath")
    command = str(path.data) if path else ""
    return WorkplaceService(
        name=key.name,
        start=_STARTS.get(number, Unknown(f"its start is {number}, which has no known meaning")),
        account=str(account.data) if account else "LocalSystem",
        command=program(command),
        path_quoted=quoted(command),
    )


def program(command: str) -> str:
    """The program of a command line, without its arguments, which may hold secrets."""
    match = _PROGRAM.match(command)
    return (match["quoted"] or match["plain"] or "").strip() if match else ""


def quoted(command: str) -> bool:
    """Whether no other program can be meant (CWE-428): the path is in quotes, or holds no space."""
    return command.lstrip().startswith('"') or " " not in program(command)
