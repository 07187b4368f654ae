"""Which users with a role are guests: the one thing that Resource Manager does not know, and Microsoft Graph does."""

from collections.abc import Sequence

import msgspec

from baseline.collectors.cloud.microsoft.batch import get_batch
from baseline.collectors.cloud.microsoft.client import Document, MicrosoftClient, open_client
from baseline.collectors.cloud.microsoft.failure import Failure
from baseline.collectors.interface import CollectSettings
from baseline.models.artefact import Artefact
from baseline.models.errors import CollectError
from baseline.models.facts.azure.resource import AzureResource
from baseline.models.facts.azure.subscription import RoleAssignment
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.target import Target

PERMISSION = "User.Read.All (Microsoft Graph)"


class Guests(msgspec.Struct, frozen=True):
    """Role assignments with ``guest`` filled, and what that took."""

    items: list[AzureResource]
    artefacts: tuple[Artefact, ...] = ()
    round_trips: int = 0


async def with_guests(items: Sequence[AzureResource], target: Target, settings: CollectSettings) -> Guests:
    """Ask Microsoft Graph for the users among who has a role."""
    users = sorted(
        {
            item.principal
            for item in items
            if isinstance(item, RoleAssignment) and item.principal_type == "user" and isinstance(item.principal, str)
        }
    )
    if not users:
        return Guests(list(items))
    try:
        async with open_client(target, settings, "graph") as client:
            answers = await _ask(client, users)
            return Guests(_filled(items, answers), client.artefacts(), client.round_trips)
    except CollectError as error:
        unknown = Unknown(f"Microsoft Graph was not asked who is a guest: {error}")
        return Guests(_filled(items, dict.fromkeys(users, unknown)))


async def _ask(client: MicrosoftClient, users: Sequence[str]) -> dict[str, Fact[bool]]:
    paths = {user: f"/users/{user}?$select=id,userType" for user in users}
    answers = await get_batch(client, list(paths.values()), permission=PERMISSION)
    return {user: _is_guest(answers[path]) for user, path in paths.items()}


def _is_guest(answer: Document | Failure) -> Fact[bool]:
    if isinstance(answer, Failure):
        return answer.unknown
    kind = answer.get("userType")
    if kind not in {"Guest", "Member"}:
        return Unknown(f"Microsoft Graph does not say whether user {answer.get('id')} is a guest")
    return bool(kind == "Guest")


def _filled(items: Sequence[AzureResource], answers: dict[str, Fact[bool]]) -> list[AzureResource]:
    return [
        msgspec.structs.replace(item, guest=answers[item.principal])
        if isinstance(item, RoleAssignment) and item.principal_type == "user" and item.principal in answers
        else item
        for item in items
    ]
