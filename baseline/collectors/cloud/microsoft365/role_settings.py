"""Reads what activating a privileged role demands (Privileged Identity Management)."""

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.answers import Answers
from baseline.collectors.cloud.microsoft365.role_names import PRIVILEGED_ROLES
from baseline.collectors.cloud.microsoft365.told import Told, parsed_hours
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365.roles import RoleSettings


def read_settings(answers: Answers) -> list[RoleSettings] | Unknown:
    """The fact ``roles.settings``, each privileged role."""
    rows = answers.rows(requests.ROLE_SETTINGS)
    if isinstance(rows, Unknown):
        return rows
    found = [_settings(row) for row in rows if row.fields.get("roleDefinitionId") in PRIVILEGED_ROLES]
    return sorted(found, key=lambda item: str(item.name)) or Unknown("Graph told no settings of any privileged role")


def _settings(row: Told) -> RoleSettings:
    role = row.fields["roleDefinitionId"]
    rules = _rules(row)
    enabled = rules["Enablement_EndUser_Assignment"].texts("enabledRules")
    return RoleSettings(
        name=PRIVILEGED_ROLES[role],
        role_template=role,
        second_factor=_second_factor(enabled, rules["AuthenticationContext_EndUser_Assignment"]),
        approval=rules["Approval_EndUser_Assignment"].inner("setting").flag("isApprovalRequired"),
        justification=enabled if isinstance(enabled, Unknown) else "Justification" in enabled,
        maximum_hours=_hours(rules["Expiration_EndUser_Assignment"]),
        permanent_allowed=_not(rules["Expiration_Admin_Assignment"].flag("isExpirationRequired")),
    )


class _Rules(dict[str, Told]):
    """The rules of a role by id; one that is missing tells nothing."""

    def __missing__(self, name: str) -> Told:
        return Told({}, f"the rule {name}")


def _rules(row: Told) -> _Rules:
    rules = row.inner("policy").fields.get("rules")
    found = _Rules()
    for rule in rules if isinstance(rules, list) else ():
        if isinstance(rule, dict) and isinstance(rule.get("id"), str):
            found[rule["id"]] = Told(rule, f"{row.where} rule {rule['id'][:60]},")
    return found


def _second_factor(enabled: list[str] | Unknown, context: Told) -> bool | Unknown:
    """By the rule itself, or by an authentication context, which a conditional access policy then enforces."""
    if isinstance(enabled, Unknown) or "MultiFactorAuthentication" in enabled:
        return enabled if isinstance(enabled, Unknown) else True
    return context.flag("isEnabled") if context.fields else False


def _hours(rule: Told) -> float | Unknown:
    told = rule.text("maximumDuration")
    if isinstance(told, Unknown):
        return told
    hours = parsed_hours(told)
    return hours if hours is not None else rule.unknown("maximumDuration")


def _not(value: bool | Unknown) -> bool | Unknown:
    return value if isinstance(value, Unknown) else not value
