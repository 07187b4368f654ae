"""What ``baseline remediate`` says where it can repair nothing."""

import pytest
import yaml

from tests.acceptance.command import Command


@pytest.fixture
def inventory(tmp_path):
    """Writes an inventory of hosts with these variables."""

    def write(**hosts):
        path = tmp_path / "inventory.yml"
        path.write_text(yaml.safe_dump({"all": {"hosts": hosts}}))
        return path

    return write


@pytest.fixture
def baseline(tmp_path):
    command = Command(tmp_path)
    yield command
    command.close()


def host(**variables):
    return {"ansible_host": "127.0.0.1", "baseline_platform": "linux", "baseline_owner": "serverbeheer"} | variables


@pytest.mark.slow
def test_a_host_that_could_not_be_looked_at_is_never_nothing_to_repair(baseline, inventory):
    ended = baseline("remediate", "host-ssh-root-login-refused", "-i", inventory(gone=host(ansible_port=9)), code=3)
    assert "Something could not be checked" in ended.stdout
    described_wrongly = inventory(gone=host(ansible_port=9), wrong=host(baseline_platform="linx"))
    baseline("remediate", "host-ssh-root-login-refused", "-i", described_wrongly, "--target", "wrong", code=3)
