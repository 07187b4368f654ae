"""No text, however mangled, makes a reader raise; and what is read stays within its bounds."""

import random
import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Section, Unknown
from tests.platforms.vendors import PLATFORMS, recordings

TEXTS = {name: recordings(name) for name in PLATFORMS}
LINES = {name: sorted({line for text in texts.values() for line in text.splitlines()}) for name, texts in TEXTS.items()}
WORDS = {name: sorted({word for line in lines for word in line.split()}) for name, lines in LINES.items()}
FILES = [(name, file) for name, texts in TEXTS.items() for file in texts]
HEADS = {
    "juniper_junos": ("version 22.4R3;\nsystem {\n", "}\n"),
    "fortinet_fortios": ("#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=a\n", "end\n"),
    "paloalto_panos": ("config {\n  devices {\n    localhost.localdomain {\n", "    }\n  }\n}\n"),
    "aruba_aoscx": ("!Version ArubaOS-CX FL.10.13.1000\nhostname a\n", "\nvlan 1\ninterface mgmt\n"),
}


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


def leaves(value):
    if isinstance(value, Section):
        for name in value.__struct_fields__:
            yield from leaves(getattr(value, name))
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)
    else:
        yield value


@pytest.mark.parametrize("name", PLATFORMS)
@given(text=st.text(max_size=400))
def test_any_text(name, text):
    read_all(name, text)


@pytest.mark.parametrize("name", PLATFORMS)
@given(text=st.text(alphabet=st.sampled_from('ab {}[];"\\#/*\n<>set configdtnx='), max_size=300))
def test_any_punctuation(name, text):
    head, tail = HEADS[name]
    read_all(name, head + text + tail)


@pytest.mark.parametrize("name", PLATFORMS)
@given(data=st.data())
def test_real_lines_in_any_order(name, data):
    lines = data.draw(st.lists(st.sampled_from(LINES[name]), max_size=50))
    head, tail = HEADS[name]
    read_all(name, head + "\n".join(lines) + "\n" + tail)


@pytest.mark.slow
@pytest.mark.parametrize("name", PLATFORMS)
@given(data=st.data())
def test_real_words_in_any_order(name, data):
    line = st.lists(st.sampled_from(WORDS[name]), max_size=6).map(" ".join)
    head, tail = HEADS[name]
    read_all(name, head + "\n".join(data.draw(st.lists(line, max_size=30))) + "\n" + tail)


@pytest.mark.parametrize(("name", "file"), FILES)
def test_real_answers_with_damage(name, file):
    chance = random.Random(file)  # the same damage every time
    text = TEXTS[name][file]
    for _ in range(8):
        start = chance.randrange(len(text))
        stop = start + chance.randrange(40)
        read_all(name, text[:start] + chance.choice(["", "\n", "\x00", " ", "é", text[stop:start]]) + text[stop:])


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_configuration_without_any_one_of_its_lines(name):
    described = platform(name)
    command = described.configuration_command
    for text in TEXTS[name].values():
        lines = text.split("\n")
        if described.cut_off(command, text) is None:
            for position in range(0, len(lines), 7):
                described.parse({command: "\n".join(lines[:position] + lines[position + 1 :])})


@pytest.mark.parametrize("name", PLATFORMS)
def test_asked_nothing_no_fact_is_known(name):
    assert all(isinstance(leaf, Unknown) for leaf in leaves(platform(name).parse({}).facts))


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_fact_that_is_unknown_says_why(name):
    described = platform(name)
    text = next(
        text for text in TEXTS[name].values() if described.cut_off(described.configuration_command, text) is None
    )
    facts = described.parse({described.configuration_command: text}).facts
    reasons = [leaf.reason for leaf in leaves(facts) if isinstance(leaf, Unknown)]
    assert "not collected" not in reasons
    assert all(len(reason) > 10 for reason in reasons)


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize(
    "text",
    [
        "{" * 50_000,
        "a {\n" * 50_000,
        '"' + "x\n" * 50_000,
        'set a "\n' * 20_000,
        "config a\n" * 20_000,
        "config a\nedit b\n" * 20_000,
        "set " + "a " * 200_000,
        "<a>" * 50_000,
        "set a [ " + "b " * 200_000 + "]",
        "x" * 3_000_000,
        "\\" * 100_000 + '"',
        "interface 1/1/1\n vlan trunk allowed " + "1-4094," * 20_000,
        "snmp {\n" * 20_000,
    ],
    ids=lambda text: repr(text[:14]),
)
def test_big_answers_cost_time_in_proportion(name, text):
    head, tail = HEADS[name]
    start = time.process_time()
    described = platform(name)
    for whole in (text, head + text + "\n" + tail):
        described.parse({described.configuration_command: whole})
        described.redact(described.configuration_command, whole)
    assert time.process_time() - start < 8


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize(
    "word", ["Chassis ", "Hostname: ", "Uptime: 1 day", "node0 1 ", "a: b\n", "== [", "((((", "\x1b[K"]
)
def test_patterns_over_answers_do_not_explode(name, word):
    described = platform(name)
    start = time.process_time()
    described.parse({command.text: word * 20_000 for command in described.commands})
    assert time.process_time() - start < 6
