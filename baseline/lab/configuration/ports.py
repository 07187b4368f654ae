"""Ports for users and trunks."""

from baseline.lab.blueprint import PARKING_VLAN, Blueprint
from baseline.lab.configuration.text import block

PORT_DETAIL_LINES = 9
"""Lines that a used port has more when there is room for detail."""

_ROOMS = ("Werkplek", "Spreekkamer", "Balie", "Vergaderzaal", "Kopieerhoek", "Techniekruimte")


def unused_ports(blueprint: Blueprint) -> set[int]:
    """Numbers of the ports that nobody uses: about one in eight."""
    count = blueprint.port_count
    return set(blueprint.random("unused").sample(range(2, count + 1), k=max(2, count // 8)))


def port_section(blueprint: Blueprint, detailed: int) -> list[str]:
    """Every port for users; the first ``detailed`` used ones are written out in full."""
    unused = unused_ports(blueprint)
    weak = _weak_port(unused)
    lines: list[str] = []
    for number in range(1, blueprint.port_count + 1):
        lines.append(f"interface GigabitEthernet1/0/{number}")
        if number in unused:
            lines += _unused_port(blueprint)
        else:
            lines += _used_port(blueprint, number, weak=number == weak, detailed=detailed > 0)
            detailed -= 1
        lines.append("!")
    return lines


def _weak_port(unused: set[int]) -> int:
    """The port on which a mistake was made: the first used one from 7 on."""
    return next(number for number in range(7, 100) if number not in unused)


def _unused_port(blueprint: Blueprint) -> list[str]:
    return [
        " description Niet in gebruik",
        f" switchport access vlan {PARKING_VLAN}",
        " switchport mode access",
        " switchport nonegotiate",
        *([" shutdown"] if blueprint.posture.unused_ports_shut else []),
        " no lldp transmit",
        " spanning-tree bpduguard enable",
    ]


def _used_port(blueprint: Blueprint, number: int, *, weak: bool, detailed: bool) -> list[str]:
    posture = blueprint.posture
    generator = blueprint.random(f"port {number}")
    where = f"{generator.choice(_ROOMS)} {generator.randint(0, 4)}.{generator.randint(1, 60):02d}"
    return [
        f" description {where} {generator.choice('ABCD')}",
        f" switchport access vlan {generator.choice((10, 10, 10, 30, 40, 60))}",
        " switchport mode access",
        " switchport nonegotiate",
        " switchport voice vlan 20",
        *(_authentication(detailed) if posture.port_authentication or not weak else []),
        " no lldp transmit",
        *([" ip verify source", " ip dhcp snooping limit rate 15"] if posture.dhcp_snooping else []),
        *(_storm_control(detailed) if posture.storm_control else []),
        " spanning-tree portfast",
        *(
            [" spanning-tree bpduguard enable"]
            if posture.bpdu_guard or not weak
            else [" spanning-tree bpduguard disable"]
        ),
    ]


def _authentication(detailed: bool) -> list[str]:
    detail = [
        " authentication event fail action next-method",
        " authentication event server dead action authorize",
        " authentication event server alive action reinitialize",
        " authentication host-mode multi-domain",
        " authentication order dot1x mab",
        " authentication periodic",
        " authentication timer reauthenticate server",
    ]
    tail = [" authentication port-control auto", " mab", " dot1x pae authenticator"]
    return [*detail, *tail, " dot1x timeout tx-period 10"] if detailed else tail


def _storm_control(detailed: bool) -> list[str]:
    return [" storm-control broadcast level 1.00", *([" storm-control action trap"] if detailed else [])]


def trunk_lines(blueprint: Blueprint, description: str, allowed: str) -> list[str]:
    """The inside of a trunk port."""
    posture = blueprint.posture
    return [
        f" description {description}",
        *([f" switchport trunk native vlan {posture.native_vlan}"] if posture.native_vlan != 1 else []),
        f" switchport trunk allowed vlan {allowed}",
        " switchport mode dynamic desirable" if posture.trunk_negotiation else " switchport mode trunk",
        *([] if posture.trunk_negotiation else [" switchport nonegotiate"]),
        *([" ip arp inspection trust"] if posture.arp_inspection else []),
        *([" ip dhcp snooping trust"] if posture.dhcp_snooping else []),
    ]


def management_port() -> list[str]:
    """The out-of-band port that is not cabled."""
    return block("""
        interface GigabitEthernet0/0
         vrf forwarding Mgmt-vrf
         no ip address
         shutdown
         negotiation auto
        !
    """)
