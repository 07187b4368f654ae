"""A store with everything in it, keys and a bundle, made once."""

from pathlib import Path

import pytest

from baseline.content.catalogue import load_catalogue
from baseline.content.pseudonyms import Pseudonyms, load_pseudonyms
from baseline.evidence.bundle import export
from baseline.evidence.keys import KeyRing
from baseline.evidence.selection import EvidenceSelection
from baseline.evidence.signing import sign_checkpoints
from baseline.evidence.telling import tell_all
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
def pseudonym_key(tmp_path_factory) -> Path:
    """The file of a key of pseudonyms."""
    path = tmp_path_factory.mktemp("pseudonyms") / "pseudonyms.key"
    load_pseudonyms(path, create=True)
    return path


@pytest.fixture(scope="session")
def pseudonyms(pseudonym_key) -> Pseudonyms:
    return load_pseudonyms(pseudonym_key, create=False)


@pytest.fixture(scope="session")
def filled(tmp_path_factory, ring, pseudonyms):
    """The path of a signed store of which every run is told; copy it to change it."""
    path = tmp_path_factory.mktemp("store") / "store.db"
    with Store.open(path) as store:
        fill(store)
        tell_all(store, pseudonyms)
        sign_checkpoints(store, ring)
    return path


@pytest.fixture(scope="session", params=["names", "pseudonyms"])
def bundle(request, tmp_path_factory, filled, ring, pseudonyms):
    """A bundle of all that the store holds, in a folder, of either kind."""
    path = tmp_path_factory.mktemp("bundle") / "bundle"
    told = pseudonyms if request.param == "pseudonyms" else None
    with Store.open(filled, read_only=True) as store:
        export(store, EvidenceSelection(), load_catalogue(), path, pseudonyms=told, ring=ring)
    return path
