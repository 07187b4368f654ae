"""Only what is on the read list leaves the process."""

import pytest
from botocore.session import Session

from baseline.collectors.cloud.aws.guard import EVENTS, SIGNING_IN, refuse_others
from baseline.collectors.cloud.aws.organisation import READS
from baseline.collectors.cloud.aws.session import AwsSession
from baseline.collectors.cloud.aws.table import every_call, read_list
from baseline.collectors.interface import CollectSettings
from baseline.models.cloud import AwsAccess
from baseline.models.errors import CollectError
from tests.aws.proxy import Proxy, running

pytestmark = pytest.mark.slow

READING = ("Describe", "Get", "List", "GenerateCredentialReport")
SERVICES = sorted({service for service, _ in read_list()})
SECRETS = [
    ("secretsmanager", "GetSecretValue"),
    ("s3", "GetObject"),
    ("lambda", "GetFunction"),
    ("ec2", "GetPasswordData"),
    ("ecr", "GetAuthorizationToken"),
    ("rds", "DownloadDBLogFilePortion"),
    ("sqs", "ReceiveMessage"),
]


@pytest.fixture
def listening():
    """An endpoint that counts what arrives."""
    with running(Proxy("http://127.0.0.1:1")) as proxy:
        yield proxy


def test_the_read_list_holds_nothing_that_changes_or_fetches_contents():
    assert all(operation.startswith(READING) for _, operation in read_list() | READS)
    assert read_list().isdisjoint(SECRETS)


@pytest.mark.parametrize("service", [*SERVICES, "ssm"])
def test_a_client_has_no_other_operations_than_those_on_the_list(listening, service):
    access = AwsAccess(endpoint=listening.endpoint, regions=("eu-west-1",))
    client = AwsSession(access, read_list(), CollectSettings(), 1).client(service, "eu-west-1")
    allowed = {operation for name, operation in read_list() if name == service}
    assert client.meta.service_model.error_shapes is not None
    assert set(client.meta.service_model.operation_names) == allowed == set(client.meta.method_to_api_mapping.values())


@pytest.mark.parametrize("service", [*SERVICES, "ssm", "sts"])
def test_no_other_operation_leaves_the_process_even_with_the_whole_model_of_botocore(listening, service):
    session = Session()
    for event in EVENTS:
        session.register(event, refuse_others(read_list()))
    client = session.create_client(service, "eu-west-1", endpoint_url=listening.endpoint)
    allowed = {operation for name, operation in read_list() | SIGNING_IN if name == service}
    tried = 0
    for method, operation in client.meta.method_to_api_mapping.items():
        if operation not in allowed:
            with pytest.raises(CollectError, match="not on the list of what is only read") as refused:
                getattr(client, method)()
            assert refused.value.code == "not_allowed"
            tried += 1
    assert tried > 0
    assert listening.calls == []


def test_every_operation_on_the_list_exists_and_names_a_permission():
    session = Session()
    for call in every_call():
        for part in call.parts:
            assert part.operation in session.get_service_model(part.service).operation_names
            assert part.action.count(":") == 1


def test_an_unknown_profile_is_refused_with_its_name():
    with pytest.raises(CollectError, match="there is no AWS profile 'elsewhere'") as refused:
        AwsSession(AwsAccess(profile="elsewhere"), read_list(), CollectSettings(), 1)
    assert refused.value.code == "credential"
