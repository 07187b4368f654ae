"""Which facts name people."""

from collections.abc import Iterator
from typing import Any

from baseline.content.mail_addresses import mail_addresses

FIRST_PERSON_UID = 1000
"""User ids below it belong to the system (login.defs(5), UID_MIN)."""
NOBODY_UID = 65534

NOBODY_IN_PARTICULAR = frozenset(
    [
        "root",
        "admin",
        "administrator",
        "administrador",
        "beheerder",
        "cisco",
        "guest",
        "user",
        "users",
        "everyone",
        "all",
        "any",
        "test",
        "operator",
        "support",
        "manager",
        "netadmin",
        "monitor",
        "nobody",
        "daemon",
        "system",
        "service",
        "backup",
        "defaultaccount",
        "wdagutilityaccount",
        "sysadmin",
        "wheel",
        "sudo",
        "ansible",
    ]
)
"""Account names that say nothing of who uses them; an auditor must be able to read these."""

PATHS = (
    ("users", "*", "same_uid", "*"),
    ("groups", "*", "members", "*"),
    ("ssh_server", "allow_users", "*"),
    ("ssh_server", "deny_users", "*"),
    ("accounts", "*", "name"),
    ("device", "configuration", "last_changed_by"),
    ("device", "last_changed_by"),
    ("iam", "users", "*", "name"),
    ("credential_report", "users", "*", "name"),
    ("access_keys", "*", "user"),
)
"""Where facts name accounts; ``*`` is every item. ``users`` themselves are looked at one by one."""

LISTS_WITH_SYSTEM_OWNERS = frozenset({"files"})
"""Their ``owner`` is an account of the host, of which ``users`` tells whether it is somebody's; elsewhere it is a tag."""

LISTS_OF_PEOPLE = frozenset({"users", "accounts", "iam.users", "sessions"})
"""Lists whose items are people: a check with ``each`` of these has people as subjects."""


def person_names(document: dict[str, Any]) -> frozenset[str]:
    """Names of people in a facts document: accounts of its target that are not the system's nor everybody's.

    Owners by tags of clouds, and mail addresses wherever they stand, are among them.
    """
    named = {str(user["name"]) for user in _users(document)}
    named |= {name for path in PATHS for name in _texts(document, path)}
    named |= set(_owners(document)) | mail_addresses(document)
    return frozenset(name for name in named - system_names(document) if is_person(name))


def system_names(document: dict[str, Any]) -> frozenset[str]:
    """Accounts of a host that belong to the system, by their number."""
    return frozenset(str(user["name"]) for user in _users(document) if _is_system(user))


def is_person(name: str) -> bool:
    """Whether an account name may be somebody's."""
    return len(name) > 1 and any(letter.isalpha() for letter in name) and name.lower() not in NOBODY_IN_PARTICULAR


def _users(document: dict[str, Any]) -> list[dict[str, Any]]:
    users = document.get("users")
    found = users if isinstance(users, list) else []
    return [each for each in found if isinstance(each, dict) and isinstance(each.get("name"), str)]


def _owners(document: dict[str, Any]) -> Iterator[str]:
    for name in document.keys() - LISTS_WITH_SYSTEM_OWNERS:
        yield from _texts(document, (name, "*", "owner"))


def _is_system(user: dict[str, Any]) -> bool:
    uid = user.get("uid")
    return isinstance(uid, int) and (uid < FIRST_PERSON_UID or uid == NOBODY_UID)


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    if not path:
        if isinstance(value, str):
            yield value
    elif path[0] == "*":
        for item in value if isinstance(value, list) else ():
            yield from _texts(item, path[1:])
    elif isinstance(value, dict):
        yield from _texts(value.get(path[0]), path[1:])
