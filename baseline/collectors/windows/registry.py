"""The registry as Windows told of it, with the face of the registry of an image: the same readers read both."""

from typing import Any

import msgspec

from baseline.collectors.image.reader.file_tree import ImageError
from baseline.collectors.image.reader.hive import Key, RegistryValue
from baseline.collectors.image.windows.firewall_rules import RULES
from baseline.collectors.image.windows.registry import Registry
from baseline.collectors.image.windows.services import SERVICES
from baseline.collectors.image.windows.software import UNINSTALL
from baseline.collectors.windows.answer import Answer
from baseline.collectors.windows.script import MAXIMUM_ITEMS
from baseline.models.facts.fact import Unknown

_KINDS = {
    "String": "REG_SZ",
    "ExpandString": "REG_EXPAND_SZ",
    "DWord": "REG_DWORD",
    "QWord": "REG_QWORD",
    "MultiString": "REG_MULTI_SZ",
    "Binary": "REG_BINARY",
    "None": "REG_NONE",
    "Unknown": "REG_NONE",
}


class ToldValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One value: its kind in the words of .NET, and its data."""

    kind: str
    data: int | str


class ToldKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One key: the values that were asked for and exist, or that it does not exist, or why it cannot be read."""

    found: dict[str, ToldValue] | None = None
    absent: bool = False
    error: str = ""


class ToldKeys(msgspec.Struct, frozen=True):
    """Keys by path or name."""

    entries: dict[str, ToldKey]


class ToldSoftware(msgspec.Struct, frozen=True):
    """The keys of installed programs: of 64 and of 32 bits."""

    native: dict[str, ToldKey]
    wow64: dict[str, ToldKey]


class ToldRules(msgspec.Struct, frozen=True):
    """The firewall rules of each key by id."""

    entries: dict[str, dict[str, str]]


class LiveKey(Key):
    """One key that was told of."""

    def __init__(self, name: str, told: ToldKey) -> None:
        super().__init__(None)
        self._name, self._told = name, told

    @property
    def name(self) -> str:
        """The key's own name."""
        return self._name

    def values(self) -> dict[str, RegistryValue]:
        """The values that were asked for; see Key."""
        if self._told.error or self._told.found is None:
            raise ImageError(f"the key {self._name[:200]} cannot be read: {self._told.error[:80] or 'no reason told'}")
        return {name.casefold(): _value(name, told) for name, told in self._told.found.items()}


class LiveRegistry(Registry):
    """Keys and values of a Windows that runs, as far as they were asked for."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        told = answer.part("registry", ToldKeys)
        self._why = told if isinstance(told, Unknown) else None
        entries: dict[str, ToldKey] = {} if isinstance(told, Unknown) else told.entries
        self._keys = {path.casefold(): key for path, key in entries.items()}

    def key(self, path: str) -> Key | None:
        """A key; see Registry.

        Raises:
            ImageError: it could not be read, or the answer lacks it.
        """
        if path in RULES:
            return self._rules(path)
        if self._why is not None:
            raise ImageError(self._why.reason)
        told = self._keys.get(path.casefold())
        if told is None:
            raise ImageError(f"the answer of Windows lacks the key {path}")
        return None if told.absent and told.found is None and not told.error else LiveKey(path, told)

    def value(self, path: str, name: str) -> RegistryValue | None:
        """A value; see Registry."""
        key = self.key(path)
        found = key.values().get(name.casefold()) if key else None
        if found is not None and found.type == "TooLong":
            raise ImageError(f"{path}:{name} is longer than is read")
        return found

    def subkeys(self, path: str) -> list[Key]:
        """The keys below a key: of services and of programs only."""
        if path == SERVICES:
            services = self._part("services", ToldKeys).entries
            return _keys({name: told for name, told in services.items() if not told.error})
        software = self._part("software", ToldSoftware)
        return _keys(software.native if path == UNINSTALL[0] else software.wow64)

    def closed_services(self) -> dict[str, str]:
        """The services of which the account may read nothing, and why."""
        return {name: told.error for name, told in self._part("services", ToldKeys).entries.items() if told.error}

    def _rules(self, path: str) -> Key | None:
        rules = self._part("firewall_rules", ToldRules).entries
        if path not in rules:
            raise ImageError(f"the answer of Windows lacks the rules in {path}")
        if len(rules[path]) > MAXIMUM_ITEMS:
            raise ImageError(f"there are more than {MAXIMUM_ITEMS} rules in {path}")
        return LiveKey(path, ToldKey(found={name: ToldValue("String", rule) for name, rule in rules[path].items()}))

    def _part(self, name: str, form: type[Any]) -> Any:
        told = self._answer.part(name, form)
        if isinstance(told, Unknown):
            raise ImageError(told.reason)
        return told


def _keys(told: dict[str, ToldKey]) -> list[Key]:
    if len(told) > MAXIMUM_ITEMS:
        raise ImageError(f"there are more than {MAXIMUM_ITEMS} of them")
    return [LiveKey(name, key) for name, key in told.items()]


def _value(name: str, told: ToldValue) -> RegistryValue:
    kind = _KINDS.get(told.kind, told.kind[:40])
    if kind == "REG_MULTI_SZ":
        return RegistryValue(name, kind, tuple(part for part in str(told.data).split("\n") if part))
    if kind in ("REG_BINARY", "REG_NONE"):
        return RegistryValue(name, kind, b"")
    if kind == "REG_QWORD" and str(told.data).isdecimal():
        return RegistryValue(name, kind, int(str(told.data)[:20]))
    fits = isinstance(told.data, int) == (kind == "REG_DWORD")
    return RegistryValue(name, kind if fits else f"{kind} of another form", told.data)
