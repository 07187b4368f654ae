"""Readers of configurations in braces, in set statements, in XML, and in FortiOS tables."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.network.brace_style import parse_braces
from baseline.collectors.network.edit_style import parse_edits
from baseline.collectors.network.markup_style import parse_markup
from baseline.collectors.network.set_style import parse_sets
from baseline.collectors.network.word_tree import MAXIMUM_DEPTH, merged
from tests.reference import reference_path

BRACES = """\
## Last commit: 2026-01-01 00:00:00 UTC by a
system {
    host-name lab; ## a remark
    /* two
       lines } { */
    services { ssh { protocol-version v2; } telnet; }
    name-server [ 192.0.2.1 192.0.2.2 ];
    inactive: ntp {
        server 192.0.2.9;
    }
    login {
        message "first; line {
second \\"line\\"";
    }
}
interfaces { ge-0/0/0 { unit 0; } }
"""


def depth(node):
    return 1 + max((depth(child) for child in node.children.values()), default=0)


def test_braces_become_words_below_each_other():
    tree = parse_braces(BRACES)
    assert tree.cut is None
    assert tree.root.value("system host-name") == "lab"
    assert tree.root.value("system services ssh protocol-version") == "v2"
    assert tree.root.values("system services") == ["ssh", "telnet"]
    assert tree.root.values("system name-server") == ["192.0.2.1", "192.0.2.2"]
    assert tree.root.at("system ntp") is None
    assert tree.root.value("system login message") == 'first; line {\nsecond "line"'
    assert tree.root.at("interfaces ge-0/0/0 unit 0").number == 16
    assert tree.comments == {1: "## Last commit: 2026-01-01 00:00:00 UTC by a"}


def test_set_statements_give_the_same_tree():
    sets = parse_sets(
        'set system host-name lab\nset system login message "first; line {\nsecond"\nset system name-server [ a b ]\n'
        "set system ntp server x\ndeactivate system ntp\n# remark\n"
    )
    assert sets.cut is None
    assert sets.root.value("system login message") == "first; line {\nsecond"
    assert sets.root.values("system name-server") == ["a", "b"]
    assert sets.root.at("system ntp") is None


def test_an_option_is_found_in_a_chain_and_in_branches():
    chain = parse_braces("server 192.0.2.1 key 5 version 4 prefer;").root.at("server 192.0.2.1")
    branches = parse_sets("set server 192.0.2.1 key 5\nset server 192.0.2.1 version 4\n").root.at("server 192.0.2.1")
    assert (chain.option("key"), chain.option("version"), branches.option("version")) == ("5", "4", "4")
    assert (chain.option("prefer"), chain.option("nothing")) == (None, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a {\n b {\n", "2 sections still open"),
        ("a {\n}\n}\n", "lines before it are missing"),
        ('a "b;\n', "does not end"),
        ("a b c", "last statement does not end"),
        ("/* never", "last statement does not end"),
        ("{\n" * 60, "nested deeper"),
    ],
)
def test_braces_that_are_not_whole_say_why(text, reason):
    assert reason in parse_braces(text).cut


def test_lines_that_are_no_statements_are_seen():
    assert parse_sets("set a b\nhello\nthere\n").cut == "2 of its lines are not set statements"
    assert "does not end" in parse_sets('set a "b\n').cut


def test_two_nodes_merge_with_the_first_one_first():
    first, second = parse_braces("x { a 1; b 2; }").root.at("x"), parse_braces("x { a 9; c { d 3; } }").root.at("x")
    both = merged(first, second)
    assert (both.value("a"), both.values("a"), both.value("c d")) == ("1", ["1", "9"], "3")
    assert first.at("c") is None


XML = """\
<config version="10.2.0" urldb="paloaltonetworks">
  <mgt-config>
    <users>
      <entry name="a &amp; b">
        <phash>$5$x</phash>
      </entry>
    </users>
  </mgt-config>
  <shared/>
  <devices>
    <entry name="localhost.localdomain">
      <deviceconfig>
        <permitted>
          <member>10.0.0.0/8</member>
          <member>192.0.2.1</member>
        </permitted>
      </deviceconfig>
    </entry>
  </devices>
</config>
"""


def test_xml_gives_the_tree_of_its_names():
    tree = parse_markup(XML)
    assert tree.cut is None
    users = tree.root.at("config mgt-config users")
    assert users.children["a & b"].value("phash") == "$5$x"
    assert users.children["a & b"].at("phash").number == 5
    assert tree.root.values("config devices localhost.localdomain deviceconfig permitted") == [
        "10.0.0.0/8",
        "192.0.2.1",
    ]


def test_xml_that_is_not_whole_says_why():
    assert "with <devices> still open" in parse_markup(XML[: XML.index('    <entry name="localhost')]).cut
    assert "lines before it are missing" in parse_markup(XML[XML.index("</users>") :]).cut
    assert "nested deeper" in parse_markup("<a>" * 200).cut


def test_xml_expands_nothing():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><config><b>&a;&amp;lt;</b></config>'
    assert parse_markup(bomb).root.at("config b").words() == ["&a;&lt;"]


EDITS = """\
#config-version=FGT60F-7.4.8
config system global
    set hostname "fw 1"
    unset alias
end
config firewall policy
    edit 1
        set srcaddr "a b" "c"
        config inner
            edit "x \\"y\\""
                set z 1
            next
        end
    next
    edit 2
    next
end
config system replacemsg admin "pre"
    set buffer "<html>
end
<a href=\\"x\\">
config nothing"
end
config vdom
edit root
config system settings
    set opmode nat
end
edit klant
config system settings
    set opmode transparent
end
end
"""


def test_fortios_tables_have_settings_and_entries():
    tree = parse_edits(EDITS)
    assert tree.cut is None
    assert tree.comments == ["#config-version=FGT60F-7.4.8"]
    assert tree.root.table("system global").value("hostname") == "fw 1"
    policy = tree.root.table("firewall policy").entries["1"]
    assert policy.values("srcaddr") == ["a b", "c"]
    assert policy.tables["inner"].entries['x "y"'].value("z") == "1"
    assert policy.numbers() == tuple(range(7, 15))
    page = tree.root.table("system replacemsg admin pre").settings["buffer"]
    assert (page.values, page.numbers()) == (['<html>\nend\n<a href="x">\nconfig nothing'], (19, 20, 21, 22))
    domains = tree.root.table("vdom").entries
    assert [entry.table("system settings").value("opmode") for entry in domains.values()] == ["nat", "transparent"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("config a\n set b c\n", "inside `config a`"),
        ("config a\n edit 1\n set b c\n", "inside `edit 1`"),
        ("end\n", "closes what is not open"),
        ("config a\nnext\nend\n", "closes what is not open"),
        ('config a\nset b "c\nend\n', "does not end"),
        ("one\ntwo\nthree\nfour\n", "no FortiOS configuration"),
        ("config a\n" * 30, "nested deeper"),
    ],
)
def test_fortios_tables_that_are_not_whole_say_why(text, reason):
    assert reason in parse_edits(text).cut


PARSERS = [parse_braces, parse_sets, parse_markup, parse_edits]


@pytest.mark.parametrize("parse", PARSERS)
@given(text=st.text(alphabet=st.sampled_from('ab {}[];"\\#/*\n<>=set configdtnx'), max_size=300))
def test_any_text_becomes_a_tree_within_bounds(parse, text):
    tree = parse(text)
    assert tree.line_count == text.count("\n") + 1
    if parse is not parse_edits:
        assert depth(tree.root) <= 3 * MAXIMUM_DEPTH
        assert all(0 <= node.number <= tree.line_count for node in tree.root.every())


@pytest.mark.parametrize(
    ("name", "parse", "milliseconds"),
    [
        ("junos/show_configuration__dut.cfg", parse_braces, 3),
        ("junos/show_configuration_display_set__dut.txt", parse_sets, 3),
        ("panos/show__d2.txt", parse_sets, 3),
        ("fortios/show__fw.txt", parse_edits, 30),
    ],
)
def test_real_configurations_are_read_in_milliseconds(name, parse, milliseconds):
    text = reference_path(f"network/outputs/{name}").read_text()
    times = []
    for _ in range(5):
        start = time.process_time()
        tree = parse(text)
        times.append(time.process_time() - start)
    assert tree.cut is None
    assert min(times) * 1000 < milliseconds * 5  # five times slack, for a machine that is busy
