"""No text, however mangled, makes a reader raise; and what is read stays within its bounds."""

import random
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.network.platforms import PLATFORM_NAMES, platform

PATHS = sorted((Path(__file__).parent / "recordings").glob("*/*.txt"))
TEXTS = {path.name: path.read_text() for path in PATHS}
LINES = sorted({line for text in TEXTS.values() for line in text.splitlines()})
WORDS = sorted({word for line in LINES for word in line.split()})
COMMANDS = tuple(command.text for command in platform("cisco_ios").commands)


def _read_all(name: str, text: str) -> None:
    described = platform(name)
    parsed = described.parse(dict.fromkeys(COMMANDS, text))
    msgspec.json.encode(parsed.facts)
    for command in COMMANDS:
        assert described.redact(command, text).count("\n") == text.count("\n")
        described.cut_off(command, text)
    described.refusal(text)
    described.prompt.search(text)


@pytest.mark.parametrize("name", PLATFORM_NAMES)
@given(text=st.text(max_size=500))
def test_any_text(name, text):
    _read_all(name, text)


@pytest.mark.parametrize("name", PLATFORM_NAMES)
@given(lines=st.lists(st.sampled_from(LINES), max_size=60))
def test_real_lines_in_any_order(name, lines):
    _read_all(name, "\n".join(["frr version 8", "version 15.2", *lines, "end"]))


@pytest.mark.parametrize("name", PLATFORM_NAMES)
@given(
    lines=st.lists(
        st.tuples(st.sampled_from(["", " ", "  "]), st.lists(st.sampled_from(WORDS), max_size=6)), max_size=40
    )
)
def test_real_words_in_any_order(name, lines):
    text = "\n".join(indent + " ".join(words) for indent, words in lines)
    _read_all(name, f"frr version 8\nversion 15.2\n{text}\nend")


@pytest.mark.parametrize("name", PLATFORM_NAMES)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_real_answers_with_damage(name, path):
    chance = random.Random(path.name)  # the same damage every time
    text = TEXTS[path.name]
    for _ in range(12):
        start = chance.randrange(len(text))
        stop = start + chance.randrange(40)
        _read_all(name, text[:start] + chance.choice(["", "\n", "\x00", " ", "é", text[stop:start]]) + text[stop:])


def test_lines_cut_short_word_by_word():
    described = platform("cisco_ios")
    for line in LINES:
        words = line.split()
        indent = line[: len(line) - len(line.lstrip())]
        for count in range(1, len(words)):
            text = f"version 15.2\naaa new-model\nrouter bgp 1\nrouter ospf 1\ninterface Ethernet0\n{indent}{' '.join(words[:count])}\nend"
            described.parse({"show running-config": text})


@pytest.mark.parametrize(
    "text",
    [
        "version 15.2\n" + "interface Ethernet1\n ip address 10.0.0.1 255.0.0.0\n" * 20_000 + "end",
        "version 15.2\nip dhcp snooping vlan " + "1-4094," * 20_000 + "\nend",
        "version 15.2\n" + "vlan 1-99999\n" * 300 + "end",
        "version 15.2\nusername a secret 9 " + "x" * 5_000_000 + "\nend",
        "version 15.2\nntp trusted-key 1 - 99999999\nend",
        "version 15.2\nclock timezone X " + "9" * 5_000 + "\nend",
    ],
    ids=["interfaces", "ranges", "vlans", "long line", "keys", "number"],
)
def test_big_answers_cost_time_in_proportion(text):
    start = time.process_time()
    platform("cisco_ios").parse({"show running-config": text})
    assert time.process_time() - start < 6


@pytest.mark.parametrize(
    "text",
    [
        "Version " * 20_000,
        "cisco a (" * 20_000,
        "Cisco IOS, " * 20_000,
        "Logging to a (" * 20_000,
        "IOS (tm) Version" * 9_000,
    ],
)
def test_patterns_over_show_answers_do_not_explode(text):
    start = time.process_time()
    platform("cisco_ios").parse(dict.fromkeys(COMMANDS, text))
    assert time.process_time() - start < 4
