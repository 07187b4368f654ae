"""House rules that hold for every network fact."""

from typing import Annotated, get_args, get_origin, get_type_hints

import pytest

from baseline.models.facts.fact import NOT_COLLECTED, About, Section, Unknown
from baseline.models.facts.network import NetworkFacts


def _sections(kind=NetworkFacts, seen=None):
    seen = {} if seen is None else seen
    if kind not in seen:
        seen[kind] = True
        for hint in get_type_hints(kind, include_extras=True).values():
            for inner in _inner(hint):
                _sections(inner, seen)
    return list(seen)


def _inner(hint):
    if isinstance(hint, type) and get_origin(hint) is None and issubclass(hint, Section):
        yield hint
    for part in get_args(hint):
        yield from _inner(part)


SECTIONS = _sections()
FIELDS = [(kind, name, hint) for kind in SECTIONS for name, hint in get_type_hints(kind, include_extras=True).items()]


@pytest.mark.parametrize(
    ("kind", "name", "hint"), FIELDS, ids=lambda value: getattr(value, "__name__", str(value))[:40]
)
def test_every_fact_is_documented_and_unknown_until_it_is_collected(kind, name, hint):
    assert get_origin(hint) is Annotated
    value, about = get_args(hint)
    assert isinstance(about, About)
    assert about.text
    assert Unknown in get_args(value)
    assert getattr(kind(), name) is NOT_COLLECTED
    if {int, float} & set(get_args(value)) and name not in {
        "number",
        "port",
        "key_id",
        "access_vlan",
        "voice_vlan",
        "native_vlan",
        "version",
    }:
        assert about.unit, f"{kind.__name__}.{name} is a number without a unit"


def test_every_section_says_what_it_is():
    assert len(SECTIONS) > 30
    assert all(kind.__doc__ for kind in SECTIONS)


def test_items_of_lists_have_a_name():
    for _kind, name, hint in FIELDS:
        for part in get_args(get_args(hint)[0]):
            if get_origin(part) is list and issubclass(get_args(part)[0], Section):
                assert "name" in get_args(part)[0].__struct_fields__, name
