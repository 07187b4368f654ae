"""Who may log in: AAA, local accounts, guessing protection, AAA servers."""

from baseline.lab.blueprint import Blueprint
from baseline.lab.configuration.text import block

AAA_SERVERS = {
    "tacacs": {"BEHEER-1": "10.250.1.11", "BEHEER-2": "10.250.1.12"},
    "radius": {"TOEGANG-1": "10.250.1.21", "TOEGANG-2": "10.250.1.22"},
}


def enable_section(blueprint: Blueprint) -> list[str]:
    """The secret for privileged mode."""
    if blueprint.posture.reversible_secrets:
        return ["enable password 7 " + blueprint.obscured("enable")]
    return ["enable secret 9 " + blueprint.scrypt_hash("enable")]


def aaa_section(blueprint: Blueprint) -> list[str]:
    """Server groups and method lists."""
    if not blueprint.posture.aaa:
        return ["no aaa new-model"]
    return ["aaa new-model", "!", *_groups(), *_methods(), *_accounting(blueprint), *_password_policy(blueprint)]


def _groups() -> list[str]:
    return block("""
        aaa group server tacacs+ BEHEER
         server name BEHEER-1
         server name BEHEER-2
         ip tacacs source-interface Vlan99
        !
        aaa group server radius TOEGANG
         server name TOEGANG-1
         server name TOEGANG-2
         ip radius source-interface Vlan99
        !
    """)


def _methods() -> list[str]:
    return block("""
        aaa authentication login default group BEHEER local
        aaa authentication enable default group BEHEER enable
        aaa authentication dot1x default group TOEGANG
        aaa authorization console
        aaa authorization config-commands
        aaa authorization exec default group BEHEER local if-authenticated
        aaa authorization commands 1 default group BEHEER local if-authenticated
        aaa authorization commands 15 default group BEHEER local if-authenticated
        aaa authorization network default group TOEGANG
    """)


def _accounting(blueprint: Blueprint) -> list[str]:
    lines = ["aaa accounting update newinfo periodic 2880", "aaa accounting dot1x default start-stop group TOEGANG"]
    if blueprint.posture.accounting:
        lines += [
            f"aaa accounting {what} default start-stop group BEHEER"
            for what in ("exec", "commands 1", "commands 15", "connection", "system")
        ]
    return lines


def _password_policy(blueprint: Blueprint) -> list[str]:
    policy = block("""
        aaa common-criteria policy LANG-WACHTWOORD
         min-length 16
         max-length 64
         numeric-count 1
         upper-case 1
         lower-case 1
         special-case 1
         char-changes 4
        !
    """)
    return [*(policy if blueprint.posture.password_policy else []), "aaa session-id common"]


def login_section(blueprint: Blueprint) -> list[str]:
    """Protection against guessing, and logging of logins."""
    guessing = ["login block-for 300 attempts 3 within 60", "login delay 2", "login quiet-mode access-class BEHEER-SSH"]
    return [
        *(["security passwords min-length 16"] if blueprint.posture.password_policy else []),
        *(["aaa local authentication attempts max-fail 5"] if blueprint.posture.aaa else []),
        *(guessing if blueprint.posture.login_block else []),
        "login on-failure log",
        "login on-success log",
    ]


def account_section(blueprint: Blueprint) -> list[str]:
    """Local accounts: one for emergencies, and perhaps one that should not be there."""
    names = ["noodtoegang", *([blueprint.posture.extra_account] if blueprint.posture.extra_account else [])]
    return [_account(blueprint, name) for name in names]


def _account(blueprint: Blueprint, name: str) -> str:
    policy = (
        "common-criteria-policy LANG-WACHTWOORD " if blueprint.posture.password_policy and blueprint.posture.aaa else ""
    )
    if blueprint.posture.reversible_secrets:
        return f"username {name} privilege 15 {policy}password 7 {blueprint.obscured(name)}"
    return f"username {name} privilege 15 {policy}secret 9 {blueprint.scrypt_hash(name)}"


def server_section(blueprint: Blueprint) -> list[str]:
    """The AAA servers with their shared keys."""
    if not blueprint.posture.aaa:
        return []
    lines = ["ip tacacs source-interface Vlan99", "ip radius source-interface Vlan99", "!"]
    for name, address in AAA_SERVERS["tacacs"].items():
        lines += [f"tacacs server {name}", f" address ipv4 {address}", f" {_key(blueprint, name)}", " timeout 5", "!"]
    for name, address in AAA_SERVERS["radius"].items():
        ports = "auth-port 1812 acct-port 1813"
        lines += [f"radius server {name}", f" address ipv4 {address} {ports}", f" {_key(blueprint, name)}", "!"]
    return lines


def _key(blueprint: Blueprint, name: str) -> str:
    if blueprint.posture.reversible_secrets:
        return "key 7 " + blueprint.obscured(name)
    return "key 6 " + blueprint.encrypted(name)
