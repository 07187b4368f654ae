"""AWS: accounts in moto on loopback, judged by the shipped checks and by Prowler."""

import os
from collections.abc import Iterator
from functools import partial

from bench.agreement.comparing import Observed
from bench.agreement.findings import prowler_findings
from bench.agreement.tables import pairs

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
REGIONS = ("eu-west-1", "us-east-1")
ARGUMENTS = ["--region", *REGIONS, "--scan-unused-services"]
FORBIDDEN = ("AWS_PROFILE", "AWS_SESSION_TOKEN")


def observe_aws(program: str) -> Iterator[Observed]:
    """Three accounts: each setting right or wrong by chance, the same with each the other way, and hard cases."""
    for name in FORBIDDEN:
        os.environ.pop(name, None)
    os.environ.update(CREDENTIALS)
    from bench.agreement.aws_hard_cases import build_hard_cases
    from tests.aws.proxy import Proxy, running
    from tests.aws.settings import build, chosen
    from tests.aws.simulator import running_moto

    states = chosen(1)
    turned = {builder: not state for builder, state in states.items()}
    with running_moto() as moto, running(Proxy(moto)) as proxy:
        accounts = {
            "by chance": partial(build, moto, proxy, states),
            "the other way": partial(build, moto, proxy, turned),
            "hard cases": partial(build_hard_cases, moto, proxy),
        }
        for name, fill in accounts.items():
            fill()
            yield _observed(name, proxy.endpoint, program)


def _observed(name: str, endpoint: str, program: str) -> Observed:
    from tests.aws.asking import collect, verdicts

    found = verdicts(collect(endpoint, regions=REGIONS))
    ours = [(check, subject, status) for (check, subject), (status, _) in found.items()]
    checks = {pair.prowler for pair in pairs("aws")}
    variables = {**CREDENTIALS, "AWS_ENDPOINT_URL": endpoint}
    return Observed(name, ours, prowler_findings(program, "aws", ARGUMENTS, checks, variables))
