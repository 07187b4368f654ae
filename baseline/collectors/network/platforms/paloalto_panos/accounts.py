"""Administrators and password rules in a PAN-OS configuration."""

from baseline.collectors.network.numbers import number
from baseline.collectors.network.platforms.paloalto_panos.context import Context, hash_storage, unwritten
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import EnableSecret, LocalUser, PasswordRules

NO_LEVELS = "PAN-OS has no privileged mode: the role of an administrator decides what it may do"
MASTER_KEY = (
    "PAN-OS encrypts stored secrets with its master key, and nothing that it prints tells whether that is still the one "
    "that every firewall starts with"
)
KINDS = (
    "minimum-uppercase-letters",
    "minimum-lowercase-letters",
    "minimum-numeric-letters",
    "minimum-special-characters",
)
COMPLEXITY = "mgt-config password-complexity"


def read_users(context: Context) -> list[LocalUser]:
    """Every administrator."""
    users = []
    for node in context.parts.management.below("users"):
        context.note(f"users.{node.word}", node)
        users.append(_user(context, node))
    context.note("users", context.parts.management.at("users"))
    return users


def _user(context: Context, node: Node) -> LocalUser:
    storage = hash_storage(node.value("phash"))
    return LocalUser(
        name=node.word,
        privilege=None,
        roles=_roles(node),
        has_password=storage != "none",
        password_storage=storage,
        ssh_keys=1 if node.value("public-key") else 0,
        password_policy=node.value("password-profile"),
        second_factor=_second_factor(context, node),
        trusted_sources=[],
    )


def _roles(node: Node) -> list[str]:
    """``role-based superuser yes`` gives superuser; ``role-based custom profile X`` gives X."""
    roles = []
    for role in node.below("permissions role-based"):
        profile = role.value("profile")
        if profile is not None:
            roles.append(profile)
        elif next(iter(role.children), "yes") != "no":
            roles.append(role.word)
    return roles


def _second_factor(context: Context, node: Node) -> bool:
    """Of an account with an authentication profile, what that profile asks."""
    name = node.value("authentication-profile")
    profile = next((one for one in context.scopes("authentication-profile") if one.word == name), None)
    return profile is not None and profile.value("multi-factor-auth mfa-enable") == "yes"


def enable_secret() -> EnableSecret:
    """There is none on this platform."""
    return EnableSecret(configured=Unknown(NO_LEVELS), storage=Unknown(NO_LEVELS))


def lockout_attempts(context: Context) -> int | None:
    """Failures that lock an administrator; 0, the default, is never (PAN-OS web interface help, "Management")."""
    path = "management admin-lockout failed-attempts"
    return number(context.value("password_rules.lockout_attempts", context.parts.setting, path)) or None


def read_password_rules(context: Context) -> PasswordRules:
    """``mgt-config password-complexity`` and the lockout of administrators."""
    rules = context.parts.management.at("password-complexity")
    context.note("password_rules", rules)
    enabled = rules.value("enabled") if rules else None
    unsaid = unwritten(COMPLEXITY)
    return PasswordRules(
        minimum_length=unsaid if enabled is None else _amount(rules, enabled, "minimum-length"),
        complexity=unsaid if enabled is None else enabled == "yes" and _demanded(rules) > 2,
        maximum_age_days=unsaid if enabled is None else _amount(rules, enabled, "password-change expiration-period"),
        encryption_service=True,
        master_key=Unknown(MASTER_KEY),
        lockout_attempts=lockout_attempts(context),
        recovery_enabled=Unknown("the maintenance mode of the console is not part of the configuration"),
        weak_secrets=Unknown(MASTER_KEY),
    )


def _amount(rules: Node | None, enabled: str, path: str) -> Fact[int | None]:
    return (number(rules.value(path)) or None) if rules is not None and enabled == "yes" else None


def _demanded(rules: Node | None) -> int:
    return sum((number(rules.value(kind)) or 0) > 0 for kind in KINDS) if rules else 0
