"""Services, and what they tell of containers and malware protection."""

from collections.abc import Mapping

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import KILOBYTE, Reading, ScriptSection
from baseline.collectors.host.sections.units import Units, read_units
from baseline.models.facts.fact import Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_names import SERVICES
from baseline.models.facts.host_protection import Antimalware, Containers, Service

ANTIMALWARE = {
    "clamav": ("clamav-daemon.service", "clamd@scan.service", "clamav-clamonacc.service"),
    "defender": ("mdatp.service",),
    "falcon": ("falcon-sensor.service",),
    "sentinelone": ("sentinelone.service",),
    "cortex": ("traps_pmd.service",),
    "sophos": ("sophos-spl.service", "sav-protect.service"),
    "eset": ("eea.service", "efs.service"),
    "trendmicro": ("ds_agent.service",),
    "withsecure": ("f-secure-linuxsecurity-fsma.service",),
}
RUNTIMES = {
    "docker": ("docker.service", "docker.socket"),
    "podman": ("podman.service", "podman.socket"),
    "cri-o": ("crio.service",),
    "containerd": ("containerd.service",),
}
"""Units by product, from the vendors' installation guides."""


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``services``, ``running_services``, ``antimalware`` and ``containers``, ``network_socket`` excepted."""
    units = read_units(answers)
    answer = answers["services"]
    supplied = ("services", "running_services", "antimalware", "containers")
    sources = dict.fromkeys(supplied, answer.source())
    if isinstance(units, Unknown):
        return Reading(
            HostFacts(
                services=units,
                running_services=units,
                antimalware=Antimalware(product=units, active=units),
                containers=Containers(runtime=units, active=units),
            ),
            sources,
        )
    for name, candidates in SERVICES.items():
        if found := units.found(candidates):
            sources[f"services.{name}"] = answer.source(units.numbers[found])
    product, runtime = antimalware_product(units), _product(units, RUNTIMES)
    facts = HostFacts(
        services={name: _service(units, candidates) for name, candidates in SERVICES.items()},
        running_services=sorted(
            name.removesuffix(".service")
            for name, state in units.active.items()
            if state == "running" and name.endswith(".service") and not name.startswith(("user@", "session-"))
        ),
        antimalware=Antimalware(product=product, active=product is not None and units.is_active(ANTIMALWARE[product])),
        containers=Containers(runtime=runtime, active=runtime is not None and units.is_active(RUNTIMES[runtime])),
    )
    return Reading(facts, sources)


def antimalware_product(units: Units) -> str | None:
    """The product against malware whose unit is active, else the first whose unit is there."""
    return _product(units, ANTIMALWARE)


def _service(units: Units, names: tuple[str, ...]) -> Service:
    found = units.found(names)
    return Service(
        installed=found is not None,
        active=units.is_active(names),
        enabled=units.is_enabled(names),
        unit=found,
    )


def _product(units: Units, products: dict[str, tuple[str, ...]]) -> str | None:
    """The product whose unit is active, else the first whose unit is there."""
    there = [name for name, names in products.items() if units.found(names)]
    return next((name for name in there if units.is_active(products[name])), next(iter(there), None))


SECTION = ScriptSection(
    name="services",
    artefact="systemctl",
    supplies=(
        "services",
        "running_services",
        "antimalware.product",
        "antimalware.active",
        "containers.runtime",
        "containers.active",
    ),
    parse=parse,
    maximum_bytes=512 * KILOBYTE,
)
