"""Tells users and groups: of password fields only their state and the algorithm, never a character of the hash."""

import re
from collections.abc import Iterator

from baseline.collectors.image.linux.telling import Telling
from baseline.collectors.image.reader.file_tree import ImageError

NO_LOGIN = ("nologin", "false", "sync", "halt", "shutdown")
MAXIMUM_HOMES = 500
_PREFIXES = {
    "$1$": "md5",
    "$5$": "sha256",
    "$6$": "sha512",
    "$7$": "scrypt",
    "$gy$": "gost-yescrypt",
    "$y$": "yescrypt",
}
_BLOWFISH = re.compile(r"\$2[abxy]?\$")
_DES = re.compile(r"[./0-9A-Za-z]{13}|_[./0-9A-Za-z]{19}")


def tell_accounts(telling: Telling) -> None:
    """The section ``accounts`` of the script."""
    telling.lines("/etc/login.defs")
    homes: list[str] = []
    for path in ("/etc/passwd", "/etc/group", "/etc/shadow"):
        content = telling.content(path)
        if content is None:
            continue
        rows = [line.split(":") for line in content.split("\n") if not line.lstrip().startswith("#")]
        rows = [row for row in rows if len(row) >= 4]
        telling.answer(f"awk {path}", (":".join(_told(path, row)) for row in rows))
        if path == "/etc/passwd":
            homes = [row[5] for row in rows if len(row) > 6 and _has_home(row)]
    _tell_homes(telling, sorted(set(homes))[:MAXIMUM_HOMES])


def _told(path: str, row: list[str]) -> list[str]:
    fields = [*row, *[""] * 9]
    if path == "/etc/group":
        return [fields[0], "x", fields[2], fields[3]]
    if path == "/etc/passwd":
        own = "x" if fields[1] == "x" else password_state(fields[1])
        return [fields[0], own, fields[2], fields[3], "", fields[5], fields[6]]
    return [fields[0], password_state(fields[1]), *fields[2:8]]


def password_state(field: str) -> str:
    """``empty``, ``disabled``, or ``set`` or ``locked`` with the algorithm (shadow(5), crypt(5))."""
    if not field:
        return "empty"
    rest = field.lstrip("!")
    algorithm = _algorithm(rest)
    if not algorithm:
        return "disabled"
    return f"{'set' if rest == field else 'locked'} {algorithm}"


def _algorithm(hashed: str) -> str:
    known = next((name for prefix, name in _PREFIXES.items() if hashed.startswith(prefix)), "")
    if known or not hashed.startswith("$"):
        return known or ("des" if _DES.fullmatch(hashed) else "")
    return "blowfish" if _BLOWFISH.match(hashed) else "other"


def _has_home(row: list[str]) -> bool:
    return row[5].startswith("/") and row[5] != "/" and not row[6].endswith(NO_LOGIN)


def _tell_homes(telling: Telling, homes: list[str]) -> None:
    if homes:
        telling.answer("stat -L -c %a %n", (_mode(telling, home) for home in homes))
        telling.answer("count authorized_keys", _keys(telling, homes))


def _mode(telling: Telling, home: str) -> str:
    try:
        entry = telling.look(home)
    except ImageError as error:
        return f"stat: cannot stat '{home}': {error.message}"
    if entry is None:
        return f"stat: cannot stat '{home}': No such file or directory"
    return f"{entry.mode or 0:o} {home}" if entry.mode is not None else f"stat: cannot stat '{home}': no mode"


def _keys(telling: Telling, homes: list[str]) -> Iterator[str]:
    for home in homes:
        path = f"{home}/.ssh/authorized_keys"
        try:
            content = telling.content(path) if telling.look(path) is not None else ""
        except ImageError:
            content = None
        if content is None:
            yield f"denied {path}"
        else:
            lines = [line for line in content.split("\n") if line.strip() and not line.lstrip().startswith("#")]
            yield f"{len(lines)} {path}"
