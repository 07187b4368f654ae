"""The log has one order, whoever writes, and survives being killed; its proofs agree with the RFC's definitions."""

import hashlib
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.evidence.keys import KeyRing
from baseline.evidence.signing import sign_checkpoints
from baseline.evidence.store_check import verify_store
from baseline.evidence.verifier import root_by_path, roots_by_proof
from baseline.models.errors import StoreError
from baseline.store.evidence_log import append
from baseline.store.evidence_rows import log_row
from baseline.store.merkle import Peaks, Tree, leaf_hash, node_hash, root_of
from baseline.store.store import Store
from baseline.store.tables import RemediationRow
from tests.evidence.stores import fill
from tests.store import killed_writer
from tests.store.conftest import location, postgresql_socket  # noqa: F401 - fixtures

LEAVES = st.integers(1, 70).map(lambda size: [leaf_hash(str(number).encode()) for number in range(size)])


def root_by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word by word."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(root_by_definition(leaves[:split]), root_by_definition(leaves[split:]))


@given(LEAVES, st.data())
def test_roots_and_proofs_are_those_of_rfc_6962(leaves, data):
    peaks, tree, size = Peaks(), Tree(leaves), len(leaves)
    for leaf in leaves:
        peaks = Peaks(peaks.size, bytes(peaks))
        peaks.append(leaf)
    assert {root_by_definition(leaves), peaks.root, root_of(leaves), tree.root(size)} == {root_of(leaves)}
    position, older = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    path, proof = tree.inclusion(position, size), tree.consistency(older, size)
    assert root_by_path(leaves[position], position, size, path) == tree.root(size)
    assert roots_by_proof(tree.root(older), older, size, proof) == (tree.root(older), tree.root(size))
    wrong = data.draw(st.integers(0, size + 2).filter(lambda other: other != position))
    assert root_by_path(leaves[position], wrong, size, path) != tree.root(size)
    forged = hashlib.sha256(b"forged").digest()
    assert older == 0 or roots_by_proof(forged, older, size, proof) != (forged, tree.root(size)) or older == size


@pytest.mark.parametrize("leaves", [0, 1, 3])
def test_known_roots(leaves):
    """The empty tree and the first leaf of the RFC's own examples (certificate-transparency's test vectors)."""
    known = {
        0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    }
    assert root_of([leaf_hash(each) for each in (b"", b"\0", b"\x10")[:leaves]]).hex() == known[leaves]


WRITER = """
import sys
from baseline.store.store import Store
with Store.open(sys.argv[1]) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[2])):
        store.evidence.append("attestation", {"writer": sys.argv[3], "number": number})
"""


def test_processes_that_append_at_once_make_one_log(location, tmp_path):  # noqa: F811 - the fixture
    Store.open(location).close()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, location, "15", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two", "three")
    ]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    with Store.open(location) as store:
        assert len(store.evidence.latest(1000)) == 45
        assert verify_store(store, KeyRing(tmp_path / "none")).broken == []


def test_everything_is_guarded_on_every_database(location, ring):  # noqa: F811 - the fixture
    with Store.open(location) as store:
        fill(store)
        sign_checkpoints(store, ring)
        report = verify_store(store, ring)
        assert (report.broken, report.open) == ([], [])


@pytest.mark.parametrize("seconds", [0.05, 0.4])
def test_a_run_that_is_killed_leaves_a_log_that_holds(tmp_path, ring, seconds):
    path = tmp_path / "store.db"
    writer = subprocess.Popen(
        [sys.executable, killed_writer.__file__, path, "40", "8"], stdout=subprocess.PIPE, text=True
    )
    while writer.stdout.readline().split()[:1] != ["recorded"]:
        pass
    time.sleep(seconds)
    writer.kill()
    writer.communicate()
    with Store.open(path) as store:
        sign_checkpoints(store, ring)
        report = verify_store(store, ring)
        assert (report.broken, report.open) == ([], [])
        assert store.evidence.latest(1)[0].kind == "run ended"


def test_what_is_undone_is_not_in_the_log(tmp_path):
    with Store.open(tmp_path / "store.db") as store:
        with pytest.raises(StoreError, match="undone"), store.evidence._database.writing() as connection:
            append(connection, "attestation", {})
            log_row(connection, RemediationRow, id=1)
            raise StoreError("undone")
        assert store.evidence.latest(10) == []
        with store.evidence.reading() as connection, pytest.raises(StoreError, match="writes"):
            append(connection, "attestation", {})
