"""How ``sshd -T`` prints each setting, and the fact it becomes."""

from collections.abc import Callable
from typing import Any

import msgspec

from baseline.collectors.host.values import integer, one_of, unreadable, yes_no
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host_access import Forwarding, GatewayPorts, IgnoreRhosts, PermitRootLogin, Tunnel

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
"""Time formats of sshd_config(5)."""


class SshSetting(msgspec.Struct, frozen=True):
    """One keyword of ``sshd -T`` and the facts that ``read`` makes of its lines."""

    keyword: str
    facts: tuple[str, ...]
    read: Callable[[list[str]], dict[str, Any]]


def _one(fact: str, keyword: str, read: Callable[[str], object]) -> SshSetting:
    """A keyword that is printed once; without a line the fact is unknown, as this version has no such setting."""

    def reader(lines: list[str]) -> dict[str, Any]:
        return {fact: read(lines[0]) if lines else Unknown(f"this sshd prints no {keyword}")}

    return SshSetting(keyword, (fact,), reader)


def _many(fact: str, keyword: str) -> SshSetting:
    """A keyword that is printed once for each value, and not at all without one."""
    return SshSetting(keyword, (fact,), lambda lines: {fact: [word for line in lines for word in line.split()]})


def _names(text: str) -> Fact[list[str]]:
    return [name for name in text.split(",") if name] or unreadable(None, "algorithm")


def _root_login(text: str) -> Fact[PermitRootLogin]:
    return one_of("prohibit-password" if text == "without-password" else text, PermitRootLogin)


def seconds(text: str) -> Fact[int]:
    """A time of sshd_config(5): ``120``, ``2m``, ``1h30m``."""
    total, digits = 0, ""
    for character in text.lower():
        if character in UNITS and digits:
            total += int(digits) * UNITS[character]
            digits = ""
        elif character in "0123456789" and len(digits) < 10:
            digits += character
        else:
            return unreadable(text, "a time")
    if not text:
        return unreadable(None, "time")
    return total + int(digits or 0)


def _start_rate_full(lines: list[str]) -> dict[str, Any]:
    names = ("max_startups_start", "max_startups_rate_percent", "max_startups_full")
    numbers = (lines[0] if lines else "").split(":")
    if len(numbers) == 1 and numbers[0]:  # one number: all are refused from there on
        numbers = [numbers[0], "100", numbers[0]]
    values = numbers if len(numbers) == 3 else [""] * 3
    return {name: integer(value, "a number of connections") for name, value in zip(names, values, strict=True)}


def _rekey(lines: list[str]) -> dict[str, Any]:
    words = [*(lines[0].split() if lines else []), "", ""]
    data, time = words[0], words[1]
    return {
        "rekey_limit_bytes": 0 if data == "default" else integer(data, "a number of bytes"),
        "rekey_limit_seconds": 0 if time == "none" else seconds(time),
    }


def _ports(lines: list[str]) -> dict[str, Any]:
    ports = [port for line in lines if not isinstance(port := integer(line, "a port"), Unknown)]
    return {"ports": ports or unreadable(None, "port")}


def _methods(lines: list[str]) -> dict[str, Any]:
    """Alternatives are parted by blanks, what one of them demands by commas."""
    return {
        "authentication_methods": lines[0].split() if lines else Unknown("this sshd prints no authenticationmethods")
    }


SETTINGS: tuple[SshSetting, ...] = (
    _one("permit_root_login", "permitrootlogin", _root_login),
    _one("password_authentication", "passwordauthentication", yes_no),
    _one("permit_empty_passwords", "permitemptypasswords", yes_no),
    _one("keyboard_interactive_authentication", "kbdinteractiveauthentication", yes_no),
    _one("public_key_authentication", "pubkeyauthentication", yes_no),
    _one("host_based_authentication", "hostbasedauthentication", yes_no),
    _one("gssapi_authentication", "gssapiauthentication", yes_no),
    SshSetting("authenticationmethods", ("authentication_methods",), _methods),
    _one("ignore_rhosts", "ignorerhosts", lambda text: one_of(text, IgnoreRhosts)),
    _one("strict_modes", "strictmodes", yes_no),
    _one("use_pam", "usepam", yes_no),
    _one("permit_user_environment", "permituserenvironment", lambda text: text.lower() != "no"),
    _one("max_auth_tries", "maxauthtries", integer),
    _one("max_sessions", "maxsessions", integer),
    SshSetting(
        "maxstartups", ("max_startups_start", "max_startups_rate_percent", "max_startups_full"), _start_rate_full
    ),
    _one("login_grace_time_seconds", "logingracetime", seconds),
    _one("client_alive_interval_seconds", "clientaliveinterval", seconds),
    _one("client_alive_count_max", "clientalivecountmax", integer),
    SshSetting("rekeylimit", ("rekey_limit_bytes", "rekey_limit_seconds"), _rekey),
    _one("x11_forwarding", "x11forwarding", yes_no),
    _one("tcp_forwarding", "allowtcpforwarding", lambda text: one_of(text, Forwarding)),
    _one("agent_forwarding", "allowagentforwarding", yes_no),
    _one("gateway_ports", "gatewayports", lambda text: one_of(text, GatewayPorts)),
    _one("permit_tunnel", "permittunnel", lambda text: one_of(text, Tunnel)),
    _one("banner", "banner", lambda text: None if text == "none" else text),
    _one("log_level", "loglevel", str.upper),
    _one("ciphers", "ciphers", _names),
    _one("macs", "macs", _names),
    _one("key_exchange", "kexalgorithms", _names),
    _one("host_key_algorithms", "hostkeyalgorithms", _names),
    _one("public_key_algorithms", "pubkeyacceptedalgorithms", _names),
    _one("required_rsa_bits", "requiredrsasize", integer),
    SshSetting("port", ("ports",), _ports),
    _many("listen_addresses", "listenaddress"),
    _many("allow_users", "allowusers"),
    _many("allow_groups", "allowgroups"),
    _many("deny_users", "denyusers"),
    _many("deny_groups", "denygroups"),
)
"""Everything of ``sshd -T`` that is a fact. Numbers and words are as sshd prints them, defaults included."""

OLD_KEYWORDS = {
    "challengeresponseauthentication": "kbdinteractiveauthentication",
    "pubkeyacceptedkeytypes": "pubkeyacceptedalgorithms",
}
"""Names before OpenSSH 8.5 and 8.7 (release notes)."""
