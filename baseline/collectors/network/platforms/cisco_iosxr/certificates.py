"""Certificates in ``show crypto ca certificates``."""

import re
from datetime import datetime
from typing import Any

from baseline.models.facts.network import Certificate

_BLOCK = re.compile(
    r"^(?=(?:CA|Router|Trusted)\b.{0,20} certificate\b|(?:CA|Router) certificate\b)", re.MULTILINE | re.IGNORECASE
)
_MOMENT = re.compile(r"(\d{2}:\d{2}:\d{2}) (?:UTC|GMT) [A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d{4})")


def read_certificates(output: str) -> list[Certificate]:
    """One per block; a trust point holds certificates of authorities and the router's own."""
    found = []
    for point in re.split(r"^Trustpoint *: *", output.replace("\r", ""), flags=re.MULTILINE)[1:]:
        name = point.split("\n", 1)[0].strip()
        counts: dict[str, int] = {}
        for block in _BLOCK.split(point)[1:]:
            kind = "authority" if block.upper().startswith(("CA ", "TRUSTED ")) else "device"
            counts[kind] = counts.get(kind, 0) + 1
            suffix = f" {counts[kind]}" if counts[kind] > 1 else ""
            found.append(_certificate(f"{name} {kind}{suffix}", kind, block))
    return found


def _certificate(name: str, kind: str, block: str) -> Certificate:
    values: dict[str, Any] = {"kind": kind}
    for fact, title in (("subject", "Subject"), ("issuer", "Issued By")):
        if written := _name_below(block, title):
            values[fact] = written
    if "subject" in values and "issuer" in values:
        values["self_signed"] = values["subject"] == values["issuer"]
    if serial := re.search(r"^\s*Serial Number *: *([0-9A-Fa-f:]{2,80})\s*$", block, re.MULTILINE):
        values["serial"] = serial[1].replace(":", "").lower()
    for fact, title in (("not_before", "Validity Start"), ("not_after", "Validity End")):
        written_at = re.search(rf"^\s*{title} *: *(.{{1,60}})$", block, re.MULTILINE)
        if written_at and (moment := _moment(written_at[1])):
            values[fact] = moment
    return Certificate(name=name, **values)


def _name_below(block: str, title: str) -> str | None:
    """The distinguished name on the line with a title or on the one below."""
    found = re.search(rf"^\s*{title} *:[ \t]*(\S.{{0,300}})?(?:\n\s+(\S.{{0,300}}))?", block, re.MULTILINE)
    text = (found[1] or found[2] or "").strip() if found else ""
    return re.sub(r"\s*=\s*", "=", text) or None


def _moment(text: str) -> str | None:
    """``07:51:51 UTC Wed Jul 06 2005`` in RFC 3339; None when it is in another zone or no moment at all."""
    found = _MOMENT.match(text.strip())
    if found is None:
        return None
    try:
        moment = datetime.strptime(f"{found[1]} {found[2]} {found[3]} {found[4]} +0000", "%H:%M:%S %b %d %Y %z")
    except ValueError:
        return None
    return moment.isoformat().replace("+00:00", "Z")
