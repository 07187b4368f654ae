"""How a device of a testbed is reached: the connection that is meant, as Ansible's variables."""

import re
import shlex
from typing import Any

from baseline.content.inventory.connection import valid_address
from baseline.content.inventory.testbed_values import DeviceValues, Keys
from baseline.content.nearest import did_you_mean

_EXAMPLE = "connections: {cli: {protocol: ssh, ip: 192.0.2.1}}"
_LEAVE_OUT = "or leave the device out with custom: {baseline_exclude: the reason}"
_JUMP = re.compile(r"(?i)(^|\s)-J|proxyjump|proxycommand")


class TestbedConnection:
    """Reads the connection of one device; what is wrong with it becomes problems of ``values``."""

    __test__ = False

    def __init__(self, values: DeviceValues) -> None:
        self.values = values
        self.variables: dict[str, tuple[Any, Keys]] = {}
        """Variable -> its value, and its path below the device."""
        self.credentials: Keys = ()
        """The path, below the device, of the credentials of this connection alone."""

    def read(self) -> None:
        """Fill ``variables`` and ``credentials`` from the connection that is meant."""
        name = self._chosen()
        if name is None:
            return
        keys = ("connections", name)
        self.credentials = (*keys, "credentials")
        if not self._is_ssh(keys):
            return
        self._address(keys)
        self._port(keys)
        self._options(keys)
        if self.values.get(*keys, "proxy") is not None:
            self._warn_of_jump_host((*keys, "proxy"))

    def _chosen(self) -> str | None:
        """The connection that ``defaults: {via: ...}`` names, else ``cli``, else the first over ssh, else the first."""
        found = self.values.mapping("connections")
        names = [name for name in found if name != "defaults" and self.values.mapping("connections", name)]
        via = self.values.get("connections", "defaults", "via")
        if via is not None and via not in names:
            hint = did_you_mean(str(via), names)
            self.values.report(("connections", "defaults", "via"), f"there is no connection '{str(via)[:60]}'", hint)
        elif via is not None:
            return str(via)
        elif not names and not self.values.failed:
            self.values.report(("connections",), "has no connection", _EXAMPLE)
        elif "cli" not in names:
            over_ssh = [name for name in names if found[name].get("protocol", "ssh") == "ssh"]
            return next(iter(over_ssh or names), None)
        return "cli" if "cli" in names and via is None else None

    def _is_ssh(self, keys: Keys) -> bool:
        where = ".".join(keys)
        protocol = self.values.text(*keys, "protocol") or "ssh"
        if protocol == "telnet":
            hint = f"use ssh: telnet shows passwords to the network; {_LEAVE_OUT}"
            self.values.report((*keys, "protocol"), f"{where} is over telnet", hint)
        elif protocol != "ssh":
            self.values.report((*keys, "protocol"), f"{where} is over '{protocol[:60]}'", f"use ssh, {_LEAVE_OUT}")
        elif self.values.get(*keys, "command") is not None:
            hint = f"say ip, and port if it is not 22; {_LEAVE_OUT}"
            self.values.report((*keys, "command"), f"{where} is a command, which an inventory may not run", hint)
        else:
            return True
        return False

    def _address(self, keys: Keys) -> None:
        key = next((key for key in ("ip", "host") if self.values.get(*keys, key) is not None), None)
        if key is None:
            self.values.report(keys, f"{'.'.join(keys)} has no ip", "ip: the address or host name of the device")
            return
        address = self.values.text(*keys, key)
        if address is None:
            return
        if not valid_address(address):
            self.values.report(
                (*keys, key), f"{'.'.join(keys)}.{key} '{address[:100]}' is not an IP address or host name"
            )
        self.variables["ansible_host"] = (address, (*keys, key))

    def _port(self, keys: Keys) -> None:
        port = self.values.text(*keys, "port")
        if port is None:
            return
        if not re.fullmatch(r"[0-9]{1,5}", port) or not 1 <= int(port) <= 65535:
            self.values.report((*keys, "port"), f"{'.'.join(keys)}.port must be a port from 1 to 65535")
            return
        self.variables["ansible_port"] = (int(port), (*keys, "port"))

    def _options(self, keys: Keys) -> None:
        """The key file in ``ssh_options``; what else stands there is not for baseline's own ssh client."""
        text = self.values.text(*keys, "ssh_options")
        if text is None:
            return
        keys = (*keys, "ssh_options")
        if _JUMP.search(text):
            self._warn_of_jump_host(keys)
        try:
            words = shlex.split(text)
        except ValueError:
            self.values.report(keys, "ssh_options has a quotation mark that is not closed")
            return
        if "-i" in words[:-1]:
            self.variables["ansible_private_key_file"] = (words[words.index("-i") + 1], keys)
        elif not _JUMP.search(text):
            hint = "algorithms: baseline_legacy_algorithms in custom"
            self.values.report(keys, "of ssh_options only -i FILE is read", hint, "warning")

    def _warn_of_jump_host(self, keys: Keys) -> None:
        hint = "run baseline where the device can be reached directly"
        self.values.report(keys, f"{keys[-1]} names a jump host, which baseline does not use", hint, "warning")
