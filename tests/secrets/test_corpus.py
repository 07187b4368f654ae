"""A corpus of secrets, collected from devices, hosts and clouds, is found nowhere afterwards, however hard one looks."""

import asyncio

import pytest
from click.testing import CliRunner

from baseline.assess.sealing import ask, sealed
from baseline.cli.main import cli
from baseline.collectors.network.platforms import platform
from baseline.models.redaction import redact, redact_text
from tests.acceptance.command import Command
from tests.microsoft.loopback import MicrosoftServer, Reply, microsoft_settings, microsoft_target
from tests.secrets.corpus import Corpus
from tests.secrets.device_texts import DEVICES
from tests.secrets.host_texts import API, HARMLESS, HOST
from tests.secrets.leaking_host import leaking_host
from tests.secrets.looking import decompressed, everything_in

TELLING = (
    ("results", "--all"),
    ("results", "--json"),
    ("runs",),
    ("runs", "1"),
    ("show", "network-secrets-stored-safely", "dev-cisco_ios"),
    ("drift", "--json"),
    ("drift", "config", "dev-cisco_ios", "--against", "SAVED"),
    ("export", "oscal", "assessment-results", "--names", "-o", "RESULTS.oscal"),
    ("export", "oscal", "poam", "--names", "-o", "PLAN.oscal"),
    ("export", "ocsf", "--names", "-o", "EVENTS.jsonl"),
    ("export", "ciso-assistant", "--names", "-o", "POSTURE.csv"),
    ("export", "junit", "--names", "-o", "JUNIT.xml"),
    ("export", "json-lines", "--names", "-o", "LINES.jsonl"),
    ("export", "prometheus", "--textfile", "METRICS"),
    ("evidence", "export", "--names", "-o", "BUNDLE"),
    ("evidence", "log"),
    ("report", "audit", "-o", "REPORT.html", "-o", "REPORT.csv", "-o", "REPORT.json"),
    ("report", "actions", "-o", "ACTIONS.html", "-o", "ACTIONS.json"),
    ("reassess", "--as-of", "2090-01-01", "--json"),
)
"""Everything that tells of what is stored. ``SAVED`` is a configuration in a file; words with capitals, what is written."""
SEEN_IN_STORE = 500
"""Values that a store with so many targets holds at least: it was looked at."""


def filled_devices(corpus: Corpus, root) -> dict[str, str]:
    """Write what devices say to a folder per platform; gives what was written, by place."""
    texts = {}
    for name, answers in DEVICES.items():
        folder = root / name
        folder.mkdir(parents=True)
        for command, text in answers.items():
            path = folder / (f"dev-{name}/{command}.txt" if command else f"dev-{name}.cfg")
            path.parent.mkdir(exist_ok=True)
            texts[str(path)] = corpus.fill(text, name)
            path.write_text(texts[str(path)])
    return texts


def inventory_of(folder, port: int):
    path = folder / "hosts.yml"
    variables = f"ansible_host: 127.0.0.1, ansible_port: {port}, ansible_user: auditor, baseline_platform: linux"
    path.write_text(f"all:\n  hosts:\n    leaky: {{{variables}}}\n")
    return path


def _word(folder, word: str) -> str:
    if word == "SAVED":
        return str(folder / "saved/cisco_ios/dev-cisco_ios.cfg")
    return str(folder / "written" / word) if word.split(".", maxsplit=1)[0].isupper() else word


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Everything that commands printed and wrote about targets full of secrets; the store; and the corpus."""
    folder = tmp_path_factory.mktemp("corpus")
    corpus, baseline = Corpus(), Command(folder)
    filled_devices(corpus, folder / "saved")
    with leaking_host(folder, corpus.fill(HOST, "host")) as port:
        hosts = ("-i", inventory_of(folder, port), "--target", "leaky", "--known-hosts", folder / "known_hosts")
        ended = [
            baseline("--debug", "check", "--from-files", folder / "saved", "--json"),
            baseline("--debug", "check", *hosts, "--json"),
            baseline("check", *hosts),
        ]
    reached = [entry for each in ended[:2] for entry in each.document["population"] if entry["outcome"] == "reached"]
    assert len(reached) == len(DEVICES) + 1, ended[0].stderr[-3000:] + ended[1].stderr[-3000:]
    printed = {f"check {number}": each.stdout + each.stderr for number, each in enumerate(ended)}
    written = folder / "written"
    written.mkdir()
    for words in TELLING:
        told = CliRunner().invoke(
            cli, ["--store", str(baseline.store), *(_word(folder, word) for word in words)], env={"HOME": str(folder)}
        )
        assert told.exit_code in (0, 1, 3), (words, told.output[-500:], told.exception)
        printed[" ".join(words)] = told.output
    files = [path for path in written.rglob("*") if path.is_file()]
    assert {path.relative_to(written).parts[0] for path in files} >= {
        "METRICS",
        "BUNDLE",
        "REPORT.html",
        "ACTIONS.json",
    }
    printed |= {str(path): decompressed(path.read_bytes()).decode("utf-8", "replace") for path in files}
    return printed, baseline.store, corpus


@pytest.mark.slow
def test_no_secret_is_printed_logged_or_exported(said):
    printed, _, corpus = said
    found = {where: names for where, text in printed.items() if (names := corpus.found_in(text.encode()))}
    assert found == {}


@pytest.mark.slow
def test_no_secret_is_stored(said):
    _, store, corpus = said
    values = set(everything_in(store))
    found = {(where, name) for where, content in values for name in corpus.found_in(content)}
    assert found == set()
    assert len(values) > SEEN_IN_STORE
    assert sum(b"<redacted>" in content for _, content in values) > 20, "what was said is there, without its secrets"


def test_the_corpus_holds_many_kinds_and_is_found_where_it_is():
    corpus = Corpus()
    texts = [corpus.fill(text, name) for name, answers in DEVICES.items() for text in answers.values()]
    texts += [corpus.fill(HOST, "host"), corpus.fill(API, "api")]
    assert len(corpus.kinds()) >= 120
    everything = "\n".join(texts).encode()
    assert set(corpus.found_in(everything)) == set(corpus.needles)


@pytest.mark.parametrize("name", DEVICES)
def test_a_platform_takes_its_own_secrets_out(name):
    corpus, known = Corpus(), platform(name)
    for command, text in DEVICES[name].items():
        filled = corpus.fill(text, name)
        redacted = known.redact(command.replace("_", " ") or known.configuration_command, filled)
        assert corpus.found_in(redacted.encode()) == []
        assert redacted.count("\n") == filled.count("\n")


@pytest.mark.parametrize("text", [HOST, API], ids=["host", "api"])
def test_the_last_look_takes_secrets_out_line_for_line_and_once(text):
    corpus = Corpus()
    filled = corpus.fill(text, "here").encode()
    clean = redact(filled)
    assert corpus.found_in(clean) == []
    assert clean.count(b"\n") == filled.count(b"\n")
    assert redact(clean) == clean


def test_what_is_no_secret_stays_readable():
    assert redact_text(HARMLESS) == HARMLESS


def test_what_apis_answer_is_clean_before_it_is_judged_or_stored():
    corpus = Corpus()
    document = corpus.fill(API, "api")

    def answer(asked) -> Reply:
        if asked.bare.endswith("$batch"):
            requests = asked.body["requests"]
            replies = [f'{{"id": "{each["id"]}", "status": 200, "body": {document}}}' for each in requests]
            return Reply(text=f'{{"responses": [{",".join(replies)}]}}'.encode())
        return Reply(text=document.encode())

    with MicrosoftServer(answer).running() as server:
        target = microsoft_target(server.address, "m365")
        collection = asyncio.run(ask(target, frozenset(), microsoft_settings()))
    told = b"\n".join([repr(collection.facts).encode(), *(each.content for each in collection.artefacts)])
    assert corpus.found_in(told) == []
    assert sealed(collection) == collection
    assert b"redacted" in told
