"""Users and groups of the local database."""

from collections.abc import Mapping
from typing import Any

import msgspec

from baseline.collectors.host.answer import Answer, Line
from baseline.collectors.host.section import KILOBYTE, Reading, ScriptSection
from baseline.collectors.host.values import date_of_day, integer, mode_digits, one_of, permissions, unreadable
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_access import Group, HashAlgorithm, PasswordStatus, User

NO_LOGIN = ("nologin", "false", "sync", "halt", "shutdown")
DEFAULT_FIRST_USER = 1000
"""UID_MIN where login.defs does not set it (login.defs(5))."""
NOBODY = frozenset({65533, 65534})
NO_ROW = Line(0, "")
MOST_NAMESAKES = 20


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``users`` and ``groups``. Of lines with one name the first counts, as for who looks it up (getpwnam(3))."""
    answer = answers["accounts"]
    passwords: dict[str, Line] = {}
    for line in answer.output("awk /etc/shadow"):
        passwords.setdefault(line.text.partition(":")[0], line)
    homes = {home: mode for line in answer.printed("stat") for mode, _, home in [line.text.partition(" ")]}
    keys = {path: count for line in answer.output("count") for count, _, path in [line.text.partition(" ")]}
    first_user = _first_user(answer)
    users: dict[str, User] = {}
    sources = {"users": answer.source(), "groups": answer.source()}
    for line in answer.output("awk /etc/passwd"):
        fields = line.text.split(":")
        if len(fields) < 7 or not fields[0] or fields[0] in users:
            continue
        shadow = passwords.get(fields[0], NO_ROW)
        users[fields[0]] = User(
            name=fields[0],
            **_identity(fields, first_user),
            **_password(answer, fields[1], shadow),
            **_home(answer, fields, homes, keys),
        )
        sources[f"users.{fields[0]}"] = answer.source(*(row.number for row in (line, shadow) if row.number))
    facts = HostFacts(users=_with_namesakes(users) or _nothing(answer, "/etc/passwd"), groups=_groups(answer))
    return Reading(facts, sources)


def _with_namesakes(users: dict[str, User]) -> list[User]:
    """The same users, each with the others that have its number: to the kernel they are one (passwd(5))."""
    names: dict[int, list[str]] = {}
    for user in users.values():
        if not isinstance(user.uid, Unknown):
            names.setdefault(user.uid, []).append(user.name)
    return [
        msgspec.structs.replace(
            user,
            same_uid=user.uid
            if isinstance(user.uid, Unknown)
            else [name for name in names[user.uid][:MOST_NAMESAKES] if name != user.name],
        )
        for user in users.values()
    ]


def _groups(answer: Answer) -> Fact[list[Group]]:
    groups = [
        Group(
            name=fields[0],
            gid=integer(fields[2], "a group id"),
            members=[name for name in fields[3].split(",") if name],
        )
        for line in answer.output("awk /etc/group")
        if len(fields := line.text.split(":")) >= 4
    ]
    return groups or _nothing(answer, "/etc/group")


def _nothing(answer: Answer, path: str) -> Unknown:
    return answer.unreadable(path) or Unknown(f"{path} could not be read, or is empty")


def _first_user(answer: Answer) -> int:
    words = (setting.text.split() for setting in answer.settings("/etc/login.defs"))
    found = next((integer(pair[1]) for pair in words if len(pair) > 1 and pair[0] == "UID_MIN"), DEFAULT_FIRST_USER)
    return DEFAULT_FIRST_USER if isinstance(found, Unknown) else found


def _identity(fields: list[str], first_user: int) -> dict[str, Any]:
    uid = integer(fields[2], "a user id")
    shell = fields[6]
    return {
        "uid": uid,
        "gid": integer(fields[3], "a group id"),
        "home": fields[5],
        "shell": shell,
        "interactive": shell.rpartition("/")[2] not in NO_LOGIN,
        "system": uid if isinstance(uid, Unknown) else uid < first_user or uid in NOBODY,
    }


def _password(answer: Answer, own: str, shadow: Line) -> dict[str, Any]:
    """What /etc/shadow says, or /etc/passwd where the field there is no ``x`` (passwd(5))."""
    if own == "x" and not shadow.number:
        reason = answer.unreadable("/etc/shadow") or Unknown("the account has no line in /etc/shadow")
        names = (
            "status",
            "hash_algorithm",
            "changed_on",
            "maximum_days",
            "minimum_days",
            "warning_days",
            "inactive_days",
        )
        return {f"password_{name}": reason for name in names} | {"expires_on": reason}
    fields = [*shadow.text.split(":"), *[""] * 8][:8] if own == "x" else ["", own, *[""] * 6]
    state, _, algorithm = fields[1].partition(" ")
    status: Fact[PasswordStatus] = one_of(state, PasswordStatus, "a state of a password")
    hashed: Fact[HashAlgorithm] | None = one_of(algorithm, HashAlgorithm, "an algorithm") if algorithm else None
    return {
        "password_status": status,
        "password_hash_algorithm": hashed,
        "password_changed_on": date_of_day(fields[2]),
        "password_minimum_days": _days(fields[3]),
        "password_maximum_days": _never(fields[4]),
        "password_warning_days": _days(fields[5]),
        "password_inactive_days": _never(fields[6]),
        "expires_on": None if fields[7] == "-1" else date_of_day(fields[7]),
    }


def _days(text: str) -> Fact[int | None]:
    return integer(text, "a number of days") if text else None


def _never(text: str) -> Fact[int | None]:
    """Days, where 99999 and -1 are how login.defs and chage write never."""
    return None if text in {"", "-1", "99999"} else _days(text)


def _home(answer: Answer, fields: list[str], homes: dict[str, str], keys: dict[str, str]) -> dict[str, Any]:
    """Homes are looked at of users who can log in only."""
    home = fields[5]
    if fields[6].rpartition("/")[2] in NO_LOGIN or home in {"", "/"}:
        reason = Unknown("not looked at: the account cannot log in, or has no home of its own")
        return dict.fromkeys(("home_mode", "home_other_readable", "home_other_writable", "authorized_keys"), reason)
    if home in answer.notes("network"):
        reason = Unknown("not looked at: the home directory lies on a network file system")
        return dict.fromkeys(("home_mode", "home_other_readable", "home_other_writable", "authorized_keys"), reason)
    path = f"{home}/.ssh/authorized_keys"
    counted = integer(keys.get(path), f"count of keys in {path}")
    if keys.get(path) == "denied":
        counted = Unknown(f"{path} may not be read") if answer.privileged else answer.needs_root(path)
    return _home_mode(answer, home, homes) | {"authorized_keys": counted}


def _home_mode(answer: Answer, home: str, homes: dict[str, str]) -> dict[str, Any]:
    mode = mode_digits(homes.get(home, ""))
    if mode is not None:
        granted = permissions(mode)
        return {
            "home_mode": mode,
            "home_other_readable": granted["other_readable"],
            "home_other_writable": granted["other_writable"],
        }
    said = next((line.text for line in answer.printed("stat") if f"'{home}'" in line.text), "")
    if said.endswith("No such file or directory"):
        return {"home_mode": None, "home_other_readable": False, "home_other_writable": False}
    reason = answer.needs_root(home) if said.endswith("denied") else unreadable(None, f"mode of {home}")
    return dict.fromkeys(("home_mode", "home_other_readable", "home_other_writable"), reason)


SECTION = ScriptSection(
    name="accounts",
    artefact="accounts",
    supplies=("users", "groups"),
    parse=parse,
    maximum_bytes=1024 * KILOBYTE,
)
