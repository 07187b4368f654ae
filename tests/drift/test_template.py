"""Templates: what a variable stands for, and what a section may hold more."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.drift.approved import ApprovedFileError, read_approved
from baseline.drift.template import TemplateError, fits, require_template
from tests.drift.conftest import shown


@pytest.mark.parametrize(
    ("template", "text", "expected"),
    [
        ("hostname {{ name }}", "hostname sw-01", True),
        ("hostname {{name}}", "hostname a b", True),
        ("hostname {{ name }}", "hostname ", False),
        ("{{ a }}{{ b }}", "x", False),
        ("{{ a }}{{ b }}", "xy", True),
        ("ip {{ a }} mask {{ b }} end", "ip 1 mask 2 end", True),
        ("ip {{ a }} mask {{ b }} end", "ip 1 mask 2", False),
        ("a {{ x }} a", "a a", False),
        ("plain", "plain", True),
    ],
)
def test_a_variable_stands_for_at_least_one_character(template, text, expected):
    assert fits(template, text) is expected


@given(st.lists(st.text(alphabet="ab ", max_size=4), min_size=2, max_size=5), st.text(alphabet="ab ", min_size=1))
def test_filling_a_template_in_gives_a_line_that_fits(parts, value):
    assert fits("{{ v }}".join(parts), value.join(parts))


def test_matching_takes_linear_time():
    started = time.monotonic()
    assert not fits("a{{ x }}" * 200 + "b", "a" * 20_000)
    assert time.monotonic() - started < 1


def test_a_line_with_a_variable_covers_every_line_that_it_fits():
    template = "interface Gi1/0/{{ port }}\n switchport mode access\n description {{ text }}\n"
    current = "".join(
        f"interface Gi1/0/{n}\n switchport mode {'trunk' if n == 3 else 'access'}\n description port {n}\n"
        for n in range(1, 5)
    )
    assert shown(template, current) == [
        "- interface Gi1/0/3 / switchport mode access",
        "+ interface Gi1/0/3 / switchport mode trunk",
    ]


def test_an_exact_line_goes_before_one_with_a_variable():
    template = "interface {{ any }}\n shutdown\ninterface Vlan99\n no shutdown\n"
    current = "interface Vlan99\n no shutdown\ninterface Gi1\n shutdown\n"
    assert shown(template, current) == []


def test_a_line_that_nothing_fits_is_missing():
    assert shown("ntp server {{ address }}\nhostname a", "hostname a") == ["- ntp server {{ address }}"]


def test_dots_let_a_section_hold_more_and_nothing_less():
    template = "hostname {{ name }}\nline vty 0 4\n login local\n ...\n"
    current = "hostname a\nline vty 0 4\n login local\n length 0\nntp server 1.1.1.1\n"
    assert shown(template, current) == ["+ ntp server 1.1.1.1"]
    assert shown(f"{template}...\n", current) == []
    assert shown(f"{template}...\n", "hostname a\nline vty 0 4\n length 0\n") == ["- line vty 0 4 / login local"]


def test_variables_in_an_ordered_section_keep_its_order():
    template = "ip access-list standard BEHEER\n permit {{ host }}\n deny any log\n"
    assert shown(template, "ip access-list standard BEHEER\n permit 10.0.0.1\n permit 10.0.0.2\n deny any log\n") == []
    assert shown(template, "ip access-list standard BEHEER\n deny any log\n permit 10.0.0.1\n") != []


def test_a_secret_may_be_a_variable():
    assert shown("enable secret 9 {{ hash }}", "enable secret 9 $9$abc$def") == []


def test_statements_and_empty_files_are_refused_with_their_place(tmp_path):
    with pytest.raises(TemplateError, match=r"t\.cfg:2: only \{\{ name \}\} is understood"):
        require_template("hostname a\n{% for x in y %}\n", "t.cfg")
    empty = tmp_path / "empty.cfg"
    empty.write_text(" \n")
    with pytest.raises(TemplateError, match="is empty"):
        read_approved(empty)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "approved.cfg"
    path.write_bytes(b"\0\1\2" * 100)
    with pytest.raises(ApprovedFileError, match="is not text"):
        read_approved(path)
