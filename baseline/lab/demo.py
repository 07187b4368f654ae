"""The fleet of the demonstration: three sites, most devices good, the rest with one to four defects each."""

import random
from collections.abc import Sequence

from baseline.lab.defects import ACCESS_ONLY, CORE_ONLY, DEFECTS
from baseline.lab.platforms import description
from baseline.lab.spec import IOS, DeviceSpec
from baseline.models.target import Classification

SITES = ("zwolle", "deventer", "kampen")
GOOD_PART = 0.6
MOST_DEFECTS = 4

FIRST_DEFECTS = (
    "telnet_on_vty",
    "snmp_community_public",
    "no_aaa",
    "single_unauthenticated_ntp",
    "http_server",
    "no_syslog",
    "type_7_passwords",
    "no_bpduguard",
    "old_software",
    "unsaved_changes",
    "ssh_version_1",
    "no_vty_access_class",
)
"""The first mistake of each faulty device in turn, so that a small fleet shows the best-known ones."""

_ACCESS = Classification(availability="medium", integrity="medium", confidentiality="low")
_CORE = Classification(availability="high", integrity="high", confidentiality="medium")


def demo_fleet(count: int = 24, *, seed: int = 1, lines: int = 1200) -> tuple[DeviceSpec, ...]:
    """``count`` devices spread over the sites, the first of each site a core switch; the same for the same seed."""
    generator = random.Random(f"fleet {seed}")  # noqa: S311  a choice of examples, not cryptography
    faulty = sorted(generator.sample(range(count), k=count - round(count * GOOD_PART)))
    defects = {index: _defects(index, order, seed) for order, index in enumerate(faulty)}
    return tuple(_device(index, lines, defects.get(index, ())) for index in range(count))


def mixed_fleet(
    platforms: Sequence[str], count: int = 24, *, seed: int = 1, lines: int = 1200
) -> tuple[DeviceSpec, ...]:
    """``count`` devices, of each platform in turn; the first of each is good, the second bad, and so on.

    Raises:
        LabError: the lab has no devices of a platform.
    """
    shares = {name: len(range(place, count, len(platforms))) for place, name in enumerate(platforms)}
    switches = demo_fleet(shares[IOS], seed=seed, lines=lines) if shares.get(IOS) else ()
    others = (_recorded(name, index) for name, share in shares.items() if name != IOS for index in range(share))
    return (*switches, *others)


def _recorded(platform: str, index: int) -> DeviceSpec:
    position, site_number = divmod(index, len(SITES))
    kind = description(platform)
    return DeviceSpec(
        name=f"{SITES[site_number]}-{kind.label}-{position + 1:02d}",
        platform=platform,
        site=SITES[site_number],
        site_number=site_number + 1,
        defects=tuple(kind.defects) if index % 2 else (),
        zone="kern",
        classification=_CORE,
    )


def _device(index: int, lines: int, defects: tuple[str, ...]) -> DeviceSpec:
    position, site_number = divmod(index, len(SITES))
    site, core = SITES[site_number], position == 0
    return DeviceSpec(
        name=f"{site}-core-01" if core else f"{site}-sw-{position:02d}",
        site=site,
        site_number=site_number + 1,
        number=2 if core else 10 + position % 240,
        role="core" if core else "access",
        defects=defects,
        lines=lines,
        zone="kern" if core else "campus",
        exposure="internet" if core and site == SITES[0] else "internal",
        classification=_CORE if core else _ACCESS,
    )


def _defects(index: int, order: int, seed: int) -> tuple[str, ...]:
    generator = random.Random(f"defects {seed} {index}")  # noqa: S311  a choice of examples, not cryptography
    possible = set(DEFECTS) - (ACCESS_ONLY if index < len(SITES) else CORE_ONLY)
    first = [name for name in (FIRST_DEFECTS[order % len(FIRST_DEFECTS)],) if name in possible]
    others = sorted(possible.difference(first))
    return (*first, *generator.sample(others, k=generator.randint(0 if first else 1, MOST_DEFECTS - 1)))
