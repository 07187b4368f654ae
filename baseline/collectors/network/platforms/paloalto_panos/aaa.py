"""Servers that administrators log in through in a PAN-OS configuration."""

from typing import Literal

from baseline.collectors.network.platforms.paloalto_panos.context import Context
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.network import Aaa, AaaServer, MethodList, PasswordStorage, ServerGroup

Protocol = Literal["tacacs+", "radius", "ldap"]
KINDS: tuple[tuple[str, Protocol], ...] = (("tacplus", "tacacs+"), ("radius", "radius"), ("ldap", "ldap"))


def read_aaa(context: Context) -> Aaa:
    """Everything under ``aaa``. An administrator may have a profile of its own; others follow the one of the device."""
    profiles = _used_profiles(context)
    context.note("aaa", context.parts.system.at("authentication-profile"), context.parts.shared.at("server-profile"))
    lists = [_method_list(context, name) for name in profiles]
    servers = [server for word, protocol in KINDS for server in _servers(context, word, protocol)]
    return Aaa(
        enabled=any(one.central is True for one in lists),
        authentication=lists,
        authorization=[],
        accounting=[],
        servers=servers,
        server_groups=[group for word, protocol in KINDS for group in _groups(context, word, protocol)],
        console_authorization=True,
        source_interface=None,
    )


def _used_profiles(context: Context) -> list[str]:
    own = [node.value("authentication-profile") for node in context.parts.management.below("users")]
    names = [context.parts.system.value("authentication-profile"), *own]
    return list(dict.fromkeys(name for name in names if name))


def _method_list(context: Context, name: str) -> MethodList:
    """Administrators that the firewall itself knows log in with their own password, whatever a server does."""
    profile = next((node for node in context.scopes("authentication-profile") if node.word == name), None)
    sequence = next((node for node in context.scopes("authentication-sequence") if node.word == name), None)
    members = sequence.values("authentication-profiles") if sequence else [name]
    known = {node.word: node for node in context.scopes("authentication-profile")}
    methods = [method for member in members if member in known for method in _methods(known[member])]
    local = any(
        node.value("phash") and not node.value("authentication-profile")
        for node in context.parts.management.below("users")
    )
    context.note(f"aaa.authentication.login {name}", profile, sequence)
    central = bool(methods) and methods[0].startswith("group ")
    return MethodList(
        name=f"login {name}",
        list_name=name,
        service="login",
        level=None,
        methods=methods,
        record=None,
        central=central,
        local_fallback=central and (local or "local" in methods[1:]),
    )


def _methods(profile: Node) -> list[str]:
    found = []
    for method in profile.below("method"):
        server = method.value("server-profile")
        found.append(f"group {server}" if server else "local" if method.word == "local-database" else method.word)
    return found


def _servers(context: Context, word: str, protocol: Protocol) -> list[AaaServer]:
    servers = []
    for profile in context.scopes(f"server-profile {word}"):
        for node in profile.below("server"):
            name = f"{profile.word} {node.word}"
            context.note(f"aaa.servers.{name}", node)
            secret = node.value("secret") or profile.value("bind-password")
            storage: PasswordStorage = "none" if secret is None else "type6_aes"
            address = node.value("address") or node.value("ip-address") or node.word
            servers.append(
                AaaServer(
                    name=name, protocol=protocol, address=address, has_key=secret is not None, key_storage=storage
                )
            )
    return servers


def _groups(context: Context, word: str, protocol: Protocol) -> list[ServerGroup]:
    groups = []
    for profile in context.scopes(f"server-profile {word}"):
        context.note(f"aaa.server_groups.{profile.word}", profile)
        names = [f"{profile.word} {name}" for name in profile.values("server")]
        groups.append(ServerGroup(name=profile.word, protocol=protocol, servers=names, vrf=None))
    return groups
