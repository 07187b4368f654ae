"""Certificates in a PAN-OS configuration, which holds what they say beside them."""

from datetime import UTC, datetime
from typing import Any

from baseline.collectors.network.platforms.paloalto_panos.context import Context
from baseline.collectors.network.unknowns import explain
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.network import Certificate

SILENT = "the configuration does not tell it"


def read_certificates(context: Context) -> list[Certificate]:
    """Every certificate that is shared or of a virtual system."""
    found = []
    for node in context.scopes("certificate"):
        context.note(f"certificates.{node.word}", node)
        found.append(_certificate(node))
    return found


def _certificate(node: Node) -> Certificate:
    values: dict[str, Any] = {"name": node.word, "kind": "authority" if node.value("ca") == "yes" else "device"}
    subject, issuer = node.value("subject"), node.value("issuer")
    if subject:
        values["subject"] = subject
    if issuer:
        values |= {"issuer": issuer, "self_signed": issuer == subject}
    for name, word in (("not_before", "not-valid-before"), ("not_after", "not-valid-after")):
        moment = _moment(node.value(word) or "")
        if moment is not None:
            values[name] = moment
    epoch = node.value("expiry-epoch") or ""
    if "not_after" not in values and epoch.isdigit() and len(epoch) < 12:
        values["not_after"] = datetime.fromtimestamp(int(epoch), UTC).isoformat().replace("+00:00", "Z")
    return explain(Certificate(**values), SILENT)


def _moment(text: str) -> str | None:
    """``Dec  1 10:00:00 2025 GMT`` as RFC 3339."""
    try:
        moment = datetime.strptime(f"{' '.join(text.split())} +0000", "%b %d %H:%M:%S %Y GMT %z")
    except ValueError:
        return None
    return moment.isoformat().replace("+00:00", "Z")
