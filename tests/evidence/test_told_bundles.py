"""A bundle tells pseudonyms unless asked otherwise, with the same proofs."""

import hashlib
import json
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import process_time

import pytest

from baseline.cli.evidence_of_run import sign_if_possible
from baseline.content.accounts_in_answers import BLOCK, BRACE, DEFINED, EDIT, ENTRY, FULL_NAMES, SPOKEN_OF, accounts_in
from baseline.content.catalogue import load_catalogue
from baseline.content.mail_addresses import PATTERN as MAIL_ADDRESS
from baseline.content.name_shield import BEGINS, FORM, NameShield
from baseline.content.ordinary_words import BEFORE_A_NAME, ORDINARY_WORDS
from baseline.content.person_names import NOBODY_IN_PARTICULAR, person_names
from baseline.content.pseudonyms import PSEUDONYM, Pseudonyms, load_pseudonyms
from baseline.evidence.bundle import export
from baseline.evidence.keys import KeyRing, holds
from baseline.evidence.selection import EvidenceSelection, SelectionError
from baseline.evidence.signing import sign_checkpoints
from baseline.evidence.store_check import verify_store
from baseline.evidence.telling import tell_all, tell_latest
from baseline.evidence.verifier import verify
from baseline.evidence.writer import BundleError
from baseline.store.evidence_told import read_ends, read_tellings
from baseline.store.store import Store
from tests.evidence.stores import begin, fill, outcome

OTHER = Pseudonyms(b"another key of thirty-two bytes!")


def written(store_path, path: Path, ring: KeyRing, pseudonyms: Pseudonyms | None, **selection) -> Path:
    with Store.open(store_path, read_only=True) as store:
        export(store, EvidenceSelection(**selection), load_catalogue(), path, pseudonyms=pseudonyms, ring=ring)
    return path


@pytest.fixture(scope="module")
def told(tmp_path_factory, filled, ring, pseudonyms) -> Path:
    return written(filled, tmp_path_factory.mktemp("told") / "bundle", ring, pseudonyms)


@pytest.fixture(scope="module")
def named(tmp_path_factory, filled, ring) -> Path:
    return written(filled, tmp_path_factory.mktemp("named") / "bundle", ring, None)


def contents(bundle: Path) -> dict[str, bytes]:
    return {str(path.relative_to(bundle)): path.read_bytes() for path in sorted(bundle.rglob("*")) if path.is_file()}


def digests(bundle: Path) -> set[str]:
    """Everything in a bundle that looks like a SHA-256, also among the leaves of its trees."""
    found = set()
    for content in contents(bundle).values():
        for word in content.decode(errors="replace").replace('"', " ").replace("/", " ").split():
            if len(word) % 64 == 0 and all(letter in "0123456789abcdef" for letter in word):
                found |= {word[start : start + 64] for start in range(0, len(word), 64)}
    return found


def test_no_name_of_a_person_is_in_it_and_the_same_people_are(told, named, pseudonyms):
    assert not [
        name for name, content in contents(told).items() if b"jansen" in content.lower() or b"w.switch" in content
    ]
    assert any(b"p.jansen" in content for content in contents(named).values())
    everything = b"".join(contents(told).values())
    assert pseudonyms.of("p.jansen").encode() in everything
    assert {pseudonyms.of(f"w.switch-{number}").encode() in everything for number in (1, 2, 3)} == {True}
    assert b'"admin"' in everything


def test_it_says_which_kind_it_is(told, named, public):
    kinds = {
        "pseudonyms": (told, "with pseudonyms in place of names", "pseudonyms (person-", "vervangen door pseudoniemen"),
        "names": (named, "a restricted bundle", "RESTRICTED", "Beperkt: bevat namen van personen"),
    }
    for kind, (path, proven, text, metadata) in kinds.items():
        assert json.loads((path / "bundle.json").read_bytes())["people"] == kind
        assert proven in " ".join(verify(path, public, holds).proven)
        assert text in (path / "VERIFY.txt").read_text()
        assert metadata in (path / "mdto/bundle.mdto.xml").read_text()
    texts = [(path / "VERIFY.txt").read_text().splitlines() for path in (told, named)]
    commands = [[line for line in lines if line.startswith("    ")] for lines in texts]
    assert commands[0] == commands[1] != []


def test_it_shows_no_digest_of_what_holds_names(told, named, filled):
    """Who knows all of a document but a name could try names against its digest."""
    with closing(sqlite3.connect(filled)) as database:
        entries = [json.loads(text) for (text,) in database.execute("select document from evidence_leaf")]
    ended = [each["body"] for each in entries if each["kind"] == "run ended"]
    of_runs = {each[name]["root"] for each in ended for name in ("population", "results")}
    lines = [json.loads(line) for line in (named / "population.jsonl").read_bytes().splitlines()]
    of_contents = {line[name] for line in lines for name in ("facts", "manifest") if line[name]}
    of_answers = {path.name for path in (named / "artefacts").iterdir()}
    assert of_runs | of_contents | of_answers <= digests(named)
    assert not (of_runs | of_contents | of_answers) & digests(told)
    assert all(len(each["salt"]) == 32 for each in entries)
    assert len({each["salt"] for each in entries}) == len(entries)


@pytest.mark.parametrize("kind", ["told", "named"])
def test_neither_form_passes_for_the_other(kind, request, tmp_path, public):
    """Not even when SHA256SUMS would be signed again: the log holds them apart."""
    path = Path(shutil.copytree(request.getfixturevalue(kind), tmp_path / "bundle"))
    other = request.getfixturevalue("named" if kind == "told" else "told")

    def reason() -> str:
        sums = path / "SHA256SUMS"
        names = [line[66:] for line in sums.read_text().splitlines()]
        sums.write_text("".join(f"{sha256(path / name)}  {name}\n" for name in sorted(names)))
        report = verify(path, public, lambda key, text, made: b"  results.jsonl\n" in text or holds(key, text, made))
        return " ".join(report.broken)

    about = (path / "bundle.json").read_text()
    swapped = {"pseudonyms": "names", "names": "pseudonyms"}[json.loads(about)["people"]]
    (path / "bundle.json").write_text(json.dumps({**json.loads(about), "people": swapped}))
    assert "shows an entry" in reason()
    for name in ("log/leaves.jsonl", "log/inclusion.jsonl"):
        shutil.copy(other / name, path / name)
    assert reason()
    (path / "bundle.json").write_text(about)
    assert "shows an entry" in reason()


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_question_gives_the_same_bytes_and_a_part_of_it_proves_too(
    told, filled, ring, pseudonyms, public, tmp_path
):
    assert contents(written(filled, tmp_path / "again", ring, pseudonyms)) == contents(told)
    part = written(filled, tmp_path / "part", ring, pseudonyms, targets=("switch-1",), controls=("bio2:8.20.02",))
    report = verify(part, public, holds)
    assert (report.broken, report.open) == ([], [])
    assert "left out" in " ".join(report.proven)
    assert b"switch-2" not in b"".join(
        content for name, content in contents(part).items() if name.endswith("s.jsonl") and "log" not in name
    )


@pytest.fixture
def store_path(tmp_path) -> Path:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        fill(store)
    return path


def test_a_run_that_was_never_told_is_not_exported_without_names_until_it_is_told(store_path, ring, public, tmp_path):
    with pytest.raises(SelectionError, match=r"never told.*baseline evidence tell; or .* --names"):
        written(store_path, tmp_path / "no", ring, OTHER)
    with Store.open(store_path) as store:
        assert tell_latest(store, OTHER) == [4]
        assert tell_all(store, OTHER) == [1, 2, 3]
        assert tell_all(store, OTHER) == []
        run = begin(store, "switch-1")
        store.record_target(run, outcome("switch-1", 30))
        store.finish_run(run)
        assert tell_latest(store, OTHER) == [5]
        assert verify_store(store, ring, pseudonyms=OTHER).broken == []
        sign_checkpoints(store, ring)
    assert verify(written(store_path, tmp_path / "yes", ring, OTHER), public, holds).holds


def test_a_run_that_went_on_is_told_again(tmp_path, ring):
    with Store.open(tmp_path / "store.db") as store:
        run = begin(store)
        store.record_target(run, outcome("switch-1", 0))
        store.interrupt_run(run)
        assert tell_latest(store, OTHER) == [run]
        store.resume_run(run)
        store.record_target(run, outcome("switch-2", 1))
        store.finish_run(run)
        assert tell_latest(store, OTHER) == [run]
        report = verify_store(store, ring, pseudonyms=OTHER)
    assert (report.broken, report.proven[-1]) == ([], "1 runs tell without names what they found")


def test_what_was_told_under_a_lost_key_still_verifies_and_can_be_told_again(told, filled, ring, public, tmp_path):
    path = Path(shutil.copy(filled, tmp_path / "store.db"))
    with pytest.raises(SelectionError, match="under another key"):
        written(path, tmp_path / "no", ring, OTHER)
    with Store.open(path) as store:
        report = verify_store(store, ring, pseudonyms=OTHER)
        assert not report.broken
        assert "under another key" in " ".join(report.notes)
        assert tell_all(store, OTHER) == [1, 2, 3, 4]
        sign_checkpoints(store, ring)
    again = written(path, tmp_path / "yes", ring, OTHER)
    assert verify(told, public, holds).holds
    assert verify(again, public, holds).holds
    found = set(PSEUDONYM.findall(b"".join(contents(again).values()).decode(errors="replace")))
    assert OTHER.of("p.jansen") in found
    assert not found & set(PSEUDONYM.findall(b"".join(contents(told).values()).decode(errors="replace")))


def test_targets_told_a_few_at_a_time_tell_the_same(filled, pseudonyms, tmp_path, monkeypatch):
    path = Path(shutil.copy(filled, tmp_path / "store.db"))
    with Store.open(path) as store:
        with store.evidence.reading() as connection:
            before = read_tellings(connection)
        monkeypatch.setattr("baseline.evidence.telling.AT_ONCE", 1)
        assert tell_all(store, pseudonyms, again=True) == [1, 2, 3, 4]
        with store.evidence.reading() as connection:
            after = read_tellings(connection)
        assert {run: each.body for run, each in after.items()} == {run: each.body for run, each in before.items()}
        assert max(each.body["results"]["count"] for each in after.values()) > 1


def _changed(filled, tmp_path, statement):
    """A copy of the store in which somebody did this."""
    path = Path(shutil.copy(filled, tmp_path / "store.db"))
    with closing(sqlite3.connect(path)) as database:
        database.execute(statement)
        database.commit()
    return path


def test_a_telling_that_says_something_else_is_found_with_the_key(filled, ring, pseudonyms, tmp_path):
    path = Path(shutil.copy(filled, tmp_path / "store.db"))
    with Store.open(path) as store:
        with store.evidence.reading() as connection:
            end, said = read_ends(connection)[4], read_tellings(connection)[4].body
        store.evidence.tell({4: (end, {**said, "results": {"count": 1, "root": "00" * 32}})})
        assert verify_store(store, ring).broken == []
        [broken] = verify_store(store, ring, pseudonyms=pseudonyms).broken
        assert "what it tells without names is not what it found" in broken
    with pytest.raises(SelectionError, match="cannot be told any more"):
        written(path, tmp_path / "no", ring, pseudonyms)


def test_what_was_worked_out_before_cannot_mislead(filled, ring, pseudonyms, tmp_path):
    path = _changed(filled, tmp_path, "update evidence_told set told = zeroblob(length(told))")
    with pytest.raises(SelectionError, match="cannot be told any more"):
        written(path, tmp_path / "no", ring, pseudonyms)
    with Store.open(path, read_only=True) as store:
        assert verify_store(store, ring, pseudonyms=pseudonyms).broken == []


def test_keys_that_two_processes_make_at_once_are_one(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: load_pseudonyms(tmp_path / "a" / "key", create=True).of("x"), range(40)))
    assert len(set(made)) == 1
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["key"]


SAMPLE = {
    "users": [{"name": "p.jansen"}, {"name": "permit"}, {"name": "root", "uid": 0}, {"name": "Anna Bakker"}],
    "files": [{"name": "/etc/passwd", "owner": "www-data"}],
    "buckets": [{"name": "b", "owner": "j.devries"}],
    "access_keys": [{"name": "alice key 1", "user": "alice"}],
    "contact": "mail k.smit@gemeente.example or aes128-gcm@openssh.com",
}
ANSWER = """username permit privilege 15
access-list 1 permit any
owner ANNA BAKKER, see p.jansen@elders.example; p_jansen; Permit
%SYS-5-CONFIG_I: Configured from console by t.tacacs on vty0 (192.0.2.1)
"""


def test_a_run_without_a_usable_key_is_not_lost_and_says_how_to_tell_it(store_path, tmp_path, monkeypatch):
    key = tmp_path / "pseudonyms.key"
    load_pseudonyms(key, create=True)
    monkeypatch.setenv("BASELINE_PSEUDONYM_KEY", str(key))
    monkeypatch.setenv("BASELINE_KEYS", str(tmp_path / "keys"))
    key.chmod(0o644)
    with Store.open(store_path) as store:
        assert f"only with names of people: others may read the key file {key}" in sign_if_possible(store)[0]
        assert "baseline evidence tell" in sign_if_possible(store)[0]
        key.chmod(0o600)
        assert len(sign_if_possible(store)) == 1
        assert tell_latest(store, load_pseudonyms(key, create=False)) == []


def test_what_was_emptied_behind_the_tools_back_is_not_taken_for_destroyed(filled, ring, pseudonyms, tmp_path):
    path = _changed(filled, tmp_path, "update artefact set content = x'' where media_type = 'text/plain'")
    with pytest.raises(BundleError, match="is not in the store any more"):
        written(path, tmp_path / "no", ring, pseudonyms)


def test_the_form_has_another_number_when_names_are_told_otherwise():
    """When this fails, raise the number in ``FORM``, and write the new digest here."""
    shield = NameShield(Pseudonyms(bytes(32)), person_names(SAMPLE), mail=True)
    told = f"{shield.value(SAMPLE)}{shield.answer(ANSWER)}{sorted(ORDINARY_WORDS)}{sorted(NOBODY_IN_PARTICULAR)}"
    told += (
        "".join(each.pattern for each in (BLOCK, BRACE, DEFINED, EDIT, ENTRY, *FULL_NAMES, SPOKEN_OF))
        + MAIL_ADDRESS
        + BEFORE_A_NAME
        + BEGINS
    )
    assert (FORM, hashlib.sha256(told.encode()).hexdigest()[:16]) == ("pseudonyms/2", "6e1721482c370bac")


@pytest.mark.parametrize("others", [0, 20], ids=["few names", "many names"])
@pytest.mark.parametrize(
    "written",
    [
        r'{"out": "passwd:\njjansen"}',
        r'{"out": "\tjjansen\u000ajjansen"}',
        r'{"name": "Karel d\u0027Hondt"}',
        "<name>Karel d&apos;Hondt</name><name>Karel d&#39;Hondt</name>",
        "GET /users/j.jansen%40gemeente.nl",
        "GET /users/j.jansen_gemeente.nl%23EXT%23%40provincie.nl/x",
    ],
)
def test_a_name_is_found_however_a_file_escapes_it(written, others):
    names = {"jjansen", "Karel d'Hondt", *(f"other{number}" for number in range(others))}
    shield = NameShield(OTHER, names, mail=True)
    told = shield.answer(written).lower()
    assert shield.touches(written)
    assert not [part for part in ("jansen", "karel", "hondt") if part in told], told


def test_a_mail_address_is_one_person_however_a_file_escapes_it():
    told = NameShield(OTHER, {"J.Jansen@gemeente.nl"}, mail=True).answer("j.jansen%40gemeente.nl j.jansen@Gemeente.nl")
    assert told.split() == [OTHER.of("J.Jansen@gemeente.nl")] * 2


ADMINS = """config system admin
    edit "admin"
    edit "f.fort"
        set accprofile "super_admin"
    next
end
mgt-config {
  users {
    p.palo {
      permissions {
        role-based {
    b.brace {
  }
}
<mgt-config><users><entry name="x.ml"/></users></mgt-config>
 user j.uniper {
username o.s password 7 <redacted>
username a.lone
k.smit:x:1001:1001:Karel Smit,,,:/home/k.smit:/bin/bash
daemon:x:2:2:Some Daemon:/:/bin/false
{"Name":"w","FullName":"Wies Win"}
Last commit: 2026-03-03 by l.commit
"""


def test_accounts_are_found_in_what_devices_answer():
    names = {"f.fort", "p.palo", "b.brace", "x.ml", "j.uniper", "o.s", "a.lone", "Karel Smit", "Wies Win", "l.commit"}
    assert accounts_in(ADMINS) == names


@pytest.mark.parametrize(
    "text", ["users {\n", "user ", " users {\n a {\n", "User:User:", "full name ", "<users>", "a:x:1000:1:"]
)
def test_a_hostile_answer_costs_time_in_proportion_to_its_length(text):
    start = process_time()
    NameShield(OTHER, {"permit", "jan"}, mail=True).answer(text * 40_000 + "jan permit @")
    assert process_time() - start < 5


def test_results_stand_in_no_order_of_names(told, named):
    """Between which accounts of the system a name stands would tell how it begins."""

    def leaves(bundle: Path) -> list[list[str]]:
        trees = [json.loads(line) for line in (bundle / "trees.jsonl").read_text().splitlines()]
        found = [each["leaves"] for each in trees if each["kind"] == "results"]
        return [[each[start : start + 64] for start in range(0, len(each), 64)] for each in found]

    assert all(each == sorted(each) for each in leaves(told))
    assert not all(each == sorted(each) for each in leaves(named))


def test_a_reassessment_with_names_is_in_a_bundle_with_names_only(filled, ring, pseudonyms, tmp_path):
    path = Path(shutil.copy(filled, tmp_path / "store.db"))
    with Store.open(path) as store:
        digest = store.reassessments.keep({"again": [{"subject": "p.jansen"}]}, {"results": 1})
        store.finish_run(begin(store, "switch-1"))
        tell_latest(store, pseudonyms)
    shown = {
        kind: digest in (written(path, tmp_path / kind, ring, key) / "log" / "leaves.jsonl").read_text()
        for kind, key in (("named", None), ("told", pseudonyms))
    }
    assert shown == {"named": True, "told": False}
    assert verify(tmp_path / "told", check=holds).broken == []
