"""Local accounts and password policies in a running configuration of IOS XR."""

from collections import Counter

from baseline.collectors.network.platforms.cisco_iosxr.redaction import STRONG
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.weak_secrets import weak_secrets
from baseline.collectors.network.platforms.indented.words import number
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import EnableSecret, LocalUser, LoginProtection, PasswordRules, PasswordStorage

BY_TYPE: dict[str, PasswordStorage] = {
    "0": "plain",
    "5": "type5_md5",
    "6": "type6_aes",
    "7": "type7_reversible",
    "8": "type8_pbkdf2",
    "9": "type9_scrypt",
    "10": "sha512_crypt",
    "encrypted": "type7_reversible",
    "clear": "plain",
}
"""Word before a secret -> how it is stored; type 10 is SHA-512 in crypt(3)'s form (Cisco IOS XR System Security
Configuration Guide, "Configuring AAA Services", type 8, 9 and 10 passwords)."""

OF_AN_ACCOUNT = frozenset({"group", "policy", "password-policy", "secret", "password", "apply-group", "login-history"})
"""First words of the lines below an account; any other stands where a tool took the whole secret out."""

NO_KEYS = Unknown("keys that came with `crypto key import authentication` are not in the configuration")

REMOVED = Unknown("a line of this account is not one of IOS XR: its password may have been taken out of the saved file")

KINDS = ("upper-case", "lower-case", "numeric", "special-char")
SECONDS = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
DAYS = {"years": 365, "months": 30, "days": 1}


def storage_of(words: list[str]) -> PasswordStorage:
    """How the secret is stored that these words, the first being ``secret``, ``password`` or ``key``, carry.

    >>> storage_of("secret 10 $6$x$y".split())
    'sha512_crypt'
    """
    if len(words) < 2:
        return "none"
    return BY_TYPE.get(words[1], "unknown_type") if len(words) > 2 else "plain"


def read_users(reading: Reading) -> list[LocalUser]:
    """Every local account."""
    sections = {words[1]: line for line in reading.tree.all("username") if len(words := line.text.split()) > 1}
    reading.provenance.note("users", *reading.tree.all("username"))
    for name, section in sections.items():
        reading.provenance.section(f"users.{name}", section)
    written = [line.text.split() for line in reading.tree.all("ssh server username")]
    keys = Counter(words[3] for words in written if len(words) > 3)
    return [_user(name, section, keys[name]) for name, section in sections.items()]


def _user(name: str, section: Line, ssh_keys: int) -> LocalUser:
    settings: dict[str, list[str]] = {}
    for line in section.children:
        words = line.text.split()
        if words[0] == "password-policy":
            settings["policy"] = words
            words = words[2:]
        if words:
            settings[words[0]] = words
    secret = settings.get("secret") or settings.get("password") or []
    policy = settings.get("policy", [])
    hidden = not secret and bool(settings.keys() - OF_AN_ACCOUNT)
    return LocalUser(
        name=name,
        privilege=None,
        roles=[line.text[6:].strip() for line in section.all("group") if line.text[6:].strip()],
        has_password=REMOVED if hidden else len(secret) > 1,
        password_storage=REMOVED if hidden else storage_of(secret),
        ssh_keys=ssh_keys or NO_KEYS,
        password_policy=policy[1] if len(policy) > 1 else None,
        second_factor=False,
        trusted_sources=[],
    )


def read_enable_secret(reading: Reading) -> EnableSecret:
    """IOS XR gives task groups; there is no privileged mode with a secret of its own."""
    reading.provenance.note("enable_secret")
    return EnableSecret(configured=False, storage="none")


def _policies(reading: Reading, users: list[LocalUser]) -> list[Line | None]:
    """The policy of each account that may have a password; None for one that names none, or one that is not there.

    Without such accounts: every policy there is.
    """
    sections = {section.text.split()[-1]: section for section in reading.tree.all("aaa password-policy")}
    named = [sections.get(str(user.password_policy)) for user in users if user.has_password is not False]
    return named or list(sections.values())


def _number_in(policy: Line | None, command: str) -> int | None:
    line = policy.first(command) if policy else None
    return number(line.text.split()[-1]) if line else None


def _duration(policy: Line | None, command: str, units: dict[str, int]) -> int | None:
    """``lockout-time minutes 10`` in a unit's count, here seconds."""
    line = policy.first(command) if policy else None
    words = line.text.split() if line else []
    amount = number(words[2]) if len(words) > 2 else None
    return amount * units[words[1]] if amount and words[1] in units else None


def _weakest(values: list[int | None], *, highest: bool = False) -> int | None:
    """The value that holds for every account; None when one of them has none."""
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    return max(known) if highest else min(known)


def read_password_rules(reading: Reading, users: list[LocalUser]) -> PasswordRules:
    """A policy only counts for accounts that name it (System Security Configuration Guide, "AAA Password Security
    Policies"), so what is told here holds for every account with a password.
    """
    path = "password_rules"
    policies = _policies(reading, users)
    reading.provenance.section(path, *reading.tree.all("aaa password-policy"))
    reading.provenance.note(f"{path}.encryption_service")
    kinds = [sum(bool(_number_in(policy, kind)) for kind in KINDS) for policy in policies]
    return PasswordRules(
        minimum_length=_weakest([_number_in(policy, "min-length") for policy in policies]),
        complexity=bool(kinds) and min(kinds) > 1,
        maximum_age_days=_weakest([_duration(policy, "lifetime", DAYS) for policy in policies], highest=True),
        encryption_service=True,
        master_key=reading.has(f"{path}.master_key", "password6 encryption aes"),
        lockout_attempts=_weakest([_number_in(policy, "authen-max-attempts") for policy in policies], highest=True),
        recovery_enabled=Unknown("the configuration does not tell it: recovery is a matter of the router's start-up"),
        weak_secrets=weak_secrets(reading.tree, reading.secrets, reading.provenance, strong=STRONG),
    )


def read_login_protection(reading: Reading, users: list[LocalUser]) -> LoginProtection:
    """IOS XR locks an account, not the whole login, and only when the account's policy says so."""
    policies = _policies(reading, users)
    attempts = _weakest([_number_in(policy, "authen-max-attempts") for policy in policies], highest=True)
    seconds = _weakest([_duration(policy, "lockout-time", SECONDS) for policy in policies])
    reading.provenance.section("management.login_protection", *reading.tree.all("aaa password-policy"))
    return LoginProtection(
        enabled=attempts is not None and seconds is not None,
        block_seconds=seconds,
        attempts=attempts,
        within_seconds=None,
        quiet_access_list=None,
        delay_seconds=None,
    )
