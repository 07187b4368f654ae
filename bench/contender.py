"""The process of one contender: prepares, does the work between two readings of the meters, and prints a Sample."""

import re
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import msgspec

from bench.measuring import Sample

Work = Callable[[], dict[str, float]]


def main() -> None:
    """Run ``module:name`` with its parameters as JSON."""
    place, parameters = sys.argv[1:]
    module, name = place.split(":")
    prepare: Callable[..., Work] = getattr(import_module(module), name)
    work = prepare(**msgspec.json.decode(parameters))
    cpu, started = cpu_seconds(), time.perf_counter()
    details = work()
    sample = Sample(
        seconds=time.perf_counter() - started,
        cpu_seconds=cpu_seconds() - cpu,
        memory_mebibytes=peak_memory(),
        details=details,
    )
    print(f"\n{msgspec.json.encode(sample).decode()}")


def cpu_seconds() -> float:
    """User and system time of this process and of the children that it waited for."""
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def peak_memory() -> float:
    """Peak resident size in MiB of this process, or of the largest of its children.

    Its own is read from /proc, since ``ru_maxrss`` also remembers the process that started this one.
    """
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\s*(\d+) kB", status.read_text())):
        usage = int(found[1])
    return max(usage, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


if __name__ == "__main__":
    main()
