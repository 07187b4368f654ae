"""Files as the scanners write them, in our own words."""

import json
from pathlib import Path
from typing import Any

from baseline.imports.importing import ImportOptions, ImportReport, import_file
from baseline.imports.mapping import Mappings
from baseline.models.target import Target
from baseline.store.records import ResultFilter
from baseline.store.store import Store

SCANNED_AT = 1_763_000_000
"""2025-11-13T02:13:20 UTC."""


def prowler_finding(check: str, status: str, bucket: str, /, *, time: int = SCANNED_AT, **more: Any) -> dict[str, Any]:
    """A detection finding (OCSF class 2004) as Prowler 5 writes it."""
    return {
        "class_uid": 2004,
        "message": f"Bucket {bucket} is as it is.",
        "metadata": {"event_code": check, "product": {"name": "Prowler", "version": "5.4.0"}},
        "finding_info": {"title": f"Buckets pass {check}", "desc": "What it is about.", "uid": f"u-{check}-{bucket}"},
        "severity": "High",
        "status": "New",
        "status_id": 1,
        "status_code": status,
        "status_detail": f"Bucket {bucket} is as it is.",
        "risk_details": "Others can read it.",
        "unmapped": {"compliance": {"CIS-2.0": ["1.5"], "ISO27001-2022": ["A.8.24", "A.99.1"], "SOC2": ["cc_6_1"]}},
        "resources": [
            {
                "uid": f"arn:aws:s3:::{bucket}",
                "name": bucket,
                "region": "eu-west-1",
                "data": {"details": "", "metadata": {"environment": {"DATABASE_PASSWORD": "hunter2-of-the-bucket"}}},
            }
        ],
        "cloud": {"provider": "aws", "account": {"uid": "123456789012", "name": "samples"}, "region": "eu-west-1"},
        "remediation": {"desc": "Close the bucket.", "references": ["https://example.org/close"]},
        "time": time,
        **more,
    }


def trivy_report(**more: Any) -> dict[str, Any]:
    """A report (schema version 2) with one of each sort of finding."""
    return {
        "SchemaVersion": 2,
        "CreatedAt": "2025-11-13T02:13:20.123456789Z",
        "ArtifactName": "registry.example.org/shop:1.4",
        "ArtifactType": "container_image",
        "Metadata": {
            "ImageID": "sha256:aa11",
            "RepoDigests": ["registry.example.org/shop@sha256:bb22"],
            "ImageConfig": {"config": {"Env": ["PATH=/bin", "API_KEY=hunter2-of-the-image"]}},
        },
        "Results": [
            {
                "Target": "registry.example.org/shop:1.4 (debian 12.5)",
                "Class": "os-pkgs",
                "Vulnerabilities": [
                    {
                        "VulnerabilityID": "CVE-2099-0001",
                        "PkgName": "libexample",
                        "InstalledVersion": "1.0",
                        "FixedVersion": "1.1",
                        "Status": "fixed",
                        "Severity": "CRITICAL",
                        "Title": "A reader can write",
                        "CweIDs": ["CWE-327"],
                    }
                ],
            },
            {
                "Target": "Dockerfile",
                "Class": "config",
                "Misconfigurations": [
                    {
                        "ID": "DS002",
                        "Title": "The image has a user of its own",
                        "Message": "Name a user.",
                        "Severity": "HIGH",
                        "Status": status,
                        "CauseMetadata": {"Resource": resource, "Code": {"Lines": [{"Content": "ENV K=hunter2-code"}]}},
                    }
                    for status, resource in (("FAIL", "one"), ("PASS", "two"), ("EXCEPTION", "three"))
                ],
            },
            {
                "Target": "app/settings.py",
                "Class": "secret",
                "Secrets": [
                    {
                        "RuleID": "own-token",
                        "Category": "Own",
                        "Severity": "CRITICAL",
                        "Title": "Own token",
                        "StartLine": 12,
                        "Match": 'token = "hunter2-of-the-secret"',
                        "Code": {"Lines": [{"Number": 12, "Content": "hunter2-line", "Highlighted": "hunter2-line"}]},
                    }
                ],
                "Licenses": [
                    {"Severity": "HIGH", "Category": "restricted", "PkgName": "tool", "Name": "Own-1.0"},
                    {"Severity": "LOW", "Category": "notice", "PkgName": "other", "Name": "MIT"},
                ],
            },
        ],
        **more,
    }


def sarif_log(**more: Any) -> dict[str, Any]:
    """A log (2.1.0) of a made-up scanner, with results of several kinds."""
    place = {"physicalLocation": {"artifactLocation": {"uri": "src/a.py"}, "region": {"startLine": 4}}}
    place["physicalLocation"]["region"]["snippet"] = {"text": "key = 'hunter2-of-the-snippet'"}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Own Scanner",
                        "semanticVersion": "2.0.1",
                        "rules": [
                            {
                                "id": "own/weak-hash",
                                "shortDescription": {"text": "Hashes are strong"},
                                "properties": {"tags": ["external/cwe/cwe-328"], "security-severity": "9.1"},
                            },
                            {"id": "own/noted", "defaultConfiguration": {"level": "note"}},
                        ],
                    }
                },
                "invocations": [{"executionSuccessful": True, "endTimeUtc": "2025-11-13T02:13:20Z"}],
                "versionControlProvenance": [{"repositoryUri": "https://git.example.org/team/shop.git"}],
                "results": [
                    {"ruleId": "own/weak-hash", "message": {"text": "MD5 is used."}, "locations": [place]},
                    {"ruleIndex": 1, "kind": "review", "message": {"text": "Look."}},
                    {"ruleId": "own/noted", "kind": "pass", "message": {"text": "Fine."}, "locations": [place]},
                    {
                        "ruleId": "own/undescribed",
                        "level": "error",
                        "message": {"text": "Bad."},
                        "suppressions": [{"kind": "inSource", "justification": "Agreed."}],
                    },
                ],
            }
        ],
        **more,
    }


def xccdf_results(*results: tuple[str, str], end: str = "2025-11-13T02:13:20+00:00", host: str = "db1") -> str:
    """A benchmark with a TestResult, as oscap writes it with --results."""
    rules = "".join(
        f'<Rule id="xccdf_org.example_rule_{name}" severity="high"><title>Rule {name}</title>'
        '<reference href="https://www.iso.org/contents/data/standard/05/45/54534.html">A.9.4.2, A.9.9.9</reference>'
        "<rationale>Because.</rationale></Rule>"
        for name in dict.fromkeys(name for name, _ in results)
    )
    said = "".join(
        f'<rule-result idref="xccdf_org.example_rule_{name}" severity="high"><result>{result}</result></rule-result>'
        for name, result in results
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" id="xccdf_org.example_benchmark_small">
{rules}
<TestResult id="xccdf_org.example_testresult_all" end-time="{end}" test-system="cpe:/a:redhat:openscap:1.3.7">
<target>{host}</target><target-address>127.0.0.1</target-address><target-address>192.0.2.7</target-address>
{said}
</TestResult>
</Benchmark>
"""


CSV_COLUMNS = (
    "TIMESTAMP;ACCOUNT_UID;ACCOUNT_NAME;PROVIDER;CHECK_ID;CHECK_TITLE;STATUS;STATUS_EXTENDED;MUTED;SEVERITY;"
    "RESOURCE_UID;RESOURCE_NAME;RESOURCE_DETAILS;REGION;RISK;COMPLIANCE;PROWLER_VERSION"
)


def prowler_row(check: str, status: str, bucket: str, *, details: str = "", muted: str = "False") -> str:
    """A row of Prowler's CSV."""
    cells = [
        *("2025-11-13T02:13:20", "123456789012", "samples", "aws", check, f"Buckets pass {check}", status),
        *(f'"Bucket {bucket}; said with ""quotes""\nand lines"', muted, "high", f"arn:aws:s3:::{bucket}", bucket),
        *(details, "eu-west-1", "Others can read it.", "CIS-2.0: 1.5 | ISO27001-2022: A.8.24", "5.4.0"),
    ]
    return ";".join(cells)


class Imports:
    """A store, and files to import into it."""

    def __init__(self, folder: Path, mappings: Mappings) -> None:
        self.folder, self.mappings = folder, mappings
        self.store = Store.open(folder / "store.db")

    def write(self, name: str, content: Any) -> Path:
        """A file with bytes, text, or a document as JSON."""
        path = self.folder / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1), "utf-8")
        return path

    def load(self, name: str, content: Any, *inventory: Target, **options: Any) -> ImportReport:
        """Write a file and import it."""
        return import_file(self.store, self.write(name, content), ImportOptions(**options), inventory, self.mappings)

    def standing(self, **where: Any) -> dict[tuple[str, str, str], str]:
        """(target, check, subject) -> status of what stands."""
        found = self.store.current_results(ResultFilter(**where))
        return {(each.target, each.check, each.subject): each.status.value for each in found}

    def holds(self, text: bytes) -> bool:
        """Whether any file of the store holds these bytes, in what is compressed too."""
        digests = {digest for result in self.store.current_results() for digest in result.artefacts.values()}
        raw = b"".join(path.read_bytes() for path in self.folder.glob("store.db*"))
        return text in raw or any(text in self.store.artefact(digest) for digest in digests)
