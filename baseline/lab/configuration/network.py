"""Network services and layer 2: name resolution, snooping, spanning tree, VLANs, policies."""

from baseline.lab.blueprint import ACCESS_VLANS, MANAGEMENT_VLAN, PARKING_VLAN, Blueprint
from baseline.lab.configuration.text import block

TRUST_POINT = "GEMEENTE-PKI"

POLICE_CLASSES = {
    "system-cpp-police-sw-forward": 1000,
    "system-cpp-police-multicast": 500,
    "system-cpp-police-l2-control": 2000,
    "system-cpp-police-routing-control": 5400,
    "system-cpp-police-system-critical": 1000,
    "system-cpp-police-punt-webauth": 1000,
    "system-cpp-police-topology-control": 13000,
    "system-cpp-police-data": 600,
}
"""Classes that protect the processor with their rate in packets per second."""


def ip_section(blueprint: Blueprint) -> list[str]:
    """Name resolution and the services that nobody needs."""
    posture = blueprint.posture
    return [
        "vstack" if posture.smart_install else "no vstack",
        "!",
        *([] if posture.source_routing else ["no ip source-route"]),
        "ip routing" if blueprint.is_core else "no ip routing",
        "no ip gratuitous-arps",
        "no ip domain lookup",
        f"ip domain name {blueprint.site}.lab.example",
        *([] if posture.legacy_services else ["no ip bootp server"]),
        *snooping_lines(blueprint),
    ]


def snooping_lines(blueprint: Blueprint) -> list[str]:
    """DHCP snooping and ARP inspection on every user VLAN."""
    vlans = ",".join(str(number) for number in ACCESS_VLANS)
    snooping = [f"ip dhcp snooping vlan {vlans}", "no ip dhcp snooping information option", "ip dhcp snooping"]
    inspection = [f"ip arp inspection vlan {vlans}", "ip arp inspection validate src-mac dst-mac ip"]
    return [
        *(snooping if blueprint.posture.dhcp_snooping else []),
        *(inspection if blueprint.posture.arp_inspection else []),
    ]


def layer2_section(blueprint: Blueprint) -> list[str]:
    """VTP, loop protection, 802.1X."""
    return block(f"""
        vtp domain {blueprint.site}
        vtp mode off
        udld aggressive
        !
        dot1x system-auth-control
        !
        spanning-tree mode rapid-pvst
        spanning-tree loopguard default
        spanning-tree portfast bpduguard default
        spanning-tree extend system-id
        !
        errdisable recovery cause bpduguard
        errdisable recovery cause storm-control
        errdisable recovery interval 600
        !
    """)


def certificate_section(blueprint: Blueprint) -> list[str]:
    """Trust point and a certificate as the device prints it: hexadecimal, closed by ``quit``."""
    if blueprint.is_small:
        return []
    generator = blueprint.random("certificate")
    rows = [" ".join(f"{generator.getrandbits(32):08X}" for _ in range(8)) for _ in range(22)]
    return [
        f"crypto pki trustpoint {TRUST_POINT}",
        " enrollment terminal",
        f" subject-name cn={blueprint.name}.{blueprint.site}.lab.example",
        " revocation-check none",
        f" rsakeypair {TRUST_POINT}",
        "!",
        f"crypto pki certificate chain {TRUST_POINT}",
        f" certificate {generator.getrandbits(64):016X}",
        *("  " + row for row in rows),
        "  \tquit",
        "!",
    ]


def vlan_section(blueprint: Blueprint) -> list[str]:
    """VLANs with their names."""
    named = ACCESS_VLANS | {MANAGEMENT_VLAN: "BEHEER", PARKING_VLAN: "GEPARKEERD", 999: "NATIVE-ONGEBRUIKT"}
    lines: list[str] = []
    for number, name in named.items():
        lines += [f"vlan {number}", f" name {blueprint.site.upper()}-{name}", "!"]
    return lines


def policy_section(blueprint: Blueprint) -> list[str]:
    """Classes and the policy that protects the processor."""
    if not blueprint.posture.control_plane_policing:
        return []
    classes = dict(list(POLICE_CLASSES.items())[: 2 if blueprint.is_small else None])
    lines: list[str] = []
    for name in classes:
        lines += [f"class-map match-any {name}", f"  description {name.removeprefix('system-cpp-police-')}"]
    lines += ["!", "policy-map system-cpp-policy"]
    for name, rate in classes.items():
        lines += [f" class {name}", f"  police rate {rate} pps"]
    return [*lines, "!"]
