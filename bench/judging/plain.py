"""Conditions of twelve shipped network checks as Python functions: each gives True or False for every subject."""

from collections.abc import Callable, Iterator
from typing import Any

Facts = dict[str, Any]
Condition = Callable[[Facts, dict[str, Any]], Iterator[bool]]


def _http(facts: Facts, _params: Facts) -> Iterator[bool]:
    yield facts["management"]["http"]["enabled"] is False


def _lines(facts: Facts, params: Facts) -> Iterator[bool]:
    for line in facts["management"]["lines"]:
        if line["type"] != "console":
            yield all(transport in params["allowed_transports"] for transport in line["transports"])


def _logging(facts: Facts, params: Facts) -> Iterator[bool]:
    servers = facts["logging"]["servers"]
    yield (
        facts["logging"]["enabled"]
        and len(servers) >= params["minimum_collectors"]
        and all(one["level"] is not None and one["level"] >= params["least_severe_level"] for one in servers)
    )


def _login(facts: Facts, params: Facts) -> Iterator[bool]:
    for line in facts["management"]["lines"]:
        if line["type"] == "vty":
            yield not line["transports"] or (
                line["authentication"] == "aaa"
                and any(_is_central(method, line, facts, params) for method in facts["aaa"]["authentication"])
            )


def _is_central(method: Facts, line: Facts, facts: Facts, params: Facts) -> bool:
    return (
        method["service"] == "login"
        and method["list_name"] == line["authentication_list"]
        and method["central"]
        and any(one in params["fallback_methods"] for one in method["methods"])
        and all(one != "none" for one in method["methods"])
        and any(
            method["methods"][0] == "group " + group["name"] and len(group["servers"]) >= params["minimum_servers"]
            for group in facts["aaa"]["server_groups"]
        )
    )


def _sources(facts: Facts, _params: Facts) -> Iterator[bool]:
    for line in facts["management"]["lines"]:
        if line["type"] == "vty":
            yield not line["transports"] or (
                line["access_list_ipv4"] is not None
                and _limits(facts, line["access_list_ipv4"], "ipv4")
                and (
                    all(
                        not port["enabled"] or all(":" not in address for address in port["addresses"])
                        for port in facts["interfaces"]
                    )
                    or (line["access_list_ipv6"] is not None and _limits(facts, line["access_list_ipv6"], "ipv6"))
                )
            )


def _limits(facts: Facts, name: str, family: str) -> bool:
    return any(
        one["name"] == name and one["family"] == family and one["entries"] > 0 and not one["permits_any"]
        for one in facts["access_lists"]
    )


def _secrets(facts: Facts, params: Facts) -> Iterator[bool]:
    strong = params["strong_storage"]
    yield (
        not facts["password_rules"]["weak_secrets"]
        and all(
            user["password_storage"] in strong or (not user["has_password"] and user["ssh_keys"] > 0)
            for user in facts["users"]
        )
        and facts["enable_secret"]["storage"] in ("none", *strong)
    )


def _services(facts: Facts, params: Facts) -> Iterator[bool]:
    for name, service in facts["services"].items():
        if name in params["services"]:
            yield service["enabled"] is False


def _communities(facts: Facts, _params: Facts) -> Iterator[bool]:
    for community in facts["snmp"]["communities"]:
        yield community["is_default_name"] is False


def _snmp(facts: Facts, params: Facts) -> Iterator[bool]:
    snmp = facts["snmp"]
    yield (
        not snmp["communities"]
        and all(version == "3" for version in snmp["versions"])
        and all(one["version"] == "3" and one["security_level"] == "priv" for one in (*snmp["groups"], *snmp["hosts"]))
        and all(
            user["authentication"] in params["authentication"] and user["privacy"] in params["privacy"]
            for user in snmp["users"]
        )
    )


def _algorithms(facts: Facts, params: Facts) -> Iterator[bool]:
    ssh = facts["management"]["ssh"]
    yield all(
        ssh[name] and all(one in params[name] for one in ssh[name]) for name in ("ciphers", "macs", "key_exchanges")
    )


def _version(facts: Facts, params: Facts) -> Iterator[bool]:
    yield facts["management"]["ssh"]["version"] >= params["minimum_version"]


def _time(facts: Facts, params: Facts) -> Iterator[bool]:
    servers = facts["clock"]["servers"]
    yield (
        facts["clock"]["synchronised"]
        and len(servers) >= params["minimum_servers"]
        and (not params["require_authentication"] or all(server["authenticated"] for server in servers))
    )


CONDITIONS: dict[str, Condition] = {
    "network-http-without-tls-off": _http,
    "network-lines-ssh-only": _lines,
    "network-logging-collectors-used": _logging,
    "network-login-aaa-central": _login,
    "network-management-sources-limited": _sources,
    "network-secrets-stored-safely": _secrets,
    "network-services-legacy-off": _services,
    "network-snmp-community-not-default": _communities,
    "network-snmp-version-3-encrypted": _snmp,
    "network-ssh-algorithms-strong": _algorithms,
    "network-ssh-version-2": _version,
    "network-time-servers-authenticated": _time,
}
"""Check id -> its condition."""
