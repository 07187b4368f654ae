"""The language of sudoers(5), as far as checks ask."""

import re
from collections.abc import Iterable

import msgspec

from baseline.collectors.host.answer import Setting

WHO_AND_WHERE = re.compile(r"(?P<who>\S.*?)\s+(?P<where>\S+)\s*=\s*(?P<what>.+)")
RUN_AS = re.compile(r"\(([^)]{0,200})\)\s*")
TAG = re.compile(r"([A-Z_]{3,20})\s*:\s*")
OPTION = re.compile(
    r"(?:ROLE|TYPE|PRIVS|LIMITPRIVS|APPARMOR_PROFILE|CWD|CHROOT|TIMEOUT|NOTBEFORE|NOTAFTER)\s*=\s*(?:\"[^\"]*\"|\S+)\s*"
)
OTHER_HOSTS = re.compile(
    r"\s*(?<!\\)(?<!sha224)(?<!sha256)(?<!sha384)(?<!sha512):\s*"
    r"[^\s:,=()]+(?:\s*,\s*[^\s:,=()]+){0,100}\s*(?<!\\)=\s*"
)
"""What begins the rights on other hosts: ``web1 = /bin/ls : web2 = ALL``."""

DIGEST = re.compile(r"^!?\s*sha\d{3}:\S+\s+")
ALIAS = re.compile(r"(User|Runas|Host|Cmnd|Cmd)_Alias\s+(.*)")
INCLUDE = re.compile(r"[#@](include|includedir)[ \t]+(.+)")
SCOPED_DEFAULTS = re.compile(r"Defaults([:@>!])\s*((?:[^\s,]+\s*,\s*){0,100}[^\s,]+)\s+(.+)")
MOST_ALIASES = 1000


class Grant(msgspec.Struct, frozen=True):
    """Rights of one line that ask a password, or those that ask none."""

    path: str
    line: int
    number: int
    who: str
    run_as: str
    commands: tuple[str, ...]
    no_password: bool


class Sudoers(msgspec.Struct, frozen=True):
    """Everything read: grants, defaults that hold for everyone (``!name`` is kept), and where those stand.

    ``unasked`` are the scopes of defaults (``:ann,%ops``, ``@host``, ``>runas``, ``!command``) in which no password is
    asked. ``included`` are files and, with a slash at the end, folders that are read too. It is ``too_long`` when an alias was left as it stands, which may be ALL.
    """

    grants: tuple[Grant, ...]
    defaults: dict[str, str]
    lines: dict[str, int]
    unasked: tuple[str, ...] = ()
    included: tuple[str, ...] = ()
    too_long: bool = False


def read_sudoers(settings: Iterable[Setting]) -> Sudoers:
    """Read lines in order; a later default replaces an earlier one (sudoers(5))."""
    grants: list[Grant] = []
    defaults: dict[str, str] = {}
    lines: dict[str, int] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    unasked: dict[str, None] = {}
    included: list[str] = []
    for setting in _joined(settings):
        text = setting.text.strip()
        if text.startswith("Defaults"):
            if text[8:9].isspace():
                for name, value in _options(text[8:]):
                    defaults.pop(name.removeprefix("!") if name.startswith("!") else f"!{name}", None)
                    defaults[name] = value
                    lines[name.removeprefix("!")] = setting.number
            elif match := SCOPED_DEFAULTS.match(text):
                scope = match[1] + "".join(match[2].split())
                for name, _ in _options(match[3]):
                    if name == "!authenticate":
                        unasked[scope] = None
                    elif name == "authenticate":
                        unasked.pop(scope, None)
        elif match := ALIAS.match(text):
            if match[1] in {"Cmnd", "Cmd"} and len(aliases) <= MOST_ALIASES:
                aliases |= _aliases(match[2])
        elif match := INCLUDE.match(text):
            included.append(_place(setting.path, match[2]) + ("/" if match[1] == "includedir" else ""))
        else:
            grants.extend(_grants(setting, text))
    expanded = tuple(_expanded(grant, aliases) for grant in grants)
    too_long = len(aliases) > MOST_ALIASES or any(len(grant.commands) >= MOST_ALIASES for grant in expanded)
    return Sudoers(expanded, defaults, lines, tuple(unasked), tuple(included), too_long)


def _place(path: str, written: str) -> str:
    """The file or folder that an include names, from the file that it stands in."""
    name = written.strip().strip('"').rstrip("/")
    return name if name.startswith("/") else f"{path.rpartition('/')[0]}/{name}"


def _joined(settings: Iterable[Setting]) -> Iterable[Setting]:
    """Lines that end in a backslash go on in the next."""
    started: Setting | None = None
    for setting in settings:
        whole = setting if started is None else started._replace(text=started.text + " " + setting.text.strip())
        if whole.text.endswith("\\") and len(whole.text) < 20_000:
            started = whole._replace(text=whole.text[:-1].rstrip())
        else:
            started = None
            yield whole
    if started is not None:
        yield started


def _parted(text: str, by: str) -> list[str]:
    """Split at a character that no backslash, quote or parenthesis protects."""
    parts, current, quoted, depth, escaped = [], "", False, 0, False
    for character in text:
        if escaped or character == "\\":
            escaped = not escaped
        elif character == '"':
            quoted = not quoted
        elif character in "()" and not quoted:
            depth += 1 if character == "(" else -1
        elif character == by and not quoted and depth <= 0:
            parts.append(current.strip())
            current = ""
            continue
        current += character
    return [*parts, current.strip()]


def _options(text: str) -> list[tuple[str, str]]:
    options: list[tuple[str, str]] = []
    for option in _parted(text, ","):
        name, _, value = option.partition("=")
        options.append((name.strip(" \t+-"), value.strip().strip('"')))
    return options


def _aliases(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for definition in _parted(text, ":"):
        name, _, members = definition.partition("=")
        found[name.strip()] = tuple(_command(member) for member in _parted(members, ",") if member)
    return found


def _command(text: str) -> str:
    """The program without its arguments, which may hold secrets."""
    text = DIGEST.sub("", text)
    words = text.split()
    return words[0] if words else ""


def _grants(setting: Setting, text: str) -> list[Grant]:
    match = WHO_AND_WHERE.match(text)
    if match is None:
        return []
    run_as = "root"
    by_password: dict[bool, list[str]] = {}
    for rights in OTHER_HOSTS.split(match["what"]):
        no_password = False
        for item in _parted(rights, ","):
            rest = item
            if prefix := RUN_AS.match(rest):
                run_as, rest = prefix[1].strip() or "root", rest[prefix.end() :]
            while option := OPTION.match(rest):
                rest = rest[option.end() :]
            while tag := TAG.match(rest):
                no_password = {"NOPASSWD": True, "PASSWD": False}.get(tag[1], no_password)
                rest = rest[tag.end() :]
            if command := _command(rest):
                by_password.setdefault(no_password, []).append(command)
    return [
        Grant(setting.path, setting.line, setting.number, match["who"], run_as, tuple(commands), free)
        for free, commands in by_password.items()
    ]


def _expanded(grant: Grant, aliases: dict[str, tuple[str, ...]]) -> Grant:
    """Command aliases replaced by their members, aliases of aliases included."""
    commands: dict[str, None] = {}
    waiting, seen = list(grant.commands), set[str]()
    while waiting and len(commands) < MOST_ALIASES:
        command = waiting.pop(0)
        if command in aliases and command not in seen:
            seen.add(command)
            waiting[:0] = aliases[command]
        else:
            commands[command] = None
    return msgspec.structs.replace(grant, commands=tuple(commands))
