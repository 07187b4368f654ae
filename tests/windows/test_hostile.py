"""Answers that are broken, huge or meant to deceive: an error with its reason, never an exception or a false pass."""

import json

import msgspec
import pytest
from hypothesis import given, settings, strategies

from baseline.collectors.windows.answer import read_answer
from baseline.collectors.windows.collector import artefacts
from baseline.collectors.windows.facts import read_facts
from baseline.models.errors import CollectError
from tests.windows.played import EVERYTHING, MARK, NOTHING, NOW, changed, recording, spoken, statuses, with_status

HARDENED = recording("server_2022_hardened")
WHOLE = spoken(HARDENED)


def read(output, complaint=b""):
    return read_facts(read_answer(output, complaint, MARK, EVERYTHING), NOW)[0]


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.9, 0.999])
def test_an_answer_that_breaks_off_is_refused(share):
    with pytest.raises(CollectError) as refused:
        read(WHOLE[: int(len(WHOLE) * share)])
    assert refused.value.code == "unparsable"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{}",
        "7",
        '{"form":1}',
        '{"form":"1","elevated":true,"seconds":1,"parts":{}}',
        '{"form":1,"elevated":"yes","seconds":1,"parts":{}}',
        '{"form":2,"elevated":true,"seconds":1,"parts":{}}',
        '{"form":1,"elevated":true,"seconds":1,"parts":[]}',
        '{"form":1,"elevated":true,"seconds":1e999,"parts":{}}',
        '{"form":1,"elevated":true,"seconds":1,"parts":{"smb":' + "[" * 100_000 + "]" * 100_000 + "}}",
        '{"form":1,"elevated":true,"seconds":1,"parts":{"smb":' + '{"a":' * 40 + "1" + "}" * 40 + "}}",
        '{"form":1,"elevated":true,"seconds":1,"parts":{"smb":"\\ud800"}}',
    ],
)
def test_a_document_of_another_form_is_refused(body):
    with pytest.raises(CollectError) as refused:
        read(f"{MARK} begin\n{body}\n{MARK} end\n".encode())
    assert refused.value.code == "unparsable"
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize(
    "output",
    [
        b"\xef\xbb\xbf" + WHOLE,
        WHOLE.decode().encode("utf-16"),
        b"\xff" + WHOLE.decode().encode("utf-16-le"),
        WHOLE.decode().encode("utf-16-le"),
        b'#< CLIXML\r\n<Objs Version="1.1.0.1"><Obj S="progress"/></Objs>' + WHOLE + b"#< CLIXML\r\n",
        b"Welkom op SRV-17\r\n** geen toegang zonder toestemming **\r\n" + WHOLE + b"\xff\xfe tot ziens",
        WHOLE.replace(b"\r\n", b"\n"),
    ],
)
def test_what_stands_around_the_answer_and_how_it_is_encoded_does_not_matter(output):
    assert read(output) == read(WHOLE)


def test_the_words_of_powershell_are_passed_on_without_their_markup():
    complaint = b'#< CLIXML\r\n<Objs><S S="Error">Deze taalmodus is beperkt_x000D__x000A_</S></Objs>'
    with pytest.raises(CollectError) as refused:
        read(b"", complaint)
    assert "Deze taalmodus is beperkt" in refused.value.message
    assert "Objs" not in refused.value.message
    assert "constrained language" in refused.value.hint


def test_a_mark_of_another_run_is_no_answer():
    with pytest.raises(CollectError):
        read(spoken(HARDENED, "@ffffffffffffffffffffffffffffffff"))


def test_secrets_that_an_answer_holds_against_its_word_are_stored_nowhere():
    legal = r"registry/value/entries/SOFTWARE\Microsoft\Windows NT\CurrentVersion/found/ProductName/data"
    document = changed(HARDENED, legal, "Windows password=Zomer2026!")
    document = changed(document, "services/value/entries/sshd/found/ImagePath/data", "x.exe --token=geheim-9 /p")
    document = changed(document, "smb", {"error": "IOException: secret=hush-77"})
    answer = read_answer(spoken(document), b"", MARK, EVERYTHING)
    facts, evidence = read_facts(answer, NOW)
    stored = b"".join(one.content for one in artefacts(answer, evidence)) + msgspec.json.encode(facts)
    assert not any(secret in stored for secret in (b"Zomer2026!", b"geheim-9", b"hush-77"))


def test_characters_that_deceive_a_terminal_are_replaced():
    document = changed(HARDENED, "accounts/value/accounts/4/name", "x\x1b]0;evil\x07\u2028y")
    facts = read(spoken(document))
    names = "".join(account.name for account in facts.accounts)
    assert not set(names) & set("\x1b\x07\u2028")


@pytest.mark.parametrize(
    ("part", "field", "item"),
    [
        ("accounts", "accounts", HARDENED["parts"]["accounts"]["value"]["accounts"][0]),
        ("tasks", "tasks", HARDENED["parts"]["tasks"]["value"]["tasks"][0]),
        ("drives", "drives", HARDENED["parts"]["drives"]["value"]["drives"][0]),
        ("leftovers", "leftovers", {"name": "x", "kind": "key_file"}),
    ],
)
def test_a_list_that_was_cut_off_or_is_empty_without_reason_does_not_count(part, field, item):
    found = statuses(changed(HARDENED, f"{part}/value/{field}", [item] * 5001))
    assert with_status(found, "fail") == set()
    if part != "leftovers":
        empty = statuses(changed(HARDENED, f"{part}/value/{field}", []))
        assert len(with_status(empty, "error")) > len(with_status(statuses(HARDENED), "error"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("services/value/entries", {}),
        ("accounts/value/administrators", []),
        ("accounts/value/accounts/0/sid", "S-1-5"),
        ("accounts/value/accounts/0/disabled", "false"),
        ("policy/value/minimum_length", True),
        ("firewall/value/profiles", []),
        ("firewall/value/profiles/0/enabled", "Waar"),
        ("defender/value/unwanted", 6),
        ("defender/value/signature_age", -4),
        ("smb/value/guest", NOTHING),
        ("smb/value/version_1", NOTHING),
        ("defender/value/scripts_off", NOTHING),
        ("defender/value/antivirus", NOTHING),
        ("defender/value/mode", ""),
        ("policy/value/history", NOTHING),
        ("smb/value/guest", None),
        ("drives/value/drives/0/protection", "Unknown"),
        ("hotfixes/value/hotfixes/0/installed", "31/31/2026"),
        ("hotfixes/value/hotfixes", [{"name": "KB1", "installed": "30-02-2026"}]),
        ("machine/value/product_type", 99),
    ],
)
def test_values_without_a_known_meaning_never_pass_and_never_fail(path, value):
    found = statuses(changed(HARDENED, path, value))
    assert with_status(found, "fail") == set()
    expected_more = path != "hotfixes/value/hotfixes/0/installed"
    assert (len(with_status(found, "error")) > 2) is expected_more


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "String", "data": "1"},
        {"kind": "DWord", "data": "1"},
        {"kind": "Binary", "data": ""},
        {"kind": "TooLong", "data": ""},
        {"kind": "QWord", "data": "99999999999999999999999"},
        {"kind": "DWord", "data": -1},
        {"kind": "DWord", "data": 7},
        {"kind": "x" * 10_000, "data": 1},
        {"kind": "DWord"},
        "1",
    ],
)
def test_a_registry_value_of_another_kind_is_an_error(told):
    key = r"registry/value/entries/SYSTEM\CurrentControlSet\Control\SecurityProviders\WDigest"
    found = statuses(changed(HARDENED, key, {"found": {"UseLogonCredential": told}}))
    assert found["workplace-authentication-wdigest-off"] == {"error"}
    assert with_status(found, "fail") == set()


JSON = strategies.recursive(
    strategies.none() | strategies.booleans() | strategies.integers() | strategies.text(max_size=8),
    lambda inner: strategies.lists(inner, max_size=3) | strategies.dictionaries(strategies.text(max_size=6), inner),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(value=JSON, part=strategies.sampled_from(sorted(HARDENED["parts"])), inner=strategies.booleans())
def test_whatever_a_part_holds_nothing_is_raised(value, part, inner):
    document = {**HARDENED, "parts": {**HARDENED["parts"], part: {"value": value} if inner else value}}
    body = json.dumps(document)
    facts = read(f"{MARK} begin\n{body}\n{MARK} end".encode("ascii"))
    assert msgspec.json.encode(facts)


@settings(max_examples=100, deadline=None)
@given(noise=strategies.binary(max_size=300), cut=strategies.integers(0, len(WHOLE)))
def test_noise_in_an_answer_is_refused_or_read(noise, cut):
    try:
        read(WHOLE[:cut] + noise + WHOLE[cut:])
    except CollectError as refused:
        assert refused.code == "unparsable"  # noqa: PT017 - either outcome is right
