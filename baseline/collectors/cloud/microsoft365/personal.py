"""Takes people out of answers before they are kept as artefacts: names and addresses, and secrets with them."""

import re
from typing import Any

from baseline.collectors.cloud.microsoft.masking import MARK, masked

_PERSONAL = frozenset(
    {
        "userprincipalname",
        "userdisplayname",
        "givenname",
        "surname",
        "mail",
        "mailnickname",
        "othermails",
        "proxyaddresses",
        "imaddresses",
        "mobilephone",
        "businessphones",
        "faxnumber",
        "streetaddress",
        "employeeid",
        "jobtitle",
        "aboutme",
        "birthday",
        "emailaddress",
        "emailaddresses",
        "phonenumber",
        "devicename",
        "manageddevicename",
        "serialnumber",
        "imei",
        "updatedby",
        "createdby",
        "lastmodifiedby",
        "assignedto",
        "evidence",
        "bannedpasswordlist",
        "onpremisessamaccountname",
        "onpremisesuserprincipalname",
        "onpremisesdistinguishedname",
    }
)
_ADDRESS = re.compile(r"[^\s@<>(),;:\"/]{1,64}@[^\s@<>(),;:\"/]{1,255}\.[A-Za-z]{2,24}")
_USER = "#microsoft.graph.user"


def without_people(document: Any) -> Any:
    """The same document without names, addresses and secrets. Object ids stay: they are what results name people by."""
    return masked(_without(document, 0))


def _without(value: Any, depth: int) -> Any:
    if depth > 100:
        return MARK
    if isinstance(value, dict):
        if str(value.get("name")).lower() in _PERSONAL and "value" in value:
            return {**value, "value": MARK}
        user = value.get("@odata.type") == _USER
        return {name: _member(name, member, depth, user=user) for name, member in value.items()}
    if isinstance(value, list):
        return [_without(member, depth + 1) for member in value]
    return _ADDRESS.sub(MARK, value) if isinstance(value, str) and "@" in value else value


def _member(name: str, value: Any, depth: int, *, user: bool) -> Any:
    if value not in (None, [], "") and (name.lower() in _PERSONAL or (user and name == "displayName")):
        return MARK
    return _without(value, depth + 1)
