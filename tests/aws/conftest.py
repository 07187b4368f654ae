"""One moto server and one proxy per test process."""

import pytest

from tests.aws.proxy import Proxy, running
from tests.aws.simulator import reset, running_moto


@pytest.fixture(scope="session")
def moto():
    with running_moto() as endpoint:
        yield endpoint


@pytest.fixture
def proxy(moto):
    """An empty account behind a proxy."""
    reset(moto)
    with running(Proxy(moto)) as started:
        yield started


@pytest.fixture(autouse=True, scope="module")
def _credentials(tmp_path_factory):
    """Credentials for moto only, whatever this machine has."""
    folder = tmp_path_factory.mktemp("aws")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_PROFILE", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_SESSION_TOKEN"):
            patch.delenv(name, raising=False)
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("AWS_CONFIG_FILE", str(folder / "config"))
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(folder / "credentials"))
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield
