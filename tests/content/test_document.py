import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.content.document import MAXIMUM_DEPTH, parse_document


def parse(text):
    problems = []
    document = parse_document(text.encode(), "file.yaml", problems)
    return document, [str(problem) for problem in problems]


def test_only_true_and_false_are_booleans_so_no_stays_a_word():
    document, _ = parse("a: no\nb: true\nc: off\nd: 'true'\ne: 2026-01-31\nf: ~\ng: 1.5\nh: 12")
    assert document.data == {
        "a": "no",
        "b": True,
        "c": "off",
        "d": "true",
        "e": "2026-01-31",
        "f": None,
        "g": 1.5,
        "h": 12,
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2", "file.yaml:2:1: error: has the key 'a' twice (keep one)"),
        ("a: &x 1", "file.yaml:1:4: error: uses an anchor or alias (write the value out)"),
        ("a: 0644", "file.yaml:1:4: error: has the number 0644, which YAML versions read differently (quote it)"),
        ("a: !!python/object:os.system x", "uses the tag"),
        ("- 1\n---\n- 2", "file.yaml:2:1: error: holds more than one document (split it into files)"),
        ("? [a]\n: 1", "file.yaml:1:3: error: has a key that is not a word"),
        ("a: [1,", "is not YAML"),
        ("a:\n\t- 1", "file.yaml:2:1: error: is not YAML"),
        ("[" * (MAXIMUM_DEPTH + 2), f"is nested deeper than {MAXIMUM_DEPTH} levels"),
    ],
)
def test_what_may_be_misread_is_refused_with_line_and_column(text, message):
    document, problems = parse(text)
    assert document is None
    assert len(problems) == 1
    assert message in problems[0]


def test_bytes_that_are_not_text_are_refused():
    problems = []
    assert parse_document(b"\xff\xfe\x00", "file.yaml", problems) is None
    assert "is not YAML text" in str(problems[0])


def test_a_position_is_that_of_the_key_or_the_item():
    document, _ = parse("top:\n  - name: x\n    deep: {k: v}\n")
    assert document.position("top", 0, "deep", "k") == (3, 12)
    assert document.position("top", 0, "absent") == (2, 5)


def test_a_place_inside_a_text_is_found_in_plain_quoted_and_block_style():
    document, _ = parse('a: one two\nb: "one two"\nc: |\n  one\n  two\n')
    assert document.value_position(("a",), 1, 5) == (1, 8)
    assert document.value_position(("b",), 1, 5) == (2, 9)
    assert document.value_position(("c",), 2, 1) == (5, 3)


@given(st.text(max_size=400))
def test_any_text_parses_or_says_why_not(text):
    document, problems = parse_document(text.encode("utf-8", "replace"), "f", found := []), found
    assert (document is None) == bool(problems)


PRINTABLE = st.characters(min_codepoint=32, max_codepoint=0x2027, exclude_categories=["Cc", "Cs"])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(PRINTABLE, max_size=10),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(PRINTABLE, max_size=6), inner, max_size=4),
        max_leaves=12,
    )
)
def test_json_is_read_as_it_was_written(data):
    import msgspec

    document, problems = parse(msgspec.json.encode(data).decode())
    assert problems == []
    assert document.data == data
