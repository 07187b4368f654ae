"""Local accounts, stored secrets and password rules in a running configuration."""

from baseline.collectors.network.platforms.cisco_ios.context import Context
from baseline.collectors.network.platforms.indented.weak_secrets import WEAKNESS, weak_secrets
from baseline.collectors.network.platforms.indented.words import number, word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.network import EnableSecret, LocalUser, PasswordRules, PasswordStorage

STORAGE: dict[str, PasswordStorage] = {
    "0": "plain",
    "4": "type4_sha256",
    "5": "type5_md5",
    "6": "type6_aes",
    "7": "type7_reversible",
    "8": "type8_pbkdf2",
    "9": "type9_scrypt",
}
"""Type number before a stored secret -> how it is stored (NSA, Cisco Password Types: Best Practices, 2022)."""


HIGHEST_LEVEL = "15"
"""Level of the privileged mode, which ``enable`` means when it names none."""


def storage_of(words: list[str], keyword: str) -> PasswordStorage:
    """How the secret after a keyword is stored; ``none`` when the keyword is not there.

    >>> storage_of("username a secret 9 $9$x".split(), "secret")
    'type9_scrypt'
    """
    if keyword not in words:
        return "none"
    rest = words[words.index(keyword) + 1 :]
    if rest[:1] == ["level"]:
        rest = rest[2:]
    if not rest:
        return "none"
    if len(rest) == 1 or not rest[0].isdigit():
        return "plain"
    return STORAGE.get(rest[0], "unknown_type")


def read_users(context: Context) -> list[LocalUser]:
    """Every local account; an account that stands on several lines is put together."""
    accounts: dict[str, list[Line]] = {}
    for line in context.tree.all("username"):
        words = line.text.split(None, 2)
        if len(words) > 1:
            accounts.setdefault(words[1], []).append(line)
    keys = _ssh_keys(context)
    context.provenance.note("users", *context.tree.all("username"))
    for name, lines in accounts.items():
        context.provenance.note(f"users.{name}", *lines)
    return [_user(name, lines, keys.get(name, 0)) for name, lines in accounts.items()]


def _user(name: str, lines: list[Line], keys: int) -> LocalUser:
    words: list[str] = []
    for line in lines:
        words += line.text.split()[2:]
    storages = [
        storage for storage in (storage_of(words, word) for word in ("password", "secret")) if storage != "none"
    ]
    if "nopassword" in words:  # an empty password, which everybody knows
        storages = ["plain"]
    storage = min(storages, key=WEAKNESS.index) if storages else "none"
    level = number(word_after(words, "privilege"))
    view = word_after(words, "view")
    return LocalUser(
        name=name,
        privilege=1 if level is None else level,
        roles=[view] if view else [],
        has_password=storage != "none",
        password_storage=storage,
        ssh_keys=keys,
        password_policy=word_after(words, "common-criteria-policy"),
    )


def _ssh_keys(context: Context) -> dict[str, int]:
    """Account -> public keys under ``ip ssh pubkey-chain``."""
    chain = context.tree.first("ip ssh pubkey-chain")
    counts: dict[str, int] = {}
    for account in chain.all("username") if chain else []:
        counts[account.text[9:].strip()] = len(account.all("key-hash")) + len(account.all("key-string"))
    return counts


def read_enable_secret(context: Context) -> EnableSecret:
    """``enable secret`` and ``enable password``: the secret wins when both are there, yet the password can be read.

    One for another level than 15 (``enable secret level 5 ...``) does not guard the privileged mode.
    """
    lines = [*context.tree.all("enable secret"), *context.tree.all("enable password")]
    context.provenance.note("enable_secret", *lines)
    written = [line.text.split() for line in lines]
    storages = [storage_of(words, words[1]) for words in written]
    return EnableSecret(
        configured=any(words[2:3] != ["level"] or words[3:4] == [HIGHEST_LEVEL] for words in written),
        storage=min(storages, key=WEAKNESS.index) if storages else "none",
    )


def read_password_rules(context: Context) -> PasswordRules:
    """Rules for local passwords. The strictest of ``security passwords`` and the common criteria policies counts."""
    path = "password_rules"
    context.provenance.note(path)
    least = number(context.value(f"{path}.minimum_length", "security passwords min-length"))
    attempts = "aaa local authentication attempts max-fail"
    policies = context.tree.all("aaa common-criteria")
    return PasswordRules(
        minimum_length=least,
        complexity=_every_policy_demands(policies, ("upper-case", "lower-case", "numeric-count", "special-case")),
        maximum_age_days=None,
        encryption_service=context.has(f"{path}.encryption_service", "service password-encryption"),
        master_key=context.has(f"{path}.master_key", "password encryption aes"),
        lockout_attempts=number(context.value(f"{path}.lockout_attempts", attempts)),
        recovery_enabled=context.tree.first("no service password-recovery") is None,
        weak_secrets=weak_secrets(context.tree, context.secrets, context.provenance),
    )


def _every_policy_demands(policies: list[Line], kinds: tuple[str, ...]) -> bool:
    return bool(policies) and all(sum(policy.first(kind) is not None for kind in kinds) > 2 for policy in policies)
