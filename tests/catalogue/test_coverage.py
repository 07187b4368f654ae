"""How checks answer controls, domain by domain."""

from baseline.assess.coverage import CoverageRow, CoverageTotals, DomainTotals, coverage, coverage_totals, domain_totals
from baseline.content.catalogue import Catalogue
from baseline.models.check import AppliesTo, Check
from baseline.models.control import Automatable, Control, ControlStatus, Domain
from baseline.models.result import Severity
from baseline.models.target import Kind


def control(
    identifier: str,
    automatable: Automatable | None,
    *domains: Domain,
    iso: tuple[str, ...] = (),
    status: ControlStatus = "measure",
    moved_to: str | None = None,
) -> Control:
    norm, number = identifier.split(":")
    return Control(
        id=identifier,
        norm=norm,
        number=number,
        title=number,
        title_nl=number,
        automatable=automatable,
        domains=domains,
        iso=iso,
        status=status,
        moved_to=moved_to,
    )


def catalogue(*controls: Control) -> Catalogue:
    return Catalogue({}, {control.id: control for control in controls})


def check(identifier: str, kind: Kind, *controls: str) -> Check:
    return Check(
        id=identifier,
        title=identifier,
        title_nl=identifier,
        controls=controls,
        severity=Severity.LOW,
        applies_to=AppliesTo(kind=kind),
        expect="true",
        rationale="why",
    )


def answers(rows: list[CoverageRow], identifier: str) -> dict[str, str | tuple[str, ...]]:
    return {row.domain or "person": row.checks or row.answer for row in rows if row.control == identifier}


MACHINE = control("own:1", "yes", "network", "host")
HALF = control("own:2", "partly", "cloud", iso=("iso27001:A.1",))
PERSON = control("own:3", "no", iso=("iso27001:A.1",))
ISO = control("iso27001:A.1", "yes", "cloud", "web")


def test_without_checks_everything_is_open_or_attested():
    rows = coverage(catalogue(MACHINE, HALF, PERSON), [])

    assert answers(rows, "own:1") == {"network": "open", "host": "open"}
    assert answers(rows, "own:2") == {"cloud": "open", "person": "attestation"}
    assert answers(rows, "own:3") == {"person": "attestation"}


def test_a_check_answers_a_control_in_its_own_domain_only():
    rows = coverage(catalogue(MACHINE), [check("b", "network", "own:1"), check("a", "network", "own:1")])

    assert answers(rows, "own:1") == {"network": ("a", "b"), "host": "open"}


def test_a_person_keeps_the_other_half_of_a_partly_automatable_control():
    rows = coverage(catalogue(HALF), [check("a", "aws", "own:2")])

    assert answers(rows, "own:2") == {"cloud": ("a",), "person": "attestation"}


def test_an_image_is_a_workplace():
    rows = coverage(catalogue(control("own:1", "yes", "workplace")), [check("a", "workplace", "own:1")])

    assert answers(rows, "own:1") == {"workplace": ("a",)}


def test_a_check_in_a_domain_that_the_catalogue_does_not_expect_is_shown():
    rows = coverage(catalogue(PERSON), [check("a", "web", "own:3")])

    assert answers(rows, "own:3") == {"web": ("a",), "person": "attestation"}


def test_a_check_of_a_measure_answers_its_iso_control_but_not_the_other_way_round():
    norms = catalogue(HALF, ISO)

    upward = coverage(norms, [check("a", "aws", "own:2")])
    downward = coverage(norms, [check("a", "aws", "iso27001:A.1")])

    assert answers(upward, "iso27001:A.1") == {"cloud": ("a",), "web": "open"}
    assert answers(downward, "own:2") == {"cloud": "open", "person": "attestation"}


def test_a_check_of_a_moved_measure_answers_its_new_place():
    moved = control("own:0", None, status="moved", moved_to="own:1")

    rows = coverage(catalogue(moved, MACHINE), [check("a", "host", "own:0")])

    assert {row.control for row in rows} == {"own:1"}
    assert answers(rows, "own:1") == {"network": "open", "host": ("a",)}


def test_what_is_not_in_force_is_not_counted():
    withdrawn = control("own:0", None, status="withdrawn")

    assert coverage(catalogue(withdrawn), [check("a", "host", "own:0")]) == []


def test_totals_tell_all_some_none_and_persons_apart():
    norms = catalogue(MACHINE, HALF, PERSON, control("own:4", "yes", "host"), control("own:5", "yes", "web"))
    rows = coverage(norms, [check("a", "host", "own:1", "own:4")])

    assert coverage_totals(rows) == CoverageTotals(
        controls=5, all_domains=1, some_domains=1, open=2, attestation_only=1, attestation=2
    )
    assert domain_totals(rows)["host"] == DomainTotals(checks=2, open=0)
    assert domain_totals(rows)["network"] == DomainTotals(checks=0, open=1)


def test_the_first_four_totals_add_up_for_every_norm(shipped: Catalogue):
    rows = coverage(shipped, [check("a", "network", "bio2:8.24.04"), check("b", "web", "digid:U/WA.05")])

    for norm in shipped.norms:
        totals = coverage_totals(row for row in rows if shipped.controls[row.control].norm == norm)
        in_force = sum(control.in_force for control in shipped.controls_of(norm))
        assert totals.controls == in_force
        assert totals.all_domains + totals.some_domains + totals.open + totals.attestation_only == in_force
