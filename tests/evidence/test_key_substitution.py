"""A bundle that a stranger made and signed is never taken for the organisation's, whatever keys it carries."""

import json
import shutil
from pathlib import Path

import pytest

from baseline.content.catalogue import load_catalogue
from baseline.evidence.bundle import export
from baseline.evidence.keys import KeyRing, Signer, holds
from baseline.evidence.selection import EvidenceSelection
from baseline.evidence.signing import sign_checkpoints
from baseline.evidence.store_check import verify_store
from baseline.evidence.verifier import Broken, ed25519, key_id, main, verify
from baseline.store.store import Store
from tests.evidence.stores import fill


class StrangersRing(KeyRing):
    """Keys of a stranger who bears the name of the organisation's present key."""

    def __init__(self, folder, organisation: KeyRing) -> None:
        super().__init__(folder)
        self._mine, self._keys = self.new(), {key.id: key for key in organisation.keys()}  # noqa: SIM118 - a method
        self._named = next(key.id for key in self._keys.values() if key.active)
        self._rotation = json.loads(organisation.rotations()[0])

    def signer(self) -> Signer:
        made = super().signer()
        assert made is not None
        made.id = self._named
        return made

    def public(self, identifier: str) -> bytes:
        theirs = self._keys[identifier].public
        return theirs if identifier != self._named else self._mine.public + theirs.splitlines()[1] + b"\n"

    def rotations(self) -> list[bytes]:
        statement = self._rotation["statement"]
        made = self._rotation | {"new": self.signer().sign(statement.encode()).hex()}
        return [json.dumps(made, separators=(",", ":"), sort_keys=True).encode()]


@pytest.mark.slow
@pytest.mark.parametrize("check", [holds, pytest.param(ed25519, id="openssl")])
def test_a_key_that_bears_the_name_of_the_one_that_took_over_is_refused(tmp_path, check):
    organisation = KeyRing(tmp_path / "keys")
    kept_by_the_auditor = organisation.new()
    organisation.rotate()
    stranger = StrangersRing(tmp_path / "stranger", organisation)
    with Store.open(tmp_path / "store.db") as store:
        fill(store)
        sign_checkpoints(store, stranger)
        export(store, EvidenceSelection(), load_catalogue(), tmp_path / "bundle", pseudonyms=None, ring=stranger)
    report = verify(tmp_path / "bundle", kept_by_the_auditor.public, check)
    assert report.broken == ["a public key is not one Ed25519 key in PEM, and nothing else"]


@pytest.mark.parametrize(
    "change",
    [
        lambda pem: pem + pem,
        lambda pem: pem.splitlines()[1] + b"\n" + pem,
        lambda pem: pem.replace(b"PUBLIC KEY", b"RSA PUBLIC KEY"),
        lambda pem: pem.replace(b"MCowBQYDK2VwAyEA", b"MCowBQYDK2VuAyEA"),  # X25519, which cannot sign
        lambda _pem: b"",
        lambda _pem: b"\xff\x00",
    ],
)
def test_what_is_not_exactly_one_key_has_no_name(public, filled, change):
    with pytest.raises(Broken, match="one Ed25519 key"):
        key_id(change(public))
    with Store.open(filled, read_only=True) as store:
        assert not verify_store(store, key=change(public)).holds


def test_what_a_bundle_names_cannot_steer_the_terminal_of_the_auditor(bundle, tmp_path, capsys):
    work = Path(shutil.copytree(bundle, tmp_path / "bundle"))
    sums = work / "SHA256SUMS"
    sums.write_bytes(f"{'0' * 64}  \x1b[2Jproven\n".encode() + sums.read_bytes())
    assert main([str(work)]) == 1
    assert capsys.readouterr().out == "BROKEN      ?[2Jproven: missing\n"


def test_a_key_with_other_line_ends_is_the_same_key(public, ring):
    assert key_id(public.replace(b"\n", b"\r\n")) == key_id(b"\n" + public) == ring.signer().id
