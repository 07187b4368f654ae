"""Findings of Defender for Cloud, and where logs are kept."""

from datetime import datetime

from baseline.collectors.cloud.azure.kinds import Fields, Kind, Source, resources
from baseline.collectors.cloud.azure.row import Row
from baseline.models.facts.azure.subscription import DefenderFinding, LogWorkspace

_SEVERITIES = {word: word for word in ("low", "medium", "high", "critical")}


def _finding(row: Row, now: datetime) -> Fields:
    return {
        "title": row.text("properties.displayName"),
        "severity": row.word("properties.metadata.severity", _SEVERITIES),
        "age_days": row.age_days("properties.status.firstEvaluationDate", now),
    }


def _called(row: Row) -> str:
    """The resource and the recommendation; one of a whole subscription is of no resource."""
    resource = row.id.lower().partition("/providers/microsoft.security/assessments/")[0].rpartition("/")[2]
    title = row.text("properties.displayName", absent=row.name)
    return str(title) if resource == row.subscription else f"{resource}: {title}"


def _log_workspace(row: Row, _now: datetime) -> Fields:
    return {
        "retention_days": row.number("properties.retentionInDays"),
        "public_query": row.flag("properties.publicNetworkAccessForQuery", absent=True),
    }


KINDS = (
    Kind(
        fact="defender_findings",
        model=DefenderFinding,
        source=Source(
            "securityresources", ("microsoft.security/assessments",), ("Microsoft.Security/assessments/read",)
        ),
        read=_finding,
        called=_called,
    ),
    Kind(
        fact="log_workspaces",
        model=LogWorkspace,
        source=resources("Microsoft.OperationalInsights/workspaces"),
        read=_log_workspace,
    ),
)
