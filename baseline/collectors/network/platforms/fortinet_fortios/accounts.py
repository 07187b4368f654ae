"""Administrators, stored secrets and password rules in a FortiOS configuration."""

import re
from collections.abc import Iterator
from functools import lru_cache

from baseline.collectors.network.edit_style import Block, Setting
from baseline.collectors.network.masking import has_password_in_address
from baseline.collectors.network.numbers import EVERYWHERE, number, with_prefix
from baseline.collectors.network.platforms.fortinet_fortios.context import Context, entry_name
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import EnableSecret, LocalUser, PasswordRules, PasswordStorage

NO_LEVELS = "FortiOS has no privileged mode: the profile of an administrator decides what it may do"

KINDS = ("min-lower-case-letter", "min-upper-case-letter", "min-non-alphanumeric", "min-number")
SECRETS = re.compile(
    r"(?:passw(?:or)?d|passphrase|psksecret|secret|key|auth-pwd|priv-pwd|community|token|pwd)(?:\d|$)|-key$"
)
MAXIMUM_PLACES = 500
MANAGING = frozenset({"http", "https", "ssh", "telnet"})
"""Words of ``allowaccess`` that let administrators in."""

EVERY_IPV4, EVERY_IPV6 = "0.0.0.0/0", "::/0"


def storage_of(values: list[str], *, protected: bool = False) -> PasswordStorage:
    """How a secret is kept. ``ENC`` and a text that starts with PB2 is PBKDF2, with SH2 or AK1 a salted hash of one round;
    any other can be undone with a key that every FortiGate has, unless private data encryption is on (FortiOS
    Administration Guide, "Private data encryption"; advisory FG-IR-19-007).
    """
    if not values:
        return "none"
    if values[0] != "ENC":
        return "plain"
    kind = values[1][:3] if len(values) > 1 else ""
    if kind == "PB2":
        return "type8_pbkdf2"
    if kind in {"SH2", "AK1"}:
        return "unknown_type"
    return "type6_aes" if protected else "type7_reversible"


def read_users(context: Context) -> list[LocalUser]:
    """Every administrator, REST API users among them."""
    users = []
    for kind, label in (("system admin", ""), ("system api-user", "api-user ")):
        for _, entry in context.entries(kind):
            name = f"{label}{entry.name}"
            context.note(f"users.{name}", entry)
            users.append(_user(context, name, entry))
    context.note("users", context.shared.table("system admin"))
    return users


def _user(context: Context, name: str, entry: Block) -> LocalUser:
    profile = entry.value("accprofile")
    storage = storage_of(entry.values("api-key") or entry.values("password"))
    if storage == "none" and not name.startswith("api-user ") and _is_asked_here(entry):
        storage = "plain"  # an empty password, which everybody knows
    factor = context.setting(f"users.{name}.second_factor", entry, "two-factor", "disable")
    certificate = entry.value("peer-auth") == "enable"
    return LocalUser(
        name=name,
        privilege=None,
        roles=[profile] if profile else [],
        has_password=storage != "none",
        password_storage=storage,
        ssh_keys=sum(bool(entry.value(f"ssh-public-key{slot}")) for slot in (1, 2, 3)),
        password_policy=None,
        second_factor=False if name.startswith("api-user ") else _second(factor, certificate=certificate),
        trusted_sources=_sources(entry, over_ipv6=_is_managed_over_ipv6(context)),
    )


def _is_asked_here(entry: Block) -> bool:
    """Whether the device itself asks an administrator for a password, and not a server, or for a certificate."""
    return entry.value("remote-auth") != "enable" and entry.value("peer-auth") != "enable"


def _second(factor: str | Unknown, *, certificate: bool) -> Fact[bool]:
    return factor if isinstance(factor, Unknown) and not certificate else certificate or factor != "disable"


def _is_managed_over_ipv6(context: Context) -> bool:
    """Whether an interface lets administrators in over IPv6."""
    return any(
        MANAGING & set(entry.table("ipv6").values("ip6-allowaccess")) and entry.value("status") != "down"
        for _, entry in context.entries("system interface")
    )


def _sources(entry: Block, *, over_ipv6: bool) -> list[str]:
    """Trusted hosts; a slot that is not used holds every address, and without any other anyone may come. Those of one
    family limit nothing in the other: then that stands beside them as a whole.
    """
    found = []
    for name, setting in entry.settings.items():
        if name.startswith(("trusthost", "ip6-trusthost", "ipv4-trusthost")):
            words = setting.values
            found.append(with_prefix(*words[:2]) if len(words) > 1 else next(iter(words), ""))
    narrow = [network for network in found if network and network not in EVERYWHERE]
    if narrow and over_ipv6 and not any(":" in network for network in narrow):
        narrow.append(EVERY_IPV6)
    if narrow and all(":" in network for network in narrow):
        narrow.append(EVERY_IPV4)
    found = []
    for inner in entry.table("trusthost").entries.values():
        words = inner.values("ipv4-trusthost") or inner.values("ipv6-trusthost")
        found.append(with_prefix(*words[:2]) if len(words) > 1 else next(iter(words), ""))
    return narrow + [network for network in found if network and network not in EVERYWHERE]


def enable_secret() -> EnableSecret:
    """There is none on this platform."""
    return EnableSecret(configured=Unknown(NO_LEVELS), storage=Unknown(NO_LEVELS))


def protects_secrets(context: Context) -> Fact[bool]:
    """Whether private data encryption is on."""
    fact = "password_rules.master_key"
    return context.switch(fact, "system global", "private-data-encryption", "disable")


def read_password_rules(context: Context) -> PasswordRules:
    """``config system password-policy``, the lockout of ``config system global``, and secrets that can be undone."""
    protected = protects_secrets(context)
    policy = context.shared.table("system password-policy")
    context.note("password_rules", policy)
    demanded = context.setting("password_rules.minimum_length", policy, "status", "disable")
    if "admin-password" not in (policy.values("apply-to") or ["admin-password"]):
        demanded = "disable"  # it only rules keys of tunnels (CLI Reference, ``system password-policy``)
    return PasswordRules(
        encryption_service=True,
        master_key=protected,
        lockout_attempts=context.amount(
            "password_rules.lockout_attempts", "system global", "admin-lockout-threshold", 3
        ),
        recovery_enabled=_recovery(context),
        weak_secrets=_weak_secrets(context, protected=protected is True),
        minimum_length=demanded if isinstance(demanded, Unknown) else _length(context, demanded, policy),
        complexity=demanded if isinstance(demanded, Unknown) else demanded == "enable" and _kinds(policy) > 2,
        maximum_age_days=demanded if isinstance(demanded, Unknown) else _age(context, demanded, policy),
    )


def _length(context: Context, demanded: str, policy: Block) -> Fact[int | None]:
    if demanded != "enable":
        return None
    value = context.setting("password_rules.minimum_length", policy, "minimum-length", "8")
    return value if isinstance(value, Unknown) else number(value)


def _kinds(policy: Block) -> int:
    return sum((number(policy.value(kind)) or 0) > 0 for kind in KINDS)


def _age(context: Context, demanded: str, policy: Block) -> Fact[int | None]:
    fact = "password_rules.maximum_age_days"
    expires = context.setting(fact, policy, "expire-status", "disable")
    if demanded != "enable" or expires == "disable":
        return None
    value = expires if isinstance(expires, Unknown) else context.setting(fact, policy, "expire-day", "90")
    return value if isinstance(value, Unknown) else number(value)


def _recovery(context: Context) -> Fact[bool]:
    """The account ``maintainer``, for the console, is gone from 7.2.4 on (release notes, "Changes in default behavior")."""
    fact = "password_rules.recovery_enabled"
    if "admin-maintainer" not in context.shared.table("system global").settings and context.release >= (7, 2, 4):
        context.note(fact)
        return False
    return context.switch(fact, "system global", "admin-maintainer", "enable")


def _weak_secrets(context: Context, *, protected: bool) -> list[str]:
    """Places of secrets that are kept plain, or so that anyone can undo them."""
    places: list[str] = []
    numbers: list[int] = []
    others = [(domain, block) for domain, block in context.domains if block is not context.shared]
    for domain, block in ((None, context.shared), *others):
        for path, name, setting in _secrets(block):
            weak = not protected if setting.text.startswith("ENC ") else _PLAIN.search(" ".join(path)) is not None
            weak = weak and storage_of(setting.values) in {"type7_reversible", "plain"}
            if (weak or has_password_in_address(setting.text)) and len(places) < MAXIMUM_PLACES:
                places.append(entry_name(domain, f"{' '.join(path)}: {name}"))
                numbers += setting.numbers()
    context.provenance.note_numbers("password_rules.weak_secrets", numbers)
    return places


_PLAIN = re.compile(r"^(?:user (?:radius|tacacs\+|ldap|local)|vpn ipsec phase1|system ntp|router )")
"""Tables in which a secret stands without ``ENC`` when somebody wrote it there."""


@lru_cache(maxsize=4_096)
def _is_secret(name: str) -> bool:
    return SECRETS.search(name) is not None


def _secrets(block: Block) -> Iterator[tuple[tuple[str, ...], str, Setting]]:
    """Settings below a block that hold a secret, with their path; each virtual domain has its own turn."""
    waiting: list[tuple[tuple[str, ...], Block]] = [((), block)]
    while waiting:
        path, current = waiting.pop()
        for name, setting in current.settings.items():
            if setting.text.startswith("ENC ") or _is_secret(name) or has_password_in_address(setting.text):
                yield path, name, setting
        inner = [*current.entries.items(), *current.tables.items()]
        waiting += [((*path, name), one) for name, one in reversed(inner) if path or name not in {"global", "vdom"}]
