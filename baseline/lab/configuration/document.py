"""Puts the sections of a configuration together and makes it as long as was asked."""

from datetime import datetime, timedelta

import msgspec

from baseline.lab.blueprint import Blueprint
from baseline.lab.configuration import access, interfaces, management, network, system
from baseline.lab.configuration.ports import PORT_DETAIL_LINES, unused_ports
from baseline.lab.posture import Posture

_FIRST_CHANGE = datetime(2026, 9, 1, 9, 14, 27)  # noqa: DTZ001  local time as the device prints it

UNSAVED = ("snmp-server contact", "errdisable recovery interval")
"""Lines that somebody added and did not save, on a switch with unsaved changes."""


class Plan(msgspec.Struct, frozen=True):
    """How a configuration is filled: ports written out in full, and entries of a long access list."""

    detailed_ports: int = 0
    filler: int = 0


def running_configuration(blueprint: Blueprint) -> str:
    """The configuration without the header that ``show running-config`` puts above it; ends with ``end``."""
    return "\n".join(_body(blueprint, _plan(blueprint))) + "\n"


def saved_configuration(blueprint: Blueprint, running: str) -> str:
    """What is in the start-up configuration: the same, or a version that lacks the last changes."""
    if not blueprint.posture.unsaved_changes:
        return running
    return "\n".join(line for line in running.split("\n") if not line.startswith(UNSAVED))


def changed_at(blueprint: Blueprint) -> datetime:
    """Local time of the last change; a change while the lab runs makes it an hour later."""
    minutes = blueprint.random("changed").randrange(60 * 24 * 60)
    return _FIRST_CHANGE + timedelta(minutes=minutes, hours=blueprint.revision)


def saved_at(blueprint: Blueprint) -> datetime:
    """Local time at which the configuration was saved."""
    offset = timedelta(days=-9) if blueprint.posture.unsaved_changes else timedelta(minutes=2)
    return changed_at(blueprint) + offset


def _plan(blueprint: Blueprint) -> Plan:
    """Made for the good situation, so that a defect changes only the lines it is about."""
    good = msgspec.structs.replace(blueprint, posture=Posture())
    room = max(0, blueprint.lines - len(_body(good, Plan())))
    used = 0 if blueprint.is_core else blueprint.port_count - len(unused_ports(blueprint))
    detailed = min(used, room // PORT_DETAIL_LINES)
    return Plan(detailed, room - detailed * PORT_DETAIL_LINES)


def _body(blueprint: Blueprint, plan: Plan) -> list[str]:
    sections = [
        system.system_section(blueprint),
        access.enable_section(blueprint),
        access.aaa_section(blueprint),
        system.clock_section(blueprint),
        network.ip_section(blueprint),
        access.login_section(blueprint),
        network.layer2_section(blueprint),
        interfaces.key_chain_section(blueprint),
        network.certificate_section(blueprint),
        system.hardware_section(blueprint),
        system.archive_section(blueprint),
        [] if blueprint.posture.reversible_secrets else ["password encryption aes"],
        access.account_section(blueprint),
        network.vlan_section(blueprint),
        ["cdp run" if blueprint.posture.cdp else "no cdp run", "lldp run", "!"],
        network.policy_section(blueprint),
        interfaces.interface_section(blueprint, plan.detailed_ports),
        interfaces.routing_section(blueprint),
        management.service_section(blueprint),
        management.access_list_section(blueprint, plan.filler),
        management.log_section(blueprint),
        management.snmp_section(blueprint),
        access.server_section(blueprint),
        management.control_plane_section(blueprint),
        management.banner_section(blueprint),
        management.line_section(blueprint),
        management.time_section(blueprint),
    ]
    lines = [line for section in sections for line in (*section, "!") if section] + ["end"]
    return [line for line, before in zip(lines, ["", *lines], strict=False) if (line, before) != ("!", "!")]
