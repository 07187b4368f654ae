"""Every way of writing sections gives the same outline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.drift.outline import outline, size


def nested(nodes):
    return {node.text: nested(node.children) for node in nodes}


INDENTED = "hostname a\n!\ninterface  Gi1\n  description b\n  ip\n    address x\nend\n"
BRACES = (
    "/* made by\n   hand */\nsystem {\n    host-name a; ## comment\n    login {\n        user x;\n    }\n}\nsnmp;\n"
)
BLOCKS = '#config-version=FGT\nconfig system global\n    set hostname "a"\nend\nconfig firewall policy\n    edit 1\n        set action accept\n    next\nend\n'


def test_indented_sections():
    assert nested(outline(INDENTED, "indented")) == {
        "hostname a": {},
        "interface Gi1": {"description b": {}, "ip": {"address x": {}}},
        "end": {},
    }


def test_sections_in_braces():
    assert nested(outline(BRACES, "braces")) == {"system": {"host-name a": {}, "login": {"user x": {}}}, "snmp": {}}


def test_lines_that_begin_with_set_are_lines_of_the_top():
    text = "set system host-name a\nset snmp community x\n"
    assert list(nested(outline(text, "braces"))) == text.splitlines()


def test_blocks_of_edit_and_next():
    assert nested(outline(BLOCKS, "blocks")) == {
        "config system global": {'set hostname "a"': {}},
        "config firewall policy": {"edit 1": {"set action accept": {}}},
    }


def test_numbers_are_those_of_the_text():
    assert [node.number for node in outline(BRACES, "braces")] == [3, 9]


@pytest.mark.parametrize("style", ["indented", "braces", "blocks"])
@given(text=st.text(alphabet=" abc{};#/*\n\tendixtcofg", max_size=400))
def test_no_text_makes_reading_raise_and_nothing_is_invented(style, text):
    assert size(outline(text, style)) <= text.count("\n") + 1


def test_a_quoted_text_over_several_lines_is_one_line():
    text = 'config system replacemsg\n    set buffer "<html>\nend\nnext\n</html>"\n    set header http\nend\n'
    assert [node.children[1].text for node in outline(text, "blocks")] == ["set header http"]


def test_markup_is_read_where_braces_are_expected():
    text = '<config><devices><entry name="a"><timezone>UTC</timezone></entry></devices></config>'
    assert nested(outline(text, "braces")) == {"config": {"devices": {"a": {"timezone": {"UTC": {}}}}}}
