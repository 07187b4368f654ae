"""How the switch is managed: HTTP, SSH, access lists, log servers, SNMP, banner, lines, time."""

from baseline.lab.blueprint import ACCESS_VLANS, MANAGEMENT_VLAN, Blueprint
from baseline.lab.configuration.text import block

SYSLOG_SERVERS = ("10.250.2.11", "10.250.2.12")
NTP_SERVERS = ("10.250.3.11", "10.250.3.12")
SNMP_MANAGERS = ("10.250.2.31", "10.250.2.32")

BANNER = [
    "Toegang alleen voor bevoegde beheerders van de gemeente.",
    "Handelingen worden vastgelegd en gecontroleerd.",
    "Onbevoegd gebruik is strafbaar.",
]

STRONG_SSH = {
    "mac": "hmac-sha2-256-etm@openssh.com hmac-sha2-512-etm@openssh.com",
    "encryption": "aes256-gcm aes128-gcm aes256-ctr",
    "kex": "curve25519-sha256 ecdh-sha2-nistp384 ecdh-sha2-nistp256",
    "hostkey": "rsa-sha2-512 rsa-sha2-256",
}
WEAK_SSH = {
    "mac": "hmac-sha1 hmac-sha2-256",
    "encryption": "aes128-cbc 3des-cbc aes256-ctr",
    "kex": "diffie-hellman-group14-sha1",
    "hostkey": "ssh-rsa",
}


def ssh_algorithms(blueprint: Blueprint) -> dict[str, str]:
    """What the SSH server offers: kind -> names, in order of preference."""
    return STRONG_SSH if blueprint.posture.ssh_strong_algorithms else WEAK_SSH


def service_section(blueprint: Blueprint) -> list[str]:
    """HTTP and SSH servers."""
    posture = blueprint.posture
    return [
        "ip forward-protocol nd",
        "ip http server" if posture.http_server else "no ip http server",
        "ip http authentication local",
        "ip http secure-server" if posture.https_server else "no ip http secure-server",
        "ip ssh time-out 60",
        "ip ssh authentication-retries 3",
        f"ip ssh source-interface Vlan{MANAGEMENT_VLAN}",
        *(["ip ssh version 2"] if posture.ssh_version == 2 else []),
        f"ip ssh dh min size {2048 if posture.ssh_strong_algorithms else 1024}",
        *(f"ip ssh server algorithm {kind} {names}" for kind, names in ssh_algorithms(blueprint).items()),
        "!",
    ]


def access_list_section(blueprint: Blueprint, filler: int) -> list[str]:
    """Sources of management, per-VLAN lists on the core, and ``filler`` entries that make the wanted size."""
    lines = block("""
        ip access-list standard BEHEER-SSH
         10 permit 10.250.4.0 0.0.0.255
         20 permit 10.250.5.16 0.0.0.15
         1000 deny   any log
        ip access-list standard BEHEER-SNMP
         10 permit 10.250.2.31
         20 permit 10.250.2.32
         1000 deny   any log
    """)
    if blueprint.is_core:
        for vlan in ACCESS_VLANS:
            network = f"10.{100 + blueprint.site_number}.{vlan}.0 0.0.0.255"
            lines += [
                f"ip access-list extended VLAN{vlan}-IN",
                f" 10 permit ip {network} any",
                " 20 deny   ip any any log",
            ]
    return [*lines, *_filler_list(blueprint, filler), "!"]


def _filler_list(blueprint: Blueprint, count: int) -> list[str]:
    if not count:
        return []
    generator = blueprint.random("filler")
    entries = [
        f" {10 * index} permit tcp 10.{generator.randint(1, 99)}.{generator.randint(0, 255)}.0 0.0.0.255 "
        f"host 10.250.{generator.randint(10, 60)}.{generator.randint(1, 254)} eq {generator.choice((443, 636, 1433, 5432))}"
        for index in range(1, count)
    ]
    return ["ip access-list extended TOEPASSINGEN", *entries]


def log_section(blueprint: Blueprint) -> list[str]:
    """Log servers."""
    servers = SYSLOG_SERVERS[: blueprint.posture.syslog_servers]
    return [
        "logging trap informational",
        f"logging source-interface Vlan{MANAGEMENT_VLAN}",
        *(f"logging host {server}" for server in servers),
    ]


def snmp_section(blueprint: Blueprint) -> list[str]:
    """SNMP agent; version 3 users are not in a configuration."""
    level = blueprint.posture.snmp_level
    communities = [f"snmp-server community {name} {access}" for name, access in blueprint.posture.snmp_communities]
    return [
        f"snmp-server group BEWAKING v3 {level} read LEZEN access BEHEER-SNMP",
        "snmp-server view LEZEN iso included",
        "snmp-server view LEZEN internet.6.3.15 excluded",
        "snmp-server view LEZEN internet.6.3.16 excluded",
        *communities,
        f"snmp-server trap-source Vlan{MANAGEMENT_VLAN}",
        f"snmp-server location {blueprint.site.capitalize()}, patchruimte {blueprint.number}",
        "snmp-server contact netwerkbeheer",
        "snmp-server enable traps snmp authentication linkdown linkup coldstart warmstart",
        "snmp-server enable traps config",
        *(f"snmp-server host {manager} version 3 {level} bewaking" for manager in SNMP_MANAGERS),
    ]


def control_plane_section(blueprint: Blueprint) -> list[str]:
    """Protection of the processor."""
    policy = [" service-policy input system-cpp-policy"] if blueprint.posture.control_plane_policing else []
    return ["control-plane", *policy, "!"]


def banner_section(blueprint: Blueprint) -> list[str]:
    """Banner at logging in, between the delimiters that the device prints."""
    return ["banner login ^C", *BANNER, "^C", "!"] if blueprint.posture.banner else []


def line_section(blueprint: Blueprint) -> list[str]:
    """Console and vty lines."""
    timeout = f" exec-timeout {blueprint.posture.exec_timeout_minutes} 0"
    vty: list[str] = []
    for numbers in ("0 4", "5 15", "16 31"):
        vty += [f"line vty {numbers}", *_vty(blueprint, timeout)]
    console = ["line con 0", timeout, " logging synchronous", " transport output none", " stopbits 1"]
    auxiliary = ["line aux 0", timeout, " no exec", " transport output none"]
    return [*console, *auxiliary, *vty, "!"]


def _vty(blueprint: Blueprint, timeout: str) -> list[str]:
    posture = blueprint.posture
    return [
        *([" access-class BEHEER-SSH in vrf-also"] if posture.vty_access_class else []),
        timeout,
        *([] if posture.aaa else [" login local"]),
        " logging synchronous",
        " transport preferred none",
        f" transport input {posture.vty_transport}",
        " transport output none",
    ]


def time_section(blueprint: Blueprint) -> list[str]:
    """Time sources with their keys."""
    servers = NTP_SERVERS[: blueprint.posture.ntp_servers]
    if not blueprint.posture.ntp_authenticated:
        return [f"ntp source Vlan{MANAGEMENT_VLAN}", *(f"ntp server {server}" for server in servers)]
    return [
        f"ntp authentication-key 1 hmac-sha2-256 {_time_key(blueprint)}",
        "ntp authenticate",
        "ntp trusted-key 1",
        f"ntp source Vlan{MANAGEMENT_VLAN}",
        *(f"ntp server {server} key 1" for server in servers),
    ]


def _time_key(blueprint: Blueprint) -> str:
    if blueprint.posture.reversible_secrets:
        return blueprint.obscured("ntp") + " 7"
    return blueprint.encrypted("ntp") + " 6"
