"""Installed programs."""

from collections.abc import Mapping

from baseline.collectors.image.reader.hive import RegistryValue
from baseline.collectors.image.windows.registry import Registry
from baseline.models.facts.workplace_system import WorkplaceSoftware

UNINSTALL = (
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall",
    r"SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall",
)


def read_software(registry: Registry) -> list[WorkplaceSoftware]:
    """Programs that are installed for all users, by name; parts and updates of programs are left out.

    Raises:
        ImageError: the hive SOFTWARE cannot be read.
    """
    found: dict[tuple[str, str], WorkplaceSoftware] = {}
    for path in UNINSTALL:
        for key in registry.subkeys(path):
            values = key.values()
            name = _text(values, "displayname")
            if not name or _text(values, "parentkeyname") or _number(values, "systemcomponent") == 1:
                continue
            version = _text(values, "displayversion")
            found[name, version or ""] = WorkplaceSoftware(
                name=name, version=version, publisher=_text(values, "publisher")
            )
    return [found[key] for key in sorted(found)]


def _text(values: Mapping[str, RegistryValue], name: str) -> str | None:
    value = values.get(name)
    return value.data.strip() or None if value and isinstance(value.data, str) else None


def _number(values: Mapping[str, RegistryValue], name: str) -> int | None:
    value = values.get(name)
    return value.data if value and isinstance(value.data, int) else None
