"""Takes secrets out of what FortiOS prints."""

import re

from baseline.collectors.network.masking import VALUE, Masker
from baseline.collectors.network.redaction import MARK

_WORDS = (
    "passwd|password|passphrase|psksecret|secret|key|auth-pwd|priv-pwd|pwd|token|api-key|private-key|auth-password|"
    "auth-password-l1|auth-password-l2|sso-password|ppp-password|pptp-password|privkey|shared-key|ipsec-tunnel-key|"
    "keytab|preshared-key|eab-key-hmac"
)

_NAMED = "passwd|password|passphrase|secret|token|pwd"
"""Ends of names that a feature puts its own name before, such as ``ddns-password``."""

MASKER = Masker(
    keywords=(" ENC ", "pass", "secret", "key", "pwd", "token"),
    patterns=(
        rf"((?:^|\s)set [\w+-]{{1,64}} )(ENC (?!{MARK})\S+|\"ENC [^\"]+\")",
        rf"(^\s*set (?:[a-z0-9]{{1,32}}-){{1,4}}(?:{_NAMED}) )((?!ENC |\"?{MARK}|enable\b|disable\b){VALUE})",
        rf"(^\s*set (?:secondary-|tertiary-|old-|new-)?(?:{_WORDS})[1-9]? )((?!ENC |{MARK}|enable\b|disable\b){VALUE})",
    ),
)

_COMMUNITY = re.compile(r"^\s*config (?:system )?snmp community")
_NAME = re.compile(rf"^(\s*set name )(?!\"?{MARK})({VALUE})")
_END = re.compile(r"^\s*end\s*$")
_OPEN = re.compile(r"^\s*config ")


def redact(_command: str, output: str) -> str:
    """Secrets out of any output, community strings too; line for line."""
    text = MASKER.mask(output)
    if "snmp community" not in text:
        return text
    lines = text.split("\n")
    depth = 0
    for index, line in enumerate(lines):
        if depth == 0:
            depth = 1 if _COMMUNITY.match(line) else 0
        elif _END.match(line):
            depth -= 1
        elif _OPEN.match(line):
            depth += 1
        elif depth == 1:
            lines[index] = _NAME.sub(rf'\1"{MARK}"', line)
    return "\n".join(lines)
