"""Local accounts and password rules in a running configuration of NX-OS."""

from baseline.collectors.network.platforms.cisco_nxos.redaction import REVERSIBLE
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.weak_secrets import WEAKNESS, weak_secrets
from baseline.collectors.network.platforms.indented.words import number, word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.network import EnableSecret, LocalUser, PasswordRules, PasswordStorage

BY_PREFIX: dict[str, PasswordStorage] = {
    "$1$": "type5_md5",
    "$5$": "sha256_crypt",
    "$6$": "sha512_crypt",
    "$nx-pbkdf2$": "type8_pbkdf2",
    "$nx-scrypt$": "type9_scrypt",
}
"""Start of a stored password -> how it is stored: type 5 of NX-OS is MD5 in old releases and SHA-256 since 7.0
(crypt(3); Cisco Nexus 9000 NX-OS Security Configuration Guide, "Configuring User Accounts and RBAC")."""

BY_TYPE: dict[str, PasswordStorage] = {
    "0": "plain",
    "3": "type7_reversible",
    "6": "type6_aes",
    "7": "type7_reversible",
    "8": "type8_pbkdf2",
    "9": "type9_scrypt",
}
LOCKED = "!"
"""What stands in place of a password that nobody can log in with."""


def storage_of(words: list[str], keyword: str) -> PasswordStorage:
    """How the secret after a keyword is stored; ``none`` when there is none.

    >>> storage_of("username a password 5 $5$x$y role network-admin".split(), "password")
    'sha256_crypt'
    """
    if keyword not in words[:-1]:
        return "none"
    rest = words[words.index(keyword) + 1 :]
    kind, secret = (rest[0], rest[1]) if len(rest) > 1 and rest[0].isdigit() else ("", rest[0])
    if secret == LOCKED:
        return "none"
    for prefix, storage in BY_PREFIX.items():
        if secret.startswith(prefix):
            return storage
    return BY_TYPE.get(kind, "unknown_type") if kind else "plain"


def read_users(reading: Reading) -> list[LocalUser]:
    """Every local account; an account that stands on several lines is put together."""
    accounts: dict[str, list[Line]] = {}
    for line in reading.tree.all("username"):
        words = line.text.split(None, 2)
        if len(words) > 1:
            accounts.setdefault(words[1], []).append(line)
    reading.provenance.note("users", *reading.tree.all("username"))
    for name, lines in accounts.items():
        reading.provenance.note(f"users.{name}", *lines)
    return [_user(name, [line.text.split()[2:] for line in lines]) for name, lines in accounts.items()]


def _user(name: str, lines: list[list[str]]) -> LocalUser:
    storages = [storage_of(words, "password") for words in lines if words[:1] == ["password"]]
    storage: PasswordStorage = next((one for one in storages if one != "none"), "none")
    return LocalUser(
        name=name,
        privilege=None,
        roles=list(dict.fromkeys(role for words in lines if (role := word_after(words, "role")))),
        has_password=storage != "none",
        password_storage=storage,
        ssh_keys=sum(words[:1] == ["sshkey"] for words in lines),
        password_policy=None,
        second_factor=False,
        trusted_sources=[],
    )


def read_enable_secret(reading: Reading) -> EnableSecret:
    """Only ``feature privilege`` makes a second password of use; without it NX-OS has roles."""
    lines = reading.tree.all("enable secret")
    reading.provenance.note("enable_secret", *lines)
    storages = [storage_of(line.text.split(), "secret") for line in lines]
    return EnableSecret(configured=bool(storages), storage=min(storages, key=WEAKNESS.index) if storages else "none")


STRENGTH_LENGTH = 8
"""Characters that ``password strength-check`` demands, besides several kinds of them."""


def read_password_rules(reading: Reading) -> PasswordRules:
    """Strength checking is on unless negated (Security Configuration Guide, "Configuring User Accounts and RBAC")."""
    path = "password_rules"
    reading.provenance.note(path)
    checked = reading.switched(f"{path}.complexity", "password strength-check") is not False
    least = number(word_after((reading.value(f"{path}.minimum_length", "userpassphrase") or "").split(), "min-length"))
    return PasswordRules(
        minimum_length=least or (STRENGTH_LENGTH if checked else None),
        complexity=checked,
        maximum_age_days=_maximum_age(reading),
        encryption_service=True,
        master_key=reading.has(f"{path}.master_key", "feature password encryption aes"),
        lockout_attempts=number(reading.value(f"{path}.lockout_attempts", "aaa authentication rejected")),
        recovery_enabled=reading.tree.first("no service password-recovery") is None,
        weak_secrets=weak_secrets(reading.tree, reading.secrets, reading.provenance, weak=REVERSIBLE),
    )


NEVER_EXPIRES = 99_999
"""Days that NX-OS writes for a password that never expires."""


def _maximum_age(reading: Reading) -> int | None:
    words = (reading.value("password_rules.maximum_age_days", "userpassphrase") or "").split()
    days = number(word_after(words, "default-lifetime", "lifetime"))
    return None if days is None or days >= NEVER_EXPIRES else days
