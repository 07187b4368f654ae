"""No text, however mangled, makes a reader raise; and what is read stays within its bounds."""

import random
import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.network.platforms import platform
from tests.platforms.indented.styles import HEADS, PLATFORMS
from tests.platforms.vendors import recordings

pytestmark = pytest.mark.slow

TEXTS = {name: recordings(name) for name in PLATFORMS}
LINES = {name: sorted({line for text in texts.values() for line in text.splitlines()}) for name, texts in TEXTS.items()}
WORDS = {name: sorted({word for line in lines for word in line.split()}) for name, lines in LINES.items()}
FILES = [(name, file) for name, texts in TEXTS.items() for file in texts]


def read_all(name: str, text: str) -> None:
    described = platform(name)
    commands = [command.text for command in described.commands]
    msgspec.json.encode(described.parse(dict.fromkeys(commands, text)).facts)
    for command in commands:
        redacted = described.redact(command, text)
        assert redacted.count("\n") == text.count("\n")
        assert described.redact(command, redacted) == redacted
        described.cut_off(command, text)
    described.refusal(text)
    described.prompt.search(text)


@pytest.mark.parametrize("name", PLATFORMS)
@given(text=st.text(max_size=400))
def test_any_text(name, text):
    read_all(name, text)


@pytest.mark.parametrize("name", PLATFORMS)
@given(data=st.data())
def test_real_lines_in_any_order(name, data):
    lines = data.draw(st.lists(st.sampled_from(LINES[name]), max_size=60))
    head, tail = HEADS[name]
    read_all(name, head + "\n".join(lines) + "\n" + tail)


@pytest.mark.parametrize("name", PLATFORMS)
@given(data=st.data())
def test_real_words_in_any_order(name, data):
    line = st.tuples(st.sampled_from(["", " ", "  ", "    "]), st.lists(st.sampled_from(WORDS[name]), max_size=6))
    lines = data.draw(st.lists(line, max_size=40))
    head, tail = HEADS[name]
    read_all(name, head + "\n".join(indent + " ".join(words) for indent, words in lines) + "\n" + tail)


@pytest.mark.parametrize(("name", "file"), FILES)
def test_real_answers_with_damage(name, file):
    chance = random.Random(file)  # the same damage every time
    text = TEXTS[name][file]
    for _ in range(8):
        start = chance.randrange(len(text))
        stop = start + chance.randrange(40)
        read_all(name, text[:start] + chance.choice(["", "\n", "\x00", " ", "é", text[stop:start]]) + text[stop:])


@pytest.mark.parametrize("name", PLATFORMS)
def test_lines_cut_short_word_by_word(name):
    """Each with the lines above it that make it a part of its section."""
    described = platform(name)
    head, tail = HEADS[name]
    for text in TEXTS[name].values():
        above: list[str] = []
        for line in text.splitlines():
            words, indent = line.split(), len(line) - len(line.lstrip())
            above = [one for one in above if len(one) - len(one.lstrip()) < indent]
            for count in range(1, len(words)):
                section = [*above, line[:indent] + " ".join(words[:count])]
                described.parse({described.configuration_command: head + "\n".join(section) + "\n" + tail})
            above.append(line)


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_configuration_without_any_one_of_its_lines(name):
    described = platform(name)
    command = described.configuration_command
    for text in TEXTS[name].values():
        lines = text.split("\n")
        if described.cut_off(command, text) is None:
            for position in range(0, len(lines), 5):
                described.parse({command: "\n".join(lines[:position] + lines[position + 1 :])})


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize(
    "text",
    [
        "interface Ethernet1\n ip address 10.0.0.1/8\n" * 20_000,
        "ip dhcp snooping vlan " + "1-4094," * 20_000,
        "vlan 1-99999\n" * 300,
        "username a secret 9 " + "x" * 3_000_000,
        "ntp trusted-key 1-99999999",
        "clock timezone X " + "9" * 5_000,
        "clock timezone " + "../" * 50 + "etc/passwd",
        "banner login\n" + "x\n" * 20_000,
        "router bgp 1\n" + " neighbor 10.0.0.1 inherit peer a\n" * 5_000,
        "key chain a\n" + " key-string 7 0123\n" * 20_000,
        "a\n b\n  c\n   d\n    e\n     f\n" * 5_000,
    ],
    ids=lambda text: repr(text[:14]),
)
def test_big_answers_cost_time_in_proportion(name, text):
    described = platform(name)
    head, tail = HEADS[name]
    start = time.process_time()
    for whole in (text, head + text + "\n" + tail):
        described.parse({described.configuration_command: whole})
        described.redact(described.configuration_command, whole)
    assert time.process_time() - start < 9


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize(
    "word",
    [
        "cisco a ",
        "Version ",
        "NXOS: version 1\n",
        "Trustpoint: a\n",
        "Certificate a:\n",
        "Logging server:",
        "Port Name Status Vlan\n",
        "SSHD status for ",
        "{1.1.1.1}",
        "*1.1.1.1 1 1 1 1 ",
        "     remote refid st t\n",
        "ssh-rsa " + "A" * 40,
    ],
)
def test_patterns_over_answers_do_not_explode(name, word):
    described = platform(name)
    start = time.process_time()
    described.parse({command.text: word * 10_000 for command in described.commands})
    assert time.process_time() - start < 6
