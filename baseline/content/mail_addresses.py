"""Mail addresses and the user principal names that look like them."""

import re
from urllib.parse import unquote

ADDRESS = r"[\w.+#'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])"
"""RFC 5321 allows more; this is what people have. ``#`` stands in the names of guests of Microsoft Entra."""

NO_ADDRESSES = (
    r"[\w.+#'-]{1,64}@(?:openssh\.com|libssh\.org|lysator\.liu\.se|ssh\.com|tinyssh\.org|"
    r"[\w.-]{1,255}\.(?:automount|device|mount|path|scope|service|slice|socket|swap|target|timer))(?![\w-])"
)
"""Names of algorithms (RFC 4251, section 6, writes them ``name@domain``) and of systemd's units (systemd.unit(5))."""

IN_ADDRESSES = r"(?:[\w.+'-]|%2[37BDEbde]|%5[Ff]){1,64}%40(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])"
"""As it stands within the address of a page (RFC 3986, section 2.1): ``/users/j.jansen%40gemeente.nl``."""

_BEGINS = rf"(?<![\w@])(?!{NO_ADDRESSES})"
_PLAIN = rf"{_BEGINS}{ADDRESS}"
PATTERN = rf"{_BEGINS}(?:{ADDRESS}|{IN_ADDRESSES})"
_WANTED = re.compile(PATTERN)


def pattern_for(text: str) -> str:
    """What finds the mail addresses in a text; empty where there can be none. Quick, since mostly there are none."""
    return PATTERN if "%40" in text else _PLAIN if "@" in text else ""


def plain_address(found: str) -> str:
    """A mail address as people write it, whichever way it was found."""
    return unquote(found) if "%40" in found else found


def mail_addresses(value: object) -> set[str]:
    """Every mail address in the texts of a JSON value, with the letters that it has there."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if pattern_for(item):
                found.update(map(plain_address, _WANTED.findall(item)))
        elif isinstance(item, dict):
            waiting += (*item.keys(), *item.values())
        elif isinstance(item, list | tuple):
            waiting += item
    return found
