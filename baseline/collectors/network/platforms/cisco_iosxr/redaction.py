"""How IOS XR writes secrets: with ``encrypted`` (type 7) or ``clear`` before them, types of two digits, ``password6``.

See Cisco IOS XR System Security Configuration Guide, "Configuring AAA Services" and "Configuring Type 6 Password".
"""

import re

from baseline.collectors.network.redaction import MARK, WORD, Dialect, redact, rules, secret_lines

_FORM = r"(?:(?:clear|encrypted) )?+"
_OWNER = r"(?!(?:ro|rw|view|ipv4|ipv6|sdrowner|systemowner)(?:\s|$))"
_COMMUNITY = rf"(?:(?:clear|encrypted) {_OWNER})?+"
_HASH = r"(?:auth (?:sha-2 \d+|[\w-]+))"
_CIPHER = r"(?:priv (?:aes(?: ?\d{3})?|3des|des\d*))"
_DIGEST = r"(?:hmac-[\w-]+|md5|text)"
_METHODS = r"keychain|key-chain|message-digest|null|ipsec|disable|pre-share|rsa\S*|local|remote|mode|none|md5|sha\S*|timer|order"

DIALECT = Dialect(
    rules=(
        (
            "secret",
            rules(rf"^(\s*(?:password-policy \S+ )?(?:masked-)?secret (?:\d{{1,2}} )?+(?:\$[\w-]{{1,12}}\$)?+){WORD}"),
        ),
        ("password6", rules(rf"(\bpassword6 (?!encryption aes\s*$){_FORM}){WORD}")),
        ("-password", rules(rf"^(\s*(?:hello|lsp)-password (?:accept )?+{_DIGEST} {_FORM}){WORD}")),
        ("key-string", rules(rf"^(\s*key-string (?:(?:clear|encrypted|password) )?+){WORD}")),
        (
            "authentication-key",
            rules(
                rf"^(\s*(?:ntp )?authentication-key \d+ \S+ {_FORM}){WORD}",
                rf"^(\s*authentication-key (?!\d+ \S+ ){_FORM}){WORD}",
            ),
        ),
        ("message-digest-key", rules(rf"^(\s*message-digest-key \d+ md5 {_FORM}){WORD}")),
        (
            "snmp-server",
            rules(
                rf"^(snmp-server community(?:-map)? {_COMMUNITY}){WORD}",
                rf"^(snmp-server user \S+ .*?\b{_HASH} {_FORM}){WORD}",
                rf"^(snmp-server user \S+ .*\b{_CIPHER} {_FORM}){WORD}",
            ),
        ),
        (
            "host ",
            rules(
                r"^((?:snmp-server |\s+)host \S+ (?:(?:traps|informs) )?+(?:version (?:1|2c) )?+"
                rf"{_COMMUNITY})(?!(?:version|traps|informs|udp-port|vrf) ){WORD}"
            ),
        ),
        (" spi ", rules(rf"(\b(?:clear|encrypted|password) ){WORD}")),
        ("text-authentication", rules(rf"(text-authentication ){WORD}")),
        ("authentication ", rules(rf"^(\s+authentication )(?!(?:{_METHODS})(?:\s|$)){WORD}(?=\s*$)")),
    ),
    harmless=re.compile(
        rf"\s*(?:password-policy \S+ )?(?:masked-)?secret \d{{1,2}} (?:\$[\w-]{{1,12}}\$)?{MARK}\s*"
        rf"|\s*(?:hello|lsp)-password (?:accept )?(?:{_DIGEST} (?:(?:clear|encrypted) )?{MARK}|keychain \S+)"
        r"(?: level [12]| send-only| snp send-only| enable-poi)*\s*"
        rf"|\s*key-string (?:clear|encrypted|password6?) {MARK}(?: cryptographic-algorithm \S+)?\s*"
        rf"|\s*(?:ntp )?authentication-key (?:\d+ \S+ )?(?:(?:clear|encrypted) )?{MARK}\s*"
        rf"|\s*message-digest-key \d+ md5 (?:(?:clear|encrypted) )?{MARK}\s*"
        rf"|snmp-server community(?:-map)? (?:clear|encrypted) {MARK}(?: .*)?"
        rf"|snmp-server user \S+ [^<]*\b{_HASH} (?:(?:clear|encrypted) )?{MARK}"
        rf"(?: {_CIPHER} (?:(?:clear|encrypted) )?{MARK})?(?: [^<]*)?"
        rf"|(?:snmp-server |\s+)host \S+ (?:(?:traps|informs) )?(?:version (?:1|2c) )?(?:clear|encrypted) {MARK}(?: .*)?"
        r"|\s+(?:server|peer) (?:vrf \S+ )?(?:ipv[46] )?[\w.:-]+"
        r"(?: version \d| minpoll \d+| maxpoll \d+| source \S+| i?burst| prefer| key \d{1,5})*\s*"
        r"|snmp-server group .*|(?:aaa )?password-policy \S+\s*|password6 encryption aes\s*"
    ),
)
"""What a server of time carries behind ``key`` is the number of a key, and a chain of keys is only named."""

STRONG = frozenset({"password6"})
"""Words before a secret that is encrypted with AES under a master key; numbers say it by themselves."""


def redact_output(_command: str, output: str) -> str:
    """Any output with its secrets replaced."""
    return redact(output, DIALECT)


def secrets_in(output: str) -> dict[int, str]:
    """Lines of a configuration with a secret, redacted, by number."""
    return secret_lines(output, DIALECT)
