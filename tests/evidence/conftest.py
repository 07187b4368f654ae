"""A store with everything in it, keys and a bundle, made once."""

import pytest

from baseline.content.catalogue import load_catalogue
from baseline.evidence.bundle import export
from baseline.evidence.keys import KeyRing
from baseline.evidence.selection import EvidenceSelection
from baseline.evidence.signing import sign_checkpoints
from baseline.store.store import Store
from tests.evidence.stores import fill


@pytest.fixture(scope="session")
def ring(tmp_path_factory) -> KeyRing:
    made = KeyRing(tmp_path_factory.mktemp("keys") / "keys")
    made.new()
    return made


@pytest.fixture(scope="session")
def public(ring) -> bytes:
    return ring.keys()[0].public


@pytest.fixture(scope="session")
def filled(tmp_path_factory, ring):
    """The path of a signed store; copy it to change it."""
    path = tmp_path_factory.mktemp("store") / "store.db"
    with Store.open(path) as store:
        fill(store)
        sign_checkpoints(store, ring)
    return path


@pytest.fixture(scope="session")
def bundle(tmp_path_factory, filled, ring):
    """A bundle of all that the store holds, in a folder."""
    path = tmp_path_factory.mktemp("bundle") / "bundle"
    with Store.open(filled, read_only=True) as store:
        export(store, EvidenceSelection(), load_catalogue(), path, ring=ring)
    return path
