"""Local accounts, stored secrets and password rules in a Junos configuration."""

from typing import Any

from baseline.collectors.network.masking import has_password_in_address
from baseline.collectors.network.numbers import number
from baseline.collectors.network.platforms.juniper_junos.context import Context, storage_of
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import EnableSecret, LocalUser, PasswordRules

NO_LEVELS = "Junos has no privileged mode and no levels: the class of a user decides what it may do"

DEFAULT_MINIMUM_LENGTH = 6
"""Characters (Junos User Access and Authentication Guide, ``minimum-length``; FIPS mode asks 10)."""

KINDS = ("minimum-lower-cases", "minimum-upper-cases", "minimum-numerics", "minimum-punctuations")
KEY_TYPES = ("ssh-rsa", "ssh-dsa", "ssh-ecdsa", "ssh-ed25519")
MAXIMUM_PLACES = 500


def read_users(context: Context) -> list[LocalUser]:
    """Every account, root among them."""
    users = []
    root = context.at("system root-authentication")
    if root is not None:
        context.note("users.root", root)
        users.append(_user("root", ["super-user"], root))
    for node in context.root.below("system login user"):
        context.note(f"users.{node.word}", node)
        role = node.value("class")
        users.append(_user(node.word, [role] if role else [], node.at("authentication")))
    context.note("users", context.at("system login"), root)
    return users


def _user(name: str, roles: list[str], authentication: Node | None) -> LocalUser:
    """Junos has no second factor and no sources per local account; those are asked of a server and set in filters."""
    secret = authentication.value("encrypted-password") if authentication else None
    keys = sum(len(authentication.values(kind)) for kind in KEY_TYPES) if authentication else 0
    storage = storage_of(secret)
    return LocalUser(
        name=name,
        privilege=None,
        roles=roles,
        has_password=storage != "none",
        password_storage=storage,
        ssh_keys=keys,
        password_policy=None,
        second_factor=False,
        trusted_sources=[],
    )


def enable_secret() -> EnableSecret:
    """There is none on this platform."""
    return EnableSecret(configured=Unknown(NO_LEVELS), storage=Unknown(NO_LEVELS))


def read_password_rules(context: Context) -> PasswordRules:
    """Rules under ``system login password``, and secrets that can be undone anywhere."""
    path = "password_rules"
    rules = context.at("system login password")
    context.note(path, rules)
    kinds = [kind for kind in KINDS if rules and (number(rules.value(kind)) or 0) > 0]
    minimum = number(context.value(f"{path}.minimum_length", "system login password minimum-length"))
    weak = _weak_secrets(context)
    return PasswordRules(
        minimum_length=DEFAULT_MINIMUM_LENGTH if minimum is None else minimum,
        complexity=len(kinds) > 2,
        maximum_age_days=number(context.value(f"{path}.maximum_age_days", "system login password maximum-lifetime")),
        encryption_service=True,
        master_key=_master_key(context),
        lockout_attempts=lockout_attempts(context),
        recovery_enabled=not context.has(f"{path}.recovery_enabled", "system ports console insecure"),
        weak_secrets=weak,
    )


def _master_key(context: Context) -> bool:
    """Secrets that start with ``$8$`` are there only when a master password is."""
    if context.has("password_rules.master_key", "system master-password"):
        return True
    return any(node.word.startswith("$8$") for node in context.root.every())


def lockout_attempts(context: Context) -> Fact[int | None]:
    """Failures that lock an account; it takes ``lockout-period``, without which nothing is locked."""
    if not context.has("password_rules.lockout_attempts", "system login retry-options lockout-period"):
        return None
    attempts = number(context.value("password_rules.lockout_attempts", f"{RETRY} tries-before-disconnect"))
    return Unknown(_NO_TRIES) if attempts is None else attempts


RETRY = "system login retry-options"
_NO_TRIES = f"the configuration does not mention `{RETRY} tries-before-disconnect`; write it out"


def _weak_secrets(context: Context) -> list[str]:
    """Places of secrets that can be undone (``$9$``) or stand in an address; a path of words without the secret."""
    places: list[str] = []
    numbers: list[int] = []
    waiting: list[tuple[Node, tuple[str, ...]]] = [(context.root, ())]
    while waiting and len(places) < MAXIMUM_PLACES:
        node, path = waiting.pop()
        if node.word.startswith("$9$") or has_password_in_address(node.word):
            places.append(" ".join(path))
            numbers.append(node.number)
            continue
        below = (*path, node.word) if node.word else path
        if path[:1] != ("groups",):
            waiting += [(child, below) for child in reversed(node.children.values())]
    context.provenance.note_numbers("password_rules.weak_secrets", numbers)
    return places


def retries(context: Context) -> dict[str, Any]:
    """``authentication_retries`` and ``timeout_seconds`` of the SSH server, which Junos sets for every login."""
    tries = number(context.value("management.ssh.authentication_retries", f"{RETRY} tries-before-disconnect"))
    seconds = number(context.value("management.ssh.timeout_seconds", f"{RETRY} maximum-time"))
    return {
        "authentication_retries": Unknown(_NO_TRIES) if tries is None else tries,
        "timeout_seconds": Unknown(f"the configuration does not mention `{RETRY} maximum-time`; write it out")
        if seconds is None
        else seconds,
    }
