"""Everything that a report is made of: one account per control, from the store, the catalogue and what people decided."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby

import msgspec

from baseline.assess.coverage import CoverageRow, coverage, domain_of
from baseline.assess.selection import Selection, select_targets
from baseline.content.catalogue import Catalogue
from baseline.exporters.reports.control_account import ControlAccount, control_account
from baseline.exporters.reports.period import ReportPeriod
from baseline.exporters.reports.say import Say
from baseline.exporters.reports.series import CheckSeries, PeriodSeries, read_series
from baseline.models.attestation import Attestation
from baseline.models.check import Check
from baseline.models.control import Language, Norm
from baseline.models.report_settings import ReportSettings
from baseline.models.result import Status
from baseline.models.target import Target
from baseline.models.waiver import Waiver
from baseline.store.records import PopulationEntry
from baseline.store.store import Store


class Decisions(msgspec.Struct, frozen=True, kw_only=True):
    """What people decided, from the files beside the inventory."""

    settings: ReportSettings = ReportSettings()
    waivers: tuple[Waiver, ...] = ()
    attestations: tuple[Attestation, ...] = ()


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a person asks. ``day`` is the day of the report; ``reference`` ties it to another document where given."""

    language: Language
    norm: str
    period: ReportPeriod
    day: date
    selection: Selection = Selection()
    controls: tuple[str, ...] = ()
    reference: str = ""
    keep_intervals: bool = False


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """What every report is written from. ``targets`` are those in scope; ``population`` that of the period's last run."""

    request: Request
    say: Say
    catalogue: Catalogue
    norm: Norm
    checks: dict[str, Check]
    targets: dict[str, Target]
    series: PeriodSeries
    accounts: tuple[ControlAccount, ...]
    decisions: Decisions
    population: tuple[PopulationEntry, ...]
    runs: tuple[int, ...]

    @property
    def period(self) -> ReportPeriod:
        """The period, up to the day of the report."""
        return self.series.period

    def account_of(self, control: str) -> ControlAccount:
        """The account of one control; KeyError when it is not part of this report."""
        return {account.control.id: account for account in self.accounts}[control]

    def data(self) -> bytes:
        """The account as JSON with sorted keys: what the reference is derived from, and what is attached."""
        return msgspec.json.format(msgspec.json.encode(_plain(self), order="sorted"), indent=1)

    def reference(self, kind: str) -> str:
        """The reference that a person gave, else one that follows from the content."""
        norm = self.norm.id.upper()
        digest = hashlib.sha256(self.data()).hexdigest()[:8].upper()
        return self.request.reference or "-".join(dict.fromkeys((kind, norm, self.request.period.name, digest)))


def gather(
    store: Store, catalogue: Catalogue, checks: Mapping[str, Check], decisions: Decisions, request: Request
) -> Material:
    """Read all that a report needs.

    Raises:
        BaselineError: the period lies after the day of the report, or a target, group or site does not exist.
    """
    period = request.period.until(request.day)
    known = store.targets()
    selected = request.selection != Selection()
    chosen = select_targets(known.values(), request.selection) if known or selected else []
    targets = {target.name: target for target in sorted(chosen, key=lambda target: target.name)}
    rows = [row for row in coverage(catalogue, checks.values()) if _counts(catalogue, row.control, request)]
    wanted = frozenset(check for row in rows for check in row.checks)
    limit = timedelta(days=decisions.settings.longest_silence_days)
    series = read_series(
        store,
        period,
        limit,
        frozenset(targets),
        wanted,
        waivers={waiver.id: waiver.ends for waiver in decisions.waivers},
        keep_intervals=request.keep_intervals,
    )
    runs = tuple(sorted({each.run for each in series.assessments}))
    return Material(
        request=request,
        say=Say(request.language),
        catalogue=catalogue,
        norm=catalogue.norms[request.norm],
        checks={name: checks[name] for name in sorted(checks)},
        targets=targets,
        series=series,
        accounts=tuple(_accounts(catalogue, rows, series, checks, decisions.attestations)),
        decisions=decisions,
        population=tuple(each for each in store.population(runs[-1]) if each.target in targets) if runs else (),
        runs=runs,
    )


def _counts(catalogue: Catalogue, control: str, request: Request) -> bool:
    return control in request.controls if request.controls else catalogue.controls[control].norm == request.norm


def _accounts(
    catalogue: Catalogue,
    rows: Iterable[CoverageRow],
    series: PeriodSeries,
    checks: Mapping[str, Check],
    attestations: tuple[Attestation, ...],
) -> Iterator[ControlAccount]:
    domains = {name: domain_of(check) for name, check in checks.items()}
    for control, some in groupby(rows, key=lambda row: row.control):
        yield control_account(catalogue.controls[control], some, series, domains, attestations)


def _plain(material: Material) -> dict[str, object]:
    request = material.request
    return {
        "norm": material.norm.id,
        "norm_version": material.norm.version,
        "period": {"first": material.period.first, "last": material.period.last},
        "day": request.day,
        "targets": sorted(material.targets),
        "runs": material.runs,
        "controls": [_plain_account(account) for account in material.accounts],
        "waivers": material.decisions.waivers,
        "attestations": material.decisions.attestations,
    }


def _plain_account(account: ControlAccount) -> dict[str, object]:
    return {
        "control": account.control.id,
        "design": account.design,
        "existence": account.existence,
        "operation": account.operation,
        "checks": {each.check: _plain_series(each) for each in account.series},
        "unmeasured_domains": account.unmeasured,
        "attestation": account.attestation.id if account.attestation else None,
    }


def _plain_series(series: CheckSeries) -> dict[str, object]:
    return {
        "targets": len(series.targets),
        "runs": sorted(series.runs),
        "first": series.first,
        "last": series.last,
        "at_end": {status.value: series.at_end[status] for status in Status},
        "longest_silence": series.longest_silence,
        "failures": series.failures,
    }
