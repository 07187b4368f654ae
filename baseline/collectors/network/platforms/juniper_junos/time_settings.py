"""The clock and its servers in a Junos configuration."""

from baseline.collectors.network.numbers import number, standard_offset_minutes
from baseline.collectors.network.platforms.juniper_junos.context import Context
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Clock, TimeKey, TimeServer

NTP = "system ntp"


def read_clock(context: Context) -> Clock:
    """Everything under ``system ntp`` and ``system time-zone``; what the clock does now comes from ``show ntp``."""
    section = context.at(NTP)
    context.note("clock", section, context.at("system time-zone"))
    trusted = set(context.root.values(f"{NTP} trusted-key"))
    keys = [_key(context, node, trusted) for node in context.root.below(f"{NTP} authentication-key")]
    usable = {str(key.name) for key in keys if key.trusted is True}
    zone = context.value("clock.timezone", "system time-zone") or "UTC"
    return Clock(
        timezone=zone,
        timezone_offset_minutes=_offset(zone),
        servers=_servers(context, usable),
        keys=keys,
        authentication_enabled=bool(trusted),
        source_interface=context.value("clock.source_interface", f"{NTP} source-address"),
        access_list=None,
    )


def _offset(zone: str) -> Fact[int]:
    minutes = standard_offset_minutes(zone)
    return Unknown(f"the time zone {zone[:40]!r} is not known here") if minutes is None else minutes


def _key(context: Context, node: Node, trusted: set[str]) -> TimeKey:
    context.note(f"clock.keys.{node.word}", node)
    return TimeKey(name=node.word, algorithm=node.option("type") or "md5", trusted=node.word in trusted)


def _servers(context: Context, usable: set[str]) -> list[TimeServer]:
    servers = []
    for kind in ("server", "peer"):
        for node in context.root.below(f"{NTP} {kind}"):
            key = node.option("key")
            context.note(f"clock.servers.{node.word}", node)
            servers.append(
                TimeServer(
                    name=node.word,
                    authenticated=key in usable,
                    key_id=number(key),
                    preferred="prefer" in node.words(),
                    peer=kind == "peer",
                    vrf=node.option("routing-instance"),
                    source_interface=None,
                )
            )
    context.note("clock.servers", context.at(NTP))
    return servers
