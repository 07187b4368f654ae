"""Trivy: its JSON report, schema version 2 (https://trivy.dev, reporting)."""

from typing import Any, NamedTuple

from baseline.imports.fields import items, mapping, moment, required, severity_of, text
from baseline.imports.finding import Asset, FindingClass, ForeignFinding, Receiver, Reference, Rule, Tool, shortened
from baseline.imports.json_reader import JsonReader
from baseline.imports.refused import MalformedError
from baseline.models.result import Severity, Status

SCHEMA_VERSION = 2
SECRET_KEYS = ("Match", "Content", "Highlighted", "Env", "created_by", "Cmd", "Entrypoint", "Labels")
"""The text in which a secret was found, lines of source code, and what an image's configuration may hold of them."""

_UNMET_LICENCES = frozenset({"forbidden", "restricted"})
"""Trivy's licence categories that it reports as high or critical by default."""
_HEADER = ("SchemaVersion", "CreatedAt", "ArtifactName", "ArtifactType", "Metadata", "Trivy")
_MISCONFIGURATION = {"FAIL": Status.FAIL, "PASS": Status.PASS, "EXCEPTION": Status.FAIL}


class _Place(NamedTuple):
    asset: Asset
    tool: Tool
    target: str


class _Said(NamedTuple):
    """One finding before it is known where it stands."""

    rule: Rule
    subject: str
    status: Status
    observed: dict[str, object]
    reason: str = ""


def read_report(reader: JsonReader, receiver: Receiver) -> None:
    """Read a report.

    Raises:
        MalformedError: it is something else.
    """
    header: dict[str, Any] = {}
    held = False
    for key in reader.members("the report"):
        if key == "Results":
            place = _place(header)
            receiver.asset(place.asset, place.tool)
            for _ in reader.elements("Results"):
                _result(reader, place, receiver)
            held = True
        elif key in _HEADER:
            header[key] = reader.value()
        else:
            reader.skip()
    place = _place(header)
    receiver.asset(place.asset, place.tool)
    if not held:
        receiver.left_out("the report holds no Results: Trivy found nothing that it knows how to scan")
    if (at := moment(header.get("CreatedAt"))) is not None:
        receiver.measured(at)


def _place(header: dict[str, Any]) -> _Place:
    if header.get("SchemaVersion") != SCHEMA_VERSION or "ArtifactName" not in header:
        raise MalformedError(
            f"is not a Trivy report of schema version {SCHEMA_VERSION} whose SchemaVersion and ArtifactName stand before Results"
        )
    metadata = mapping(header.get("Metadata"), "Metadata")
    digests = [text(each, "a digest") for each in items(metadata.get("RepoDigests"), "RepoDigests")]
    tags = [text(each, "a tag") for each in items(metadata.get("RepoTags"), "RepoTags")]
    also = (text(metadata.get("ImageID"), "ImageID"), *digests, *(each.rpartition("@")[2] for each in digests), *tags)
    version = text(mapping(header.get("Trivy"), "Trivy").get("Version"), "Trivy.Version")
    asset = Asset(
        kind="host",
        name=required(header["ArtifactName"], "ArtifactName"),
        also=tuple(each for each in also if each),
    )
    return _Place(asset, Tool("trivy", "Trivy", version), "")


def _result(reader: JsonReader, place: _Place, receiver: Receiver) -> None:
    """One result, whose findings are read one by one; its target must stand before them."""
    target = ""
    for key in reader.members("a result"):
        if key == "Target":
            target = required(reader.value(), "Target")
        elif key in _LISTS:
            for _ in reader.elements(key):
                if not target:
                    raise MalformedError(f"a result has {key} before its Target")
                _receive(_LISTS[key](target, mapping(reader.value(), f"an item of {key}")), place, receiver)
        elif key == "ExperimentalModifiedFindings":
            for _ in reader.elements(key):
                _set_aside(target, mapping(reader.value(), "a modified finding"), place, receiver)
        else:
            reader.skip()


def _receive(said: _Said | None, place: _Place, receiver: Receiver) -> None:
    if said is None:
        receiver.left_out("licences that Trivy puts in no category that is forbidden or restricted")
        return
    receiver.rule(place.tool, said.rule)
    receiver.finding(
        ForeignFinding(
            asset=place.asset,
            tool=place.tool,
            rule=said.rule.id,
            subject=said.subject,
            status=said.status,
            severity=said.rule.severity,
            observed=said.observed,
            reason=said.reason,
        )
    )


def _vulnerability(target: str, found: dict[str, Any]) -> _Said:
    number = required(found.get("VulnerabilityID"), "VulnerabilityID")
    package = required(found.get("PkgName"), "PkgName")
    installed = text(found.get("InstalledVersion"), "InstalledVersion")
    fixed = text(found.get("FixedVersion"), "FixedVersion")
    path = text(found.get("PkgPath"), "PkgPath")
    rule = _rule(number, "vulnerability", found, f"Update {package} to {fixed}." if fixed else "")
    observed: dict[str, object] = {"package": package, "installed": installed, "fixed in": fixed or "no version yet"}
    if state := text(found.get("Status"), "Status"):
        observed["state"] = state
    return _Said(rule, f"{path or target}: {package} {installed}".strip(), Status.FAIL, observed)


def _misconfiguration(target: str, found: dict[str, Any]) -> _Said:
    number = text(found.get("AVDID"), "AVDID") or required(found.get("ID"), "ID")
    cause = mapping(found.get("CauseMetadata"), "CauseMetadata")
    resource, line = text(cause.get("Resource"), "Resource"), text(cause.get("StartLine"), "StartLine")
    word = required(found.get("Status"), "Status").upper()
    status = _MISCONFIGURATION.get(word, Status.ERROR)
    message = shortened(found.get("Message"))
    observed: dict[str, object] = {"said": message} | ({"muted": True} if word == "EXCEPTION" else {})
    subject = ": ".join(part for part in (f"{target}:{line}" if line else target, resource) if part)
    reason = f"Trivy says {word.lower()}: {message}" if status is Status.ERROR else ""
    rule = _rule(number, "misconfiguration", found, shortened(found.get("Resolution")))
    return _Said(rule, subject, status, observed, reason)


def _secret(target: str, found: dict[str, Any]) -> _Said:
    rule = _rule(required(found.get("RuleID"), "RuleID"), "secret", found, "Revoke the secret and keep it elsewhere.")
    observed: dict[str, object] = {"category": text(found.get("Category"), "Category")}
    return _Said(rule, f"{target}:{text(found.get('StartLine'), 'StartLine')}", Status.FAIL, observed)


def _licence(target: str, found: dict[str, Any]) -> _Said | None:
    category = text(found.get("Category"), "Category").lower()
    if category not in _UNMET_LICENCES:
        return None
    name = required(found.get("Name"), "Name")
    where = text(found.get("PkgName"), "PkgName") or text(found.get("FilePath"), "FilePath") or target
    rule = _rule(f"licence-{name}", "licence", {**found, "Title": f"Licence {name} is {category}"}, "")
    return _Said(rule, f"{target}: {where}", Status.FAIL, {"category": category})


_LISTS = {
    "Vulnerabilities": _vulnerability,
    "Misconfigurations": _misconfiguration,
    "Secrets": _secret,
    "Licenses": _licence,
}
_MODIFIED = {
    "vulnerability": _vulnerability,
    "misconfiguration": _misconfiguration,
    "secret": _secret,
    "license": _licence,
}


def _set_aside(target: str, found: dict[str, Any], place: _Place, receiver: Receiver) -> None:
    """A finding that somebody told Trivy to pass over: it stays what it is, marked as muted by the tool."""
    kind = text(found.get("Type"), "Type")
    if kind not in _MODIFIED:
        receiver.left_out(f"findings of type {kind[:40]!r} that were set aside in Trivy")
        return
    said = _MODIFIED[kind](target, mapping(found.get("Finding"), "Finding"))
    if said is not None:
        why = shortened(found.get("Statement")) or text(found.get("Status"), "Status")
        said = said._replace(observed={**said.observed, "muted": True, "why muted": why})
    _receive(said, place, receiver)


def _rule(number: str, finding_class: FindingClass, found: dict[str, Any], remediation: str) -> Rule:
    weaknesses = [text(each, "a CWE") for each in items(found.get("CweIDs"), "CweIDs")]
    link = text(found.get("PrimaryURL"), "PrimaryURL")
    return Rule(
        id=number,
        title=shortened(found.get("Title")) or number,
        severity=severity_of(found.get("Severity"), Severity.MEDIUM),
        rationale=shortened(found.get("Description")),
        remediation=remediation,
        references=tuple(Reference("CWE", each.removeprefix("CWE-")) for each in weaknesses if each),
        links=(link,) if link else (),
        finding_class=finding_class,
    )
