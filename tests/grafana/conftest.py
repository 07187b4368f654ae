"""Prometheus beside a server with the made-up organisation."""

import shutil

import pytest

from baseline.store.store import Store
from tests.grafana.monitoring import Monitoring
from tests.prometheus.organisation import fill, inventory
from tests.serve.conftest import Served


@pytest.fixture(scope="session")
def monitoring(tmp_path_factory):
    """A Prometheus that has scraped, and evaluated the rules."""
    if not shutil.which("prometheus"):
        pytest.skip("needs Prometheus (apt-get install prometheus)")
    folder = tmp_path_factory.mktemp("monitoring")
    with Store.open(folder / "store.db") as store:
        fill(store)
    inventory(folder / "inventory")
    served = Served(folder, "-i", "inventory/hosts.yml")
    watched = Monitoring(folder, served.url.removeprefix("http://"))
    try:
        watched.wait_for("domain:baseline_assessed:ratio and domain:baseline_met:ratio")
        yield watched
    finally:
        watched.close()
        served.close()
