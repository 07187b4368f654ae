"""Banners of EOS, which a line ``EOF`` closes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.network.section_tree import banner_text, parse_sections


def test_a_banner_is_one_line_whatever_it_holds():
    tree = parse_sections("hostname a\nbanner login\n!\n  vlan 3\nhostname b\n\nend\nEOF\nend\n", banner_end="EOF")
    assert [line.text.split("\n")[0] for line in tree.lines] == ["hostname a", "banner login", "end"]
    banner = tree.lines[1]
    assert banner.numbers() == tuple(range(2, 9))
    assert banner_text(banner) == "!\n  vlan 3\nhostname b\n\nend"


@pytest.mark.parametrize("text", ["banner motd\nEOF", "banner motd\n\nEOF \n"])
def test_an_empty_banner_has_no_text(text):
    (banner,) = parse_sections(text, banner_end="EOF").lines
    assert banner_text(banner) == ""


def test_a_banner_with_a_delimiter_still_ends_at_it():
    tree = parse_sections("banner login ^C\nEOF\n^C\nhostname a\n", banner_end="EOF")
    assert [line.text.split("\n")[0] for line in tree.lines] == ["banner login ^C", "hostname a"]


def test_without_an_end_a_banner_takes_what_is_left():
    tree = parse_sections("banner login\nhostname a\n", banner_end="EOF")
    assert len(tree.lines) == 1
    assert len(parse_sections("banner login\nhostname a\n").lines) == 2


@given(st.text(alphabet=st.sampled_from("ab \n\t!EOF banner logi\r"), max_size=300))
def test_any_text_becomes_lines_that_are_in_it(text):
    lines = text.split("\n")
    for line in parse_sections(text, banner_end="EOF").lines:
        assert lines[line.number - 1].strip() == line.text.split("\n")[0].strip()
        banner_text(line)
