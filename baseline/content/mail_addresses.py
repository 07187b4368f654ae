"""Mail addresses and the user principal names that look like them."""

import re

ADDRESS = r"[\w.+#'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])"
"""RFC 5321 allows more; this is what people have. ``#`` stands in the names of guests of Microsoft Entra."""

NO_ADDRESSES = (
    r"[\w.+#'-]{1,64}@(?:openssh\.com|libssh\.org|lysator\.liu\.se|ssh\.com|tinyssh\.org|"
    r"[\w.-]{1,255}\.(?:automount|device|mount|path|scope|service|slice|socket|swap|target|timer))(?![\w-])"
)
"""Names of algorithms (RFC 4251, section 6, writes them ``name@domain``) and of systemd's units (systemd.unit(5))."""

_WANTED = re.compile(rf"(?<![\w@])(?!{NO_ADDRESSES}){ADDRESS}")
PATTERN = _WANTED.pattern


def mail_addresses(value: object) -> set[str]:
    """Every mail address in the texts of a JSON value, as it is written there."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if "@" in item:
                found.update(_WANTED.findall(item))
        elif isinstance(item, dict):
            waiting += (*item.keys(), *item.values())
        elif isinstance(item, list | tuple):
            waiting += item
    return found
