"""Administrative access in a running configuration of NX-OS: SSH, Telnet, NX-API, lines, login protection, banners.

A feature that the configuration does not mention is off, except SSH, which is on unless ``no feature ssh`` stands there
(Cisco Nexus 9000 NX-OS Security Configuration Guide, "Configuring SSH and Telnet", default settings).
"""

from typing import Any, Literal

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import number, word_after
from baseline.collectors.network.section_tree import Line as ConfigurationLine
from baseline.collectors.network.section_tree import banner_text
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Banners, Http, Line, LoginProtection, Management, Ssh, Telnet

DEFAULT_LOGIN_ATTEMPTS = 3
"""``ssh login-attempts`` unless set (Cisco Nexus 9000 NX-OS Security Command Reference)."""

ALGORITHMS = {
    "ciphers": "ciphers",
    "macs": "macs",
    "kexalgos": "key_exchanges",
    "keytypes": "host_key_algorithms",
}
"""Word after ``ssh`` -> fact."""

_ROLES = Unknown("NX-OS gives roles instead of privilege levels")


def has_feature(reading: Reading, path: str, feature: str, *, silent: bool = False) -> bool:
    """Whether a feature is on."""
    state = reading.switched(path, f"feature {feature}")
    return silent if state is None else state


def read_management(reading: Reading) -> Management:
    """Everything under ``management``."""
    ssh = has_feature(reading, "management.ssh.enabled", "ssh", silent=True)
    telnet = has_feature(reading, "management.telnet.enabled", "telnet")
    return Management(
        ssh=_ssh(reading, enabled=ssh),
        telnet=Telnet(enabled=telnet),
        http=_http(reading),
        lines=_lines(reading, [name for name, on in (("ssh", ssh), ("telnet", telnet)) if on]),
        login_protection=_login_protection(reading),
        permitted_sources=Unknown("NX-OS has no one list for all protocols: see the lines"),
        vrf=_vrf(reading),
        netconf_enabled=has_feature(reading, "management.netconf_enabled", "netconf"),
        restconf_enabled=has_feature(reading, "management.restconf_enabled", "restconf"),
    )


def _ssh(reading: Reading, *, enabled: bool) -> Ssh:
    """NX-OS speaks version 2 only. Algorithms that are not named differ per release; the handshake tells them."""
    attempts = number(reading.value("management.ssh.authentication_retries", "ssh login-attempts"))
    grace = number(reading.value("management.ssh.timeout_seconds", "ssh login-gracetime"))
    values: dict[str, Any] = {
        fact: _algorithms(reading, fact, word) for word, fact in ALGORITHMS.items() if reading.tree.all(f"ssh {word}")
    }
    return Ssh(
        enabled=enabled,
        version=2,
        timeout_seconds=_silent("ssh login-gracetime") if grace is None else grace,
        authentication_retries=DEFAULT_LOGIN_ATTEMPTS if attempts is None else attempts,
        source_interface=reading.value("management.ssh.source_interface", "ip ssh source-interface"),
        minimum_dh_bits=Unknown("NX-OS does not tell it"),
        authentication_methods=Unknown("NX-OS does not tell it"),
        access_list=None,
        vrf=Unknown("the server listens in every routing instance"),
        **values,
    )


def _silent(command: str) -> Unknown:
    return Unknown(f"the configuration does not mention `{command}`, and its default differs per release; write it out")


def _algorithms(reading: Reading, fact: str, word: str) -> Fact[list[str]]:
    """Algorithms by name; ``all`` adds every one that the release knows, weak ones too."""
    lines = reading.tree.all(f"ssh {word}")
    reading.provenance.note(f"management.ssh.{fact}", *lines)
    names = [name for line in lines for name in line.text.split()[2:]]
    if "all" in names:
        return Unknown(f"`ssh {word} all` switches on everything that the release knows, weak algorithms too")
    return names


def _http(reading: Reading) -> Http:
    """NX-API is the only web server. Which of its ports a release opens by itself differs: ``show nxapi`` tells."""
    path = "management.http"
    if not has_feature(reading, path, "nxapi"):
        return Http(
            enabled=False, https_enabled=False, access_list=None, authentication=None, tls_versions=[], ciphers=[]
        )
    reading.provenance.note(path, *reading.tree.all("nxapi"), *reading.tree.all("no nxapi"))
    versions = reading.value(f"{path}.tls_versions", "nxapi ssl protocols")
    ciphers = reading.value(f"{path}.ciphers", "nxapi ssl ciphers")
    return Http(
        enabled=_nxapi_port(reading, "http"),
        https_enabled=_nxapi_port(reading, "https"),
        access_list=Unknown("NX-OS filters who may use NX-API outside its configuration"),
        authentication="aaa",
        tls_versions=[name.removeprefix("TLSv") for name in versions.split()]
        if versions
        else _silent("nxapi ssl protocols"),
        ciphers=ciphers.split() if ciphers else _silent("nxapi ssl ciphers"),
    )


def _nxapi_port(reading: Reading, protocol: str) -> Fact[bool]:
    state = reading.switched(f"management.http.{protocol}", f"nxapi {protocol}")
    return _silent(f"nxapi {protocol} port") if state is None else state


def _vrf(reading: Reading) -> str | None:
    """The routing instance of the management port."""
    section = reading.tree.first("interface mgmt0")
    line = section.first("vrf member") if section else None
    reading.provenance.note("management.vrf", *([line] if line else []))
    return line.text.split()[-1] if line else None


def _lines(reading: Reading, transports: list[str]) -> list[Line]:
    lines = []
    for section in reading.tree.all("line"):
        name = section.text[5:].strip()
        if name in {"console", "vty"}:
            reading.provenance.section(f"management.lines.{name}", section)
            lines.append(_line(reading, section, name, transports))
    reading.provenance.note("management.lines", *reading.tree.all("line"))
    return lines


def _line(reading: Reading, section: ConfigurationLine, name: str, transports: list[str]) -> Line:
    is_console = name == "console"
    authentication, list_name = _authentication(reading, "console" if is_console else "default")
    return Line(
        name=name,
        type="console" if is_console else "vty",
        transports=[] if is_console else transports,
        outgoing_transports=Unknown("NX-OS has no setting for it"),
        access_list_ipv4=_access_class(section, "access-class") or _access_class(section, "ip access-class"),
        access_list_ipv6=_access_class(section, "ipv6 access-class"),
        idle_timeout_seconds=_idle_timeout(section),
        absolute_timeout_seconds=_minutes(section, "absolute-timeout"),
        authentication=authentication,
        authentication_list=list_name,
        exec_enabled=True,
        privilege=_ROLES,
        vrf_also=True,
    )


def _access_class(section: ConfigurationLine, command: str) -> str | None:
    """The filter on incoming sessions."""
    for line in section.all(command):
        words = line.text.removeprefix(command).split()
        if words[1:] == ["in"]:
            return words[0]
    return None


def _idle_timeout(section: ConfigurationLine) -> Fact[int | None]:
    return _minutes(section, "exec-timeout") if section.first("exec-timeout") else _silent("exec-timeout")


def _minutes(section: ConfigurationLine, command: str) -> int | None:
    """Seconds; 0 minutes means that it never ends."""
    line = section.first(command)
    minutes = number(line.text[len(command) + 1 :]) if line else None
    return minutes * 60 if minutes else None


Authentication = Literal["none", "local_users", "aaa"]


def _authentication(reading: Reading, list_name: str) -> tuple[Authentication, str | None]:
    """The console has a list of its own, else that of ``default``, else local accounts (Security Configuration Guide,
    "Configuring AAA").
    """
    for name in (list_name, "default"):
        if words := _login_methods(reading, name):
            if "none" in words:  # also behind groups: whoever comes when no server answers
                return "none", name
            return ("aaa", name) if words[0] == "group" else ("local_users", None)
    return "local_users", None


def _login_methods(reading: Reading, name: str) -> list[str]:
    lines = reading.tree.all(f"aaa authentication login {name}")
    methods = [line.text.split()[4:] for line in lines if " fallback " not in f"{line.text} "]
    return methods[-1] if methods else []


def _login_protection(reading: Reading) -> LoginProtection:
    """``login block-for`` (also ``system login block-for``), or ``aaa authentication rejected 3 in 20 ban 300``."""
    path = "management.login_protection"
    block = reading.last(path, "login block-for") or reading.last(path, "system login block-for")
    ban = reading.last(path, "aaa authentication rejected")
    line = block or ban
    words = line.text.split() if line else []
    quiet = reading.tree.last("login quiet-mode access-class") or reading.tree.last(
        "system login quiet-mode access-class"
    )
    return LoginProtection(
        enabled=line is not None,
        block_seconds=number(word_after(words, "block-for", "ban")),
        attempts=number(word_after(words, "attempts", "rejected")),
        within_seconds=number(word_after(words, "within", "in")),
        quiet_access_list=quiet.text.split()[-1] if quiet else None,
        delay_seconds=None,
    )


def read_banners(reading: Reading) -> Banners:
    """NX-OS has no ``banner login``: that of the day is shown before logging in."""
    texts: dict[str, str | None] = {}
    for kind in ("motd", "exec"):
        line = reading.tree.last(f"banner {kind}")
        reading.provenance.section(f"banners.{kind}", *([line] if line else []))
        texts[kind] = (banner_text(line) or None) if line else None
    return Banners(login=None, **texts)
