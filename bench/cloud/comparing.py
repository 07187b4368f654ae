"""Compares ways to hold one AWS account against a baseline; answers of moto are recorded once, then replayed."""

import os
import sys
from collections.abc import Callable, Iterator

import msgspec

from bench.cloud.account import REGIONS, fill
from bench.cloud.ours import bare_boto3, count_errors
from bench.environments import MissingPeerError, environment
from bench.measuring import Comparison, Contender, Sample, compare, run_contender
from bench.options import Options
from tests.aws.proxy import Proxy, running
from tests.aws.simulator import running_moto

LATENCY_SECONDS = 0.02
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": REGIONS[0],
    "AWS_EC2_METADATA_DISABLED": "true",
}


def cloud(options: Options) -> Iterator[Comparison]:
    """One account, 20 ms a call."""
    os.environ.update(CREDENTIALS)
    with running_moto() as moto, running(Proxy(moto)) as proxy:
        fill(moto)
        contenders = list(_contenders(proxy.endpoint, options))
        _record(proxy, contenders)
        proxy.replaying, proxy.latency = True, LATENCY_SECONDS

        def counted(run: Callable[[], Sample]) -> Sample:
            proxy.calls.clear()
            sample = run()
            return msgspec.structs.replace(sample, details=sample.details | {"calls": float(len(proxy.calls))})

        yield compare("One AWS account of 550 resources, 20 ms a call", "account", 1, contenders, options, counted)


def _record(proxy: Proxy, contenders: list[Contender]) -> None:
    """Let everyone ask once, so that moto is not measured."""
    unknown = count_errors(proxy.endpoint)
    if unknown:
        raise RuntimeError(f"{unknown} facts of the account are unknown")
    bare_boto3(endpoint=proxy.endpoint)()
    for contender in contenders:
        if "scanners" in contender.function:
            print(f"  recording {contender.name}", file=sys.stderr, flush=True)
            run_contender(contender)


def _contenders(endpoint: str, options: Options) -> Iterator[Contender]:
    parameters: dict[str, object] = {"endpoint": endpoint}
    bare = "boto3 in 32 threads, answers thrown away (floor)"
    yield Contender(name=bare, function="bench.cloud.ours:bare_boto3", parameters=parameters, reference=True)
    yield Contender(
        name="baseline, ask + read + judge + store", function="bench.cloud.ours:assess", parameters=parameters
    )
    for name, package, program in (("Prowler", "prowler", "prowler"), ("Cloud Custodian", "c7n", "custodian")):
        if options.wants(name):
            try:
                peer = environment(package, package)
            except MissingPeerError as error:
                print(f"  without {name}: {error}", file=sys.stderr, flush=True)
                continue
            yield Contender(
                name=f"{name} {peer.version(package)}",
                function=f"bench.cloud.scanners:{program}",
                parameters={**parameters, "program": peer.program(program)},
            )
