"""Administrative access in a running configuration of EOS: SSH, Telnet, the command API, sessions, banners.

SSH answers unless it is shut down; Telnet, the command API, NETCONF and RESTCONF only where they are started. Sessions
never end by themselves unless ``idle-timeout`` is set (Arista EOS User Manual, "Session Management Commands": SSH is
enabled by default, ``management telnet`` and ``management api http-commands`` are shut down, ``idle-timeout`` is 0).
"""

from typing import Any, Literal

import msgspec

from baseline.collectors.network.platforms.arista_eos.instances import Server, read_server
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import number, word_after
from baseline.collectors.network.section_tree import Line as ConfigurationLine
from baseline.collectors.network.section_tree import SectionTree, banner_text
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Banners, Http, Line, LoginProtection, Management, Ssh, Telnet

ALGORITHMS = {
    "cipher": "ciphers",
    "mac": "macs",
    "key-exchange": "key_exchanges",
}
"""Start of a line under ``management ssh`` -> fact."""

USER_LEVEL = 1
"""Privilege level that a session starts with (Arista EOS User Manual, "Command Modes")."""


def read_management(reading: Reading) -> Management:
    """Everything under ``management``."""
    ssh = read_server(reading, "management.ssh", "management ssh", on_by_default=True)
    telnet = read_server(reading, "management.telnet", "management telnet")
    return Management(
        ssh=_ssh(reading, ssh),
        telnet=Telnet(enabled=telnet.enabled),
        http=_http(reading),
        lines=[_console(reading), *_lines(reading, "ssh", ssh), *_lines(reading, "telnet", telnet)],
        login_protection=_login_protection(reading),
        permitted_sources=Unknown("EOS has no one list for all protocols: see the lines"),
        vrf=_vrf(reading),
        netconf_enabled=_has_transport(reading, "netconf"),
        restconf_enabled=_has_transport(reading, "restconf"),
    )


def _ssh(reading: Reading, server: Server) -> Ssh:
    """EOS speaks version 2 only. Algorithms that are not named differ per release; the handshake tells them."""
    section = server.section
    values: dict[str, Any] = {}
    for start, fact in ALGORITHMS.items():
        if line := section.first(start):
            reading.provenance.note(f"management.ssh.{fact}", line)
            values[fact] = line.text[len(start) + 1 :].split()
    methods = section.first("authentication protocol") or section.first("authentication mode")
    timeout = section.first("login timeout")
    return Ssh(
        enabled=server.enabled,
        version=2,
        timeout_seconds=_silent("login timeout") if timeout is None else number(timeout.text[14:]) or 0,
        authentication_retries=Unknown("EOS has no setting for it"),
        authentication_methods=_methods(methods.text) if methods else _silent("authentication protocol"),
        minimum_dh_bits=Unknown("EOS does not tell it"),
        source_interface=_client_source(reading),
        access_list=server.access_list("ip"),
        vrf=server.instance,
        **values,
    )


def offered_keys(tree: SectionTree) -> frozenset[str] | None:
    """Types of host keys that ``hostkey server`` names; None: every key that the device has."""
    section = tree.last("management ssh")
    lines = [line.text.split()[2:] for line in section.all("hostkey server")] if section else []
    named = [words for words in lines if words[:1] not in ([], ["cert"])]
    return frozenset(word.split("-", 1)[0] for words in named for word in words) if named else None


def _methods(text: str) -> list[str]:
    """Names as in RFC 4252, which EOS spells ``public-key``."""
    return [word.replace("public-key", "publickey") for word in text.split()[2:]]


def _silent(command: str) -> Unknown:
    return Unknown(f"the configuration does not mention `{command}`, and its default differs per release; write it out")


def _client_source(reading: Reading) -> str | None:
    words = (reading.value("management.ssh.source_interface", "ip ssh client source-interface") or "").split()
    return words[0] if words else None


def _http(reading: Reading) -> Http:
    """The command API. It offers HTTPS only, unless ``protocol http`` is there as well."""
    server = read_server(reading, "management.http", "management api http-commands")
    section = server.section
    https = section.first("no protocol https") is None
    profile = section.first("protocol https ssl profile")
    versions, ciphers = _tls(reading, profile.text.split()[-1] if profile else None)
    return Http(
        enabled=server.enabled and any(_speaks_plainly(line) for line in section.all("protocol http")),
        https_enabled=server.enabled and https,
        access_list=server.access_list("ip"),
        authentication="aaa" if server.enabled else None,
        tls_versions=versions if server.enabled and https else [],
        ciphers=ciphers if server.enabled and https else [],
    )


def _speaks_plainly(line: ConfigurationLine) -> bool:
    """``protocol http [port N]``; ``protocol http localhost`` only answers the device itself."""
    return "localhost" not in line.text.split()


def _tls(reading: Reading, profile: str | None) -> tuple[Fact[list[str]], Fact[list[str]]]:
    """TLS versions and ciphers of a profile under ``management security``."""
    security = reading.tree.first("management security")
    section = security.first(f"ssl profile {profile}") if security and profile else None
    if section is None:
        unknown = _silent("protocol https ssl profile")
        return unknown, unknown
    reading.provenance.section("management.http", section)
    versions, ciphers = section.first("tls versions"), section.first("cipher-list")
    return (
        versions.text.split()[2:] if versions else _silent("tls versions"),
        ciphers.text[12:].split(":") if ciphers else _silent("cipher-list"),
    )


def _has_transport(reading: Reading, protocol: str) -> bool:
    """Whether a transport of ``management api netconf`` or ``restconf`` is there and not shut down."""
    section = reading.tree.first(f"management api {protocol}")
    transports = section.all("transport") if section else []
    reading.provenance.section(f"management.{protocol}_enabled", *([section] if section else []))
    return any(transport.first("shutdown") is None for transport in transports)


def _vrf(reading: Reading) -> str | None:
    """The routing instance of the management port."""
    for section in reading.tree.all("interface"):
        line = section.first("vrf") if section.text.startswith("interface Management") else None
        if line is not None:
            reading.provenance.note("management.vrf", line)
            return line.text.split()[-1]
    return None


def _console(reading: Reading) -> Line:
    section = reading.tree.first("management console") or ConfigurationLine("management console", 0)
    lists = [name for name in ("serial-console", "console") if _login_methods(reading, name)]
    return _any_line(reading, "console", section, list_name=lists[0] if lists else "default")


def _lines(reading: Reading, protocol: str, server: Server) -> list[Line]:
    """One per routing instance that the server runs in; one without transports where it does not run."""
    if not server.enabled:
        return [msgspec.structs.replace(_any_line(reading, protocol, server.section, type_="vty"), exec_enabled=False)]
    lines = []
    for instance in server.running:
        name = protocol if len(server.running) == 1 else f"{protocol} {instance}"
        line = _any_line(reading, name, server.section, type_="vty")
        filters = {
            f"access_list_{family}": server.access_list_in(instance, word)
            for family, word in (("ipv4", "ip"), ("ipv6", "ipv6"))
        }
        lines.append(msgspec.structs.replace(line, transports=[protocol], **filters))
    return lines


def _any_line(
    reading: Reading,
    name: str,
    section: ConfigurationLine,
    *,
    list_name: str = "default",
    type_: Literal["console", "vty"] = "console",
) -> Line:
    if section.number:
        reading.provenance.section(f"management.lines.{name}", section)
    authentication, used = _authentication(reading, list_name)
    idle = section.first("idle-timeout")
    minutes = number(idle.text[13:]) if idle else None
    return Line(
        name=name,
        type=type_,
        transports=[],
        outgoing_transports=Unknown("EOS has no setting for it"),
        access_list_ipv4=None,
        access_list_ipv6=None,
        idle_timeout_seconds=minutes * 60 if minutes else None,
        absolute_timeout_seconds=None,
        authentication=authentication,
        authentication_list=used,
        exec_enabled=True,
        privilege=USER_LEVEL,
        vrf_also=False,
    )


Authentication = Literal["none", "local_users", "aaa"]


def _authentication(reading: Reading, list_name: str) -> tuple[Authentication, str | None]:
    """Local accounts are asked unless a list says otherwise. ``none`` lets in whoever comes when no server answers."""
    methods = _login_methods(reading, list_name)
    if "none" in methods:
        return "none", list_name
    return ("local_users", None) if not methods or methods[0] == "local" else ("aaa", list_name)


def _login_methods(reading: Reading, name: str) -> list[str]:
    line = reading.tree.last(f"aaa authentication login {name}")
    return line.text.split()[4:] if line else []


def _login_protection(reading: Reading) -> LoginProtection:
    """``aaa authentication policy lockout failure 3 [window 900] duration 300``."""
    path = "management.login_protection"
    line = reading.last(path, "aaa authentication policy lockout")
    words = line.text.split() if line else []
    return LoginProtection(
        enabled=line is not None,
        block_seconds=number(word_after(words, "duration")),
        attempts=number(word_after(words, "failure")),
        within_seconds=number(word_after(words, "window")),
        quiet_access_list=None,
        delay_seconds=None,
    )


def read_banners(reading: Reading) -> Banners:
    """The two banners, each closed by a line ``EOF``."""
    texts: dict[str, str | None] = {}
    for kind in ("login", "motd"):
        line = _banner(reading, kind)
        reading.provenance.section(f"banners.{kind}", *([line] if line else []))
        texts[kind] = (banner_text(line) or None) if line else None
    return Banners(exec=None, **texts)


def _banner(reading: Reading, kind: str) -> ConfigurationLine | None:
    """A banner's line holds its text as well, so that its second word does not end where the index looks."""
    lines = reading.tree.all("banner")
    return next((line for line in lines if line.text.split("\n", 1)[0].strip() == f"banner {kind}"), None)
