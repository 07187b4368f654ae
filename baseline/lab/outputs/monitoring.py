"""``show logging`` and ``show snmp user``."""

from baseline.lab.blueprint import MANAGEMENT_VLAN, Blueprint
from baseline.lab.configuration.document import changed_at
from baseline.lab.configuration.management import SYSLOG_SERVERS
from baseline.lab.moment import MONTHS, Moment


def show_logging(blueprint: Blueprint, _moment: Moment) -> str:
    """State of every log destination, then the local buffer."""
    return _destinations(blueprint) + "\nLog Buffer (65536 bytes):\n\n" + "".join(_messages(blueprint))


def _destinations(blueprint: Blueprint) -> str:
    lines = [
        "Syslog logging: enabled (0 messages dropped, 3 messages rate-limited, 0 flushes, 0 overruns, xml disabled)",
        "",
        "No Active Message Discriminator.",
        "",
        "No Inactive Message Discriminator.",
        "",
        "    Console logging: disabled",
        "    Monitor logging: level debugging, 0 messages logged, xml disabled,",
        "                     filtering disabled",
        "    Buffer logging:  level informational, 812 messages logged, xml disabled,",
        "                    filtering disabled",
        "    Exception Logging: size (4096 bytes)",
        "    Count and timestamp logging messages: disabled",
        "    File logging: disabled",
        "    Persistent logging: disabled",
        "",
        "No active filter modules.",
        "",
        "    Trap logging: level informational, 815 message lines logged",
        *_hosts(blueprint),
        "        Logging Source-Interface:       VRF Name:",
        f"        Vlan{MANAGEMENT_VLAN}",
    ]
    return "\n".join(lines) + "\n"


def _hosts(blueprint: Blueprint) -> list[str]:
    lines: list[str] = []
    for server in SYSLOG_SERVERS[: blueprint.posture.syslog_servers]:
        lines += [
            f"        Logging to {server}  (udp port 514, audit disabled,",
            "              link up),",
            "              815 message lines logged,",
            "              0 message lines rate-limited,",
            "              0 message lines dropped-by-MD,",
            "              xml disabled, sequence number disabled",
            "              filtering disabled",
        ]
    return lines


def _messages(blueprint: Blueprint) -> list[str]:
    when = changed_at(blueprint)
    day = f"{MONTHS[when.month - 1]} {when.day:>2} {when.year}"
    stamp = f"{day} {when:%H:%M}" if blueprint.posture.log_timestamps else "31w2d"
    zone = ".417 CEST" if blueprint.posture.log_timestamps else ""
    texts = [
        "%SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: beheerder] [Source: 10.250.4.17] [localport: 22]",
        "%SYS-5-CONFIG_I: Configured from console by beheerder on vty0 (10.250.4.17)",
        "%SYS-6-LOGOUT: User beheerder has exited tty session 2(10.250.4.17)",
    ]
    seconds = [f":{10 + 7 * index}{zone}" if zone else "" for index in range(len(texts))]
    return [f"{index + 810:06d}: {stamp}{seconds[index]}: {text}\n" for index, text in enumerate(texts)]


def show_snmp_user(blueprint: Blueprint, _moment: Moment) -> str:
    """The version 3 user; it has no place in a configuration."""
    engine = "80000009030070B3D5" + blueprint.mac_address().replace(".", "")[-6:].upper()
    privacy = "AES256" if blueprint.posture.snmp_level == "priv" else "None"
    return (
        "\nUser name: bewaking\n"
        f"Engine ID: {engine}\n"
        "storage-type: nonvolatile\t active\taccess-list: BEHEER-SNMP\n"
        "Authentication Protocol: SHA-2 256\n"
        f"Privacy Protocol: {privacy}\n"
        "Group-name: BEWAKING\n\n"
    )
