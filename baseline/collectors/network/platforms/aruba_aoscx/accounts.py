"""Local accounts and password rules in a running configuration of AOS-CX."""

from baseline.collectors.network.platforms.aruba_aoscx.device import EXPORT_NOT_TOLD, is_default_export
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.weak_secrets import weak_secrets
from baseline.collectors.network.platforms.indented.words import after, number, word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import EnableSecret, LocalUser, PasswordRules, PasswordStorage

KINDS = ("lowercase-count", "uppercase-count", "special-char-count", "numeric-count")
"""Kinds of characters that ``password complexity`` demands: one of each unless told otherwise (Hardening Guide)."""

TYPE_NOT_TOLD = Unknown("neither `ciphertext` nor `plaintext` stands before the secret, as a switch writes it")


def key_storage(reading: Reading, kind: str | None) -> Fact[PasswordStorage]:
    """How a key is stored: ``ciphertext`` is AES under the export password, which is no secret while it is the default."""
    if kind == "plaintext":
        return "plain"
    if kind != "ciphertext":
        return TYPE_NOT_TOLD
    default = is_default_export(reading)
    return Unknown(EXPORT_NOT_TOLD) if default is None else "type7_reversible" if default else "type6_aes"


def read_users(reading: Reading) -> list[LocalUser]:
    """Every local account; an account that stands on several lines is put together."""
    accounts: dict[str, list[Line]] = {}
    for line in reading.tree.all("user"):
        words = line.text.split()
        if len(words) > 1:
            accounts.setdefault(words[1], []).append(line)
    reading.provenance.note("users", *reading.tree.all("user"))
    for name, lines in accounts.items():
        reading.provenance.note(f"users.{name}", *lines)
    return [_user(name, [line.text.split()[2:] for line in lines]) for name, lines in accounts.items()]


def _user(name: str, lines: list[list[str]]) -> LocalUser:
    groups = list(dict.fromkeys(group for words in lines if (group := word_after(words, "group"))))
    storage: Fact[PasswordStorage] = next(
        (_password_storage(words) for words in lines if "password" in words[:-1]), "none"
    )
    return LocalUser(
        name=name,
        privilege=None,
        roles=groups,
        has_password=storage != "none",
        password_storage=storage,
        ssh_keys=sum(words[:1] == ["authorized-key"] for words in lines),
        password_policy=None,
        second_factor=False,
        trusted_sources=[],
    )


def _password_storage(words: list[str]) -> Fact[PasswordStorage]:
    """The ciphertext of a password holds its hash, not the password: the length in it is that of SHA-512 in crypt(3)
    with a salt of eight characters (98 bytes); Feature Pack Guide, "Configure a non-default export password".
    """
    kind = word_after(words, "password")
    return "sha512_crypt" if kind == "ciphertext" else "plain" if kind == "plaintext" else TYPE_NOT_TOLD


def enable_secret() -> EnableSecret:
    """There is none: the group of a user decides what it may do."""
    return EnableSecret(configured=False, storage="none")


def read_password_rules(reading: Reading) -> PasswordRules:
    """Rules count while ``password complexity`` has ``enable``. Without ``system serviceos password-prompt`` anybody at the
    console can set the password of ``admin`` anew (Hardening Guide, "ServiceOS password authentication").
    """
    path = "password_rules"
    section = reading.tree.last("password complexity")
    reading.provenance.section(path, *([section] if section else []))
    on = section is not None and section.first("enable") is not None
    default = is_default_export(reading)
    return PasswordRules(
        minimum_length=_minimum_length(reading, section if on else None),
        complexity=on and section is not None and _kinds(section) > 1,
        maximum_age_days=Unknown("how long a password lasts is not read on AOS-CX"),
        encryption_service=True,
        master_key=Unknown(EXPORT_NOT_TOLD) if default is None else not default,
        lockout_attempts=number(reading.value(f"{path}.lockout_attempts", "aaa authentication limit-login-attempts")),
        recovery_enabled=not reading.has(f"{path}.recovery_enabled", "system serviceos password-prompt"),
        weak_secrets=_weak_secrets(reading, is_default=default),
    )


def _minimum_length(reading: Reading, section: Line | None) -> Fact[int | None]:
    if section is None:
        return number(reading.value("password_rules.minimum_length", "aaa authentication minimum-password-length"))
    length = number(after(section.first("minimum-length"), "minimum-length"))
    return Unknown("`password complexity` does not set `minimum-length`; write it out") if length is None else length


def _kinds(section: Line) -> int:
    return sum(number(after(section.first(kind), kind)) != 0 for kind in KINDS)


def _weak_secrets(reading: Reading, *, is_default: bool | None) -> Fact[list[str]]:
    """Every key under the default export password, and every plain one. Passwords of users are hashed, and communities have
    facts of their own.
    """
    elsewhere = ("user ", "snmpv3 context ")
    stored = {number: text for number, text in reading.secrets.items() if not text.startswith(elsewhere)}
    strong = frozenset[str]() if is_default else frozenset({"ciphertext"})
    if is_default is None and any(" ciphertext " in text for text in stored.values()):
        return Unknown(EXPORT_NOT_TOLD)
    return weak_secrets(reading.tree, stored, reading.provenance, weak=frozenset(), strong=strong)
