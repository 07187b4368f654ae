"""The clock and its servers in a PAN-OS configuration."""

from baseline.collectors.network.numbers import number, standard_offset_minutes
from baseline.collectors.network.platforms.paloalto_panos.context import Context
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Clock, TimeKey, TimeServer

SLOTS = ("primary-ntp-server", "secondary-ntp-server")


def read_clock(context: Context) -> Clock:
    """Time zone and NTP servers; what the clock does now comes from ``show ntp``."""
    servers, keys = [], {}
    for slot in SLOTS:
        node = context.parts.system.at(f"ntp-servers {slot}")
        name = node.value("ntp-server-address") if node else None
        if node is None or name is None:
            continue
        context.note(f"clock.servers.{name}", node)
        servers.append(_server(name, node))
        key = node.at("authentication-type symmetric-key")
        if key is not None:
            number_text = key.value("key-id") or "0"
            context.note(f"clock.keys.{number_text}", key)
            keys[number_text] = TimeKey(name=number_text, algorithm=key.value("algorithm") or "md5", trusted=True)
    zone = context.value("clock.timezone", context.parts.system, "timezone") or "UTC"
    context.note("clock", context.parts.system.at("ntp-servers"))
    return Clock(
        timezone=zone,
        timezone_offset_minutes=_offset(zone),
        servers=servers,
        keys=list(keys.values()),
        authentication_enabled=any(server.authenticated is True for server in servers),
        source_interface=None,
        access_list=None,
    )


def _offset(zone: str) -> Fact[int]:
    minutes = standard_offset_minutes(zone)
    return Unknown(f"the time zone {zone[:40]!r} is not known here") if minutes is None else minutes


def _server(name: str, node: Node) -> TimeServer:
    kind = node.value("authentication-type")
    return TimeServer(
        name=name,
        authenticated=kind in {"symmetric-key", "autokey"},
        key_id=number(node.value("authentication-type symmetric-key key-id")),
        preferred=node.word == SLOTS[0],
        peer=False,
        vrf=None,
        source_interface=None,
    )
