"""Rules for passwords and failed logins: login.defs, pwquality, faillock and the PAM stacks."""

from collections.abc import Mapping
from typing import Any

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.sections.pam import PamRule, pam_rules
from baseline.collectors.host.values import integer
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_access import PasswordRules

QUALITY = {"pam_pwquality": "pwquality", "pam_passwdqc": "passwdqc", "pam_cracklib": "cracklib"}
HASHES = frozenset({"md5", "bigcrypt", "sha256", "sha512", "blowfish", "gost_yescrypt", "yescrypt"})
"""Arguments of pam_unix(8) that choose how passwords are hashed."""

PWQUALITY_LENGTH, CRACKLIB_LENGTH, UNIX_LENGTH, PASSWDQC_LENGTH = 8, 9, 6, 7
"""Shortest passwords by default: pwquality.conf(5), pam_cracklib(8), pam_unix(8), pam_passwdqc(8)."""

FAILLOCK_DENY, FAILLOCK_SECONDS = 3, 600
"""Defaults of faillock.conf(5)."""
PWHISTORY_REMEMBER = 10
"""Default of pam_pwhistory(8)."""

PASSWORD_FILES = ("common-password", "system-auth", "password-auth", "passwd")
LOGIN_FILES = ("common-auth", "system-auth", "password-auth", "login", "sshd")

Facts = dict[str, Any]


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``password_rules``."""
    answer = answers["password_rules"]
    rules = list(pam_rules(answer))
    files: dict[str, dict[str, str]] = {}
    sources = {"password_rules": answer.source()}
    for setting in answer.settings():
        key, *value = setting.text.split("#")[0].replace("=", " ", 1).split(None, 1) or [""]
        files.setdefault(setting.path, {})[key] = value[0].strip() if value else ""
    found = _login_defs(answer, files, rules)
    if rules:
        found |= _quality(_merged(files, "/etc/security/pwquality.conf"), _of(rules, "password", PASSWORD_FILES))
        found |= _history(files, _of(rules, "password", PASSWORD_FILES))
        found |= _lockout(_merged(files, "/etc/security/faillock.conf"), _of(rules, "auth", LOGIN_FILES))
        found |= _logins(rules)
    reason = answer.unreadable("/etc/") or Unknown("no PAM stack could be read below /etc/pam.d")
    return Reading(HostFacts(password_rules=PasswordRules(**(_all_unknown(reason) | found))), sources)


def _all_unknown(reason: Unknown) -> Facts:
    return dict.fromkeys(PasswordRules.__struct_fields__, reason)


def _of(rules: list[PamRule], kind: str, names: tuple[str, ...]) -> list[PamRule]:
    return [rule for rule in rules if rule.type == kind and rule.path.rpartition("/")[2] in names]


def _first(rules: list[PamRule], module: str) -> PamRule | None:
    return next((rule for rule in rules if rule.module == module), None)


def _merged(files: dict[str, dict[str, str]], path: str) -> dict[str, str]:
    """The files in the ``.d`` folder in order, and laid over them the file itself, which is read last (pwquality.conf(5))."""
    merged: dict[str, str] = {}
    for name in sorted(name for name in files if name.startswith(f"{path}.d/")):
        merged |= files[name]
    return merged | files.get(path, {})


def _login_defs(answer: Answer, files: dict[str, dict[str, str]], rules: list[PamRule]) -> Facts:
    values = files.get("/usr/etc/login.defs", {}) | files.get("/etc/login.defs", {})
    if not values:
        reason = answer.unreadable("/etc/login.defs") or Unknown("/etc/login.defs could not be read, or says nothing")
        return dict.fromkeys(("maximum_days", "minimum_days", "warning_days", "hash_method", "umask"), reason)
    unix = _first(_of(rules, "password", PASSWORD_FILES), "pam_unix")
    chosen = next((name for name in unix.arguments if name in HASHES), None) if unix else None
    return {
        "maximum_days": _number(values, "PASS_MAX_DAYS"),
        "minimum_days": _number(values, "PASS_MIN_DAYS"),
        "warning_days": _number(values, "PASS_WARN_AGE"),
        "hash_method": (chosen or values.get("ENCRYPT_METHOD", "")).upper() or None,
        "umask": values["UMASK"].zfill(3)[-3:] if values.get("UMASK") else None,
    }


def _number(values: Mapping[str, str], key: str, default: int | None = None) -> Fact[int | None]:
    return integer(values[key]) if key in values else default


def _quality(configured: dict[str, str], rules: list[PamRule]) -> Facts:
    rule = next((rule for rule in rules if rule.module in QUALITY and rule.control != "optional"), None)
    if rule is None or (configured | rule.arguments).get("enforcing") == "0":  # it only warns: pwquality.conf(5)
        return _without_quality(_first(rules, "pam_unix"))
    module = QUALITY[rule.module]
    if module == "passwdqc":
        shortest = rule.arguments.get("min", "").rpartition(",")[2]
        weighed = Unknown("passwdqc weighs length against classes")
        length = integer(shortest) if shortest else PASSWDQC_LENGTH
        return {
            "quality_module": module,
            "minimum_length": length,
            "minimum_classes": weighed,
            "maximum_repeat": None,
            "dictionary_check": weighed,
        }
    values = (configured if module == "pwquality" else {}) | rule.arguments
    return {
        "quality_module": module,
        "minimum_length": _number(values, "minlen", PWQUALITY_LENGTH if module == "pwquality" else CRACKLIB_LENGTH),
        "minimum_classes": _number(values, "minclass"),
        "maximum_repeat": _number(values, "maxrepeat"),
        "dictionary_check": values.get("dictcheck", "1") != "0",
    }


def _without_quality(unix: PamRule | None) -> Facts:
    return {
        "quality_module": None,
        "minimum_length": _number(unix.arguments, "minlen", UNIX_LENGTH) if unix else None,
        "minimum_classes": None,
        "maximum_repeat": None,
        "dictionary_check": False,
    }


def _history(files: dict[str, dict[str, str]], rules: list[PamRule]) -> Facts:
    history, unix = _first(rules, "pam_pwhistory"), _first(rules, "pam_unix")
    if history is not None:
        values = files.get("/etc/security/pwhistory.conf", {}) | history.arguments
        return {"remembered": _number(values, "remember", PWHISTORY_REMEMBER)}
    return {"remembered": _number(unix.arguments, "remember", 0) if unix else 0}


def _lockout(configured: dict[str, str], rules: list[PamRule]) -> Facts:
    faillock = [rule for rule in rules if rule.module == "pam_faillock"] if _counts_failures(rules) else []
    tally = next((rule for rule in rules if rule.module in {"pam_tally2", "pam_tally"}), None)
    if faillock:
        values = dict(configured)
        for rule in faillock:
            values |= rule.arguments
        attempts: Fact[int | None] = _number(values, "deny", FAILLOCK_DENY)
        default = FAILLOCK_SECONDS
    elif tally is not None:
        values, default = tally.arguments, 0
        attempts = _number(values, "deny")
    else:
        return {"lockout_attempts": None, "lockout_seconds": None, "lockout_includes_root": False}
    never = attempts in {0, None}
    duration = 0 if values.get("unlock_time") == "never" else _number(values, "unlock_time", default)
    return {
        "lockout_attempts": None if never else attempts,
        "lockout_seconds": None if never else duration,
        "lockout_includes_root": "even_deny_root" in values and not never,
    }


def _counts_failures(rules: list[PamRule]) -> bool:
    """Whether faillock counts, with ``authfail`` (pam_faillock(8)), in each of the stacks that logins go through: on Red Hat
    and its rebuilds sshd goes through password-auth, the console through system-auth.
    """
    asking = {rule.path for rule in rules if rule.module == "pam_unix"}
    counting = {rule.path for rule in rules if rule.module == "pam_faillock" and "authfail" in rule.arguments}
    stacks = {path for path in asking if path.endswith(("/system-auth", "/password-auth"))}
    return bool(counting) and stacks <= counting


def _logins(rules: list[PamRule]) -> Facts:
    """``deny`` of pam_wheel(8) turns its sense round: all may go on but the group."""
    unix = [rule for rule in _of(rules, "auth", LOGIN_FILES) if rule.module == "pam_unix"]
    wheel = [rule for rule in _of(rules, "auth", ("su",)) if rule.module == "pam_wheel"]
    return {
        "empty_passwords_accepted": any(rule.arguments.keys() & {"nullok", "nullok_secure"} for rule in unix)
        if unix
        else Unknown("no login stack names pam_unix"),
        "su_group_only": any(
            rule.control in {"required", "requisite"} and "deny" not in rule.arguments for rule in wheel
        )
        if any(rule.path.endswith("/su") for rule in rules)
        else Unknown("/etc/pam.d/su could not be read"),
    }


SECTION = ScriptSection(name="password_rules", artefact="password rules", supplies=("password_rules",), parse=parse)
