"""Certificates in ``show crypto ca certificates``."""

import re
from typing import Any

from baseline.collectors.network.moments import openssl_moment
from baseline.models.facts.network import Certificate

_FIELD = re.compile(r"^(subject|issuer|serial|notBefore|notAfter)= ?(.{1,500})$", re.MULTILINE)


def read_certificates(output: str) -> list[Certificate]:
    """One per block; a trust point holds the device's certificate and those of its authorities."""
    found = []
    text = output.replace("\r", "")
    for point in re.split(r"^Trustpoint: *", text, flags=re.MULTILINE)[1:]:
        name = point.split("\n", 1)[0].strip()
        blocks = re.split(r"^(?=certificate:|CA certificate \d{1,2}:)", point, flags=re.MULTILINE | re.IGNORECASE)[1:]
        found += [_certificate(name, block) for block in blocks if "subject=" in block]
    return found


def _certificate(point: str, block: str) -> Certificate:
    fields = {name: value.strip() for name, value in _FIELD.findall(block)}
    authority = block.startswith("CA ")
    title = block.split(":", 1)[0]
    values: dict[str, Any] = {"kind": "authority" if authority else "device"}
    for fact, field in (("subject", "subject"), ("issuer", "issuer")):
        if field in fields:
            values[fact] = fields[field].strip("/").replace("/", ",")
    if "subject" in values and "issuer" in values:
        values["self_signed"] = values["subject"] == values["issuer"]
    if "serial" in fields:
        values["serial"] = fields["serial"].lower()
    for fact, field in (("not_before", "notBefore"), ("not_after", "notAfter")):
        if moment := openssl_moment(fields.get(field, "")):
            values[fact] = moment
    return Certificate(name=" ".join((point, "device" if not authority else title.removeprefix("CA "))), **values)
