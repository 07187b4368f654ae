"""Answers for Microsoft Graph out of the documents of the tests' tenant, and what follows from them."""

from typing import Any

from bench.agreement.impostor import GRAPH, Request
from tests.microsoft365.tenant import GUESTS, USERS

NOT_FOUND = (404, {"error": {"code": "Request_ResourceNotFound", "message": "not here"}})
REGISTERED = "/reports/authenticationMethods/userRegistrationDetails"
COMPLIANCE = "/deviceManagement/deviceCompliancePolicies"
ACTIVE = "/roleManagement/directory/roleAssignments"
EMPTY = ("/groups", "/servicePrincipals", "/policies/activityBasedTimeoutPolicies", "/subscribedSkus")
"""Lists that only other checks look at."""


ALSO: dict[str, dict[str, Any]] = {
    "/policies/authorizationPolicy": {"displayName": "Authorization Policy", "description": ""},
    "/policies/adminConsentRequestPolicy": {
        "notifyReviewers": True,
        "remindersEnabled": True,
        "requestDurationInDays": 30,
    },
    "/policies/defaultAppManagementPolicy": {"id": "default", "displayName": "Default app management policy"},
    "/admin/sharepoint/settings": {
        "sharingAllowedDomainList": ["partner.example"],
        "sharingBlockedDomainList": ["a.example"],
    },
}
"""What Graph tells besides what the tests' documents have."""


class EntraGraph:
    """A responder for the impostor."""

    def __init__(self, documents: dict[str, Any]) -> None:
        self._documents = documents

    def __call__(self, request: Request) -> tuple[int, Any]:
        """The answer to one request."""
        if request.host != GRAPH:
            return NOT_FOUND
        path = "/" + request.path.lstrip("/").partition("/")[2].lstrip("/")
        found = self._found(path)
        return NOT_FOUND if found is None else (200, found)

    def _found(self, path: str) -> Any:
        if path == "/users":
            return {"value": self._users()}
        if path == "/directoryRoles":
            return {"value": [_role(one) for one in sorted({row["roleDefinitionId"] for row in self._held()})]}
        if path.startswith("/directoryRoles/"):
            role = path.split("/")[2]
            held = [row for row in self._held() if row["roleDefinitionId"] == role]
            return {"value": [{**row["principal"], "id": row["principalId"]} for row in held]}
        if path.startswith("/users/"):
            return next((one for one in self._users() if one["id"] == path.split("/")[2]), None)
        if path == "/domains":
            first, *others = self._documents[path]["value"]
            return {"value": [{**first, "isDefault": True}, *others]}
        if path == "/organization":
            return {"value": [{"displayName": "Provincie", **one} for one in self._documents[path]["value"]]}
        if path == REGISTERED:
            return {"value": self._registered()}
        if path.startswith(COMPLIANCE) and path.endswith("/assignments"):
            mine = (one for one in self._documents[COMPLIANCE]["value"] if one["id"] == path.split("/")[3])
            return {"value": next(mine, {}).get("assignments", [])}
        if path in self._documents:
            return {**ALSO.get(path, {}), **self._documents[path]}
        return {"value": []} if path in EMPTY else None

    def _held(self) -> list[dict[str, Any]]:
        return self._documents[ACTIVE]["value"]

    def _registered(self) -> list[dict[str, Any]]:
        """Everybody: who does not stand in the tests' documents has a second factor."""
        told = {one["id"]: one for one in self._documents[REGISTERED]["value"]}
        return [told.get(one["id"], {"id": one["id"], "isMfaCapable": True}) for one in self._users()]

    def _users(self) -> list[dict[str, Any]]:
        known = {one["id"]: {**one} for one in self._documents[USERS]["value"]}
        for one in self._documents[GUESTS]["value"]:
            known.setdefault(one["id"], {**one, "userType": "Guest"})
        for one in self._documents[REGISTERED]["value"]:
            known.setdefault(one["id"], {"id": one["id"], "userType": one["userType"].capitalize()})
        for number, one in enumerate(known.values()):
            one.pop("signInActivity", None)
            one |= {"displayName": f"person {number}", "accountEnabled": one.get("accountEnabled", True)}
        return list(known.values())


def _role(identity: str) -> dict[str, Any]:
    names = {"62e90394-69f5-4237-9190-012177145e10": "Global Administrator"}
    return {"id": identity, "roleTemplateId": identity, "displayName": names.get(identity, identity)}
