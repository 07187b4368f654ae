"""Takes secrets out of answers before they are kept."""

import re
from functools import lru_cache
from typing import Any

MARK = "<redacted>"
LONGEST_NAME = 1000
"""Characters of a name that is looked at; what stands under a longer one is taken for a secret."""
_SECRET_NAME = re.compile(
    r"(?i)password|passwd|secret(?!s?(uri|url|identifier|name|version|permissions))|connectionstring|sharedaccess|accesskey"
    r"|accountkey|primarykey|secondarykey|sastoken|customdata|userdata|privatekey|credentials?$|^(authorization|token)$"
)
_SECRET_VALUE = re.compile(r"(?i)(accountkey|sharedaccesskey|password|pwd|sig)=[^;&\s]{4,}")


def masked(value: Any, depth: int = 0) -> Any:
    """The same document, with the texts under names of secrets, and secrets inside texts, replaced."""
    if depth > 100:
        return MARK
    if isinstance(value, dict):
        return {name: _member(name, member, depth) for name, member in value.items()}
    if isinstance(value, list):
        return [masked(member, depth + 1) for member in value]
    if isinstance(value, str) and "=" in value:
        return _SECRET_VALUE.sub(lambda found: f"{found[1]}={MARK}", value)
    return value


def _member(name: str, value: Any, depth: int) -> Any:
    if isinstance(value, str) and value and (len(name) > LONGEST_NAME or _is_secret(name)):
        return MARK
    return masked(value, depth + 1)


@lru_cache(4096)
def _is_secret(name: str) -> bool:
    """Items of a list all have the same names."""
    return _SECRET_NAME.search(name) is not None
