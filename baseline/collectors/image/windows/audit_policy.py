"""Which events Windows records, from the value that holds the audit policy per subcategory (``PolAdtEv``).

Microsoft does not document it. It is two bytes a subcategory, and ends with how many each category has; only a value
with the numbers of Windows 10 and 11 is read, since its order would otherwise be a guess. The order is that of
``auditpol /list /subcategory:*`` by the numbers that Windows itself uses.
"""

import struct

from baseline.collectors.image.reader.file_tree import ImageError
from baseline.collectors.image.windows.registry import Registry
from baseline.models.facts.workplace_system import WorkplaceAuditedEvent

PLACE = r"SECURITY\Policy\PolAdtEv"
_HEADER_BYTES = 12
_SUCCESS, _FAILURE = 1, 2

_SYSTEM = (
    "Security State Change",
    "Security System Extension",
    "System Integrity",
    "IPsec Driver",
    "Other System Events",
)
_LOGON = (
    "Logon",
    "Logoff",
    "Account Lockout",
    "IPsec Main Mode",
    "Special Logon",
    "IPsec Quick Mode",
    "IPsec Extended Mode",
    "Other Logon/Logoff Events",
    "Network Policy Server",
    "User / Device Claims",
    "Group Membership",
)
_OBJECTS = (
    "File System",
    "Registry",
    "Kernel Object",
    "SAM",
    "Other Object Access Events",
    "Certification Services",
    "Application Generated",
    "Handle Manipulation",
    "File Share",
    "Filtering Platform Packet Drop",
    "Filtering Platform Connection",
    "Detailed File Share",
    "Removable Storage",
    "Central Policy Staging",
)
_PRIVILEGES = ("Sensitive Privilege Use", "Non Sensitive Privilege Use", "Other Privilege Use Events")
_TRACKING = (
    "Process Creation",
    "Process Termination",
    "DPAPI Activity",
    "RPC Events",
    "Plug and Play Events",
    "Token Right Adjusted Events",
)
_POLICY = (
    "Audit Policy Change",
    "Authentication Policy Change",
    "Authorization Policy Change",
    "MPSSVC Rule-Level Policy Change",
    "Filtering Platform Policy Change",
    "Other Policy Change Events",
)
_ACCOUNTS = (
    "User Account Management",
    "Computer Account Management",
    "Security Group Management",
    "Distribution Group Management",
    "Application Group Management",
    "Other Account Management Events",
)
_DIRECTORY = (
    "Directory Service Access",
    "Directory Service Changes",
    "Directory Service Replication",
    "Detailed Directory Service Replication",
)
_ACCOUNT_LOGON = (
    "Credential Validation",
    "Kerberos Service Ticket Operations",
    "Other Account Logon Events",
    "Kerberos Authentication Service",
)
CATEGORIES = (
    _SYSTEM,
    _LOGON,
    _OBJECTS,
    _PRIVILEGES,
    _TRACKING,
    _POLICY,
    _ACCOUNTS,
    _DIRECTORY,
    _ACCOUNT_LOGON,
)
COUNTS = tuple(map(len, CATEGORIES))
LATER_COUNTS = (COUNTS[0], COUNTS[1] + 1, *COUNTS[2:])
"""Later builds have one more kind of logon event, at the end of its category."""


def read_audit_policy(registry: Registry) -> list[WorkplaceAuditedEvent]:
    """Every kind of event, by category.

    Raises:
        ImageError: the hive SECURITY cannot be read, or the value has another form than is known.
    """
    key = registry.key(PLACE)
    value = key.values().get("") if key else None
    if value is None or not isinstance(value.data, bytes):
        raise ImageError("the hive SECURITY holds no audit policy")
    raw = value.data
    try:
        (categories,) = struct.unpack_from("<H", raw, 4)
        (tail,) = struct.unpack_from("<I", raw, 8)
        counts = struct.unpack_from(f"<{categories}H", raw, tail)
        if counts not in (COUNTS, LATER_COUNTS):
            raise ImageError("the audit policy has another form than is known of Windows 10 and 11")
        values = struct.unpack_from(f"<{sum(counts)}H", raw, _HEADER_BYTES)
    except struct.error as error:
        raise ImageError("the audit policy is damaged") from error
    return _events(counts, values)


def _events(counts: tuple[int, ...], values: tuple[int, ...]) -> list[WorkplaceAuditedEvent]:
    found: list[WorkplaceAuditedEvent] = []
    start = 0
    for names, count in zip(CATEGORIES, counts, strict=True):
        for name, value in zip(names, values[start:], strict=False):
            if value > (_SUCCESS | _FAILURE):
                raise ImageError(f"the audit policy of {name} has the value {value}, which has no known meaning")
            found.append(
                WorkplaceAuditedEvent(name=name, success=bool(value & _SUCCESS), failure=bool(value & _FAILURE))
            )
        start += count
    return found
