"""Databases that speak SQL: Azure SQL, PostgreSQL and MySQL."""

import ipaddress
from collections.abc import Callable
from datetime import datetime

from baseline.collectors.cloud.azure.kinds import Detail, Fields, Kind, resources
from baseline.collectors.cloud.azure.row import Properties, Row, tls_version
from baseline.models.facts.azure.database import (
    MysqlServer,
    PostgresqlServer,
    SqlDatabase,
    SqlServer,
)
from baseline.models.facts.azure.resource import Tls
from baseline.models.facts.fact import Fact, Unknown

WIDE_RANGE = 4097
"""Addresses in one firewall rule from which it counts as open to the Internet: more than an organisation's own exits."""


def _sql_server(row: Row, _now: datetime) -> Fields:
    return {
        "minimum_tls": row.tls("properties.minimalTlsVersion"),
        "public_network": row.public("properties.publicNetworkAccess"),
        # The administrators are left out where there are none.
        "entra_administrator": bool(row.raw("properties.administrators.login")),
        "entra_only": row.flag("properties.administrators.azureADOnlyAuthentication", absent=False),
    }


def _auditing(settings: Properties) -> Fields:
    on = settings.flag("properties.state")
    if on is not True:
        return {"auditing": on, "audit_retention_days": on if isinstance(on, Unknown) else None}
    stored = bool(settings.raw("properties.storageEndpoint"))
    return {"auditing": True, "audit_retention_days": settings.number("properties.retentionDays") if stored else None}


def _firewall(listed: Properties) -> Fields:
    rules = listed.items("value")
    if isinstance(rules, Unknown):
        return {"open_to_internet": rules, "open_to_azure": rules}
    widths = [_width(rule) for rule in rules]
    unknown = next((width for width in widths if isinstance(width, Unknown)), None)
    known = [width for width in widths if isinstance(width, int)]
    return {
        "open_to_internet": any(width >= WIDE_RANGE for width in known) or unknown or False,
        "open_to_azure": 0 in known or unknown or False,
    }


def _width(rule: Properties) -> Fact[int]:
    """How many addresses a rule admits; 0 for the rule from 0.0.0.0 to 0.0.0.0, which means all of Azure."""
    first, last = rule.text("properties.startIpAddress"), rule.text("properties.endIpAddress")
    try:
        start, end = ipaddress.IPv4Address(str(first)), ipaddress.IPv4Address(str(last))
    except ValueError:
        return Unknown(f"a firewall rule from {str(first)[:60]} to {str(last)[:60]} is not understood")
    return 0 if int(start) == int(end) == 0 else int(end) - int(start) + 1


def _encryption(settings: Properties) -> Fields:
    return {"encrypted": settings.flag("properties.state")}


def _no_fields(_row: Row, _now: datetime) -> Fields:
    return {}


def _postgresql(row: Row, _now: datetime) -> Fields:
    return {
        "public_network": row.public("properties.network.publicNetworkAccess"),
        "password_login": row.flag("properties.authConfig.passwordAuth"),
        "backup_retention_days": row.number("properties.backup.backupRetentionDays"),
    }


def _mysql(row: Row, _now: datetime) -> Fields:
    return {
        "public_network": row.public("properties.network.publicNetworkAccess"),
        "backup_retention_days": row.number("properties.backup.backupRetentionDays"),
    }


class _Parameters:
    """Server parameters by name."""

    def __init__(self, listed: Properties) -> None:
        items = listed.items("value")
        self._unknown = items if isinstance(items, Unknown) else None
        self._items = {} if isinstance(items, Unknown) else {str(item.raw("name")).lower(): item for item in items}

    def flag(self, name: str) -> Fact[bool]:
        found = self._found(name)
        return found if isinstance(found, Unknown) else found.flag("properties.value")

    def oldest_tls(self, name: str) -> Fact[Tls]:
        """The oldest of the versions that are listed."""
        found = self._found(name)
        text = found if isinstance(found, Unknown) else found.text("properties.value")
        if isinstance(text, Unknown):
            return text
        strange = Unknown(f"{name} has a value that is not known here: {text[:60]!r}")
        versions = [tls_version(part.strip(), strange) for part in text.split(",")]
        unknown = next((version for version in versions if isinstance(version, Unknown)), None)
        return unknown or min(version for version in versions if not isinstance(version, Unknown))

    def _found(self, name: str) -> Properties | Unknown:
        if self._unknown is not None:
            return self._unknown
        return self._items.get(name) or Unknown(f"Azure does not say the server parameter {name}")


def _postgresql_parameters(listed: Properties) -> Fields:
    parameters = _Parameters(listed)
    return {
        "tls_required": parameters.flag("require_secure_transport"),
        "minimum_tls": parameters.oldest_tls("ssl_min_protocol_version"),
        "connections_logged": parameters.flag("log_connections"),
        "failed_logins_throttled": parameters.flag("connection_throttle.enable"),
    }


def _mysql_parameters(listed: Properties) -> Fields:
    parameters = _Parameters(listed)
    return {
        "tls_required": parameters.flag("require_secure_transport"),
        "minimum_tls": parameters.oldest_tls("tls_version"),
        "audit_log": parameters.flag("audit_log_enabled"),
    }


def _rules_of(provider: str, version: str) -> Detail:
    return Detail(
        ("open_to_internet", "open_to_azure"),
        f"/firewallRules?api-version={version}",
        f"{provider}/firewallRules/read",
        _firewall,
        listed=True,
    )


def _parameters_of(provider: str, version: str, read: Callable[[Properties], Fields], *supplies: str) -> Detail:
    path = f"/configurations?api-version={version}"
    return Detail(supplies, path, f"{provider}/configurations/read", read, listed=True)


SQL_SERVERS = resources("Microsoft.Sql/servers")


POSTGRESQL_SERVERS = resources("Microsoft.DBforPostgreSQL/flexibleServers")


MYSQL_SERVERS = resources("Microsoft.DBforMySQL/flexibleServers")

KINDS = (
    Kind(
        fact="sql_servers",
        model=SqlServer,
        source=SQL_SERVERS,
        read=_sql_server,
        details=(
            Detail(
                ("auditing", "audit_retention_days"),
                "/auditingSettings/default?api-version=2021-11-01",
                "Microsoft.Sql/servers/auditingSettings/read",
                _auditing,
            ),
            _rules_of("Microsoft.Sql/servers", "2021-11-01"),
        ),
    ),
    Kind(
        fact="sql_databases",
        model=SqlDatabase,
        source=resources("Microsoft.Sql/servers/databases"),
        read=_no_fields,
        keeps=lambda row: row.id.rpartition("/")[2].lower() != "master",
        details=(
            Detail(
                ("encrypted",),
                "/transparentDataEncryption/current?api-version=2021-11-01",
                "Microsoft.Sql/servers/databases/transparentDataEncryption/read",
                _encryption,
            ),
        ),
    ),
    Kind(
        fact="postgresql_servers",
        model=PostgresqlServer,
        source=POSTGRESQL_SERVERS,
        read=_postgresql,
        details=(
            _parameters_of(
                "Microsoft.DBforPostgreSQL/flexibleServers",
                "2024-08-01",
                _postgresql_parameters,
                "tls_required",
                "minimum_tls",
                "connections_logged",
                "failed_logins_throttled",
            ),
            _rules_of("Microsoft.DBforPostgreSQL/flexibleServers", "2024-08-01"),
        ),
    ),
    Kind(
        fact="mysql_servers",
        model=MysqlServer,
        source=MYSQL_SERVERS,
        read=_mysql,
        details=(
            _parameters_of(
                "Microsoft.DBforMySQL/flexibleServers",
                "2023-12-30",
                _mysql_parameters,
                "tls_required",
                "minimum_tls",
                "audit_log",
            ),
            _rules_of("Microsoft.DBforMySQL/flexibleServers", "2023-12-30"),
        ),
    ),
)
