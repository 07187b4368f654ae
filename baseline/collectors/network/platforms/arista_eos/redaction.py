"""How EOS writes secrets: the name of the hash or the type stands before them."""

import re

from baseline.collectors.network.redaction import MARK, REST, WORD, Dialect, redact, rules, secret_lines

_TYPE = r"(?:(?:0|5|7|8a|sha512) )?+"

DIALECT = Dialect(
    rules=(
        ("secret", rules(rf"^(\s*(?:.*\s)?secret {_TYPE}){REST}")),
        ("enable password", rules(rf"^(enable password {_TYPE}){REST}")),
        (
            "snmp-server user",
            rules(rf"^(snmp-server user .*\bauth \S+ ){WORD}", rf"^(snmp-server user .*\bpriv \S+ ){WORD}"),
        ),
        (
            "-key",
            rules(
                rf"(ntp authentication-key \d+ \S+ (?:(?:0|7|8a) )?+){WORD}",
                rf"(message-digest-key \d+ (?:(?:md5|sha\d*) )?+{_TYPE}){REST}",
                rf"((?<!ntp )(?:shared|authentication)-key {_TYPE}){REST}",
                r"(-(?:ingest|cv)auth=(?:key|token),)(?!<redacted>)(?!/)\S+",
            ),
        ),
        ("auth=", rules(r"(-(?:ingest|cv)auth=(?:key|token),)(?!<redacted>)(?!/)\S+")),
        (
            "peer authentication",
            rules(rf"(vrrp \d+ peer authentication (?:(?:text|ietf-md5 key-string) )?+{_TYPE}){REST}"),
        ),
        (
            "key ",
            rules(
                rf"^((?:tacacs|radius)-server .*\bkey {_TYPE}){REST}",
                rf"^(\s+key [0-9a-f]{{1,64}} (?:0|7|8a) ){REST}",
                rf"^(\s+isis authentication key (?:\d+ )?+{_TYPE}){REST}",
            ),
        ),
        (" password ", rules(rf"(neighbor .* password {_TYPE}){REST}")),
    ),
    harmless=re.compile(
        rf"(?:.* (?:secret|key|password) (?:5|7|8a|sha512) {MARK}"
        rf"|\s+key [0-9a-f]{{1,64}} (?:0|7|8a) {MARK}"
        rf"|ntp authentication-key \d+ \S+ (?:0|7|8a) {MARK}"
        r"|\s+password (?:minimum|policy|encryption|encryption-key)\b.*"
        r"|\s+certificate \S+ key \S+"
        r"|\s+session shared-secret profile \S+"
        r"|username \S+ .*\bsecret \*"
        r"|\s*no .* (?:password|secret|key)\b.*)\s*"
    ),
)
"""Rules for passwords, names of key files, locked accounts, and commands that take a secret away hold none."""

STRONG = frozenset({"sha512", "8a"})
"""Words before a secret that cannot be undone: a hash, and AES with a key of the device (Arista EOS User Manual,
"Security", ``password encryption reversible aes-256-gcm``)."""

_LOG_BUFFER = re.compile(r"^Log Buffer:.*$", re.MULTILINE)


def redact_output(command: str, output: str) -> str:
    """Any output with its secrets replaced; log messages go too, since they name people and differ every time."""
    if command.startswith("show logging") and (found := _LOG_BUFFER.search(output)):
        output = output[: found.end()] + "\n" * output[found.end() :].count("\n")
    return redact(output, DIALECT)


def secrets_in(output: str) -> dict[int, str]:
    """Lines of a configuration with a secret, redacted, by number."""
    return secret_lines(output, DIALECT)
