"""``python -m bench``: runs the comparisons that are named, or all of them."""

import time
from collections.abc import Callable, Iterator
from importlib import import_module

import click
import msgspec

from bench.machine import machine_line
from bench.measuring import Comparison
from bench.table import write_comparison

BENCHES = {
    "network": "bench.network.comparing:network",
    "hosts": "bench.hosts.comparing:hosts",
    "judge": "bench.judging.comparing:judging",
    "store": "bench.storing.comparing:storing",
    "start": "bench.starting.comparing:starting",
}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHES)))
@click.option("--rounds", type=click.IntRange(1, 50), default=5, show_default=True, help="Runs of each contender.")
@click.option("--json", "as_json", is_flag=True, help="Print every sample.")
def main(names: tuple[str, ...], rounds: int, *, as_json: bool) -> None:
    """Measure baseline beside its peers: network, hosts, judge, store, start; all of them when none is named."""
    machine = f"{time.strftime('%Y-%m-%d')}: {machine_line()}"
    comparisons = _comparisons(names or tuple(BENCHES), rounds)
    if as_json:
        document = {"machine": machine, "comparisons": list(comparisons)}
        click.echo(msgspec.json.format(msgspec.json.encode(document)))
        return
    click.echo(f"{machine}\n")
    for comparison in comparisons:
        click.echo(write_comparison(comparison))


def _comparisons(names: tuple[str, ...], rounds: int) -> Iterator[Comparison]:
    for name in names:
        module, function = BENCHES[name].split(":")
        bench: Callable[[int], Iterator[Comparison]] = getattr(import_module(module), function)
        yield from bench(rounds)


if __name__ == "__main__":
    main()
