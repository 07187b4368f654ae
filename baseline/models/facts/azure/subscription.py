"""Facts of subscriptions as a whole: logs, alerts, Defender for Cloud, and who may do what."""

from typing import Annotated, Literal

from baseline.models.facts.azure.resource import AzureResource
from baseline.models.facts.fact import NOT_COLLECTED, About, Fact


class Subscription(AzureResource, frozen=True, kw_only=True):
    """One subscription that the account used can see."""

    state: Annotated[Fact[Literal["enabled", "disabled", "warned", "past_due", "deleted"]], About("its state")] = (
        NOT_COLLECTED
    )
    in_inventory: Annotated[Fact[bool], About("the inventory names it, or asks for all that can be seen")] = (
        NOT_COLLECTED
    )
    registered_as: Annotated[
        Fact[str | None], About("another target of the inventory that names it; None without one")
    ] = NOT_COLLECTED
    registration: Annotated[Fact[str], About("how that target is known, or why none is")] = NOT_COLLECTED
    activity_log_categories: Annotated[
        Fact[list[str]], About("categories of the activity log that a diagnostic setting sends somewhere")
    ] = NOT_COLLECTED
    alerted_operations: Annotated[
        Fact[list[str]],
        About("operations for which an enabled activity log alert tells an action group, in lower case"),
    ] = NOT_COLLECTED
    security_contact: Annotated[Fact[bool], About("Defender for Cloud has an e-mail address to tell")] = NOT_COLLECTED
    alert_notification: Annotated[
        Fact[Literal["low", "medium", "high"] | None],
        About("least severity of alerts that are mailed; None when none are"),
    ] = NOT_COLLECTED
    owners: Annotated[Fact[list[str]], About("ids of who has Owner on the whole subscription, also from above it")] = (
        NOT_COLLECTED
    )


class RoleAssignment(AzureResource, frozen=True, kw_only=True):
    """One role that somebody has at a subscription or above it; ``name`` starts with the first subscription it covers."""

    role: Annotated[Fact[str], About("name of the role")] = NOT_COLLECTED
    privileged: Annotated[Fact[bool], About("Owner, Contributor, or a role that can hand out roles")] = NOT_COLLECTED
    principal: Annotated[Fact[str], About("id of who has it")] = NOT_COLLECTED
    principal_type: Annotated[
        Fact[Literal["user", "group", "service_principal", "foreign_group", "device"]], About("what has it")
    ] = NOT_COLLECTED
    guest: Annotated[Fact[bool | None], About("a guest of the tenant; None where it is no user")] = NOT_COLLECTED


class RoleDefinition(AzureResource, frozen=True, kw_only=True):
    """One role of the tenant's own making."""

    everything: Annotated[Fact[bool], About("it allows every operation")] = NOT_COLLECTED
    hands_out_roles: Annotated[Fact[bool], About("it allows giving roles to others")] = NOT_COLLECTED


class DefenderPlan(AzureResource, frozen=True, kw_only=True):
    """One plan of Defender for Cloud in one subscription."""

    plan: Annotated[Fact[str], About("VirtualMachines, StorageAccounts, KeyVaults, Containers ...")] = NOT_COLLECTED
    enabled: Annotated[Fact[bool], About("the paid plan is on")] = NOT_COLLECTED


class DefenderFinding(AzureResource, frozen=True, kw_only=True):
    """One recommendation of Defender for Cloud that is not met."""

    title: Annotated[Fact[str], About("what Defender recommends")] = NOT_COLLECTED
    severity: Annotated[Fact[Literal["low", "medium", "high", "critical"]], About("how bad it is")] = NOT_COLLECTED
    age_days: Annotated[Fact[int], About("days since it was first seen unmet", unit="days")] = NOT_COLLECTED


class LogWorkspace(AzureResource, frozen=True, kw_only=True):
    """One Log Analytics workspace."""

    retention_days: Annotated[Fact[int], About("days that log lines are kept", unit="days")] = NOT_COLLECTED
    public_query: Annotated[Fact[bool], About("logs can be queried over the Internet")] = NOT_COLLECTED
