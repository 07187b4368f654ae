"""Local accounts and password rules in a running configuration of EOS."""

from baseline.collectors.network.platforms.arista_eos.redaction import STRONG
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.weak_secrets import weak_secrets
from baseline.collectors.network.platforms.indented.words import number, word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.network import EnableSecret, LocalUser, PasswordRules, PasswordStorage

BY_TYPE: dict[str, PasswordStorage] = {
    "0": "plain",
    "5": "type5_md5",
    "7": "type7_reversible",
    "8a": "type6_aes",
    "sha512": "sha512_crypt",
}
"""Word before a stored secret -> how it is stored (Arista EOS User Manual, "Security"; 8a is AES-256-GCM)."""

DEFAULT_ROLE = "network-operator"
DEFAULT_PRIVILEGE = 1
EMPTY: PasswordStorage = "plain"
"""``nopassword`` lets in whoever names the account: an empty password, which everybody knows."""

LOCKED = "*"
"""What stands in place of a password that nobody can log in with."""


def storage_of(words: list[str], *keywords: str) -> PasswordStorage:
    """How the secret after the last of these keywords on a line is stored; ``none`` when there is none.

    >>> storage_of("username a role network-admin secret sha512 $6$x".split(), "secret")
    'sha512_crypt'
    """
    places = [index for index, word in enumerate(words[:-1]) if word in keywords]
    if not places:
        return "none"
    rest = words[places[-1] + 1 :]
    if rest == [LOCKED]:
        return "none"
    if len(rest) == 1:
        return "plain"
    return BY_TYPE.get(rest[0], "unknown_type")


def read_users(reading: Reading) -> list[LocalUser]:
    """Every local account; ``aaa root`` lets root in, who is above them all."""
    accounts: dict[str, list[Line]] = {}
    for line in reading.tree.all("username"):
        words = line.text.split(None, 2)
        if len(words) > 1:
            accounts.setdefault(words[1], []).append(line)
    reading.provenance.note("users", *reading.tree.all("username"), *reading.tree.all("aaa root"))
    for name, lines in accounts.items():
        reading.provenance.note(f"users.{name}", *lines)
    users = [_user(name, [line.text.split()[2:] for line in lines]) for name, lines in accounts.items()]
    root = reading.tree.last("aaa root")
    if root is None:
        return users
    reading.provenance.note("users.root", root)
    return [*users, _root(root)]


def _root(line: Line) -> LocalUser:
    words = line.text.split()
    return _account("root", 15, "root", EMPTY if "nopassword" in words else storage_of(words, "secret"), keys=0)


def _user(name: str, lines: list[list[str]]) -> LocalUser:
    words = max(lines, key=lambda line: "secret" in line or "nopassword" in line)
    head = words[: words.index("secret")] if "secret" in words else words
    level = number(word_after(head, "privilege"))
    return _account(
        name,
        DEFAULT_PRIVILEGE if level is None else level,
        word_after(head, "role") or DEFAULT_ROLE,
        EMPTY if "nopassword" in head else storage_of(words, "secret"),
        keys=sum(line[:1] in (["ssh-key"], ["sshkey"]) and line[1:2] not in ([], ["principal"]) for line in lines),
    )


def _account(name: str, privilege: int, role: str, storage: PasswordStorage, *, keys: int) -> LocalUser:
    return LocalUser(
        name=name,
        privilege=privilege,
        roles=[role],
        has_password=storage != "none",
        password_storage=storage,
        ssh_keys=keys,
        password_policy=None,
        second_factor=False,
        trusted_sources=[],
    )


def read_enable_secret(reading: Reading) -> EnableSecret:
    """``enable password sha512 ...``, which older releases call ``enable secret``."""
    lines = [*reading.tree.all("enable password"), *reading.tree.all("enable secret")]
    reading.provenance.note("enable_secret", *lines)
    storage = storage_of(lines[-1].text.split(), "password", "secret") if lines else "none"
    return EnableSecret(configured=storage != "none", storage=storage)


KINDS = ("digits", "lower", "upper", "special")
"""Words after ``minimum``, or their beginnings, that ask for a kind of characters."""


def read_password_rules(reading: Reading) -> PasswordRules:
    """Rules under ``management security``; ``boot secret`` keeps others from recovering the password at the console."""
    path = "password_rules"
    section = reading.tree.first("management security") or Line("management security", 0)
    reading.provenance.note(path, *section.all("password"))
    policies = _policies(reading, section)
    lengths = [number(line.text.split()[-1]) for line in _lengths(section, policies)]
    lockout = reading.value(f"{path}.lockout_attempts", "aaa authentication policy lockout failure")
    reversible = section.first("password encryption reversible")
    return PasswordRules(
        minimum_length=max((length for length in lengths if length), default=None),
        complexity=bool(policies) and all(_demands_kinds(policy) for policy in policies),
        maximum_age_days=None,
        encryption_service=True,
        master_key=reversible is not None and "aes" in reversible.text and not shares_key(reading),
        lockout_attempts=number(lockout),
        recovery_enabled=not reading.has(f"{path}.recovery_enabled", "boot secret"),
        weak_secrets=weak_secrets(
            reading.tree, reading.secrets, reading.provenance, strong=STRONG - {"8a"} if shares_key(reading) else STRONG
        ),
    )


def shares_key(reading: Reading) -> bool:
    """Whether every device can undo type 8a: ``password encryption-key common`` uses one key for all."""
    section = reading.tree.first("management security")
    return section is not None and section.first("password encryption-key common") is not None


def _policies(reading: Reading, security: Line) -> list[Line]:
    """The password policies that ``management accounts`` applies; one that it does not name asks nothing."""
    accounts = reading.tree.first("management accounts")
    lines = accounts.all("password policy") if accounts else []
    reading.provenance.note("password_rules", *lines)
    names = {line.text.split()[-1] for line in lines}
    return [policy for policy in security.all("password policy") if policy.text.split()[-1] in names]


def _lengths(security: Line, policies: list[Line]) -> list[Line]:
    return [*security.all("password minimum length"), *(line for one in policies for line in one.all("minimum length"))]


def _demands_kinds(policy: Line) -> bool:
    """Whether a policy demands at least three kinds of characters."""
    return sum(any(line.text.startswith(f"minimum {kind}") for line in policy.children) for kind in KINDS) > 2
