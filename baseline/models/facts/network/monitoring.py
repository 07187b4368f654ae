"""Facts about being watched: SNMP, time, logging."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section

SnmpLevel = Literal["noauth", "auth", "priv"]
"""Security level of SNMPv3 (RFC 3414): nothing, authenticated, authenticated and encrypted."""


class Community(Section, frozen=True, kw_only=True):
    """One SNMPv1/v2c community. The string itself is a password and is never kept."""

    name: Annotated[Fact[str], About("'community 1', 'community 2' ... in the order of the configuration")] = (
        NOT_COLLECTED
    )
    access: Annotated[Fact[Literal["read", "write"]], About("what it allows")] = NOT_COLLECTED
    access_list: Annotated[Fact[str | None], About("filter on sources; null: none")] = NOT_COLLECTED
    view: Annotated[Fact[str | None], About("part of the tree; null: all of it")] = NOT_COLLECTED
    is_default_name: Annotated[Fact[bool], About("it is public, private or another string found on any wordlist")] = (
        NOT_COLLECTED
    )


class SnmpGroup(Section, frozen=True, kw_only=True):
    """One SNMP group."""

    name: Annotated[Fact[str], About("group, version and level: 'operators v3 priv'")] = NOT_COLLECTED
    version: Annotated[Fact[Literal["1", "2c", "3"]], About("protocol version")] = NOT_COLLECTED
    security_level: Annotated[Fact[SnmpLevel | None], About("null for versions 1 and 2c")] = NOT_COLLECTED
    read_view: Annotated[Fact[str | None], About("null: the platform's default view")] = NOT_COLLECTED
    write_view: Annotated[Fact[str | None], About("null: nothing can be written")] = NOT_COLLECTED
    access_list: Annotated[Fact[str | None], About("null: none")] = NOT_COLLECTED


class SnmpUser(Section, frozen=True, kw_only=True):
    """One SNMPv3 user."""

    name: Annotated[Fact[str], About("user name")] = NOT_COLLECTED
    group: Annotated[Fact[str], About("its group")] = NOT_COLLECTED
    authentication: Annotated[
        Fact[Literal["none", "md5", "sha", "sha224", "sha256", "sha384", "sha512"]], About("hash")
    ] = NOT_COLLECTED
    privacy: Annotated[Fact[Literal["none", "des", "3des", "aes128", "aes192", "aes256"]], About("encryption")] = (
        NOT_COLLECTED
    )
    security_level: Annotated[Fact[SnmpLevel], About("what its algorithms amount to")] = NOT_COLLECTED
    access_list: Annotated[Fact[str | None], About("null: none")] = NOT_COLLECTED


class SnmpHost(Section, frozen=True, kw_only=True):
    """One receiver of traps or informs."""

    name: Annotated[Fact[str], About("address or host name")] = NOT_COLLECTED
    version: Annotated[Fact[Literal["1", "2c", "3"]], About("protocol version")] = NOT_COLLECTED
    security_level: Annotated[Fact[SnmpLevel | None], About("null for versions 1 and 2c")] = NOT_COLLECTED
    vrf: Annotated[Fact[str | None], About("null: the default one")] = NOT_COLLECTED


class Snmp(Section, frozen=True, kw_only=True):
    """The SNMP agent."""

    enabled: Annotated[Fact[bool], About("the agent answers someone")] = NOT_COLLECTED
    versions: Annotated[Fact[list[str]], About("versions that someone can use: 1, 2c, 3")] = NOT_COLLECTED
    communities: Annotated[Fact[list[Community]], About("community strings, without the strings")] = NOT_COLLECTED
    groups: Annotated[Fact[list[SnmpGroup]], About("groups")] = NOT_COLLECTED
    users: Annotated[Fact[list[SnmpUser]], About("version 3 users")] = NOT_COLLECTED
    hosts: Annotated[Fact[list[SnmpHost]], About("receivers of traps and informs")] = NOT_COLLECTED
    source_interface: Annotated[Fact[str | None], About("interface that traps leave from; null: by route")] = (
        NOT_COLLECTED
    )


class TimeServer(Section, frozen=True, kw_only=True):
    """One NTP server or peer."""

    name: Annotated[Fact[str], About("address or host name")] = NOT_COLLECTED
    authenticated: Annotated[
        Fact[bool], About("answers must carry a key that is defined and trusted, and authentication is on")
    ] = NOT_COLLECTED
    key_id: Annotated[Fact[int | None], About("number of the key; null: none")] = NOT_COLLECTED
    preferred: Annotated[Fact[bool], About("preferred over the others")] = NOT_COLLECTED
    peer: Annotated[Fact[bool], About("a peer rather than a server")] = NOT_COLLECTED
    vrf: Annotated[Fact[str | None], About("null: the default one")] = NOT_COLLECTED
    source_interface: Annotated[Fact[str | None], About("null: not set for this server")] = NOT_COLLECTED
    reachable: Annotated[Fact[bool], About("it answered at least one of the last eight questions")] = NOT_COLLECTED


class TimeKey(Section, frozen=True, kw_only=True):
    """One NTP key, without the key."""

    name: Annotated[Fact[str], About("key number")] = NOT_COLLECTED
    algorithm: Annotated[Fact[str], About("md5, sha1, sha2, cmac-aes-128 ...")] = NOT_COLLECTED
    trusted: Annotated[Fact[bool], About("it may be used to set the clock")] = NOT_COLLECTED


class Clock(Section, frozen=True, kw_only=True):
    """The clock and where it gets its time."""

    timezone: Annotated[Fact[str], About("name of the zone; UTC where none is set")] = NOT_COLLECTED
    timezone_offset_minutes: Annotated[Fact[int], About("distance to UTC, summer time left out", unit="minutes")] = (
        NOT_COLLECTED
    )
    servers: Annotated[Fact[list[TimeServer]], About("configured servers and peers")] = NOT_COLLECTED
    keys: Annotated[Fact[list[TimeKey]], About("keys")] = NOT_COLLECTED
    authentication_enabled: Annotated[Fact[bool], About("the device checks keys at all")] = NOT_COLLECTED
    source_interface: Annotated[Fact[str | None], About("null: by route")] = NOT_COLLECTED
    access_list: Annotated[Fact[str | None], About("filter on who may serve or ask time; null: none")] = NOT_COLLECTED
    synchronised: Annotated[Fact[bool], About("the clock follows a server now")] = NOT_COLLECTED
    stratum: Annotated[Fact[int], About("distance to a reference clock; 16: none", unit="hops")] = NOT_COLLECTED
    offset_milliseconds: Annotated[
        Fact[float], About("distance to the server that is followed, always positive", unit="milliseconds")
    ] = NOT_COLLECTED
    reference: Annotated[Fact[str | None], About("server that is followed; null: none")] = NOT_COLLECTED


class SyslogServer(Section, frozen=True, kw_only=True):
    """One receiver of log messages."""

    name: Annotated[Fact[str], About("address or host name")] = NOT_COLLECTED
    level: Annotated[
        Fact[int | None],
        About(
            "least severe message sent: 0 emergency to 7 debug; null: none are",
            unit="syslog severity",
            source="RFC 5424",
        ),
    ] = NOT_COLLECTED
    transport: Annotated[Fact[Literal["udp", "tcp", "tls"]], About("transport")] = NOT_COLLECTED
    port: Annotated[Fact[int], About("port number")] = NOT_COLLECTED
    vrf: Annotated[Fact[str | None], About("null: the default one")] = NOT_COLLECTED
    reachable: Annotated[Fact[bool], About("the connection is up, where the device can tell")] = NOT_COLLECTED
    dropped_messages: Annotated[Fact[int], About("lost to this server since start", unit="messages")] = NOT_COLLECTED


class LogTimestamps(Section, frozen=True, kw_only=True):
    """What a log line says about its time."""

    datetime: Annotated[Fact[bool], About("date and time rather than uptime")] = NOT_COLLECTED
    milliseconds: Annotated[Fact[bool], About("milliseconds")] = NOT_COLLECTED
    timezone: Annotated[Fact[bool], About("time zone")] = NOT_COLLECTED
    year: Annotated[Fact[bool], About("year")] = NOT_COLLECTED


class Logging(Section, frozen=True, kw_only=True):
    """Logging. Levels are syslog severities: 0 emergency to 7 debug (RFC 5424)."""

    enabled: Annotated[Fact[bool], About("logging is on")] = NOT_COLLECTED
    servers: Annotated[Fact[list[SyslogServer]], About("receivers")] = NOT_COLLECTED
    server_level: Annotated[
        Fact[int | None], About("least severe message sent to servers; null: none are", unit="syslog severity")
    ] = NOT_COLLECTED
    buffer_bytes: Annotated[Fact[int | None], About("size of the log in memory; null: none", unit="bytes")] = (
        NOT_COLLECTED
    )
    buffer_level: Annotated[Fact[int | None], About("null: no buffer", unit="syslog severity")] = NOT_COLLECTED
    console_level: Annotated[Fact[int | None], About("null: not shown on the console", unit="syslog severity")] = (
        NOT_COLLECTED
    )
    timestamps: Annotated[Fact[LogTimestamps], About("what a line says about its time")] = NOT_COLLECTED
    sequence_numbers: Annotated[Fact[bool], About("lines are numbered, so that a gap shows")] = NOT_COLLECTED
    login_success: Annotated[Fact[bool], About("successful logins are logged")] = NOT_COLLECTED
    login_failure: Annotated[Fact[bool], About("failed logins are logged")] = NOT_COLLECTED
    configuration_changes: Annotated[Fact[bool], About("configuration commands are logged with their user")] = (
        NOT_COLLECTED
    )
    source_interface: Annotated[Fact[str | None], About("null: by route")] = NOT_COLLECTED
    dropped_messages: Annotated[Fact[int], About("messages lost since start", unit="messages")] = NOT_COLLECTED
