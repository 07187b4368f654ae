"""How NX-OS writes secrets: what stands behind them stays (a role), and numbers tell how they are stored."""

import re

from baseline.collectors.network.redaction import REST, WORD, Dialect, redact, rules, secret_lines

DIALECT = Dialect(
    rules=(
        ("username", rules(rf"^(username \S+ password (?:\d )?+(?:\$[\w-]{{1,12}}\$)?+){WORD}")),
        (
            "snmp-server user",
            rules(
                rf"^(snmp-server user \S+ .*\bauth \S+ ){WORD}",
                rf"^(snmp-server user \S+ .*\bpriv (?:(?:aes-\d+|des) )?+){WORD}",
            ),
        ),
        ("key-octet-string", rules(rf"(key-octet-string (?:\d )?+){WORD}")),
        ("authentication text", rules(rf"^(\s+authentication text ){REST}")),
    ),
    harmless=re.compile(
        r"(?:no )?(?:feature )?password (?:strength-check|secure-mode|encryption aes|prompt username)\s*"
        r"|username \S+ password \d !(?:\s.*)?"
        r"|username \S+ passphrase +(?:lifetime|warntime|gracetime)(?: [a-z0-9]+)*\s*"
    ),
)
"""``passphrase lifetime`` and ``password strength-check`` are rules; ``password 5 !`` is a locked account."""

REVERSIBLE = frozenset({"0", "3", "7"})
"""Types of NX-OS that can be undone: plain, 3DES with a key that every device has, and Cisco's type 7 (Cisco Nexus 9000
NX-OS Security Configuration Guide, "Configuring Password Encryption")."""


def redact_output(_command: str, output: str) -> str:
    """Any output with its secrets replaced."""
    return redact(output, DIALECT)


def secrets_in(output: str) -> dict[int, str]:
    """Lines of a configuration with a secret, redacted, by number."""
    return secret_lines(output, DIALECT)
