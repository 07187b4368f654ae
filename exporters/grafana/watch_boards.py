# ruff: noqa: INP001 - a program of its own, not a package
"""Dashboards of what changes, what can be proved, and of baseline itself."""

from board import AGO, OF_TARGET, PLACES, Board, number
from panels import Panel

DRIFT = Board(
    "baseline-drift",
    "Baseline: drift",
    "What differs from the approved state, and for how long.",
    (
        number("Targets that drifted", "sum(baseline_drifting_targets)", width=6, bad_above=1),
        number("Targets with an approved state", "sum(baseline_approved_targets)", width=6),
        number(
            "Oldest unapproved change",
            "min(baseline_target_drift_since_timestamp_seconds) * 1000",
            unit=AGO,
            width=6,
            empty="none",
        ),
        number("States not compared yet", "sum(baseline_drift_uncompared_states)", width=6, bad_above=1),
        Panel("trend", "Targets that drifted", "sum(baseline_drifting_targets)", legend="targets"),
        Panel(
            "bars",
            "Changes, by kind and direction",
            "sum by (kind, direction) (baseline_target_drift_changes)",
            legend="{{kind}} {{direction}}",
            empty="none",
        ),
        Panel(
            "table",
            "Changes, by target",
            f"baseline_target_drift_changes {OF_TARGET}",
            width=12,
            empty="none",
        ),
        Panel(
            "table",
            "Unapproved since",
            f"(baseline_target_drift_since_timestamp_seconds * 1000) {OF_TARGET}",
            unit="dateTimeAsIso",
            width=12,
            empty="none",
        ),
    ),
    PLACES,
)

EVIDENCE = Board(
    "baseline-evidence-and-waivers",
    "Baseline: evidence and waivers",
    "What can be proved, what was accepted until when, and what people stated.",
    (
        number("Entries of the log", "max(baseline_evidence_entries)", width=6),
        number("Latest checkpoint", "max(baseline_evidence_checkpoint_timestamp_seconds) * 1000", unit=AGO, width=6),
        number("Unsigned checkpoints", "max(baseline_evidence_unsigned_checkpoints)", width=6),
        number(
            "Results with a lapsed waiver", "sum(baseline_lapsed_waiver_results) or vector(0)", width=6, bad_above=1
        ),
        Panel("trend", "Entries of the log", "max(baseline_evidence_entries)", legend="entries"),
        Panel(
            "trend",
            "Accepted for a while, by severity",
            'sum by (severity) (baseline_results{status="waived"})',
            legend="{{severity}}",
        ),
        Panel(
            "table",
            "Waivers, by end",
            "sort((baseline_waiver_end_timestamp_seconds * 1000)"
            " * on (instance, job, waiver) group_left (owner, kind, risk_reference) baseline_waiver_info)",
            unit="dateTimeAsIso",
            empty="none",
        ),
        Panel("table", "What waivers cover", "sort_desc(baseline_waiver_results)", empty="nothing"),
        Panel(
            "table",
            "Statements, by end",
            "sort((baseline_attestation_end_timestamp_seconds * 1000)"
            " * on (instance, job, attestation) group_left (control, outcome, role) baseline_attestation_info)",
            unit="dateTimeAsIso",
            width=24,
            empty="none",
        ),
    ),
)

HEALTH = Board(
    "baseline-exporter-health",
    "Baseline: health of baseline itself",
    "Whether what the other dashboards tell can be believed.",
    (
        number("Scraped", 'min(up{job="baseline"})', bad_below=0.5, width=3),
        number("Sources that fail", "count(baseline_exporter_source_success == 0) or vector(0)", bad_above=1, width=3),
        number("Parts that work", "sum(baseline_part_up)", width=3),
        number("Numbers read", "max(baseline_store_read_timestamp_seconds) * 1000", unit=AGO, width=3),
        number("Content read", "max(baseline_content_read_timestamp_seconds) * 1000", unit=AGO, width=3),
        number("Series", 'sum(scrape_samples_scraped{job="baseline"})', width=3),
        number("Series left out", "sum(baseline_series_left_out)", bad_above=1, width=3),
        number("Alerts now", 'count(ALERTS{alertstate="firing"}) or vector(0)', width=3),
        Panel(
            "trend",
            "How long a scrape takes",
            'scrape_duration_seconds{job="baseline"}',
            unit="s",
            legend="{{instance}}",
            width=8,
        ),
        Panel(
            "trend",
            "How long each source takes",
            "baseline_exporter_source_duration_seconds",
            unit="s",
            legend="{{source}}",
            width=8,
        ),
        Panel(
            "trend",
            "Memory",
            'process_resident_memory_bytes{job="baseline"}',
            unit="bytes",
            legend="{{instance}}",
            width=8,
        ),
        Panel(
            "bars",
            "Targets that do not answer, by why",
            "sum by (domain, code) (baseline_unreached_targets)",
            legend="{{domain}} {{code}}",
            empty="all answer",
        ),
        Panel("trend", "How long runs take", "baseline_run_duration_seconds", unit="s", legend="{{scope}}"),
        Panel("table", "Jobs, by how the latest moment went", "baseline_job_state == 1", empty="no schedule"),
        Panel(
            "table",
            "When jobs last ran to their end",
            "baseline_job_success_timestamp_seconds * 1000",
            unit="dateTimeAsIso",
            empty="no schedule",
        ),
    ),
)
