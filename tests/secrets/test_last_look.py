"""The last look for secrets, on texts of any kind."""

import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.assess.sealing import sealed
from baseline.models.artefact import Artefact
from baseline.models.collection import Collection
from baseline.models.facts.network import LocalUser, Management, NetworkFacts
from baseline.models.redaction import (
    _CLEAN,
    LONGEST_REMEMBERED,
    MOST_REMEMBERED,
    redact,
    redact_json,
    redact_text,
)
from tests.exports.conftest import NOON
from tests.secrets.corpus import SHAPES, Corpus

TOLD_BY_FORM = (
    "type9",
    "sha512",
    "yescrypt",
    "bcrypt",
    "argon2",
    "ssha",
    "jwt",
    "github",
    "gitlab",
    "slack",
    "google",
    "vault",
    "entra",
    "stripe",
    "age",
    "grub",
    "pem",
    "pem-openssh",
)
around = st.text(
    st.characters(blacklist_categories=("Cs", "L", "N", "Pc", "Pd", "Sm", "Sc"), blacklist_characters="\n~."),
    max_size=30,
)


@given(shape=st.sampled_from(TOLD_BY_FORM), before=around, after=around)
def test_what_says_of_itself_that_it_is_a_secret_goes_wherever_it_stands(shape, before, after):
    corpus = Corpus()
    text = f"{before} {corpus.fill(f'«secret|{shape}»', 'text')} {after}"
    assert corpus.found_in(redact_text(text).encode()) == []


@given(st.binary(max_size=2000))
def test_any_content_keeps_its_lines_and_is_redacted_once(content):
    clean = redact(content)
    assert clean.count(b"\n") == content.count(b"\n")
    assert redact(clean) == clean


LINES = (
    "interface Vlan10",
    "password = hunter2hunter2",
    "-----BEGIN PRIVATE KEY-----",
    "MIIEabcdefgh",
    "-----END PRIVATE KEY-----",
    "https://jan:hunter2hunter2@192.0.2.1/",
    "token: hunter2hunter2 " + "x" * LONGEST_REMEMBERED,
    "",
    "y" * 3 * LONGEST_REMEMBERED,
)


@given(st.lists(st.lists(st.sampled_from(LINES), max_size=8), min_size=1, max_size=4))
def test_what_is_remembered_of_other_contents_changes_nothing(contents):
    every = ["\n".join(lines).encode() for lines in contents]
    _CLEAN.clear()
    warm = [redact(content) for content in every]
    for content, redacted in zip(every, warm, strict=True):
        assert not any(b"hunter2" in line or len(line) > LONGEST_REMEMBERED for line in _CLEAN)
        _CLEAN.clear()
        assert redact(content) == redacted


def test_little_is_remembered():
    redact("\n".join(f"line {number}" for number in range(3 * MOST_REMEMBERED)).encode())
    assert len(_CLEAN) <= MOST_REMEMBERED


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=20), inner, max_size=4),
    max_leaves=20,
)


@given(values, st.sampled_from(sorted(set(SHAPES) - {"hard"})))
def test_json_stays_json(value, shape):
    secret = Corpus().fill(f"export API_TOKEN=«x|{shape}» https://a:«y»@b/c?sig=«z»", "json")
    document = msgspec.json.encode([value, {"text": secret, "password_storage": "type9_scrypt"}])
    clean = msgspec.json.decode(redact_json(document))
    assert clean[1]["password_storage"] == "type9_scrypt"
    assert "<redacted>" in clean[1]["text"]


def test_facts_are_sealed_and_those_without_a_secret_are_left_as_they_are():
    clean = NetworkFacts(users=[LocalUser(name="anna", password_storage="type9_scrypt")])
    artefact = Artefact(name="show users", content=b"anna\n")
    collection = Collection(facts=clean, artefacts=(artefact,), collected_at=NOON)
    same = sealed(collection)
    assert same.facts is clean
    assert same.artefacts[0] is artefact
    corpus = Corpus()
    name = corpus.fill("anna password=«word»", "fact")
    leaking = msgspec.structs.replace(clean, users=[LocalUser(name=name)], management=Management())
    told = sealed(Collection(facts=leaking, collected_at=NOON)).facts
    assert told.users[0].name == "anna password=<redacted>"
    assert told.management == leaking.management


@pytest.mark.parametrize(
    "piece", ["password", "a" * 50, "-----BEGIN PRIVATE KEY-----", "://", "token=", '"key": "', "$6$"]
)
def test_a_hostile_content_takes_no_time(piece):
    content = (piece * (300_000 // len(piece))).encode()
    started = time.process_time()
    redact(content)
    assert time.process_time() - started < 20
