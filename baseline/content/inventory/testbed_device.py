"""One device of a pyATS testbed as the variables that an Ansible inventory would have."""

from typing import Any

from baseline.content.inventory import settings
from baseline.content.inventory.protocol import EntryKind, Place, Value
from baseline.content.inventory.testbed_connection import TestbedConnection
from baseline.content.inventory.testbed_document import Testbed
from baseline.content.inventory.testbed_markup import Refused, plain_text
from baseline.content.inventory.testbed_secrets import TestbedSecrets
from baseline.content.inventory.testbed_values import DeviceValues
from baseline.content.inventory.variables import HostVariables
from baseline.content.nearest import did_you_mean, nearest
from baseline.models.errors import Problem
from baseline.models.platforms import PLATFORMS, PYATS_OS

_READ = ("os", "connections", "credentials", "custom")
_GROUPS = ("type", "role")
_STAND_INS = {"baseline_platform": "linux", "ansible_host": "localhost"}
"""Of a device that is refused, so that what else is wrong with it is said too, and what follows from it is not."""


class TestbedDevice:
    """Reads one device; ``problems`` collects what is wrong with it."""

    __test__ = False

    def __init__(self, testbed: Testbed, name: str) -> None:
        self.values = DeviceValues(testbed, ("devices", name))
        self.name = name
        self.variables: dict[str, Value] = {}
        self.places: list[Place] = [Place()]

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the device, so far."""
        return self.values.problems

    def read(self) -> HostVariables:
        """The device's variables; those that cannot be had are left out, or stood in for when the device is refused."""
        device = self.values.mapping()
        self._check_spelling(device)
        self._custom()
        excluded = "baseline_exclude" in self.variables
        secrets = TestbedSecrets(self.values)
        secrets.refuse_plain_text()
        self._platform(excluded=excluded)
        if not excluded:
            self._connection(secrets)
        for name, value in _STAND_INS.items() if self.values.failed else ():
            self._put(name, value, ())
        file = self.values.testbed.place("devices", self.name)
        self._put("inventory_file", file.path, ())
        self._put("inventory_dir", file.path.rpartition("/")[0], ())
        return HostVariables(self.name, self.groups, self.variables, self.places)

    @property
    def groups(self) -> tuple[str, ...]:
        """The device's type and role (``router``, ``core``) as groups."""
        words = (self.values.testbed.get("devices", self.name, key) for key in _GROUPS)
        return tuple(dict.fromkeys(word for word in words if isinstance(word, str) and word))

    def _put(self, name: str, data: Any, keys: tuple[str, ...], kind: EntryKind = "value") -> None:
        self.places.append(self.values.place(*keys))
        self.variables[name] = Value(kind, data, len(self.places) - 1)

    def _check_spelling(self, device: dict[str, Any]) -> None:
        for key in device:
            meant = nearest(key, _READ)
            if meant is not None and meant not in device:
                self.values.report((key,), f"'{key}' is not a key of a device", f"did you mean '{meant}'?")

    def _custom(self) -> None:
        """The variables of the ``custom`` blocks: that of the testbed for all, that of the device before it."""
        for block in (("testbed", "custom"), ("devices", self.name, "custom")):
            found = self.values.testbed.get(*block)
            for name, data in found.items() if isinstance(found, dict) else ():
                self._custom_variable(name, data, (*block, name))

    def _custom_variable(self, name: str, data: Any, keys: tuple[str, ...]) -> None:
        if not name.startswith(settings.PREFIX):
            if settings.PREFIX + name in settings.OWN_NAMES:
                hint = f"did you mean '{settings.PREFIX}{name}'?"
                self.values.report_at(keys, f"custom.{name} is not read", hint, "warning")
        elif name in settings.SECRETS:
            hint = 'use credentials, with password: "%ENV{NAME}"'
            self.values.report_at(keys, f"custom.{name} is a secret, which does not belong there", hint)
        elif name in settings.OWN_SETTINGS:
            self._put_at(name, self._plain(data, name, keys), keys)
        else:
            self._put_at(name, None, keys, "unknown")

    def _put_at(self, name: str, data: Any, keys: tuple[str, ...], kind: EntryKind = "value") -> None:
        self.places.append(self.values.testbed.place(*keys))
        self.variables[name] = Value(kind, data, len(self.places) - 1)

    def _plain(self, data: Any, name: str, keys: tuple[str, ...]) -> Any:
        if isinstance(data, dict):
            return {key: self._plain(value, name, keys) for key, value in data.items()}
        if isinstance(data, list):
            return [self._plain(value, name, keys) for value in data]
        found = plain_text(data) if isinstance(data, str) else data
        if isinstance(found, Refused):
            self.values.report_at(keys, f"custom.{name}: {found.message}", found.hint)
            return None
        return found

    def _platform(self, *, excluded: bool) -> None:
        if "baseline_platform" in self.variables:
            return
        name = self.values.text("os")
        platform = PYATS_OS.get(name or "") or (name if name in PLATFORMS else None)
        if platform is not None:
            self._put("baseline_platform", platform, ("os",))
        elif excluded:
            self._put("ansible_network_os", name or "unknown", ("os",))
        elif name:
            known = did_you_mean(name, PYATS_OS)
            hint = f"{known} or " if known else "baseline_platform, or "
            hint += "baseline_exclude: the reason, in custom"
            self.values.report(("os",), f"no platform belongs to os '{name[:60]}'", hint)
        elif not self.values.failed:
            self.values.report((), "has no os", f"one of: {', '.join(sorted(PYATS_OS))}")

    def _connection(self, secrets: TestbedSecrets) -> None:
        connection = TestbedConnection(self.values)
        connection.read()
        for name, (data, keys) in connection.variables.items():
            self._put(name, data, keys)
        for name, (data, keys) in secrets.variables(connection.credentials, set(self.variables)).items():
            self._put_at(name, data, keys)
