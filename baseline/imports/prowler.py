"""Prowler: its OCSF JSON (detection findings, version 4 and newer) and its CSV.

Formats: https://docs.prowler.com (reporting) and https://schema.ocsf.io, class 2004.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from baseline.imports.fields import items, mapping, moment, required, severity_of, text
from baseline.imports.finding import Asset, ForeignFinding, Receiver, Reference, Rule, Tool, shortened
from baseline.imports.json_reader import JsonReader
from baseline.imports.refused import MalformedError
from baseline.models.result import Status
from baseline.models.target import Kind

DETECTION_FINDING = 2004
"""OCSF class of Prowler 4 and newer; Prowler 3 wrote class 2001."""

SECRET_KEYS = ("data",)
"""Below ``resources``: what Prowler read of a resource, which may hold its environment variables or user data."""
SECRET_COLUMNS = ("RESOURCE_DETAILS",)
COLUMNS = ("CHECK_ID", "STATUS", "ACCOUNT_UID", "PROVIDER", "SEVERITY")
"""Columns that every CSV file of Prowler 4 and newer has."""

_KINDS: dict[str, Kind] = {"aws": "aws", "azure": "azure", "m365": "m365", "microsoft365": "m365"}
_STATUSES = {"PASS": Status.PASS, "FAIL": Status.FAIL}
_CSV_FRAMEWORK = re.compile(r"\s*([^:|]+):\s*([^|]*)")


def read_ocsf(reader: JsonReader, receiver: Receiver) -> None:
    """Read a list of findings, or findings one after the other.

    Raises:
        MalformedError: it is something else.
    """
    while reader.peek():
        if reader.peek() == "start_array":
            for _ in reader.elements("the file"):
                _finding(mapping(reader.value(), "a finding"), receiver)
        else:
            _finding(mapping(reader.value(), "a finding"), receiver)


def _finding(found: dict[str, Any], receiver: Receiver) -> None:
    if found.get("class_uid") != DETECTION_FINDING:
        raise MalformedError(
            f"a finding is of OCSF class {found.get('class_uid')}, not {DETECTION_FINDING} (Prowler 4 or newer)"
        )
    metadata, info = mapping(found.get("metadata"), "metadata"), mapping(found.get("finding_info"), "finding_info")
    cloud = mapping(found.get("cloud"), "cloud")
    account = mapping(cloud.get("account"), "cloud.account")
    unmapped = mapping(found.get("unmapped"), "unmapped")
    remediation = mapping(found.get("remediation"), "remediation")
    product = mapping(metadata.get("product"), "metadata.product")
    compliance = mapping(unmapped.get("compliance"), "unmapped.compliance")
    provider = text(cloud.get("provider") or unmapped.get("provider"), "cloud.provider").lower()
    statement = {
        "version": text(product.get("version"), "metadata.product.version"),
        "check": required(metadata.get("event_code"), "metadata.event_code"),
        "title": text(info.get("title"), "finding_info.title"),
        "description": info.get("desc"),
        "risk": found.get("risk_details"),
        "remediation": remediation.get("desc"),
        "links": [text(each, "a reference") for each in items(remediation.get("references"), "remediation.references")],
        "severity": found.get("severity"),
        "status": required(found.get("status_code"), "status_code"),
        "detail": found.get("status_detail") or found.get("message"),
        "muted": found.get("status_id") == 3 or str(found.get("status")).lower() == "suppressed",
        "provider": provider,
        "account": text(account.get("uid"), "cloud.account.uid") or text(unmapped.get("provider_uid"), "provider_uid"),
        "account_name": text(account.get("name"), "cloud.account.name"),
        "time": found.get("time_dt") or found.get("time"),
        "compliance": [
            Reference(_framework(provider, name), text(number, "a compliance number"))
            for name, numbers in compliance.items()
            for number in items(numbers, f"compliance {name}")
        ],
    }
    resources = [mapping(each, "a resource") for each in items(found.get("resources"), "resources")] or [{}]
    for resource in resources:
        statement["resource"] = text(resource.get("uid"), "resources.uid") or text(
            resource.get("name"), "resources.name"
        )
        statement["region"] = text(resource.get("region"), "resources.region")
        _receive(statement, receiver)


def read_csv(rows: Iterable[tuple[int, dict[str, str]]], receiver: Receiver) -> None:
    """Read the rows of a CSV file by the names of their columns.

    Raises:
        MalformedError: a row lacks what every finding has.
    """
    for line, row in rows:
        try:
            _receive(_row_statement(row), receiver)
        except MalformedError as error:
            raise MalformedError(error.message, line) from None


def _row_statement(row: dict[str, str]) -> dict[str, Any]:
    provider = row.get("PROVIDER", "").lower()
    return {
        "version": row.get("PROWLER_VERSION", ""),
        "check": required(row.get("CHECK_ID"), "CHECK_ID"),
        "title": row.get("CHECK_TITLE", ""),
        "description": row.get("DESCRIPTION"),
        "risk": row.get("RISK"),
        "remediation": row.get("REMEDIATION_RECOMMENDATION_TEXT"),
        "links": [link] if (link := row.get("REMEDIATION_RECOMMENDATION_URL", "")) else [],
        "severity": row.get("SEVERITY"),
        "status": required(row.get("STATUS"), "STATUS"),
        "detail": row.get("STATUS_EXTENDED"),
        "muted": row.get("MUTED", "").lower() == "true",
        "provider": provider,
        "account": row.get("ACCOUNT_UID", ""),
        "account_name": row.get("ACCOUNT_NAME", ""),
        "time": row.get("TIMESTAMP"),
        "compliance": list(_csv_compliance(provider, row.get("COMPLIANCE", ""))),
        "resource": row.get("RESOURCE_UID") or row.get("RESOURCE_NAME", ""),
        "region": row.get("REGION", ""),
    }


def _csv_compliance(provider: str, cell: str) -> Iterator[Reference]:
    """``CIS-2.0: 1.5 | ISO27001-2022: A.5.15, A.8.5``."""
    for framework, numbers in _CSV_FRAMEWORK.findall(cell):
        for number in numbers.split(","):
            if number.strip():
                yield Reference(_framework(provider, framework.strip()), number.strip())


def _framework(provider: str, name: str) -> str:
    """CIS numbers its benchmarks apart for every provider: ``aws/CIS-2.0``."""
    return f"{provider}/{name}" if name.upper().startswith("CIS") else name


def _receive(said: dict[str, Any], receiver: Receiver) -> None:
    tool = Tool("prowler", "Prowler", said["version"])
    asset = _asset(said)
    rule = Rule(
        id=said["check"],
        title=shortened(said["title"]) or said["check"],
        severity=severity_of(said["severity"]),
        rationale=shortened(said["risk"]) or shortened(said["description"]),
        remediation=shortened(said["remediation"]),
        references=tuple(said["compliance"]),
        links=tuple(said["links"][:20]),
        finding_class="misconfiguration",
    )
    receiver.rule(tool, rule)
    receiver.asset(asset, tool)
    if (at := moment(said["time"])) is not None:
        receiver.measured(at)
    status = _STATUSES.get(said["status"].upper(), Status.ERROR)
    detail = shortened(said["detail"])
    receiver.finding(
        ForeignFinding(
            asset=asset,
            tool=tool,
            rule=rule.id,
            subject="" if said["resource"] in (asset.name, *asset.also) else said["resource"],
            status=status,
            severity=rule.severity,
            observed={
                "said": detail,
                **({"region": said["region"]} if said["region"] else {}),
                **({"muted": True} if said["muted"] else {}),
            },
            reason=f"Prowler says {said['status'].lower()}: {detail}" if status is Status.ERROR else "",
        )
    )


def _asset(said: dict[str, Any]) -> Asset:
    name = said["account"] or said["account_name"]
    if not name:
        raise MalformedError("a finding names no account")
    also = (said["account_name"],) if said["account_name"] and said["account_name"] != name else ()
    return Asset(kind=_KINDS.get(said["provider"], "host"), name=name, also=also)
