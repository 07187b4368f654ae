"""Administrative access in a running configuration of IOS XR: SSH, Telnet, NETCONF, web, banners.

Every server is off until it is configured (Cisco IOS XR System Security Configuration Guide, "Implementing Secure Shell";
IP Addresses and Services Configuration Guide, "Configuring Host Services").
"""

from typing import Any

from baseline.collectors.network.platforms.cisco_iosxr.access_control import (
    Filters,
    Listening,
    Names,
    common_filter,
    ssh_filters,
    telnet_filters,
    telnet_servers,
)
from baseline.collectors.network.platforms.cisco_iosxr.accounts import read_login_protection
from baseline.collectors.network.platforms.cisco_iosxr.header import Header
from baseline.collectors.network.platforms.cisco_iosxr.lines import read_lines
from baseline.collectors.network.platforms.cisco_iosxr.management_plane import ManagementPlane
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import number
from baseline.collectors.network.section_tree import banner_text
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Banners, Http, LocalUser, Management, Ssh, Telnet

DEFAULT_TIMEOUT_SECONDS = 30
"""``ssh timeout`` unless set (Cisco IOS XR System Security Command Reference)."""

ALGORITHMS = {"cipher": "ciphers", "key-exchange": "key_exchanges", "host-key": "host_key_algorithms", "mac": "macs"}
"""Word after ``ssh server algorithms`` -> fact."""

FIRST_WITH_ANOTHER_SERVER = (7, 3)

OPENING = frozenset({"v2", "v1", "vrf"})
"""What after ``ssh server`` switches it on; other words only set something."""


def read_management(
    reading: Reading,
    users: list[LocalUser],
    plane: ManagementPlane | None,
    limits: dict[str, str],
    listening: Listening,
    header: Header,
) -> Management:
    """Everything under ``management``. ``limits``: family -> list that management plane protection amounts to;
    ``listening``: where the SSH server says that it listens.
    """
    tree = reading.tree
    ssh, telnet = _ssh_enabled(reading), bool(telnet_servers(tree))
    reading.provenance.note("management.telnet.enabled", *telnet_servers(tree))
    names = Names(tree)
    servers: dict[str, dict[str, Filters]] = {}
    if ssh:
        servers["ssh"] = ssh_filters(tree, names, listening)
    if telnet:
        servers["telnet"] = telnet_filters(tree, names)
    return Management(
        ssh=_ssh(reading, ssh_filters(tree, names, listening), header, enabled=ssh),
        telnet=Telnet(enabled=telnet),
        http=_http(reading),
        lines=read_lines(reading, names, servers, limits),
        login_protection=read_login_protection(reading, users),
        permitted_sources=Unknown("IOS XR has no one list for all protocols: see the lines and the interfaces"),
        vrf=_vrf(reading, plane),
        netconf_enabled=reading.has_any("management.netconf_enabled", "netconf-yang agent", "netconf agent"),
        restconf_enabled=False,
    )


def _ssh_enabled(reading: Reading) -> bool:
    lines = reading.tree.all("ssh server")
    opening = [line for line in lines if not line.text.split()[2:] or line.text.split()[2] in OPENING]
    reading.provenance.note("management.ssh.enabled", *opening)
    return bool(opening)


def _ssh(reading: Reading, filters: dict[str, Filters], header: Header, *, enabled: bool) -> Ssh:
    """Algorithms that are not named differ per release; the handshake and ``show ssh server`` tell them."""
    path = "management.ssh"
    timeout = number(reading.value(f"{path}.timeout_seconds", "ssh timeout"))
    attempts = number(reading.value(f"{path}.authentication_retries", "ssh server max-auth-limit"))
    reading.provenance.note(f"{path}.access_list", *reading.tree.all("ssh server vrf"))
    reading.provenance.note(f"{path}.vrf", *reading.tree.all("ssh server vrf"))
    values: dict[str, Any] = {
        fact: names for word, fact in ALGORITHMS.items() if (names := _algorithms(reading, word, fact))
    }
    return Ssh(
        enabled=enabled,
        version=_version(reading, header),
        timeout_seconds=DEFAULT_TIMEOUT_SECONDS if timeout is None else timeout,
        authentication_retries=_silent("ssh server max-auth-limit") if attempts is None else attempts,
        source_interface=reading.value(f"{path}.source_interface", "ssh client source-interface"),
        minimum_dh_bits=Unknown("IOS XR does not tell it"),
        access_list=common_filter(list(filters.values()), "ipv4"),
        vrf=_instance(list(filters)),
        **values,
    )


def _version(reading: Reading, header: Header) -> Fact[int]:
    """Both versions until told otherwise; since 7.3 there is also a server that only knows version 2 (System Security
    Configuration Guide, "CiscoSSH"), and the configuration does not tell which one runs.
    """
    if reading.has("management.ssh.version", "ssh server v2"):
        return 2
    return 1 if header.release < FIRST_WITH_ANOTHER_SERVER else _silent("ssh server v2")


def _algorithms(reading: Reading, word: str, fact: str) -> list[str]:
    lines = reading.tree.all(f"ssh server algorithms {word}")
    if lines:
        reading.provenance.note(f"management.ssh.{fact}", *lines)
    return [name for line in lines for name in line.text.split()[4:]]


def _silent(command: str) -> Unknown:
    return Unknown(f"the configuration does not mention `{command}`, and its default differs per release; write it out")


def _instance(names: list[str]) -> Fact[str | None]:
    if len(names) > 1:
        return Unknown(f"the server listens in several routing instances: {', '.join(names)}")
    return None if names[0] == "default" else names[0]


def _http(reading: Reading) -> Http:
    """Only old releases have a web server, and only when it is asked for."""
    path = "management.http"
    lines = reading.tree.all("http server")
    reading.provenance.note(path, *lines)
    encrypted = [line for line in lines if "ssl" in line.text.split()]
    if not lines:
        return Http(
            enabled=False, https_enabled=False, access_list=None, authentication=None, tls_versions=[], ciphers=[]
        )
    silent = Unknown("IOS XR has no setting for it")
    words = lines[-1].text.split()
    return Http(
        enabled=len(encrypted) < len(lines),
        https_enabled=bool(encrypted),
        access_list=words[words.index("access-group") + 1] if "access-group" in words[:-1] else None,
        authentication="aaa",
        tls_versions=silent,
        ciphers=silent,
    )


def _vrf(reading: Reading, plane: ManagementPlane | None) -> str | None:
    """The routing instance of what is out of band, else that of the management ports."""
    path = "management.vrf"
    if plane and plane.vrf:
        reading.provenance.note(path, *reading.tree.all("control-plane"))
        return plane.vrf
    for section in reading.tree.all("interface"):
        line = section.first("vrf") if section.text.startswith("interface MgmtEth") else None
        if line:
            reading.provenance.note(path, line)
            return line.text[4:].strip() or None
    reading.provenance.note(path)
    return None


def read_banners(reading: Reading) -> Banners:
    """``banner prompt-timeout`` and the like are left out: they are shown to nobody who comes in."""
    texts: dict[str, str | None] = {}
    for kind in ("login", "motd", "exec"):
        line = reading.tree.last(f"banner {kind}")
        reading.provenance.section(f"banners.{kind}", *([line] if line else []))
        texts[kind] = (banner_text(line) or None) if line else None
    return Banners(**texts)
