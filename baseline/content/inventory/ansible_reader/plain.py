"""Turns Ansible's tagged values into plain JSON data, bounded."""

from collections.abc import Mapping
from typing import Any

from ansible.parsing.vault import EncryptedString

from .problems import UnusableError
from .secrecy import is_template

MAXIMUM_SIZE = 256 * 1024
"""Of one variable: characters of text, plus 16 for each item in it."""
MAXIMUM_DEPTH = 20


class Plain:
    """One value on its way out. YAML aliases can make a small file an enormous value, hence the bounds."""

    def __init__(self) -> None:
        self.size = 0
        self.has_template = False

    def of(self, value: Any, depth: int = 0) -> Any:
        """The value as JSON data; notes on the way whether there is a template in it.

        Raises:
            UnusableError: it is too large, too deep, or holds an encrypted part.
        """
        self.size += 16 + (len(value) if isinstance(value, str) else 0)
        if self.size > MAXIMUM_SIZE or depth > MAXIMUM_DEPTH:
            raise UnusableError("is larger or more deeply nested than a setting may be")
        if isinstance(value, EncryptedString):
            raise UnusableError("holds a part that is encrypted with ansible-vault")
        if isinstance(value, Mapping):
            return {text(key): self.of(item, depth + 1) for key, item in value.items()}
        if isinstance(value, list | tuple | set):
            return [self.of(item, depth + 1) for item in value]
        return self._scalar(value)

    def _scalar(self, value: Any) -> Any:
        self.has_template = self.has_template or is_template(value)
        if value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) < 2**63):
            return value
        if isinstance(value, float) and abs(value) < float("inf"):
            return value
        return text(value)


def text(value: Any) -> str:
    """Valid Unicode text, whatever bytes a file held."""
    return str(value).encode("utf-8", "replace").decode()
