import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.network.answers import split_answers
from baseline.collectors.network.screen import is_noise, visible_text

PROMPT = "edge-1#"
COMMANDS = ["show version", "show clock", "show users"]


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("one\r\ntwo\r\n", "one\ntwo\n"),
        ("one\r\r\ntwo", "one\ntwo"),
        ("\x1b[1;32mgreen\x1b[0m", "green"),
        ("\x1b[2J\x1b[Hclean", "clean"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b(Btext", "text"),
        ("abc\b\bXY", "aXY"),
        (" --More-- \b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\bnext line", "next line"),
        ("--More--\r        \rnext", "next"),
        ("ab\b\b\b\b\bc", "cb"),
        ("bell\x07 null\x00", "bell null"),
        ("tab\tkept", "tab\tkept"),
        ("tekst: één, 日本", "tekst: één, 日本"),
        ("edge-1# ", "edge-1# "),
        ("text\r\n\redge-1# ", "text\nedge-1# "),
    ],
)
def test_text_is_what_a_person_would_see(raw, seen):
    assert visible_text(raw) == seen


@given(st.text(alphabet=st.sampled_from("ab \b\r\n\t\x1b[0m;?\x07\x00é"), max_size=200))
def test_any_input_gives_text_without_control_characters(raw):
    assert not set(visible_text(raw)) - set("ab \n\t[0m;?é")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=100))
def test_plain_text_is_left_alone(text):
    assert visible_text(text) == text


def test_random_bytes_are_noise_and_texts_are_not():
    assert all(is_noise(os.urandom(2048)) for _ in range(50))
    assert not is_noise(b"interface GigabitEthernet1/0/1\r\n description \xe9\xe9n\r\n" * 100)
    assert not is_noise(b" --More-- \x08\x08\x08\x08\x08\x08\x08\x08\x08" * 50)
    assert not is_noise("配置".encode() * 200)


def shown(answers, commands=COMMANDS):
    """What a terminal shows when all commands were sent at once, and a blank line after them."""
    lines = [f"{command}\n{answer}" for command, answer in zip(commands, answers, strict=True)]
    return PROMPT.join(lines) + f"{PROMPT}\n{PROMPT}"


def test_answers_are_told_apart_by_prompt_and_echo():
    answers = ["IOS 17.9\n", "", "a\n\nb\n"]
    assert split_answers(shown(answers), PROMPT, COMMANDS) == dict(zip(COMMANDS, answers, strict=True))


@given(st.lists(st.lists(st.text(alphabet="abc #>-1edg", max_size=12), max_size=5), min_size=3, max_size=3))
def test_whatever_devices_answer_it_is_told_apart_or_not_at_all(lines):
    answers = ["".join(f"{line}\n" for line in one) for one in lines]
    assert split_answers(shown(answers), PROMPT, COMMANDS) in (None, dict(zip(COMMANDS, answers, strict=True)))


@pytest.mark.parametrize(
    "text",
    [
        "show version\nx\nedge-1#show clock\ny\nedge-1#\nedge-1#",
        "show version\nbanner:\nedge-1#show clock\nno\nedge-1#show clock\ny\nedge-1#show users\nz\nedge-1#\nedge-1#",
        "show version\nx\nedge-1#show users\ny\nedge-1#show clock\nz\nedge-1#\nedge-1#",
        "show version\nx\nedge-1#show clock\ny\nedge-1#show users\nz\nedge-1#",
        "sho version\nx\nedge-1#show clock\ny\nedge-1#show users\nz\nedge-1#\nedge-1#",
        "",
    ],
)
def test_answers_that_cannot_be_told_apart_for_sure_are_not(text):
    assert split_answers(text, PROMPT, COMMANDS) is None
