"""A bundle is verified by the words of its own VERIFY.txt, with sha256sum and openssl; and by its own verifier."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from baseline.content.catalogue import load_catalogue
from baseline.evidence.bundle import export
from baseline.evidence.keys import KeyRing
from baseline.evidence.sealing import Seals
from baseline.evidence.selection import EvidenceSelection
from baseline.evidence.verifier import verify
from baseline.evidence.writer import BundleError
from baseline.store.store import Store
from tests.evidence.authorities import make_authorities, time_stamp_server


@pytest.fixture(scope="module")
def authorities(tmp_path_factory) -> Path:
    return make_authorities(tmp_path_factory.mktemp("authorities"))


@pytest.fixture(scope="module")
def sealed(tmp_path_factory, filled, ring, pseudonyms, authorities) -> Path:
    """A bundle with every seal there is."""
    path = tmp_path_factory.mktemp("sealed") / "bundle"
    with Store.open(filled, read_only=True) as store, time_stamp_server(authorities) as url:
        seals = Seals(
            certificate=authorities / "signer.pem", certificate_key=authorities / "signer.key", time_stamp_url=url
        )
        export(store, EvidenceSelection(), load_catalogue(), path, pseudonyms=pseudonyms, seals=seals, ring=ring)
    return path


def commands_of(bundle: Path, language: str) -> list[str]:
    """The commands in one half of VERIFY.txt, which are the lines that are set in."""
    dutch, _, english = (bundle / "VERIFY.txt").read_text().partition("\nVERIFYING\n")
    return re.findall(r"^    (\S.*)$", {"nl": dutch, "en": english}[language], re.MULTILINE)


def run(command: str, bundle: Path, authorities: Path) -> int:
    command = command.replace("CA.pem", str(authorities / "ca.pem")).replace("TSA.pem", str(authorities / "ca.pem"))
    return subprocess.run(["bash", "-c", command], cwd=bundle, capture_output=True, check=False, timeout=60).returncode


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_words_of_verify_txt_verify_it(sealed, authorities, language):
    commands = commands_of(sealed, language)
    assert [command.split()[0] for command in commands] == [
        "sha256sum",
        "find",
        *["openssl"] * 3,
        "sha256sum",
        "openssl",
    ]
    assert [run(command, sealed, authorities) for command in commands] == [0] * 7


def test_the_words_of_verify_txt_find_a_change(sealed, authorities):
    commands = commands_of(sealed, "en")

    def failing() -> list[int]:
        return [number for number, command in enumerate(commands) if run(command, sealed, authorities)]

    for name, expected in {"results.jsonl": [0], "SHA256SUMS": [2, 3, 4], "SHA256SUMS.p7s": [3, 5]}.items():
        path = sealed / name
        content = path.read_bytes()
        path.write_bytes(content[:-70] + bytes([content[-70] ^ 1]) + content[-69:])
        assert set(failing()) & set(expected), name
        path.write_bytes(content)
    (sealed / "added").write_bytes(b"")
    assert failing() == [1]
    (sealed / "added").unlink()


def test_every_seal_is_verified(sealed, authorities, public):
    authority = authorities / "ca.pem"
    report = verify(sealed, public, ca=authority, tsa=authority)
    assert (report.broken, report.open, report.notes) == ([], [], [])
    assert {"CMS", "time stamp"} <= {word for word in ("CMS", "time stamp") if word in " ".join(report.proven)}
    assert verify(sealed, ca=authority).holds
    assert "nobody vouched" in " ".join(verify(sealed, public).proven)


def test_the_verifier_in_the_bundle_says_the_same_and_tells_by_its_exit_code(sealed, public, tmp_path):
    key = tmp_path / "public.pem"
    key.write_bytes(public)

    def verifier(*words: str | Path) -> subprocess.CompletedProcess:
        program = [sys.executable, "-I", "-S", sealed / "verifier.py", *words]
        return subprocess.run(program, capture_output=True, text=True, check=False, timeout=60)

    whole = verifier(sealed, "--key", key)
    assert whole.returncode == 0
    assert f"{len(verify(sealed, public).proven)}" == str(whole.stdout.count("proven    "))
    assert verifier(sealed).returncode == 1
    assert "NOT PROVEN" in verifier(sealed).stdout
    assert verifier(tmp_path / "nothing").returncode == 2


@pytest.mark.parametrize("name", ["SHA256SUMS.sig", "SHA256SUMS.p7s", "SHA256SUMS.tsr", "SIGNATURES", "SIGNATURES.sig"])
def test_a_seal_that_was_taken_away_is_missed(sealed, public, name):
    path = sealed / name
    content = path.read_bytes()
    path.unlink()
    assert "taken away" in verify(sealed, public).broken[0]
    path.write_bytes(content)
    assert verify(sealed, public).holds


def test_a_certificate_or_a_server_that_is_not_right_stops_the_export(filled, ring, authorities, tmp_path):
    wrong = Seals(certificate=authorities / "signer.pem", certificate_key=authorities / "tsa.key")
    nobody = Seals(time_stamp_url="http://127.0.0.1:9/")
    with Store.open(filled, read_only=True) as store:
        for seals, reason in (
            (wrong, "cannot sign"),
            (nobody, "time stamp server"),
            (Seals(time_stamp_url="file:///"), "http"),
        ):
            with pytest.raises(BundleError, match=reason):
                export(
                    store,
                    EvidenceSelection(),
                    load_catalogue(),
                    tmp_path / "no",
                    pseudonyms=None,
                    seals=seals,
                    ring=ring,
                )
    assert list(tmp_path.iterdir()) == []


def test_a_bundle_that_nobody_signed_says_so(filled, tmp_path):
    with Store.open(filled, read_only=True) as store:
        export(
            store,
            EvidenceSelection(),
            load_catalogue(),
            tmp_path / "bundle",
            pseudonyms=None,
            ring=KeyRing(tmp_path / "no keys"),
        )
    report = verify(tmp_path / "bundle")
    assert (report.broken, report.holds) == ([], False)
    assert "not signed" in report.open[0]
    assert "not signed" in (tmp_path / "bundle" / "VERIFY.txt").read_text()


def test_the_same_store_and_question_give_the_same_bytes(filled, ring, tmp_path):
    with Store.open(filled, read_only=True) as store:
        for name in ("a.zip", "b.zip"):
            export(
                store, EvidenceSelection(norms=("bio2",)), load_catalogue(), tmp_path / name, pseudonyms=None, ring=ring
            )
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
