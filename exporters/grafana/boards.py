# ruff: noqa: INP001 - a program of its own, not a package
"""The dashboards: which questions each answers, for whom."""

from dataclasses import dataclass
from typing import Any

from panels import Panel

SHARE = "percentunit"
AGO = "dateTimeFromNow"
WHERE = 'site=~"$site", owner=~"$owner"'
OF_TARGET = f"* on (instance, job, target) group_left (site, owner) baseline_target_info{{{WHERE}}}"
TITLED = "* on (instance, job, check) group_left (title) baseline_check_info"


@dataclass(frozen=True)
class Board:
    """One dashboard. ``variables`` maps a variable to the query that gives its values; a ``norm`` is one, others several."""

    name: str
    title: str
    description: str
    panels: tuple[Panel, ...]
    variables: tuple[tuple[str, str], ...] = ()


def number(title: str, query: str, **more: Any) -> Panel:
    """A stat of the usual size."""
    return Panel("stat", title, query, **({"width": 4, "height": 4} | more))


PLACES = (("site", "label_values(baseline_target_info, site)"), ("owner", "label_values(baseline_target_info, owner)"))

OVERVIEW = Board(
    "baseline-overview",
    "Baseline: overview",
    "For the board: how we do, and how much of it was looked at.",
    (
        number(
            "Met, of what applies",
            "sum(domain_site_owner:baseline_met_results:sum) / sum(domain_site_owner:baseline_applicable_results:sum)",
            description="An error is not known to be met, and a waived failure is not met.",
            unit=SHARE,
            bad_below=0.8,
        ),
        number(
            "Targets assessed in 7 days",
            "avg(target:baseline_assessed:bool)",
            description="Excluded targets left out. What was not assessed is not part of the number beside it.",
            unit=SHARE,
            bad_below=0.9,
        ),
        number(
            "Critical failures", 'sum(baseline_results{severity="critical", status="fail"}) or vector(0)', bad_above=1
        ),
        number("Could not be checked", 'sum(baseline_results{status="error"}) or vector(0)', bad_above=1),
        number("Accepted for a while", 'sum(baseline_results{status="waived"}) or vector(0)'),
        number("Last whole run", 'max(baseline_run_success_timestamp_seconds{scope="whole"}) * 1000', unit=AGO),
        Panel("trend", "Met, by domain", "domain:baseline_met:ratio", unit=SHARE, legend="{{domain}}"),
        Panel(
            "trend", "Assessed in 7 days, by domain", "domain:baseline_assessed:ratio", unit=SHARE, legend="{{domain}}"
        ),
        Panel(
            "bars",
            "Met, by site",
            "sort_desc(site:baseline_met:ratio)",
            unit=SHARE,
            legend="{{site}}",
            bad_below=0.8,
            width=8,
        ),
        Panel(
            "bars",
            "Failures, by severity",
            'sum by (severity) (baseline_results{status="fail"})',
            legend="{{severity}}",
            width=8,
        ),
        Panel("bars", "Targets, by how asking ended", "sum by (state) (baseline_targets)", legend="{{state}}", width=8),
        Panel(
            "table",
            "BIO2 measures that are met least",
            "bottomk(15, control:baseline_met:ratio"
            ' * on (control) group_left (title_nl) max by (control, title_nl) (baseline_control_info{norm="bio2"}))',
            unit=SHARE,
            width=24,
        ),
    ),
)

CONTROLS = Board(
    "baseline-controls",
    "Baseline: controls",
    "From a norm to a measure to the checks and targets behind it.",
    (
        number(
            "Controls with checks",
            'count(count by (control) (baseline_control_answer{answer="checks"})'
            ' and on (control) baseline_control_info{norm="$norm"})',
        ),
        number(
            "Controls for a person",
            'count(count by (control) (baseline_control_answer{answer="attestation"})'
            ' and on (control) baseline_control_info{norm="$norm"}) or vector(0)',
            description="What no machine can decide, or only half of it.",
        ),
        number(
            "Open: nothing answers",
            'count(count by (control) (baseline_control_answer{answer="open"})'
            ' and on (control) baseline_control_info{norm="$norm"}) or vector(0)',
            bad_above=1,
        ),
        number(
            "Stated by a person now",
            "count(baseline_attestation_end_timestamp_seconds > time()) or vector(0)",
            description="Statements that hold, of every norm.",
        ),
        Panel(
            "table",
            "Controls of the norm",
            "sort(control:baseline_met:ratio"
            ' * on (control) group_left (title, title_nl) max by (control, title, title_nl) (baseline_control_info{norm="$norm"}))',
            unit=SHARE,
            width=24,
            height=10,
        ),
        Panel(
            "bars",
            "Results of the control",
            'sum by (status) (baseline_control_results{control=~"$control"})',
            legend="{{status}}",
            width=8,
        ),
        Panel(
            "trend",
            "Met over time",
            'control:baseline_met:ratio{control=~"$control"}',
            unit=SHARE,
            legend="{{control}}",
            width=16,
        ),
        Panel(
            "table",
            "Checks behind the control that are not met",
            f'((baseline_check_results{{status=~"fail|error"}} > 0) {TITLED})'
            ' and on (instance, job, check) baseline_check_control_info{control=~"$control"}',
            width=12,
            empty="all met",
        ),
        Panel(
            "table",
            "Targets that do not meet them",
            'baseline_target_check_unmet_results{status=~"fail|error"}'
            ' and on (instance, job, check) baseline_check_control_info{control=~"$control"}',
            width=12,
            empty="all met",
        ),
    ),
    (
        ("norm", "label_values(baseline_control_info, norm)"),
        ("control", 'label_values(baseline_control_info{norm="$norm"}, control)'),
    ),
)

SITES = Board(
    "baseline-sites-and-owners",
    "Baseline: sites and owners",
    "What each site and owner has to do.",
    (
        Panel("bars", "Met, by site", "site:baseline_met:ratio", unit=SHARE, legend="{{site}}", bad_below=0.8, width=8),
        Panel(
            "bars", "Met, by owner", "owner:baseline_met:ratio", unit=SHARE, legend="{{owner}}", bad_below=0.8, width=8
        ),
        Panel(
            "bars",
            "Assessed in 7 days",
            f"domain_site_owner:baseline_assessed:ratio{{{WHERE}}}",
            unit=SHARE,
            legend="{{site}} {{owner}} ({{domain}})",
            bad_below=0.9,
            width=8,
        ),
        Panel(
            "trend",
            "Failures, by site and severity",
            f'sum by (site, severity) (baseline_results{{{WHERE}, status="fail"}})',
            legend="{{site}} {{severity}}",
            width=24,
        ),
        Panel(
            "table",
            "Targets with most failures",
            f'topk(25, sum by (instance, job, target) (baseline_target_unmet_results{{status="fail"}}) {OF_TARGET})',
            width=12,
        ),
        Panel(
            "table",
            "Targets that do not answer",
            f"baseline_target_unreached_info {OF_TARGET}",
            width=12,
            empty="all answer",
        ),
        Panel(
            "table",
            "What to repair first",
            f'topk(50, baseline_target_check_unmet_results{{status="fail", severity=~"critical|high"}} {OF_TARGET})',
            width=24,
            height=10,
            empty="nothing serious",
        ),
    ),
    PLACES,
)

NETWORK = 'baseline_target_info{domain="network", site=~"$site"}'
ROLLOUT = Board(
    "baseline-network-rollout",
    "Baseline: network rollout",
    "How far a new network is: asked, assessed, and without serious failures.",
    (
        number("Devices", f"count({NETWORK})"),
        number(
            "Assessed",
            f"avg(target:baseline_assessed:bool and on (target) {NETWORK})",
            unit=SHARE,
            bad_below=0.9,
        ),
        number(
            "Without serious failures",
            f"avg(((sum by (instance, job, target)"
            ' (baseline_target_unmet_results{severity=~"critical|high", status=~"fail|error"}) * 0)'
            f" or on (instance, job, target) (target:baseline_assessed:bool)) and on (target) {NETWORK})",
            description="Assessed, and no critical or high failure or error. What was not assessed does not count as ready.",
            unit=SHARE,
            bad_below=0.9,
        ),
        number(
            "Never asked", 'sum(baseline_targets{domain="network", site=~"$site", state="never_asked"})', bad_above=1
        ),
        number(
            "Do not answer", 'sum(baseline_targets{domain="network", site=~"$site", state="unreached"})', bad_above=1
        ),
        number("Excluded", 'sum(baseline_targets{domain="network", site=~"$site", state="excluded"})'),
        Panel(
            "trend",
            "Devices, by how asking ended",
            'sum by (state) (baseline_targets{domain="network", site=~"$site"})',
            legend="{{state}}",
        ),
        Panel("bars", "Devices, by platform", f"count by (platform) ({NETWORK})", legend="{{platform}}"),
        Panel(
            "table",
            "Checks that fail most",
            'topk(15, (baseline_check_results{status="fail"} > 0)'
            ' * on (instance, job, check) group_left (title) baseline_check_info{domain="network"})',
        ),
        Panel(
            "table",
            "Devices that are not ready",
            'sum by (target, severity, status) (baseline_target_unmet_results{severity=~"critical|high", status=~"fail|error"}'
            f" and on (target) {NETWORK})",
            empty="all are ready",
        ),
    ),
    PLACES[:1],
)

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

BOARDS = (OVERVIEW, CONTROLS, SITES, ROLLOUT, DRIFT, EVIDENCE, HEALTH)
