"""Answers that make no sense: parsers never raise, and silence is never good news."""

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.host.collector import read_facts
from baseline.collectors.host.merge import merge, unknown_facts
from baseline.collectors.host.sections import SECTIONS
from baseline.models.facts.fact import NOT_COLLECTED, Section, Unknown
from tests.host import recordings
from tests.host.recordings import MARK, NAMES, output, section, transcript

CHUNKS = [chunk for name in NAMES for chunk in output(name).split(f"\n{MARK} ")[1:]]
VERBS = (
    "command",
    "file",
    "lines",
    "read",
    "note",
    "missing",
    "absent",
    "denied",
    "masked",
    "status",
    "end",
    "section",
)
HEADS = sorted({chunk.split("\n")[0] for chunk in CHUNKS})

body = st.text(st.sampled_from("aZ09 \t\n:|=/.,;\"'()[]{}<>-_@#$%*\\!é\u00b2\u0663\x00\u2028"), max_size=80)
head = st.sampled_from(HEADS) | st.builds("{} {}".format, st.sampled_from(VERBS), body)
chunk = st.builds("{}\n{}".format, head, body) | st.sampled_from(CHUNKS)


def known(facts: Section, path: str = "") -> dict[str, object]:
    """Every leaf that is neither unknown nor not collected."""
    found: dict[str, object] = {}
    for name in facts.__struct_fields__:
        value = getattr(facts, name)
        if isinstance(value, Section):
            found |= known(value, f"{path}{name}.")
        elif isinstance(value, dict):
            for key, item in value.items():
                found |= known(item, f"{path}{name}[{key}].")
        elif not isinstance(value, Unknown):
            found[f"{path}{name}"] = value
    return found


@pytest.mark.parametrize("name", [item.name for item in SECTIONS])
@given(chunks=st.lists(chunk, max_size=12), recording=st.sampled_from(NAMES))
def test_no_parser_raises_on_any_answer(name, chunks, recording):
    item = next(item for item in SECTIONS if item.name == name)
    text = f"\n{MARK} section {name}\n{MARK} " + f"\n{MARK} ".join([*chunks, "end"])
    read = transcript(output("debian-12")).sections
    read["services"] = transcript(output(recording)).sections["services"]
    answers = {part: read[part] for part in item.reads} | transcript(f"{MARK} begin 0{text}").sections
    reading = item.parse({part: msgspec.structs.replace(answers[part], complete=True) for part in answers})
    assert msgspec.json.encode(reading.facts)


@pytest.mark.parametrize("recording", NAMES)
@given(seed=st.integers(0, 2**32))
def test_damaged_recordings_are_read_without_an_error(recording, seed):
    dice = random.Random(seed)
    lines = output(recording).split("\n")
    for _ in range(dice.randrange(1, 40)):
        at = dice.randrange(len(lines))
        damage = dice.randrange(4)
        if damage == 0:
            del lines[at]
        elif damage == 1:
            lines.insert(at, dice.choice(lines))
        elif damage == 2:
            lines[at] = lines[at][: dice.randrange(len(lines[at]) + 1)]
        else:
            lines[at] = lines[at].replace(dice.choice(" :|=/."), dice.choice("=:| \t"))
    facts, _ = read_facts(transcript("\n".join(lines)), SECTIONS)
    assert "internal:" not in msgspec.json.encode(facts).decode()


@given(st.binary(max_size=400))
def test_any_bytes_are_cut_into_something(data):
    found = recordings.read_transcript(data, MARK, recordings.ARTEFACTS)
    assert found.uid is None or MARK.encode() in data


EMPTY_IS_AN_ANSWER = {
    "system.privileged",
    *(f"banners.{name}" for name in ("issue", "issue_net", "motd", "discloses_system")),  # an empty file is a file
    *("core_dumps.pattern", "core_dumps.storage"),
}
SILENT = [
    "",
    "@0 command awk /etc/passwd\n@0 status 0",
    *(
        f"@0 {verb} {text}\n@0 status 0"
        for verb, text in {tuple(h.partition(" ")[::2]) for h in HEADS}
        if verb in {"command", "file"}
    ),
]


@pytest.mark.parametrize("uid", [0, 1000])
@pytest.mark.parametrize("name", [item.name for item in SECTIONS])
def test_silence_is_unknown(name, uid):
    """A section that prints nothing, or in which every command ended well and printed nothing, tells nothing."""
    assert known(section(name, "", uid=uid)) == {"system.privileged": uid == 0}
    found = known(section(name, "\n".join(SILENT), uid=uid))
    assert {path: value for path, value in found.items() if path not in EMPTY_IS_AN_ANSWER} == {}


def test_facts_of_a_section_that_did_not_come_are_unknown():
    for item in SECTIONS:
        facts = unknown_facts(item.supplies, "it did not come")
        assert known(facts) == {}
        assert b"it did not come" in msgspec.json.encode(facts)


def test_partial_facts_are_laid_over_each_other():
    first = unknown_facts(["packages.known", "users"], "first")
    second = unknown_facts(["packages.manager"], "second")
    merged = merge([first, second])
    assert (merged.packages.known, merged.packages.manager, merged.users) == (
        Unknown("first"),
        Unknown("second"),
        Unknown("first"),
    )
    assert merged.packages.reboot_required is NOT_COLLECTED
