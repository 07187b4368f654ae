"""Takes secrets out of what AWS answers, before it is kept."""

import re
from typing import Any

REDACTED = "[redacted]"

_SECRET = re.compile(
    r"(?i)(^|\.)(userdata|environment|secret(string|binary|accesskey|key)?|.*password|.*token|privatekey|apikey|code)$"
)
"""Keys under which answers of the operations that are asked can hold a secret. Code: signed links to packages of functions."""
_HARMLESS = frozenset({"HttpTokens"})
_MAXIMUM_DEPTH = 30


def redacted(value: Any, depth: int = 0) -> Any:
    """The answer without the values of keys that can hold a secret; the keys stay, so that a reader sees what there was."""
    if depth > _MAXIMUM_DEPTH:
        return "[too deep]"
    if isinstance(value, dict):
        return {key: _entry(str(key), entry, depth) for key, entry in value.items() if key != "ResponseMetadata"}
    if isinstance(value, list):
        return [redacted(entry, depth + 1) for entry in value]
    return value


def _entry(key: str, value: Any, depth: int) -> Any:
    if _SECRET.search(key) and key not in _HARMLESS and value not in (None, "", True, False, [], {}):
        return REDACTED
    return redacted(value, depth + 1)
