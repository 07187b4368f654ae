"""A store of the made-up organisation, and what is told of it."""

from collections import defaultdict

import pytest
from prometheus_client.parser import text_string_to_metric_families

from baseline.cli.served_content import content_of
from baseline.serve.sources import exposition_of
from baseline.store.store import Store
from tests.prometheus.organisation import fill, inventory


def parsed(text):
    """Metric -> labels (sorted pairs) -> value."""
    found = defaultdict(dict)
    for family in text_string_to_metric_families(text.decode()):
        for sample in family.samples:
            assert tuple(sorted(sample.labels.items())) not in found[sample.name], f"twice: {sample}"
            found[sample.name][tuple(sorted(sample.labels.items()))] = sample.value
    return found


class Told:
    """Metrics by name and labels."""

    def __init__(self, text):
        self.text = text
        self.metrics = parsed(text)

    def __call__(self, name, **labels):
        """The value of the one series that has these labels; None when there is none."""
        wanted = labels.items()
        values = [value for key, value in self.metrics[name].items() if wanted <= dict(key).items()]
        assert len(values) < 2, f"{name}: {len(values)} series"
        return values[0] if values else None

    def total(self, name, **labels):
        return sum(value for key, value in self.metrics[name].items() if labels.items() <= dict(key).items())


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


@pytest.fixture
def filled(store):
    fill(store)
    return store


@pytest.fixture(scope="session")
def hosts(tmp_path_factory):
    return inventory(tmp_path_factory.mktemp("inventory"))


@pytest.fixture(scope="session")
def contents(hosts):
    def load(*inventories):
        return content_of({"inventories": inventories, "checks_folders": (), "vault_password_files": ()})

    return {"inventory": load(str(hosts)), "none": load()}


@pytest.fixture
def tell(contents):
    """Tell of a store; ``content`` is with the inventory, or with none."""
    return lambda store, content="inventory", **options: Told(exposition_of(store, contents[content], **options).text())
