"""An FRRouting configuration as facts, or the reason why it cannot be one."""

from typing import Any, Literal

from baseline.collectors.network.platforms.cisco_ios.routing import read_routing
from baseline.collectors.network.platforms.frr.commands import RUNNING
from baseline.collectors.network.platforms.indented.access_lists import read_access_lists
from baseline.collectors.network.platforms.indented.terminals import idle_timeout
from baseline.collectors.network.platforms.indented.weak_secrets import weak_secrets
from baseline.collectors.network.platforms.indented.words import SEVERITIES, number
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.redaction import secret_lines
from baseline.collectors.network.section_tree import Line as ConfigurationLine
from baseline.collectors.network.section_tree import SectionTree, parse_sections
from baseline.collectors.network.unknowns import unknown_section
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import (
    SERVICE_NAMES,
    Banners,
    Configuration,
    Device,
    EnableSecret,
    Interface,
    Line,
    Logging,
    LogTimestamps,
    Management,
    PasswordRules,
    PasswordStorage,
    Service,
)

HOST = "FRRouting leaves this to the host that it runs on: check that host as a linux target"
"""Why a fact that other network devices have is unknown here."""

_PORTS = "whether the daemons listen for Telnet is set by their start options, not by the configuration"


def cut_off(output: str) -> str | None:
    """Why an output of ``show running-config`` is not a whole FRRouting configuration, else None."""
    return _defect(output, parse_sections(output, banners=False))


def _defect(output: str, tree: SectionTree) -> str | None:
    if not output.strip():
        return f"`{RUNNING}` gave no output"
    if tree.cut:
        return f"the running configuration was not read: {tree.cut}"
    if tree.first("frr version") is None:
        return f"the answer to `{RUNNING}` does not look like FRRouting output"
    if not tree.first("end"):
        return f"the running configuration is cut off after line {tree.line_count}: it does not close with `end`"
    return None


def read_running(output: str) -> tuple[dict[str, Any], Provenance] | str:
    """Sections by name with their sources, or why there are none."""
    tree = parse_sections(output, banners=False)
    defect = _defect(output, tree)
    if defect is not None:
        return defect
    provenance = Provenance(RUNNING)
    left_out: dict[str, Any] = dict.fromkeys(
        (
            "users",
            "aaa",
            "snmp",
            "clock",
            "vlans",
            "spanning_tree",
            "dhcp_snooping",
            "arp_inspection",
            "control_plane",
            "certificates",
        ),
        Unknown(HOST),
    )
    return left_out | _sections(output, tree, provenance), provenance


def _sections(output: str, tree: SectionTree, provenance: Provenance) -> dict[str, Any]:
    return {
        "device": _device(tree, provenance),
        "configuration": _configuration(tree, provenance),
        "management": _management(tree, provenance),
        "banners": unknown_section(Banners, HOST),
        "enable_secret": _enable_secret(tree, provenance),
        "password_rules": _password_rules(output, tree, provenance),
        "logging": _logging(tree, provenance),
        "services": {name: Service(enabled=Unknown(HOST)) for name in SERVICE_NAMES},
        "interfaces": _interfaces(tree, provenance),
        "access_lists": read_access_lists(tree, provenance),
        "routing": read_routing(tree, provenance),
    }


def _note(provenance: Provenance, path: str, *lines: ConfigurationLine | None) -> None:
    provenance.note(path, *(line for line in lines if line is not None))


def _device(tree: SectionTree, provenance: Provenance) -> Device:
    hostname, domain = tree.last("hostname"), tree.last("domainname")
    _note(provenance, "device", hostname, domain)
    return Device(
        hostname=hostname.text[9:].strip() if hostname else Unknown("the configuration holds no `hostname`"),
        domain=domain.text[11:].strip() if domain else None,
        model=Unknown(HOST),
        serial=Unknown(HOST),
        role="router",
    )


def _configuration(tree: SectionTree, provenance: Provenance) -> Configuration:
    commands, syslog = tree.first("log commands"), tree.first("log syslog")
    _note(provenance, "configuration", commands, syslog)
    unknown = unknown_section(Configuration, "FRRouting does not tell it")
    values: dict[str, Any] = {name: getattr(unknown, name) for name in unknown.__struct_fields__}
    return Configuration(
        **(values | {"change_log_enabled": commands is not None, "change_log_to_syslog": bool(commands and syslog)})
    )


def _management(tree: SectionTree, provenance: Provenance) -> Management:
    """The lines of the daemons' own terminals; everything else is the host's."""
    unknown = unknown_section(Management, HOST)
    section = tree.last("line vty") or ConfigurationLine("line vty", 0)
    password = tree.last("password")
    _note(provenance, "management.lines.vty", password)
    if section.number:
        provenance.section("management.lines.vty", section)
    values: dict[str, Any] = {name: getattr(unknown, name) for name in unknown.__struct_fields__}
    return Management(**(values | {"lines": [_line(section, has_password=password is not None)]}))


def _line(section: ConfigurationLine, *, has_password: bool) -> Line:
    """FRRouting refuses a terminal session when no password is set, unless ``no login`` lets everyone in."""
    authentication: Literal["none", "line_password", "blocked"] = "line_password" if has_password else "blocked"
    ipv4, ipv6 = section.first("access-class"), section.first("ipv6 access-class")
    return Line(
        name="vty",
        type="vty",
        transports=Unknown(_PORTS),
        outgoing_transports=[],
        access_list_ipv4=ipv4.text[13:].strip() if ipv4 else None,
        access_list_ipv6=ipv6.text[18:].strip() if ipv6 else None,
        idle_timeout_seconds=idle_timeout(section),
        absolute_timeout_seconds=None,
        authentication="none" if section.first("no login") else authentication,
        authentication_list=None,
        exec_enabled=True,
        privilege=1,
        vrf_also=False,
    )


def _storage(line: ConfigurationLine, keyword: str) -> PasswordStorage:
    """``service password-encryption`` keeps ``8 <hash>``, a DES crypt(3) hash with two characters of salt."""
    words = line.text.split()
    rest = words[words.index(keyword) + 1 :]
    return "des_crypt" if len(rest) > 1 and rest[0] == "8" else "plain"


def _enable_secret(tree: SectionTree, provenance: Provenance) -> EnableSecret:
    line = tree.last("enable password")
    _note(provenance, "enable_secret", line)
    return EnableSecret(configured=line is not None, storage=_storage(line, "password") if line else "none")


def _password_rules(output: str, tree: SectionTree, provenance: Provenance) -> PasswordRules:
    encryption = tree.first("service password-encryption")
    _note(provenance, "password_rules.encryption_service", encryption)
    return PasswordRules(
        minimum_length=Unknown(HOST),
        complexity=Unknown(HOST),
        maximum_age_days=Unknown(HOST),
        lockout_attempts=Unknown(HOST),
        recovery_enabled=Unknown(HOST),
        encryption_service=encryption is not None,
        master_key=False,
        weak_secrets=weak_secrets(tree, secret_lines(output), provenance),
    )


def _logging(tree: SectionTree, provenance: Provenance) -> Logging:
    """FRRouting writes to the host's syslog or to a file; where messages go from there is the host's."""
    syslog, precision = tree.last("log syslog"), tree.last("log timestamp precision")
    provenance.note("logging", *tree.all("log"))
    unknown = unknown_section(Logging, HOST)
    values: dict[str, Any] = {name: getattr(unknown, name) for name in unknown.__struct_fields__}
    values |= {
        "enabled": any(tree.first(f"log {where}") for where in ("syslog", "file", "stdout")),
        "server_level": SEVERITIES.get(syslog.text.split()[-1], 7) if syslog else None,
        "buffer_bytes": None,
        "buffer_level": None,
        "timestamps": LogTimestamps(
            datetime=True,
            milliseconds=precision is not None and (number(precision.text.split()[-1]) or 0) >= 3,
            timezone=False,
            year=True,
        ),
        "sequence_numbers": False,
        "configuration_changes": tree.first("log commands") is not None,
    }
    return Logging(**values)


def _interfaces(tree: SectionTree, provenance: Provenance) -> list[Interface]:
    unknown = unknown_section(Interface, HOST)
    silent: dict[str, Any] = {name: getattr(unknown, name) for name in unknown.__struct_fields__}
    interfaces = []
    for section in tree.all("interface"):
        words = section.text.split()
        if len(words) < 2:
            continue
        provenance.section(f"interfaces.{words[1]}", section)
        interfaces.append(Interface(**(silent | _interface(section, words))))
    return interfaces


def _interface(section: ConfigurationLine, words: list[str]) -> dict[str, Any]:
    description = section.first("description")
    addresses = [*section.all("ip address"), *section.all("ipv6 address")]
    return {
        "name": words[1],
        "kind": "loopback" if words[1] == "lo" else "subinterface" if "." in words[1] else "other",
        "description": description.text[12:].strip() if description else None,
        "enabled": section.first("shutdown") is None,
        "mode": "routed",
        "vrf": words[3] if len(words) > 3 and words[2] == "vrf" else None,
        "addresses": [line.text.split()[2] for line in addresses if len(line.text.split()) > 2],
    }
