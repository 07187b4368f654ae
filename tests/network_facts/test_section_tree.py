import time

from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.network.section_tree import (
    MAXIMUM_DEPTH,
    MAXIMUM_LINES,
    Line,
    SectionTree,
    banner_text,
    parse_sections,
)

TEXT = """\
hostname a
!
interface Vlan1
 ip address 192.0.2.1 255.255.255.0
 shutdown
interface Vlan10
router bgp 1
 address-family ipv4
  neighbor 192.0.2.9 activate
 exit-address-family
"""


def _every(tree: SectionTree) -> list[Line]:
    waiting, found = list(tree.lines), []
    while waiting:
        line = waiting.pop()
        found.append(line)
        waiting += line.children
    return found


def test_lines_stand_below_the_line_that_they_are_indented_under():
    tree = parse_sections(TEXT)
    assert [line.text for line in tree.lines] == ["hostname a", "interface Vlan1", "interface Vlan10", "router bgp 1"]
    family = tree.first("router bgp").first("address-family")
    assert [(line.text, line.number) for line in family.children] == [("neighbor 192.0.2.9 activate", 9)]


def test_a_prefix_matches_whole_words():
    tree = parse_sections(TEXT)
    assert [line.text for line in tree.all("interface Vlan1")] == ["interface Vlan1"]
    assert len(tree.all("interface")) == 2
    assert tree.first("host") is None
    assert tree.first("interface Vlan1").first("ip address").number == 4


def test_a_section_names_all_its_lines():
    assert parse_sections(TEXT).first("router bgp").numbers() == (7, 8, 9, 10)


def test_what_a_banner_says_is_not_configuration():
    tree = parse_sections("banner motd ^C\nno ip http server\nend\n!\n^C\nhostname b\nend\n")
    assert tree.first("no ip http server") is None
    assert tree.first("hostname b").number == 6
    assert banner_text(tree.first("banner motd")) == "no ip http server\nend\n!"
    assert tree.first("banner motd").numbers() == (1, 2, 3, 4, 5)


def test_a_banner_may_stand_on_one_line():
    tree = parse_sections("banner login #Verboden toegang#\nhostname b\n")
    assert banner_text(tree.first("banner login")) == "Verboden toegang"
    assert tree.first("hostname b")


def test_a_banner_that_never_closes_takes_the_rest():
    tree = parse_sections("banner login ^C\nhostname b\nend\n")
    assert [line.text.split()[0] for line in tree.lines] == ["banner"]


def test_the_hexadecimal_lines_of_a_certificate_are_left_out():
    text = "crypto pki certificate chain A\n certificate ca 01\n  30820229 30820192\n  end\n  \tquit\nend\n"
    tree = parse_sections(text)
    assert tree.lines[-1].text == "end"
    assert tree.first("crypto pki").children[0].children == ()


def test_a_section_deeper_than_any_device_has_stays_bounded():
    tree = parse_sections("\n".join(" " * depth + "x" for depth in range(5_000)))
    line, depth = tree.lines[0], 0
    while line.children:
        line, depth = line.children[-1], depth + 1
    assert depth <= MAXIMUM_DEPTH


def test_a_text_with_too_many_lines_is_not_read_to_its_end():
    tree = parse_sections("a\n" * (MAXIMUM_LINES + 5))
    assert tree.cut == f"it has more than {MAXIMUM_LINES} lines"
    assert tree.line_count == MAXIMUM_LINES


@given(st.text(alphabet=st.sampled_from("ab \n\t!^Cbanner logi\r\x00é"), max_size=400))
def test_any_text_becomes_a_tree_of_lines_that_are_in_it(text):
    lines = text.split("\n")
    for line in _every(parse_sections(text)):
        assert lines[line.number - 1].strip() == line.text.split("\n")[0].strip()


def test_reading_takes_time_in_proportion_to_the_text():
    def seconds(text: str) -> float:
        start = time.process_time()
        parse_sections(text)
        return time.process_time() - start

    nested = "\n".join(" " * (number % 40) + "banner" for number in range(20_000))
    assert seconds(nested) < 2
