"""Servers that administrators log in through in a FortiOS configuration."""

from typing import Literal

from baseline.collectors.network.edit_style import Block
from baseline.collectors.network.numbers import UNSPECIFIED
from baseline.collectors.network.platforms.fortinet_fortios.accounts import protects_secrets, storage_of
from baseline.collectors.network.platforms.fortinet_fortios.context import Context, entry_name
from baseline.models.facts.network import Aaa, AaaServer, MethodList, ServerGroup

Protocol = Literal["tacacs+", "radius", "ldap"]
SERVERS: tuple[tuple[str, Protocol, tuple[str, ...]], ...] = (
    ("user tacacs+", "tacacs+", ("key",)),
    ("user radius", "radius", ("secret",)),
    ("user ldap", "ldap", ("password",)),
)
"""Table, protocol, and settings that hold the shared key. One entry can name three servers."""


def read_aaa(context: Context) -> Aaa:
    """Everything under ``aaa``. Every administrator with remote authentication has a list of its own."""
    remote = [entry for _, entry in context.entries("system admin") if entry.value("remote-auth") == "enable"]
    context.note("aaa", *remote)
    servers = _servers(context)
    sources = [entry.value("source-ip") for table, _, _ in SERVERS for _, entry in context.entries(table)]
    return Aaa(
        enabled=bool(remote),
        authentication=[_login(context, entry) for entry in remote],
        authorization=[],
        accounting=_accounting(context),
        servers=servers,
        server_groups=_groups(context),
        console_authorization=True,
        source_interface=next((source for source in sources if source and source != UNSPECIFIED), None),
    )


def _login(context: Context, entry: Block) -> MethodList:
    """A password beside the group is asked when no server answers (Administration Guide, "Remote administrators")."""
    group = entry.value("remote-group") or ""
    own = bool(entry.values("password")) and entry.value("wildcard") != "enable"
    name = f"login {entry.name}"
    context.note(f"aaa.authentication.{name}", entry)
    return MethodList(
        name=name,
        list_name=entry.name,
        service="login",
        level=None,
        methods=[f"group {group}", *(["local"] if own else [])],
        record=None,
        central=True,
        local_fallback=own,
    )


def _accounting(context: Context) -> list[MethodList]:
    """What is sent to TACACS+ accounting servers (7.0 on)."""
    lists = []
    for slot in ("", "2", "3"):
        setting = context.shared.table(f"log tacacs+accounting{slot} setting")
        if setting.value("status") != "enable":
            continue
        chosen = context.shared.table(f"log tacacs+accounting{slot} filter")
        for service, name in (
            ("exec", "login-audit"),
            ("config-commands", "config-change-audit"),
            ("commands", "cli-cmd-audit"),
        ):
            if chosen.value(name) == "enable":
                address = setting.value("server") or ""
                lists.append(
                    MethodList(
                        name=f"{service} {address}",
                        list_name=address,
                        service=service,
                        level=None,
                        methods=["group tacacs+"],
                        record=None,
                        central=True,
                        local_fallback=False,
                    )
                )
                context.note(f"aaa.accounting.{service} {address}", setting, chosen)
    return lists


def _servers(context: Context) -> list[AaaServer]:
    protected = protects_secrets(context) is True
    servers = []
    for table, protocol, keys in SERVERS:
        for domain, entry in context.entries(table):
            for slot, prefix in (("server", ""), ("secondary-server", "secondary-"), ("tertiary-server", "tertiary-")):
                address = entry.value(slot)
                if not address:
                    continue
                name = entry_name(domain, entry.name if not prefix else f"{entry.name} {prefix[:-1]}")
                values = [value for key in keys for value in entry.values(f"{prefix}{key}") or entry.values(key)]
                storage = storage_of(values, protected=protected)
                context.note(f"aaa.servers.{name}", entry)
                servers.append(
                    AaaServer(
                        name=name,
                        protocol=protocol,
                        address=address,
                        has_key=storage != "none",
                        key_storage=storage,
                    )
                )
    return servers


def _groups(context: Context) -> list[ServerGroup]:
    """User groups that hold a server."""
    kinds = {
        (domain, entry.name): protocol for table, protocol, _ in SERVERS for domain, entry in context.entries(table)
    }
    groups = []
    for domain, entry in context.entries("user group"):
        members = [name for name in entry.values("member") if (domain, name) in kinds]
        if members:
            name = entry_name(domain, entry.name)
            context.note(f"aaa.server_groups.{name}", entry)
            groups.append(ServerGroup(name=name, protocol=kinds[domain, members[0]], servers=members, vrf=None))
    return groups
