"""How EOS writes secrets: the name of the hash or the type stands before them."""

import re

from baseline.collectors.network.platforms.arista_eos.state import last_change_line
from baseline.collectors.network.redaction import MARK, REST, WORD, Dialect, redact, rules, secret_lines

_TYPE = r"(?:(?:0|5|7|8a|sha512) )?+"

_ID = r"(?!sha512 |hash )\S+"
_NAME = r"[\w-]{0,40}(?:key|passphrase|password|passwd|secret|token)"
LICENCE = "service unsupported-transceiver"
"""Starts a line with a key that lets other makes of transceivers work."""

DIALECT = Dialect(
    rules=(
        (" 8a ", rules(rf"( 8a ){WORD}")),
        ("secret ", rules(rf"^(\s+secret {_ID} (?:0|7|8a) ){WORD}")),
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
            ),
        ),
        ("auth=", rules(r"(-(?:ingest|cv)auth=(?:key|token),)(?!<redacted>)(?!/)\S+")),
        ("ipsec spi ", rules(rf"(ipsec spi \d+ (?:esp \S+ )?+(?:(?:md5|sha1) )?+(?:passphrase )?+{_TYPE}){REST}")),
        ("unsupported-transceiver", rules(rf"({LICENCE} \S+ ){REST}")),
        ("option ", rules(rf"^(\s+option {_NAME} value ){REST}")),
        ("exec ", rules(rf"(\s--?{_NAME}[= ]){WORD}")),
        ("curl ", rules(r"(\s(?:-u|--user)[ =]?[^\s:]*:)(?!<redacted>)[^\s'\"]+")),
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
        rf"|.* 8a {MARK}(?: fallback| (?:receive|transmit)-lifetime .*)?"
        rf"|\s+key [0-9a-f]{{1,64}} (?:0|7|8a) {MARK}"
        rf"|\s+secret {_ID} (?:0|7|8a) {MARK}.*"
        rf"|\s+ip ospf message-digest-key \d+ \S+ (?:0|7|8a) {MARK}"
        rf"|ntp authentication-key \d+ \S+ (?:0|7|8a) {MARK}"
        r"|\s+password (?:minimum|policy|encryption|encryption-key)\b.*"
        r"|\s+certificate \S+ key \S+"
        r"|\s+secret hash (?:md5|sha512)"
        r"|\s+session shared-secret profile \S+"
        r"|\s+neighbor \S+ password shared-secret profile .*"
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
    """Any output with its secrets replaced.

    Log messages go too, since they differ every time and name people, but for the one that a fact comes from: the last
    to tell of a change of the configuration.
    """
    if command.startswith("show logging") and (found := _LOG_BUFFER.search(output)):
        messages = output[found.end() :].split("\n")
        kept = last_change_line(messages)
        blank = [message if place == kept else "" for place, message in enumerate(messages)]
        output = output[: found.end()] + "\n".join(blank)
    return redact(output, DIALECT)


def secrets_in(output: str) -> dict[int, str]:
    """Lines of a configuration with a secret, redacted, by number. Nobody can log in with the key of a licence."""
    found = secret_lines(output, DIALECT)
    return {number: line for number, line in found.items() if not line.startswith(LICENCE)}
