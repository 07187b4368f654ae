"""Names of people, collected from devices of nine platforms, a host and clouds, are in no byte of a bundle; the key finds them."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from baseline.cli.main import cli
from baseline.content.person_names import person_names
from baseline.content.pseudonyms import load_pseudonyms
from baseline.evidence.verifier import verify
from baseline.models.artefact import Artefact
from baseline.models.result import Status
from baseline.store.store import Store
from tests.acceptance.command import Command
from tests.exports.conftest import SSH, facts_of, result, version_of
from tests.secrets.corpus import Corpus
from tests.secrets.device_texts import DEVICES
from tests.secrets.test_corpus import filled_devices
from tests.store.examples import later, reached, switch

ON_DEVICES = ("anna", "bram", "carl", "dirk", "emma", "piet")
PASSWD = "root:x:0:0::/root:/bin/sh\nk.smit:x:1001:1001:Karel Smit,,,:/home/k.smit:/bin/bash\npermit:x:1002:1002::/home/permit:/bin/sh\n"
OTHERS = {
    "host": (
        {"users": [{"name": "root", "uid": 0}, {"name": "k.smit", "uid": 1001}, {"name": "permit", "uid": 1002}]},
        PASSWD
        + "sshd[1]: Accepted publickey for t.tijdelijk from 192.0.2.1\nMACs hmac-sha2-256-etm@openssh.com\naccess-list 10 permit any\n",
    ),
    "tenant": (
        {
            "users": [{"name": "André Bakker"}, {"name": "Anna.Visser@gemeente.example"}],
            "guests": [{"name": "gast_elders.example#EXT#@gemeente.example"}],
        },
        json.dumps({"displayName": "André Bakker", "userPrincipalName": "anna.visser@GEMEENTE.example"})
        + json.dumps({"guest": "gast_elders.example#EXT#@gemeente.example", "mail": "nergens.anders@elders.example"}),
    ),
    "account": (
        {
            "users": [{"name": "w.iam"}],
            "access_keys": [{"user": "w.iam"}],
            "buckets": [{"name": "b", "owner": "o.eigenaar"}],
        },
        '{"Arn": "arn:aws:iam::1:user/w.iam", "FullName": "Ottoline Full", "Tags": [{"Key": "owner", "Value": "o.eigenaar"}]}',
    ),
}
PLANTED = (
    *(
        "k.smit",
        "Karel Smit",
        "Ottoline Full",
        "t.tijdelijk",
        "André Bakker",
        json.dumps("André Bakker")[1:-1],
        "anna.visser@gemeente.example",
    ),
    *("gast_elders.example", "nergens.anders@elders.example", "w.iam", "o.eigenaar"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A store with all of them, and a bundle of either kind."""
    folder = tmp_path_factory.mktemp("people")
    baseline = Command(folder)
    filled_devices(Corpus(), folder / "saved")
    ended = baseline("check", "--from-files", folder / "saved", "--json")
    reached_ones = [entry for entry in ended.document["population"] if entry["outcome"] == "reached"]
    assert len(reached_ones) == len(DEVICES) >= 9, ended.stderr[-2000:]
    with Store.open(baseline.store) as store:
        run = store.begin_run({}, "0.1.0", [switch(name) for name in OTHERS], [version_of(SSH)])
        for name, (facts, answer) in OTHERS.items():
            made = Artefact(name="answer", content=answer.encode())
            about = [
                result(
                    name,
                    SSH,
                    Status.FAIL,
                    subject=person,
                    reason=f"{person.upper()} may log in",
                    sources=(),
                    artefacts={},
                )
                for person in sorted(person_names(facts))
            ]
            store.record_target(
                run, reached(*about, target=name, at=later(0), key=name, facts=facts_of(**facts), artefacts=(made,))
            )
        store.finish_run(run)
    for words in (("tell",), ("export", "-o", folder / "told"), ("export", "--names", "-o", folder / "named")):
        done = baseline("evidence", *words)
        assert done.code == 0, done.stderr
    return folder


def found_in(bundle: Path, names: set[str]) -> set[tuple[str, str]]:
    """Which of these names stand where in a bundle, as whole words and in any case."""
    wanted = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names)), re.IGNORECASE)
    files = {path: path.read_bytes().decode("utf-8", "replace") for path in bundle.rglob("*") if path.is_file()}
    return {(str(path.relative_to(bundle)), found) for path, text in files.items() for found in wanted.findall(text)}


@pytest.mark.slow
def test_no_byte_of_a_bundle_names_anybody_and_the_key_finds_them_back(folder):
    store_path, key = folder / "store.db", folder / "home/.config/baseline/pseudonyms.key"
    with Store.open(store_path, read_only=True) as store:
        facts = {target: store.facts(target) for target in store.targets()}
    known = {name for each in facts.values() if each for name in person_names(each.document)} - {"permit"}
    assert len(known) > 10
    names = known | {*ON_DEVICES, *PLANTED}
    assert {name for _, name in found_in(folder / "named", names)} >= {"anna", "k.smit", "w.iam", "t.tijdelijk"}
    assert found_in(folder / "told", names) == set()
    assert verify(folder / "told").broken == []

    pseudonyms = load_pseudonyms(key, create=False)
    everything = b"".join(path.read_bytes() for path in (folder / "told").rglob("*") if path.is_file())
    there = sorted(name for name in {*known, "t.tijdelijk", "Karel Smit", "nergens.anders@elders.example", "permit"})
    assert [name for name in there if pseudonyms.of(name).encode() not in everything] == []
    words = ["pseudonyms", "resolve", "--key-file", str(key), "--json", *map(pseudonyms.of, there)]
    ended = CliRunner().invoke(cli, ["--store", str(store_path), *words])
    assert [each["name"] for each in json.loads(ended.stdout).values()] == there


@pytest.mark.slow
def test_configurations_stay_readable_though_an_account_is_called_as_a_word_of_them(folder):
    [text] = [each for path in (folder / "told/artefacts").iterdir() if "root:x:0" in (each := path.read_text("utf-8"))]
    told = load_pseudonyms(folder / "home/.config/baseline/pseudonyms.key", create=False).of("permit")
    assert f"\n{told}:x:1002:1002::/home/{told}:/bin/sh" in text
    assert "hmac-sha2-256-etm@openssh.com" in text
    assert "\naccess-list 10 permit any\n" in text
