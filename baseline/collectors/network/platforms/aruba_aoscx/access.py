"""Administrative access in a running configuration of AOS-CX: SSH, Telnet, the web server, sessions, banners.

A server answers in the routing instances that the configuration names (``ssh server vrf mgmt``), and nowhere else. Every
session, over whatever line, ends as ``cli-session`` says.
"""

from typing import Any, Literal

from baseline.collectors.network.platforms.aruba_aoscx.filters import ALLOW_LIST, allow_list, control_plane_list
from baseline.collectors.network.platforms.aruba_aoscx.sources import MANAGEMENT, source_of
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import after, number, word_after
from baseline.collectors.network.section_tree import banner_text
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Banners, Http, Line, LoginProtection, Management, Ssh, Telnet

DEFAULT_IDLE_MINUTES = 30
"""``cli-session`` timeout unless set (AOS-CX Security Guide, "cli-session")."""

DEFAULT_LOGIN_ATTEMPTS = 6
"""``ssh maximum-auth-attempts`` unless set (AOS-CX Hardening Guide, ``show ssh server``)."""

DEFAULT_LOCKOUT_SECONDS = 300
"""Lockout time unless set (AOS-CX Hardening Guide, ``show aaa authentication``)."""

ALGORITHMS = {
    "ciphers": "ciphers",
    "macs": "macs",
    "key-exchange-algorithms": "key_exchanges",
    "host-key-algorithms": "host_key_algorithms",
}
"""Word after ``ssh`` -> fact."""

METHODS = {"public-key-authentication": "publickey", "password-authentication": "password"}

_ROLES = Unknown("AOS-CX gives groups instead of privilege levels")
_NO_SETTING = Unknown("AOS-CX has no setting for it")


def instances_of(reading: Reading, path: str, command: str) -> list[str]:
    """Routing instances that a server answers in; ``command`` is what stands before their name."""
    lines = reading.tree.all(command)
    reading.provenance.note(path, *lines)
    return list(dict.fromkeys(line.text.split()[-1] for line in lines if len(line.text.split()) > len(command.split())))


def read_management(reading: Reading) -> Management:
    """Everything under ``management``. The REST API, which comes with the web server, stands in for RESTCONF."""
    ssh = instances_of(reading, "management.ssh.enabled", "ssh server vrf")
    telnet = instances_of(reading, "management.telnet.enabled", "telnet server vrf")
    web = instances_of(reading, "management.http.https_enabled", "https-server vrf")
    reading.provenance.note("management.restconf_enabled", *reading.tree.all("https-server vrf"))
    return Management(
        ssh=_ssh(reading, ssh),
        telnet=Telnet(enabled=bool(telnet)),
        http=_http(reading, web),
        lines=_lines(reading, ssh, telnet),
        login_protection=_login_protection(reading),
        permitted_sources=Unknown("AOS-CX has no one list for all protocols: see the lines"),
        vrf=MANAGEMENT if MANAGEMENT in {*ssh, *telnet, *web} else None,
        netconf_enabled=False,
        restconf_enabled=bool(web),
    )


def _ssh(reading: Reading, instances: list[str]) -> Ssh:
    """AOS-CX speaks version 2 only. Algorithms that are not named differ per release; ``show ssh server`` tells them."""
    attempts = number(reading.value("management.ssh.authentication_retries", "ssh maximum-auth-attempts"))
    values: dict[str, Any] = {
        fact: _algorithms(reading, fact, word) for word, fact in ALGORITHMS.items() if reading.tree.all(f"ssh {word}")
    }
    return Ssh(
        enabled=bool(instances),
        version=2,
        authentication_retries=DEFAULT_LOGIN_ATTEMPTS if attempts is None else attempts,
        source_interface=source_of(reading, "management.ssh.source_interface", "ssh-client"),
        minimum_dh_bits=Unknown("AOS-CX does not tell it"),
        authentication_methods=_methods(reading),
        access_list=ALLOW_LIST if allow_list(reading) else None,
        vrf=_instance(instances),
        **values,
    )


def _instance(instances: list[str]) -> Fact[str | None]:
    if len(instances) > 1:
        return Unknown(f"the server answers in several routing instances: {', '.join(instances)}")
    return None if instances in ([], ["default"]) else instances[0]


def _algorithms(reading: Reading, fact: str, word: str) -> list[str]:
    lines = reading.tree.all(f"ssh {word}")
    reading.provenance.note(f"management.ssh.{fact}", *lines)
    return [name for line in lines for name in line.text.replace(",", " ").split()[2:]]


def _methods(reading: Reading) -> list[str]:
    path = "management.ssh.authentication_methods"
    return [name for word, name in METHODS.items() if reading.switched(path, f"ssh {word}") is not False]


def _http(reading: Reading, instances: list[str]) -> Http:
    """The server on port 80 only sends a browser on to TLS, whose lowest version is 1.2 (AOS-CX Hardening Guide, "Factory
    Defaults" and "TLS Enforcements").
    """
    path = "management.http"
    if not instances:
        return Http(
            enabled=False, https_enabled=False, access_list=None, authentication=None, tls_versions=[], ciphers=[]
        )
    reading.provenance.note(path, *reading.tree.all("https-server"))
    filters = [control_plane_list(reading, "ip", instance, "https") for instance in instances]
    reading.provenance.note(f"{path}.access_list", *reading.tree.all("apply access-list"))
    return Http(
        enabled=False,
        https_enabled=True,
        access_list=None if None in filters else filters[0],
        authentication="aaa" if _login(reading, "https-server")[0] == "aaa" else "local",
        tls_versions=["1.2"],
        ciphers=Unknown("AOS-CX does not tell them in its configuration"),
    )


def _lines(reading: Reading, ssh: list[str], telnet: list[str]) -> list[Line]:
    """The console, and one line for each routing instance in which a session can start."""
    lines = [_line(reading, "console", "console", None, [])]
    for instance in dict.fromkeys([*ssh, *telnet]):
        named = (("ssh", ssh), ("telnet", telnet))
        transports = [transport for transport, instances in named if instance in instances]
        lines.append(_line(reading, f"vty {instance}", "vty", instance, transports))
    reading.provenance.note("management.lines", *reading.tree.all("ssh server"), *reading.tree.all("telnet server"))
    return lines


def _line(
    reading: Reading, name: str, kind: Literal["console", "vty"], instance: str | None, transports: list[str]
) -> Line:
    path = f"management.lines.{name}"
    session = reading.tree.last("cli-session")
    reading.provenance.section(path, *([session] if session else []), *reading.tree.all("session-timeout"))
    authentication, list_name = _login(
        reading, "telnet" if transports == ["telnet"] else transports[0] if transports else kind
    )
    return Line(
        name=name,
        type=kind,
        transports=transports,
        outgoing_transports=_NO_SETTING,
        access_list_ipv4=_filter(reading, path, "ip", instance, transports),
        access_list_ipv6=_filter(reading, path, "ipv6", instance, transports),
        idle_timeout_seconds=_idle_timeout(reading),
        absolute_timeout_seconds=None,
        authentication=authentication,
        authentication_list=list_name,
        exec_enabled=True,
        privilege=_ROLES,
        vrf_also=False,
    )


def _filter(reading: Reading, path: str, word: str, instance: str | None, transports: list[str]) -> str | None:
    """What keeps strangers from a line: the allow list, which is for SSH alone, or a list on the control plane."""
    if instance is None:
        return None
    reading.provenance.note(path, *reading.tree.all("apply access-list"), *reading.tree.all(ALLOW_LIST))
    guards = {
        transport: ALLOW_LIST + (" ipv6" if word == "ipv6" else "")
        if transport == "ssh" and allow_list(reading)
        else control_plane_list(reading, word, instance, transport)
        for transport in transports
    }
    return None if None in guards.values() else next(iter(guards.values()), None)


def _idle_timeout(reading: Reading) -> int | None:
    """Seconds; 0 minutes means that a session never ends. ``session-timeout`` is the same in old releases."""
    session = reading.tree.last("cli-session")
    line = session.first("timeout") if session else None
    minutes = (
        number(after(line, "timeout"))
        if line
        else number(after(reading.tree.last("session-timeout"), "session-timeout"))
    )
    return (DEFAULT_IDLE_MINUTES if minutes is None else minutes) * 60 or None


Authentication = Literal["none", "local_users", "aaa"]


def _login(reading: Reading, channel: str) -> tuple[Authentication, str | None]:
    """How a channel authenticates, and by which list: its own, else ``default``, else local accounts."""
    for name in (channel, "default"):
        line = reading.tree.last(f"aaa authentication login {name}")
        words = line.text.split()[4:] if line else []
        if "none" in words:
            return "none", name
        if words:
            return ("aaa", name) if words[0] == "group" and words[1:2] not in ([], ["local"]) else ("local_users", None)
    return "local_users", None


def _login_protection(reading: Reading) -> LoginProtection:
    """``aaa authentication limit-login-attempts 3 lockout-time 120`` locks an account out, over every line but the console."""
    line = reading.last("management.login_protection", "aaa authentication limit-login-attempts")
    words = line.text.split() if line else []
    attempts = number(word_after(words, "limit-login-attempts"))
    seconds = number(word_after(words, "lockout-time"))
    return LoginProtection(
        enabled=bool(attempts),
        block_seconds=(DEFAULT_LOCKOUT_SECONDS if seconds is None else seconds) if attempts else None,
        attempts=attempts,
        within_seconds=None,
        quiet_access_list=None,
        delay_seconds=None,
    )


def read_banners(reading: Reading) -> Banners:
    """AOS-CX has no ``banner login``: that of the day is shown before logging in."""
    texts: dict[str, str | None] = {}
    for kind in ("motd", "exec"):
        line = reading.tree.last(f"banner {kind}")
        reading.provenance.section(f"banners.{kind}", *([line] if line else []))
        texts[kind] = (banner_text(line) or None) if line else None
    return Banners(login=None, **texts)
