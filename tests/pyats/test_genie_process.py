"""The process in which Genie runs is bounded, and whatever it does a run goes on: facts say why they are unknown."""

import asyncio
import base64
import os
import time

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baseline.collectors.network import genie_process
from baseline.collectors.network.genie_facts import commands_for_genie, filled_by_genie
from baseline.collectors.network.genie_process import GenieError, GenieProcess, genie_interpreter
from baseline.collectors.network.genie_table import GENIE_OS, ROWS
from baseline.collectors.network.platforms import PLATFORM_NAMES, platform
from baseline.models.facts.fact import Unknown

GREETING = 'echo \'{"genie": "1"}\'\n'


@pytest.fixture
def process_of(tmp_path):
    """Gives a process whose Python is this shell script."""
    made = []

    def make(script):
        program = tmp_path / "python"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        made.append(GenieProcess(str(program)))
        return made[-1]

    yield make
    for process in made:
        process.close()
        process.thread.shutdown()


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(genie_process, "START_SECONDS", 5.0)
    monkeypatch.setattr(genie_process, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(genie_process, "MAXIMUM_ANSWER_BYTES", 10_000)


FAILURES = {
    "ends at once": ("echo 'no module named so' >&2; exit 3", "Genie ended: no module named so"),
    "never answers": (f"{GREETING}sleep 60", "did not answer in time"),
    "never reads": (f"{GREETING}exec 0<&-; sleep 60  # never reads", "in time|Broken pipe"),
    "floods": (f"{GREETING}yes y | tr -d '\\n'", "is larger than 10000 bytes"),
    "says nonsense": (f"{GREETING}echo hello; sleep 60", "malformed"),
    "answers something else": (f"{GREETING}echo '{{\"parsed\": 1}}'; sleep 60", "Expected `object`|malformed"),
    "ends while it parses": (f"{GREETING}read line; kill -SEGV $$", "Genie ended: it gave no reason"),
}


@pytest.mark.parametrize(("script", "reason"), FAILURES.values(), ids=FAILURES)
def test_a_process_that_misbehaves_is_ended_and_says_why(process_of, impatient, script, reason):
    started = time.monotonic()
    process = process_of(script)
    with pytest.raises(GenieError, match=reason):
        process.parse("iosxe", {"show version": "x" * (300_000 if "never reads" in script else 1)})
    assert time.monotonic() - started < 4


def test_it_is_given_up_after_three_failures(process_of, impatient, tmp_path):
    process = process_of(f"echo x >> {tmp_path}/starts; exit 1")
    for _ in range(5):
        with pytest.raises(GenieError):
            process.parse("iosxe", {})
    with pytest.raises(GenieError, match="given up after 3 failures; the last: Genie ended"):
        process.parse("iosxe", {})
    assert (tmp_path / "starts").read_text() == "x\n" * 3


def test_one_that_ended_because_it_had_nothing_to_do_is_started_again(process_of, impatient):
    process = process_of(f"{GREETING}read line; echo '{{}}'")
    assert process.parse("iosxe", {}).genie == "1"
    time.sleep(0.2)
    assert process.parse("iosxe", {}).genie == "1"


def test_it_gets_no_secret_of_the_environment(process_of, monkeypatch):
    monkeypatch.setenv("LAB_PASSWORD", "hidden")
    process = process_of('printf \'{"genie": "%s"}\\n\' "$(env | base64 -w0)"\nread line; echo \'{}\'')
    environment = base64.b64decode(process.parse("iosxe", {}).genie).decode()
    assert "hidden" not in environment
    assert f"HOME={os.environ.get('HOME')}\n" not in environment


def test_without_genie_facts_stay_unknown_and_say_what_to_install(recorded_switch):
    ios = platform("cisco_ios")
    parsed = ios.parse(recorded_switch)
    without = asyncio.run(filled_by_genie(GenieProcess(None), ios, parsed, recorded_switch, 10))
    facts, (artefact,) = without[0].facts, without[1]
    assert facts.interfaces[0].link_up == Unknown(
        "not collected; Genie is not installed: pip install 'baseline[pyats]'"
    )
    assert facts.clock == parsed.facts.clock
    assert artefact.content.startswith(b"Genie was not asked\n")


def test_when_no_time_is_left_a_run_does_not_wait(process_of, recorded_switch):
    ios = platform("cisco_ios")
    started = time.monotonic()
    process = process_of(f"{GREETING}sleep 60")
    filled, _ = asyncio.run(filled_by_genie(process, ios, ios.parse(recorded_switch), recorded_switch, 0.2))
    assert "no time was left to ask Genie" in filled.facts.interfaces[0].link_up.reason
    assert time.monotonic() - started < 4


def test_without_pyats_on_path_there_is_no_interpreter(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(genie_process.importlib.util, "find_spec", lambda _name: None)
    assert genie_interpreter() is None
    for name in ("pyats", "python"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    assert genie_interpreter() == str(tmp_path / "python")


def test_only_commands_that_read_are_asked_for_genie():
    for name in set(ROWS) & set(PLATFORM_NAMES):
        asked = commands_for_genie(platform(name), frozenset())
        own = {command.text for command in platform(name).commands}
        assert {row.command for row in ROWS[name]} == own & {row.command for row in ROWS[name]} | set(asked)
        assert name in GENIE_OS
    ios = platform("cisco_ios")
    assert commands_for_genie(ios, frozenset({"interfaces"})) == ["show ip interface brief"]
    assert commands_for_genie(ios, frozenset({"management.ssh"})) == []


WORDS = st.one_of(
    st.sampled_from(["GigabitEthernet1/0/1", "up", "1", "1 day", "WS-C2960X-48TS-L"]), st.text(max_size=5)
)
SCALARS = st.one_of(WORDS, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False))
VALUES = st.one_of(SCALARS, st.lists(WORDS, max_size=3), st.dictionaries(WORDS, SCALARS, max_size=3))


def _nested(leaves):
    """Genie's answers with these leaves at the places that are read."""
    answers = {}
    for row, leaf in leaves:
        inner = answers.setdefault(row.command, {})
        *way, last = row.keys.replace("*", "GigabitEthernet1/0/1").split(".")
        for key in way:
            inner = inner.setdefault(key, {})
        inner[last] = leaf
    return answers


ROW_OF_IOS = st.sampled_from(ROWS["cisco_ios"])
ANSWERS = st.one_of(
    st.dictionaries(ROW_OF_IOS.map(lambda row: row.command), VALUES, max_size=4),
    st.lists(st.tuples(ROW_OF_IOS, VALUES), min_size=1, unique_by=lambda pair: pair[0].keys).map(_nested),
)


@pytest.fixture
def answering(process_of, tmp_path):
    """A process that answers what is put in."""
    process = process_of(f"{GREETING}while read line; do cat {tmp_path}/answer; done")

    def put(parsed):
        (tmp_path / "answer").write_bytes(msgspec.json.encode({"parsed": parsed}) + b"\n")
        return process

    return put


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS)
def test_whatever_genie_answers_a_known_fact_never_gets_another_value(answering, recorded_switch, answers):
    ios = platform("cisco_ios")
    parsed = ios.parse(recorded_switch)
    filled, (artefact,) = asyncio.run(filled_by_genie(answering(answers), ios, parsed, recorded_switch, 30))
    before, after = msgspec.to_builtins(parsed.facts), msgspec.to_builtins(filled.facts)
    assert all(old is None or new in (old, None) for old, new in _leaves(before, after))
    assert all(line.isprintable() for line in artefact.content.decode().splitlines())


def _leaves(before, after):
    """Every fact before and after; None: unknown."""
    if isinstance(before, dict) and "$unknown" not in before and isinstance(after, dict) and "$unknown" not in after:
        for name, value in before.items():
            yield from _leaves(value, after[name])
    elif isinstance(before, list) and isinstance(after, list) and before and isinstance(before[0], dict):
        for one, other in zip(before, after, strict=True):
            yield from _leaves(one, other)
    else:
        yield tuple(None if isinstance(value, dict) and "$unknown" in value else value for value in (before, after))
