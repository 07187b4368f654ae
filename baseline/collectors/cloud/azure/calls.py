"""Calls of Resource Manager that are made once per subscription, and what each supplies and needs."""

import msgspec


class Call(msgspec.Struct, frozen=True):
    """One GET. ``{}`` in ``path`` is the id of the subscription."""

    supplies: tuple[str, ...]
    path: str
    permission: str


SUBSCRIPTIONS = Call((), "/subscriptions?api-version=2022-12-01", "Microsoft.Resources/subscriptions/read")
PERMISSIONS = Call(
    (),
    "/subscriptions/{}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01",
    "Microsoft.Authorization/permissions/read",
)
ACTIVITY_LOG = Call(
    ("subscriptions.*.activity_log_categories",),
    "/subscriptions/{}/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview",
    "Microsoft.Insights/diagnosticSettings/read",
)
CONTACTS = Call(
    ("subscriptions.*.security_contact", "subscriptions.*.alert_notification"),
    "/subscriptions/{}/providers/Microsoft.Security/securityContacts?api-version=2023-12-01-preview",
    "Microsoft.Security/securityContacts/read",
)
PLANS = Call(
    ("defender_plans",),
    "/subscriptions/{}/providers/Microsoft.Security/pricings?api-version=2024-01-01",
    "Microsoft.Security/pricings/read",
)
ASSIGNMENTS = Call(
    ("subscriptions.*.owners", "role_assignments"),
    "/subscriptions/{}/providers/Microsoft.Authorization/roleAssignments?$filter=atScope()&api-version=2022-04-01",
    "Microsoft.Authorization/roleAssignments/read",
)
DEFINITIONS = Call(
    ("role_definitions", "role_assignments"),
    "/subscriptions/{}/providers/Microsoft.Authorization/roleDefinitions"
    "?$filter=type eq 'CustomRole'&api-version=2022-04-01",
    "Microsoft.Authorization/roleDefinitions/read",
)
ALWAYS = (SUBSCRIPTIONS, PERMISSIONS)
CALLS = (ACTIVITY_LOG, CONTACTS, PLANS, ASSIGNMENTS, DEFINITIONS)
GUESTS = Call(("role_assignments.*.guest",), "/users/{}?$select=id,userType", "User.Read.All")
"""Of Microsoft Graph, where it is an application permission and no action of a role."""
