"""Certificates in ``show management security ssl certificate``."""

import re
from typing import Any

from baseline.collectors.network.moments import openssl_moment
from baseline.models.facts.network import Certificate

SHORT_NAMES = {
    "Common name": "CN",
    "Organizational unit": "OU",
    "Organization": "O",
    "Locality": "L",
    "State": "ST",
    "Country": "C",
    "Email address": "emailAddress",
}


def read_certificates(output: str) -> list[Certificate]:
    """One per block. A certificate that its own name issued is an authority or signed by itself: EOS does not tell."""
    blocks = re.split(r"^Certificate (?=\S{1,255}:\s*$)", output.replace("\r", ""), flags=re.MULTILINE)[1:]
    return [_certificate(block) for block in blocks]


def _certificate(block: str) -> Certificate:
    subject, issuer = _name(block, "Subject"), _name(block, "Issuer")
    values: dict[str, Any] = {"subject": subject, "issuer": issuer, "self_signed": subject == issuer, "kind": "device"}
    if serial := re.search(r"^ +Serial Number: +(\d{1,60})", block, re.MULTILINE):
        values["serial"] = f"{int(serial[1]):x}"
    for fact, title in (("not_before", "Not before"), ("not_after", "Not after")):
        found = re.search(rf"^ +{title} ?: +(.{{1,60}})$", block, re.MULTILINE | re.IGNORECASE)
        if found and (moment := openssl_moment(found[1])):
            values[fact] = moment
    if size := re.search(r"^ +Size: +(\d{1,6}) bits", block, re.MULTILINE):
        values["key_bits"] = int(size[1])
    return Certificate(name=block.split(":", 1)[0], **values)


def _name(block: str, title: str) -> str:
    """The distinguished name below a title."""
    found = re.search(rf"^   {title}:[^\n]*\n((?:      .*\n)+)", f"{block}\n", re.MULTILINE)
    parts = []
    for line in (found[1] if found else "").splitlines():
        key, _, value = line.strip().partition(":")
        if key in SHORT_NAMES and value.strip():
            parts.append(f"{SHORT_NAMES[key]}={value.strip()}")
    return ",".join(parts)
