"""Takes secrets out of what Junos prints."""

import re

from baseline.collectors.network.masking import HASHED, VALUE, Masker
from baseline.collectors.network.redaction import MARK

_WORDS = "encrypted-password|secret|simple-password|ascii-text|hexadecimal|authentication-password|privacy-password"
_WORDS += "|community-name|api-key|passphrase|pass-phrase|plain-text-password-value|authentication-string"

MASKER = Masker(
    keywords=("$", *_WORDS.split("|"), "authentication-key", "password"),
    patterns=(
        rf"()({HASHED})",
        rf"((?:^|\s)(?:{_WORDS}) )((?!{MARK}){VALUE})",
        rf"((?:^|\s)authentication-key (?!\d{{1,6}}(?:\s|;|$)))((?!{MARK}){VALUE})",
        rf"((?:^|\s)password )((?!(?:minimum|maximum|format|change-type)|{MARK}){VALUE})(?=;|\s*$|; ## SECRET)",
    ),
)

_SNMP = re.compile(r"^([ \t]*)snmp \{[ \t\r]*$")
_COMMUNITY = re.compile(rf"^(\s*(?:inactive: )?community )((?!{MARK}){VALUE})")
_SET = re.compile(rf"^(\s*(?:set|deactivate) (?:groups \S+ |logical-systems \S+ )?snmp community )((?!{MARK}){VALUE})")


def redact(_command: str, output: str) -> str:
    """Secrets out of any output, community strings too; line for line."""
    lines = MASKER.mask(output).split("\n")
    if "community" in output and "snmp" in output:
        _mask_communities(lines)
    return "\n".join(lines)


def _mask_communities(lines: list[str]) -> None:
    """``community`` names a password below ``snmp`` and a label elsewhere (``policy-options``)."""
    closing: str | None = None
    for index, line in enumerate(lines):
        if closing is None:
            opened = _SNMP.match(line)
            closing = f"{opened[1]}}}" if opened else None
            lines[index] = _SET.sub(rf"\1{MARK}", line)
        elif line.rstrip() == closing:
            closing = None
        else:
            lines[index] = _COMMUNITY.sub(rf"\1{MARK}", line)
