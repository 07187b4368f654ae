"""How AOS-CX writes secrets: ``ciphertext`` or ``plaintext`` and one word, after which settings go on."""

import re

from baseline.collectors.network.redaction import MARK, WORD, Dialect, redact, rules, secret_lines

_STORED = r"\b(?:cipher|plain)text"
_OTHERS = r"(?<![\w-])(?:community|secret|pass(?:word|wd|phrase)|key|psk)"

DIALECT = Dialect(
    rules=(
        ("text ", rules(rf"({_STORED} ){WORD}")),
        ("community ", rules(rf"(snmp-server host .*?\bcommunity ){WORD}", rf"(snmpv3 context .*?\bcommunity ){WORD}")),
    ),
    harmless=re.compile(
        rf"(?=.*?{_STORED} {MARK})(?!.*?{_STORED} (?!{MARK}))(?!.*?{_OTHERS} (?!{MARK}|ciphertext |plaintext )).*"
        rf"|\s*snmp-server host (?!.*?\b(?:community|(?:cipher|plain)text) (?!{MARK})).*"
        rf"|\s*(?:no )?password complexity\s*"
    ),
)
"""``password complexity`` opens a section of rules; the first form matches lines whose secrets are all out already."""


_CHAIN = "keychain "
_CHAIN_KEY = re.compile(r"\s+key \d{1,10}\s*")


def redact_output(_command: str, output: str) -> str:
    """Any output with its secrets replaced."""
    kept = _chain_keys(output)
    redacted = redact(output, DIALECT)
    if not kept:
        return redacted
    return "\n".join(kept.get(number, line) for number, line in enumerate(redacted.split("\n"), 1))


def secrets_in(output: str) -> dict[int, str]:
    """Lines of a configuration with a secret, redacted, by number."""
    kept = _chain_keys(output)
    return {number: line for number, line in secret_lines(output, DIALECT).items() if number not in kept}


def _chain_keys(output: str) -> dict[int, str]:
    """Lines that number a key in a chain, which the common rules take for the key itself, by line number."""
    kept: dict[int, str] = {}
    if f"\n{_CHAIN}" not in f"\n{output}":
        return kept
    inside = False
    for number, line in enumerate(output.split("\n"), 1):
        if line[:1] not in {"", " ", "\t", "!"}:
            inside = line.startswith(_CHAIN)
        elif inside and _CHAIN_KEY.fullmatch(line):
            kept[number] = line
    return kept
