# ruff: noqa: INP001 - a program of its own, not a package
"""Dashboards of how we do: for the board, by control, by site and owner, and in a rollout."""

from board import AGO, OF_TARGET, PLACES, SHARE, TITLED, WHERE, Board, number
from panels import Panel

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
            "Serious failures, by site",
            f'sum by (site) (baseline_results{{{WHERE}, status="fail", severity=~"critical|high"}})',
            legend="{{site}}",
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
            "Serious failures, by target",
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
