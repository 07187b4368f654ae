"""Finding controls, and what they answer for."""

import pytest

from baseline.content.catalogue import Catalogue, UnknownControlError


def test_a_control_is_found_by_its_full_id(shipped: Catalogue):
    assert shipped.control("digid:U/TV.01").number == "U/TV.01"


@pytest.mark.parametrize("text", ["8.24.04", "BIO2:8.24.04", " bio2:8.24.04 "])
def test_a_person_may_leave_out_the_norm_and_mind_no_case(shipped: Catalogue, text: str):
    assert shipped.find(text).id == "bio2:8.24.04"


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [("bio2:8.24.4", "bio2:8.24.04"), ("iso27001:8.24", "iso27001:A.8.24"), ("digid:U-TV.01", "digid:U/TV.01")],
)
def test_a_misspelt_id_gets_the_nearest(shipped: Catalogue, misspelt: str, meant: str):
    with pytest.raises(UnknownControlError, match="did you mean") as raised:
        shipped.control(misspelt)

    assert raised.value.nearest[0] == meant


def test_an_endless_id_is_refused_without_comparing_it(shipped: Catalogue):
    with pytest.raises(UnknownControlError):
        shipped.find("bio2:" + "8" * 1_000_000)


def test_a_measure_answers_for_its_iso_control(shipped: Catalogue):
    assert shipped.closure(["bio2:8.24.04"]) == ("bio2:8.24.04", "iso27001:A.8.24")


def test_a_digid_norm_answers_for_its_iso_controls(shipped: Catalogue):
    assert shipped.closure(["digid:U/NW.06"]) == ("digid:U/NW.06", "iso27001:A.8.9", "iso27001:A.8.20")


def test_a_moved_measure_answers_for_its_new_place_only(shipped: Catalogue):
    assert shipped.closure(["bio2:8.08.06"]) == ("bio2:8.08.06", "bio2:5.24.08", "iso27001:A.5.24")


def test_a_measure_moved_to_nowhere_answers_for_nothing_else(shipped: Catalogue):
    assert shipped.closure(["bio2:5.26.01"]) == ("bio2:5.26.01",)


def test_an_unknown_id_stays_in_the_closure_for_the_linter_to_report(shipped: Catalogue):
    assert shipped.closure(["own:1"]) == ("own:1",)


def test_an_iso_control_knows_what_elaborates_it(shipped: Catalogue):
    elaborating = [control.id for control in shipped.mapped_to("iso27001:A.8.20")]

    assert elaborating == [
        "bio2:8.20.01",
        "bio2:8.20.02",
        "digid:U/PW.05",
        "digid:U/NW.04",
        "digid:U/NW.05",
        "digid:U/NW.06",
    ]
