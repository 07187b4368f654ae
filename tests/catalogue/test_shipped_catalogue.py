"""What the shipped catalogue holds."""

import csv
from collections import Counter

import pytest

from baseline.content.catalogue import Catalogue
from baseline.models.control import Control
from tests.reference import reference_path


def rows(name: str) -> list[dict[str, str]]:
    with reference_path(f"norms/{name}").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(text: str) -> set[str]:
    return set(text.split(";")) - {""}


def full(numbers: str) -> set[str]:
    return {f"iso27001:A.{number}" for number in words(numbers)}


def test_bio2_has_166_headings_of_which_117_are_in_force(shipped: Catalogue):
    statuses = Counter(control.status for control in shipped.controls_of("bio2"))

    assert statuses == {"measure": 117, "none": 39, "moved": 6, "withdrawn": 4}


@pytest.mark.parametrize(("norm", "number"), [("iso27001", 93), ("digid", 21)])
def test_a_norm_has_all_its_controls_in_force(shipped: Catalogue, norm: str, number: int):
    controls = shipped.controls_of(norm)

    assert len(controls) == number
    assert all(control.in_force for control in controls)


def test_norms_say_which_version_they_are(shipped: Catalogue):
    versions = {norm.id: (norm.version, norm.date) for norm in shipped.norms.values()}

    assert versions == {"bio2": ("1.3", "2026-01-09"), "iso27001": ("2022", "2022-10"), "digid": ("3.0", "2022-08-01")}


def test_every_control_has_a_title_of_its_own_in_both_languages(shipped: Catalogue):
    in_force = [control for control in shipped.controls.values() if control.in_force]

    for norm in shipped.norms:
        titles = [control.title for control in in_force if control.norm == norm]
        titles_nl = [control.title_nl for control in in_force if control.norm == norm]
        assert len(set(titles)) == len(titles)
        assert len(set(titles_nl)) == len(titles_nl)


def test_only_the_known_defect_of_the_source_leads_nowhere(shipped: Catalogue):
    dangling = [c.id for c in shipped.controls.values() if c.moved_to and c.moved_to not in shipped.controls]

    assert dangling == ["bio2:5.26.01"]
    assert "5.25.02 does not exist" in shipped.control("bio2:5.26.01").source_defect


def test_the_repeated_measure_is_marked_as_a_defect_of_the_source(shipped: Catalogue):
    defects = {control.id for control in shipped.controls.values() if control.source_defect}

    assert defects == {"bio2:5.26.01", "bio2:8.16.03"}


def test_each_bio2_number_starts_with_the_number_of_its_iso_control(shipped: Catalogue):
    for control in shipped.controls_of("bio2"):
        chapter, section, _ = control.number.split(".")
        assert control.iso == (f"iso27001:A.{chapter}.{int(section)}",)


def test_every_iso_control_has_its_bio2_heading(shipped: Catalogue):
    elaborated = {reference for control in shipped.controls_of("bio2") for reference in control.iso}

    assert elaborated == {control.id for control in shipped.controls_of("iso27001")}


def test_five_digid_norms_are_tested_on_operation(shipped: Catalogue):
    tested = [control.number for control in shipped.controls_of("digid") if "operation" in control.tested_on]

    assert tested == ["U/TV.01", "U/WA.02", "C.07", "C.08", "C.09"]


def test_every_digid_norm_says_how_sure_it_is_and_what_it_maps_to(shipped: Catalogue):
    assert all(control.basis and control.iso for control in shipped.controls_of("digid"))


def test_bio2_agrees_with_the_reference(shipped: Catalogue):
    controls = {control.number: control for control in shipped.controls_of("bio2")}
    reference = {row["id"]: row for row in rows("bio2-classification.csv")}

    assert controls.keys() == reference.keys()
    for number, row in reference.items():
        control = controls[number]
        assert_agrees(control, row, full(row["iso27002"]))
        assert (control.moved_to or "").removeprefix("bio2:") == row["moved_to"]
        assert set(control.hygiene) == words(row["hygiene_v12"])
        assert control.status == row["status"]
        assert control.title_nl == row["title_nl"]
        if control.status != "none":  # the reference names the ISO control there in the standard's own words
            assert control.title == row["title_en"]


def test_iso27001_agrees_with_the_reference_in_words_of_its_own(shipped: Catalogue):
    reference = {row["id"]: row for row in rows("iso27002-2022.csv")}

    assert [control.number.removeprefix("A.") for control in shipped.controls_of("iso27001")] == list(reference)
    for control in shipped.controls_of("iso27001"):
        row = reference[control.number.removeprefix("A.")]
        assert_agrees(control, row, set())
        assert control.theme == row["theme"]
        assert control.title != row["title_en"]
        measures = [other for other in shipped.mapped_to(control.id) if other.norm == "bio2" and other.in_force]
        assert len(measures) == int(row["bio2_v13_measures"])


def test_digid_agrees_with_the_reference(shipped: Catalogue):
    reference = {row["id"]: row for row in rows("digid-norms.csv")}
    aspects = {"opzet": "design", "bestaan": "existence", "werking": "operation"}

    assert [control.number for control in shipped.controls_of("digid")] == list(reference)
    for control in shipped.controls_of("digid"):
        row = reference[control.number]
        assert_agrees(control, row, full(row["iso27002"]))
        assert set(control.tested_on) == {aspects[word] for word in words(row["tested_on"])}
        sure = {"Logius norm page read": "norm-read", "id read on a Logius or BKBO page": "number-read"}
        assert control.basis == sure.get(row["basis"], "title-read")


def assert_agrees(control: Control, row: dict[str, str], iso: set[str]) -> None:
    assert (control.automatable or "") == row["automatable"]
    assert set(control.domains) == words(row["domains"])
    assert set(control.iso) == iso
