"""The time service and whether it has found the time."""

import re
from collections.abc import Mapping
from typing import Literal

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.sections.units import Units, read_units
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_protection import TimeSynchronisation

TimeService = Literal["chrony", "systemd-timesyncd", "ntpd", "openntpd"]

UNITS: dict[TimeService, tuple[str, ...]] = {
    "chrony": ("chrony.service", "chronyd.service"),
    "ntpd": ("ntpd.service", "ntp.service", "ntpsec.service"),
    "openntpd": ("openntpd.service",),
    "systemd-timesyncd": ("systemd-timesyncd.service",),
}
FILES: dict[TimeService, tuple[str, ...]] = {
    "chrony": ("/etc/chrony",),
    "ntpd": ("/etc/ntp.conf", "/etc/ntpsec/"),
    "openntpd": ("/etc/openntpd/",),
    "systemd-timesyncd": ("/etc/systemd/timesyncd.conf", "/usr/lib/systemd/timesyncd.conf"),
}

OWN_CLOCK = re.compile(r"7F7F01[0-9A-F]{2}|127\.127\.1\.|refid=LOC")


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``time_synchronisation``."""
    answer = answers["time_synchronisation"]
    units = read_units(answers)
    service = _service(units)
    if isinstance(service, Unknown) or isinstance(units, Unknown):
        reason = service if isinstance(service, Unknown) else Unknown("services are not known")
        time = TimeSynchronisation(service=reason, active=reason, synchronised=reason, servers=reason)
    elif service is None:
        time = TimeSynchronisation(
            service=None, active=False, synchronised=Unknown("there is no time service"), servers=[]
        )
    else:
        active = units.is_active(UNITS[service])
        time = TimeSynchronisation(
            service=service,
            active=active,
            synchronised=_synchronised(answer, service) if active else False,
            servers=_servers(answer, service),
        )
    return Reading(HostFacts(time_synchronisation=time), {"time_synchronisation": answer.source()})


def _service(units: Fact[Units]) -> Fact[TimeService | None]:
    """The one that runs, else the first that is there."""
    if isinstance(units, Unknown):
        return units
    there = [name for name, names in UNITS.items() if units.found(names)]
    return next((name for name in there if units.is_active(UNITS[name])), next(iter(there), None))


def _synchronised(answer: Answer, service: TimeService) -> Fact[bool]:
    """A flag of timesyncd (systemd-timesyncd.service(8)), or the leap status of chrony and ntpd (RFC 5905), whose own
    clock is no source: chrony tells of it as 127.127.1.1 (``local`` of chrony.conf(5)), ntpd as LOCAL or LOCL.
    """
    if service == "systemd-timesyncd":
        return bool(answer.notes("timesyncd"))
    if service == "openntpd":
        return Unknown("openntpd does not tell without its control socket")
    command = "chronyc" if service == "chrony" else "ntpq"
    said = " ".join(line.text.strip() for line in answer.output(command) if line.text.strip())
    if service == "chrony" and "Leap status" in said:
        return "Not synchronised" not in said and OWN_CLOCK.search(said) is None
    if service == "ntpd" and "leap=" in said:
        return "leap=11" not in said and OWN_CLOCK.search(said) is None
    return Unknown(f"{command} says: {said[:80]}" if said else f"{command} is not installed, or gave no answer")


def _servers(answer: Answer, service: TimeService) -> Fact[list[str]]:
    if refused := next((refused for start in FILES[service] if (refused := answer.unreadable(start))), None):
        return refused
    texts = (setting.text for start in FILES[service] for setting in answer.settings(start))
    words = [pair for text in texts if (pair := text.replace("=", " ", 1).split())]
    if service == "systemd-timesyncd":
        named = [pair[1:] for pair in words if pair[0] == "NTP" and len(pair) > 1]
        fallback = [pair[1:] for pair in words if pair[0] == "FallbackNTP" and len(pair) > 1]
        return next(iter(named[-1:] or fallback[-1:]), [])
    sources = {"server", "servers", "pool", "peer", "refclock"}
    return [pair[1] for pair in words if len(pair) > 1 and pair[0] in sources and not pair[1].startswith("127.127.1.")]


SECTION = ScriptSection(
    name="time_synchronisation",
    artefact="time service",
    supplies=("time_synchronisation",),
    parse=parse,
    reads=("services",),
)
