"""First part of a configuration: version, services, start-up, local logging."""

from baseline.lab.blueprint import Blueprint
from baseline.lab.configuration.text import block

LEGACY_SERVICES = ["service finger", "service tcp-small-servers", "service udp-small-servers"]


def system_section(blueprint: Blueprint) -> list[str]:
    """From ``version`` to the local log buffer."""
    return [
        "version " + ".".join(str(int(part)) for part in blueprint.posture.version.split(".")[:2]),
        *_services(blueprint),
        *block(f"""
            !
            hostname {blueprint.name}
            !
            boot-start-marker
            boot system flash:packages.conf
            boot-end-marker
            !
            vrf definition Mgmt-vrf
             !
             address-family ipv4
             exit-address-family
             !
             address-family ipv6
             exit-address-family
            !
            logging userinfo
            logging buffered 65536 informational
            no logging console
        """),
    ]


def _services(blueprint: Blueprint) -> list[str]:
    posture = blueprint.posture
    stamp = "datetime msec localtime show-timezone year" if posture.log_timestamps else "uptime"
    return [
        *([] if posture.legacy_services else ["no service pad"]),
        "service tcp-keepalives-in",
        "service tcp-keepalives-out",
        f"service timestamps debug {stamp}",
        f"service timestamps log {stamp}",
        "service password-encryption",
        "service sequence-numbers",
        *(LEGACY_SERVICES if posture.legacy_services else []),
        "no service call-home",
        "no platform punt-keepalive disable-kernel-core",
    ]


def clock_section(_blueprint: Blueprint) -> list[str]:
    """Time zone."""
    return ["clock timezone CET 1 0", "clock summer-time CEST recurring last Sun Mar 2:00 last Sun Oct 3:00"]


def hardware_section(blueprint: Blueprint) -> list[str]:
    """Provisioned hardware, memory and licence."""
    return block(f"""
        switch 1 provision {blueprint.model.lower()}
        !
        license boot level network-advantage addon dna-advantage
        diagnostic bootup level minimal
        memory free low-watermark processor 131093
        transceiver type all
         monitoring
        !
        redundancy
         mode sso
        !
    """)


def archive_section(blueprint: Blueprint) -> list[str]:
    """Archive of the configuration and log of its changes."""
    log = (
        block("""
         log config
          logging enable
          logging size 500
          notify syslog contenttype plaintext
          hidekeys
    """)
        if blueprint.posture.log_changes
        else []
    )
    return ["archive", *(" " + line for line in log), " path flash:archief-$h", " maximum 10", " write-memory", "!"]
