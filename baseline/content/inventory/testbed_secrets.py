"""The credentials of a device: who logs in, and where the secrets are. Secrets in plain text are refused.

A credential is looked for by name as pyATS does: at the connection, the device, the testbed; what is not found by its name
is that of ``default``.
"""

import re
from collections.abc import Iterator
from typing import Any

from baseline.content.inventory.testbed_markup import ELSEWHERE, Kept, Refused, secret_text
from baseline.content.inventory.testbed_values import DeviceValues, Keys

_SECRET = re.compile(r"(?i)pass(?:word|wd|phrase)?|secret")
_BLOCKS = ("credentials", "passwords")
_USER = "baseline_user"


class TestbedSecrets:
    """Reads the credentials of one device; what is wrong with them becomes problems of ``values``."""

    __test__ = False

    def __init__(self, values: DeviceValues) -> None:
        self.values = values

    def refuse_plain_text(self) -> None:
        """Refuse secrets in plain text, used or not: whoever reads the file reads them."""
        for block in self._blocks():
            for keys, text in _texts(block, self.values.testbed.get(*block), secret=block[-1] == "passwords"):
                if secret_text(text) == "plain":
                    where = ".".join(keys[keys.index(block[-1]) :])
                    self.values.report_at(keys, f"{where} is in plain text", ELSEWHERE)

    def variables(self, connection: Keys, stated: set[str]) -> dict[str, tuple[Any, Keys]]:
        """Variable -> its value, and its path from the top of the file; what ``custom`` has stated goes before."""
        blocks = [(*self.values.keys, *connection)] if connection else []
        blocks += [(*self.values.keys, "credentials"), ("testbed", "credentials")]
        found: dict[str, tuple[Any, Keys]] = {}
        user, password = self._at(blocks, "default", "username"), self._at(blocks, "default", "password")
        enable = self._at(blocks, "enable", "password") or self._at(blocks, "default", "enable_password") or password
        if user is not None and _USER not in stated:
            found[_USER] = (self.values.text_at(user, ".".join(user[-3:])), user)
        for kind, keys in (("password", password), ("enable", enable)):
            if keys is not None and not {f"baseline_{kind}_environment", f"baseline_{kind}_command"} & stated:
                kept = self._kept(keys)
                found |= {f"baseline_{kind}_environment": (kept, keys)} if kept else {}
        return found

    def _blocks(self) -> Iterator[Keys]:
        for above in (("testbed",), self.values.keys):
            yield from ((*above, name) for name in _BLOCKS)
        connections = self.values.get("connections")
        for name in connections if isinstance(connections, dict) else ():
            yield (*self.values.keys, "connections", name, "credentials")

    def _at(self, blocks: list[Keys], name: str, field: str) -> Keys | None:
        """The path of a field of the nearest credential of this name, when that has it."""
        for block in blocks:
            credential = self.values.testbed.get(*block, name)
            if isinstance(credential, dict):
                return (*block, name, field) if credential.get(field) not in (None, "") else None
        return None

    def _kept(self, keys: Keys) -> str | None:
        """The environment variable that holds a secret; plain text was refused already."""
        found = secret_text(str(self.values.testbed.get(*keys)))
        if isinstance(found, Refused):
            self.values.report_at(keys, f"{'.'.join(keys[-3:])}: {found.message}", found.hint)
        return found.environment if isinstance(found, Kept) else None


def _texts(keys: Keys, value: Any, *, secret: bool) -> Iterator[tuple[Keys, str]]:
    """The secrets below a path: what a key that speaks of one holds, and everything below such a key."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts((*keys, key), inner, secret=secret or _SECRET.search(key) is not None)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(keys, inner, secret=secret)
    elif secret and value not in (None, "", True, False):
        yield keys, str(value)
