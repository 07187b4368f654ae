"""Compares asking a Microsoft tenant, Azure and Microsoft Graph, with fetching the same answers and throwing them away."""

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from bench.cloud.tenant_answers import (
    APPLICATIONS,
    COPIES,
    DEVICES,
    SUBSCRIPTIONS,
    USERS,
    Replayed,
    azure_answers,
    graph_answers,
    serving,
)
from bench.measuring import Comparison, Contender, Sample, compare, run_contender
from bench.options import Options

LATENCY_SECONDS = 0.02
_HERE = "bench.cloud.microsoft"


def tenants(options: Options) -> Iterator[Comparison]:
    """The subscriptions of a tenant, then its Entra ID and Intune, 20 ms a call."""
    azure = f"Azure: {SUBSCRIPTIONS} subscriptions, {SUBSCRIPTIONS * COPIES * 30:,} resources, 20 ms a call"
    yield _compared(azure, "azure", azure_answers(), options)
    graph = f"Microsoft Graph: {USERS:,} users, {DEVICES:,} devices, {APPLICATIONS} applications, 20 ms a call"
    yield _compared(graph, "m365", graph_answers(), options)


def _compared(title: str, kind: str, answer: Callable[..., object], options: Options) -> Comparison:
    with serving(answer) as (address, replayed), tempfile.TemporaryDirectory(prefix="bb-") as folder:  # type: ignore[arg-type]
        path = Path(folder, "requests.json")
        parameters: dict[str, object] = {"address": address, "kind": kind}
        ours = Contender(name="baseline, ask + read + judge + store", function=f"{_HERE}:assess", parameters=parameters)
        floor = Contender(
            name="httpx, the same requests, answers thrown away (floor)",
            function=f"{_HERE}:bare_httpx",
            parameters={"address": address, "requests": str(path)},
            reference=True,
        )
        run_contender(ours)  # so that making the answers is not measured
        path.write_text(json.dumps(replayed.requests))
        replayed.latency = LATENCY_SECONDS
        return compare(title, "tenant", 1, [floor, ours], options, _counting(replayed))


def _counting(replayed: Replayed) -> Callable[[Callable[[], Sample]], Sample]:
    def counted(run: Callable[[], Sample]) -> Sample:
        replayed.calls = 0
        sample = run()
        return msgspec.structs.replace(sample, details=sample.details | {"calls": float(replayed.calls)})

    return counted
