"""Runs Prowler, and reads what it found."""

import json
import os
import subprocess
import tempfile
from collections.abc import Collection
from pathlib import Path

import msgspec

STATUSES = {"PASS": "pass", "FAIL": "fail", "MANUAL": "manual"}


class Finding(msgspec.Struct, frozen=True):
    """What Prowler says of one resource."""

    check: str
    status: str
    resource: str
    name: str
    region: str
    account: str
    detail: str


class ProwlerError(RuntimeError):
    """Prowler did not end as it should."""


def prowler_findings(
    program: str, provider: str, arguments: list[str], checks: Collection[str], variables: dict[str, str]
) -> list[Finding]:
    """What these checks of Prowler find. The environment variable ``BENCH_PROWLER_LOG`` names a file for what it logs.

    Raises:
        ProwlerError: it ended with another code than 0 or 3 (something failed), or wrote no file.
    """
    with tempfile.TemporaryDirectory(prefix="bb-") as folder:
        command = [program, provider, *arguments, "--check", *sorted(checks), "--no-banner", "-M", "json-ocsf"]
        environment = os.environ | variables | {"HOME": folder}
        done = subprocess.run(
            [*command, "-o", folder, "-F", "found", "--log-level", "ERROR", "--log-file", f"{folder}/log"],
            check=False,
            capture_output=True,
            text=True,
            env=environment,
        )
        written = Path(folder, "found.ocsf.json")
        log = Path(folder, "log")
        if keep := os.environ.get("BENCH_PROWLER_LOG"):
            Path(keep).write_text((log.read_text() if log.exists() else "") + done.stdout + done.stderr)
        if done.returncode not in {0, 3} or not written.exists():
            said = (done.stderr or done.stdout).strip()[-1500:]
            raise ProwlerError(f"prowler {provider} ended with {done.returncode}: {said}")
        return [_finding(row) for row in json.loads(written.read_text())]


def _finding(row: dict) -> Finding:
    resource = row["resources"][0]
    return Finding(
        check=row["metadata"]["event_code"],
        status=STATUSES[row["status_code"]],
        resource=resource["uid"],
        name=resource.get("name", ""),
        region=resource.get("region", ""),
        account=row["cloud"]["account"].get("name", ""),
        detail=row.get("status_detail", ""),
    )
