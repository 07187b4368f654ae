"""Administrative access in a running configuration: SSH, web management, lines, login protection, banners."""

from typing import Any

from baseline.collectors.network.platforms.cisco_ios.context import Context
from baseline.collectors.network.platforms.cisco_ios.lines import read_lines, telnet_enabled
from baseline.collectors.network.platforms.indented.words import after, number, word_after
from baseline.collectors.network.section_tree import banner_text
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import Banners, Http, LoginProtection, Management, Ssh, Telnet

ALGORITHMS = {
    "encryption": "ciphers",
    "mac": "macs",
    "kex": "key_exchanges",
    "hostkey": "host_key_algorithms",
    "authentication": "authentication_methods",
}
"""Word after ``ip ssh server algorithm`` -> fact."""


def read_management(context: Context) -> Management:
    """Everything under ``management``."""
    lines = read_lines(context)
    context.provenance.note("management.telnet", *context.tree.all("line vty"))
    return Management(
        ssh=_ssh(context),
        telnet=Telnet(enabled=telnet_enabled(lines)),
        http=_http(context),
        lines=lines,
        login_protection=_login_protection(context),
        netconf_enabled=context.has_any("management.netconf_enabled", "netconf-yang", "netconf ssh"),
        restconf_enabled=context.has("management.restconf_enabled", "restconf"),
    )


def _ssh(context: Context) -> Ssh:
    """What the configuration says; whether the server runs depends on keys, which only ``show ip ssh`` tells."""
    context.provenance.note("management.ssh", *context.tree.all("ip ssh"))
    values: dict[str, Any] = {}
    for line in context.tree.all("ip ssh server algorithm"):
        words = line.text.split()
        if len(words) > 5 and words[4] in ALGORITHMS:
            values[ALGORITHMS[words[4]]] = words[5:]
    version = number(context.value("management.ssh.version", "ip ssh version"))
    timeout = number(context.value("management.ssh.timeout_seconds", "ip ssh time-out"))
    retries = number(context.value("management.ssh.authentication_retries", "ip ssh authentication-retries"))
    return Ssh(
        version=context.release.silent("ip ssh version", ios=1) if version is None else version,
        timeout_seconds=120 if timeout is None else timeout,
        authentication_retries=3 if retries is None else retries,
        source_interface=context.value("management.ssh.source_interface", "ip ssh source-interface"),
        access_list=None,
        **values,
    )


def _http(context: Context) -> Http:
    tls = context.value("management.http.tls_versions", "ip http tls-version")
    ciphers = context.value("management.http.ciphers", "ip http secure-ciphersuite")
    return Http(
        enabled=context.toggle("management.http.enabled", "ip http server"),
        https_enabled=context.toggle("management.http.https_enabled", "ip http secure-server"),
        access_list=_http_filter(context),
        authentication=context.value("management.http.authentication", "ip http authentication") or "enable",
        tls_versions=[tls.removeprefix("TLSv")] if tls else _tls_unknown(),
        ciphers=ciphers.split()
        if ciphers
        else Unknown("the configuration does not mention `ip http secure-ciphersuite`"),
    )


def _http_filter(context: Context) -> str | None:
    """The list for IPv4: ``ip http access-class 10``, or ``ipv4 A``; that for IPv6 stands on a line of its own."""
    lines = [line for line in context.tree.all("ip http access-class") if line.text.split()[3:4] != ["ipv6"]]
    context.provenance.note("management.http.access_list", *lines)
    return lines[-1].text.split()[-1] if lines and len(lines[-1].text.split()) > 3 else None


def _tls_unknown() -> Unknown:
    return Unknown("the configuration does not mention `ip http tls-version`, and its default differs per release")


def _login_protection(context: Context) -> LoginProtection:
    path = "management.login_protection"
    line = context.tree.last("login block-for")
    context.provenance.note(path, *context.tree.all("login"))
    words = line.text.split() if line else []
    seconds = number(word_after(words, "block-for"))
    quiet = after(context.tree.last("login quiet-mode access-class"), "login quiet-mode access-class")
    return LoginProtection(
        enabled=seconds is not None,
        block_seconds=seconds,
        attempts=number(word_after(words, "attempts")),
        within_seconds=number(word_after(words, "within")),
        quiet_access_list=quiet,
        delay_seconds=number(after(context.tree.last("login delay"), "login delay")),
    )


def read_banners(context: Context) -> Banners:
    """The three banners, without their delimiters; an empty one counts as none."""
    texts: dict[str, str | None] = {}
    for kind in ("login", "motd", "exec"):
        line = context.tree.last(f"banner {kind}")
        context.provenance.section(f"banners.{kind}", *([line] if line else []))
        texts[kind] = (banner_text(line) or None) if line else None
    return Banners(**texts)
