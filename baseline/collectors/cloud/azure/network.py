"""Networks and what guards them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from baseline.collectors.cloud.azure.firewall_rules import admits_every_port, fact_of, inbound_rules
from baseline.collectors.cloud.azure.kinds import Beside, Fields, Join, Kind, resources
from baseline.collectors.cloud.azure.row import Row
from baseline.models.facts.azure.network import (
    ApplicationGateway,
    BastionHost,
    FlowLog,
    NetworkSecurityGroup,
    VirtualNetwork,
)
from baseline.models.facts.azure.resource import Tls
from baseline.models.facts.fact import Fact, Unknown

DATABASE_PORTS = (
    *(1433, 1434),  # SQL Server
    *(1521, 2483, 2484),  # Oracle
    3306,  # MySQL
    5432,  # PostgreSQL
    5984,  # CouchDB
    6379,  # Redis
    *(7000, 7001, 7199, 9042, 9160),  # Cassandra
    *(5601, 9200, 9300),  # Elasticsearch and its dashboards
    11211,  # Memcached
    *(27017, 27018, 27019),  # MongoDB
)
MANAGEMENT_PORTS = (21, 23, 135, 139, 445, 2375, 2376, 5900, 5985, 5986, 6443, 10250)
AMPLIFIER_PORTS = (19, 53, 69, 111, 123, 137, 161, 389, 1900, 5353, 11211)
"""UDP services used for reflection (CISA, alert TA14-017A)."""

_WITHOUT_GROUP = {"gatewaysubnet", "azurefirewallsubnet", "azurefirewallmanagementsubnet", "routeserversubnet"}
"""Subnets to which Azure ties no security group, or advises against it (documentation of each service)."""

# Application Gateway, *TLS policy overview*: oldest version of each predefined policy.
_TLS_POLICIES: dict[str, Tls] = {
    "appgwsslpolicy20150501": "1.0",
    "appgwsslpolicy20170401": "1.1",
    "appgwsslpolicy20170401s": "1.2",
    "appgwsslpolicy20220101": "1.2",
    "appgwsslpolicy20220101s": "1.2",
}


def _security_group(row: Row, _now: datetime) -> Fields:
    rules = inbound_rules(row)
    ssh, rdp = fact_of(rules, ("tcp",), (22,)), fact_of(rules, ("tcp", "udp"), (3389,))
    return {
        "ssh_from_internet": ssh if isinstance(ssh, Unknown) else bool(ssh),
        "rdp_from_internet": rdp if isinstance(rdp, Unknown) else bool(rdp),
        "every_port_from_internet": rules if isinstance(rules, Unknown) else admits_every_port(rules),
        "databases_from_internet": fact_of(rules, ("tcp",), DATABASE_PORTS),
        "management_from_internet": fact_of(rules, ("tcp",), MANAGEMENT_PORTS),
        "amplifiers_from_internet": fact_of(rules, ("udp",), AMPLIFIER_PORTS),
    }


def _virtual_network(row: Row, _now: datetime) -> Fields:
    subnets = row.items("properties.subnets")
    return {
        "subnets_without_group": subnets
        if isinstance(subnets, Unknown)
        else sorted(
            str(subnet.text("name", absent="?"))
            for subnet in subnets
            if not subnet.raw("properties.networkSecurityGroup.id")
            and str(subnet.raw("name")).lower() not in _WITHOUT_GROUP
        ),
        "ddos_protection": row.flag("properties.enableDdosProtection", absent=False),
    }


def _flow_logged(row: Row, beside: Beside) -> Fields:
    logs = beside.by("properties.targetResourceId", FLOW_LOGS, row.subscription)
    subnets = row.items("properties.subnets")
    if isinstance(logs, Unknown) or isinstance(subnets, Unknown):
        return {"flow_logged": logs if isinstance(logs, Unknown) else subnets}
    groups = [str(subnet.raw("properties.networkSecurityGroup.id")).lower() for subnet in subnets]
    own = _watched(logs.get(row.id.lower(), ()))
    if own is not False or not groups:
        return {"flow_logged": own}
    watched = [_watched(logs.get(group, ())) for group in groups]
    unknown = next((state for state in watched if isinstance(state, Unknown)), True)
    return {"flow_logged": False if False in watched else unknown}


def _watched(logs: Sequence[Row]) -> Fact[bool]:
    """Whether one of these flow logs records."""
    states = [log.flag("properties.enabled") for log in logs]
    return True if True in states else next((state for state in states if isinstance(state, Unknown)), False)


def _flow_log(row: Row, _now: datetime) -> Fields:
    kept = row.flag("properties.retentionPolicy.enabled", absent=False)
    return {
        "enabled": row.flag("properties.enabled"),
        # Without a policy records stay until somebody deletes them.
        "retention_days": kept
        if isinstance(kept, Unknown)
        else (row.number("properties.retentionPolicy.days") if kept else 0),
    }


def _application_gateway(row: Row, _now: datetime) -> Fields:
    policy = row.raw("properties.sslPolicy.policyName")
    custom = row.tls("properties.sslPolicy.minProtocolVersion")
    named = row.word("properties.sslPolicy.policyName", _TLS_POLICIES)
    return {"minimum_tls": named if policy else custom}


Mode = Literal["prevention", "detection"]
_MODES: dict[str, Mode] = {"prevention": "prevention", "detection": "detection"}


def _firewall(row: Row, beside: Beside) -> Fields:
    linked = row.raw("properties.firewallPolicy.id")
    if not linked:
        return {"firewall": _own_firewall(row)}
    policies = beside.by("id", FIREWALL_POLICIES, row.subscription)
    if isinstance(policies, Unknown):
        return {"firewall": policies}
    known = policies.get(str(linked).lower())
    if known is None:
        return {"firewall": Unknown(f"the firewall policy of {row.name} is not among those that can be seen")}
    policy = known[0]
    state = policy.word("properties.policySettings.state", {"enabled": "on", "disabled": "off"})
    if isinstance(state, Unknown):
        return {"firewall": state}
    return {"firewall": policy.word("properties.policySettings.mode", _MODES) if state == "on" else None}


def _own_firewall(row: Row) -> Fact[Mode | None]:
    enabled = row.flag("properties.webApplicationFirewallConfiguration.enabled", absent=False)
    if isinstance(enabled, Unknown):
        return enabled
    return row.word("properties.webApplicationFirewallConfiguration.firewallMode", _MODES) if enabled else None


def _bastion(row: Row, _now: datetime) -> Fields:
    # The property exists from the Standard tier on; below it there are no such links.
    return {"shareable_links": row.flag("properties.enableShareableLink", absent=False)}


FLOW_LOGS = resources("Microsoft.Network/networkWatchers/flowLogs")
FIREWALL_POLICIES = resources("Microsoft.Network/applicationGatewayWebApplicationFirewallPolicies")
PUBLIC_ADDRESSES = resources("Microsoft.Network/publicIPAddresses")
NETWORK_INTERFACES = resources("Microsoft.Network/networkInterfaces")

KINDS = (
    Kind(
        fact="network_security_groups",
        model=NetworkSecurityGroup,
        source=resources("Microsoft.Network/networkSecurityGroups"),
        read=_security_group,
    ),
    Kind(
        fact="virtual_networks",
        model=VirtualNetwork,
        source=resources("Microsoft.Network/virtualNetworks"),
        read=_virtual_network,
        joins=(Join(("flow_logged",), (FLOW_LOGS,), _flow_logged),),
    ),
    Kind(fact="flow_logs", model=FlowLog, source=FLOW_LOGS, read=_flow_log),
    Kind(
        fact="application_gateways",
        model=ApplicationGateway,
        source=resources("Microsoft.Network/applicationGateways"),
        read=_application_gateway,
        joins=(Join(("firewall",), (FIREWALL_POLICIES,), _firewall),),
    ),
    Kind(
        fact="bastion_hosts",
        model=BastionHost,
        source=resources("Microsoft.Network/bastionHosts"),
        read=_bastion,
    ),
)
