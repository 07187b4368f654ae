"""Syslog severities by the names that vendors give them (RFC 5424, table 2: 0 emergency to 7 debug)."""

SEVERITIES = {
    "emergency": 0,
    "emerg": 0,
    "alert": 1,
    "critical": 2,
    "crit": 2,
    "error": 3,
    "err": 3,
    "warning": 4,
    "notice": 5,
    "notification": 5,
    "information": 6,
    "informational": 6,
    "info": 6,
    "debug": 7,
    "any": 7,
}
