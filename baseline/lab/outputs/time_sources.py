"""``show clock``, ``show ntp associations`` and ``show ntp status``."""

from baseline.lab.blueprint import Blueprint
from baseline.lab.configuration.management import NTP_SERVERS
from baseline.lab.moment import DAYS, MONTHS, Moment

_LEGEND = " * sys.peer, # selected, + candidate, - outlyer, x falseticker, ~ configured\n"


def show_clock(blueprint: Blueprint, moment: Moment) -> str:
    """The time to the millisecond; a leading dot says that it was once synchronised and is not now."""
    now = moment.now
    mark = "" if blueprint.posture.clock_synchronised else "."
    stamp = f"{now:%H:%M:%S}.{now.microsecond // 1000:03d} {now.tzname()}"
    return f"{mark}{stamp} {DAYS[now.weekday()]} {MONTHS[now.month - 1]} {now.day} {now.year}\n"


def show_ntp_associations(blueprint: Blueprint, _moment: Moment) -> str:
    """One line for each configured time source, the chosen one marked with an asterisk."""
    head = "\n  address         ref clock       st   when   poll reach  delay  offset   disp\n"
    servers = NTP_SERVERS[: blueprint.posture.ntp_servers]
    return head + "".join(_association(blueprint, index, server) for index, server in enumerate(servers)) + _LEGEND


def _association(blueprint: Blueprint, index: int, server: str) -> str:
    if not blueprint.posture.clock_synchronised:
        return _row(" ", server, ".INIT.", "16", "-", "1024", "0", "0.000", "0.000", "15937.")
    generator = blueprint.random(f"ntp {server}")
    delay, offset = generator.uniform(0.4, 3.0), _offset(blueprint, server)
    when = str(generator.randint(5, 60))
    mark = "*+"[min(index, 1)]
    return _row(mark, server, "10.250.3.1", "2", when, "64", "377", f"{delay:.3f}", f"{offset:.3f}", "1.042")


def _row(mark: str, server: str, clock: str, *numbers: str) -> str:
    widths = (2, 7, 7, 6, 7, 8, 7)
    columns = "".join(f"{number:>{width}}" for number, width in zip(numbers, widths, strict=True))
    return f"{mark}~{server:<16}{clock:<16}{columns}\n"


def _offset(blueprint: Blueprint, server: str) -> float:
    """Difference with a time source in milliseconds."""
    return blueprint.random(f"offset {server}").uniform(-0.9, 0.9)


def show_ntp_status(blueprint: Blueprint, _moment: Moment) -> str:
    """Whether the clock follows a source, which and how closely."""
    if not blueprint.posture.clock_synchronised:
        return (
            "Clock is unsynchronized, stratum 16, no reference clock\n"
            "nominal freq is 250.0000 Hz, actual freq is 250.0000 Hz, precision is 2**10\n"
            "clock offset is 0.0000 msec, root delay is 0.00 msec\n"
            "root dispersion is 14.39 msec, peer dispersion is 0.00 msec\n"
            "loopfilter state is 'FSET' (Drift set from file), drift is 0.000000000 s/s\n"
            "system poll interval is 64, never updated.\n"
        )
    offset = _offset(blueprint, NTP_SERVERS[0])
    return (
        f"Clock is synchronized, stratum 3, reference is {NTP_SERVERS[0]}\n"
        "nominal freq is 250.0000 Hz, actual freq is 249.9971 Hz, precision is 2**10\n"
        f"clock offset is {offset:.4f} msec, root delay is 1.88 msec\n"
        "root dispersion is 9.61 msec, peer dispersion is 1.04 msec\n"
        "loopfilter state is 'CTRL' (Normal Controlled Loop), drift is 0.000011483 s/s\n"
        "system poll interval is 64, last update was 41 sec ago.\n"
    )
