"""Takes secrets out of what PAN-OS prints: braces, set statements and XML."""

from baseline.collectors.network.masking import HASHED, VALUE, Masker
from baseline.collectors.network.redaction import MARK

_WORDS = (
    "phash|password|secret|authentication-key|snmp-community-string|community|authpwd|privpwd|bind-password|key|"
    "private-key|passphrase|auth-key|api-key|psk|md5-key|shared-secret|certificate-passphrase|authcode|token"
)
_NOT = rf"(?!{MARK}|\"{MARK}|-AQ==<|\$\d\$<)"

MASKER = Masker(
    keywords=("-aq==", "$", "phash", "pass", "secret", "key", "community", "pwd", "psk", "authcode", "token"),
    patterns=(
        rf"()({HASHED})",
        rf"((?:^|\s)(?:{_WORDS}) )({_NOT}(?!\[|yes\b|no\b|none\b){VALUE})(?=;|\s*$)",
        rf"(<(?:{_WORDS})>)({_NOT}[^<]+)(?=<|\s*$)",
        r"(^|[\s>])(\"?-AQ==(?!<redacted>)[^\s;<\"]+\"?)",
    ),
)


def redact(_command: str, output: str) -> str:
    """Secrets out of any output, community strings too; line for line."""
    return MASKER.mask(output)
