"""``python -m bench``: runs the comparisons that are named, or all of them; ``agree`` holds verdicts against Prowler's."""

import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module

import click
import msgspec

from bench.machine import machine_line
from bench.measuring import Comparison
from bench.options import Options
from bench.table import write_comparison

BENCHES = {
    "network": "bench.network.comparing:network",
    "parse": "bench.parsing.comparing:parsing",
    "hosts": "bench.hosts.comparing:hosts",
    "cloud": "bench.cloud.comparing:cloud",
    "tenant": "bench.cloud.tenants:tenants",
    "judge": "bench.judging.comparing:judging",
    "drift": "bench.drift.comparing:drift",
    "store": "bench.storing.comparing:storing",
    "evidence": "bench.evidence.comparing:evidence",
    "start": "bench.starting.comparing:starting",
    "export": "bench.export.comparing:exporting",
}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHES)))
@click.option("--rounds", type=click.IntRange(1, 50), default=5, show_default=True, help="Runs of each contender.")
@click.option("--devices", type=click.IntRange(1, 2000), multiple=True, help="network: size of the fleet; repeatable.")
@click.option("--latency", type=click.FloatRange(0, 1000), multiple=True, help="network: ms added; repeatable.")
@click.option("--hosts", type=click.IntRange(1, 1000), multiple=True, help="hosts: how many at once; repeatable.")
@click.option("--only", multiple=True, help="Contenders with this in their name; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print every sample.")
def main(
    names: tuple[str, ...],
    rounds: int,
    devices: tuple[int, ...],
    latency: tuple[float, ...],
    hosts: tuple[int, ...],
    only: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Measure baseline beside its peers: network, parse, hosts, cloud, judge, drift, store, start; all of them when none is named."""
    given = Options(rounds=rounds, contenders=only)
    given = msgspec.structs.replace(
        given,
        devices=devices or given.devices,
        latencies_ms=latency or given.latencies_ms,
        hosts=hosts or given.hosts,
    )
    machine = f"{time.strftime('%Y-%m-%d')}: {machine_line()}"
    comparisons = _comparisons(names or tuple(BENCHES), given)
    if as_json:
        document = {"machine": machine, "comparisons": list(comparisons)}
        click.echo(msgspec.json.format(msgspec.json.encode(document)))
        return
    click.echo(f"{machine}\n")
    for comparison in comparisons:
        click.echo(write_comparison(comparison))


def _comparisons(names: tuple[str, ...], options: Options) -> Iterator[Comparison]:
    for name in names:
        module, function = BENCHES[name].split(":")
        bench: Callable[[Options], Iterator[Comparison]] = getattr(import_module(module), function)
        yield from bench(options)


if __name__ == "__main__":
    if sys.argv[1:2] == ["agree"]:
        from bench.agreement.command import agree

        agree(sys.argv[2:], prog_name="python -m bench agree")
    main()
