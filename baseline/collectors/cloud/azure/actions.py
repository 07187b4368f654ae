"""What the account used may do at a subscription, in the actions of Azure's roles."""

import re
from collections.abc import Iterable
from typing import Any

import msgspec


class Allowed(msgspec.Struct, frozen=True):
    """Pairs of actions and the actions taken out of them again; ``*`` stands for any text.

    An action is allowed when one pair allows it (Microsoft, *Understand Azure role definitions*, NotActions).
    """

    pairs: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = ()

    def allows(self, action: str) -> bool:
        """Whether this action is allowed."""
        lowered = action.lower()
        return any(granted.fullmatch(lowered) and not taken.fullmatch(lowered) for granted, taken in self.pairs)


def allowed(permissions: Iterable[Any]) -> Allowed:
    """Read the answer of ``Microsoft.Authorization/permissions`` (*Permissions - List For Resource*)."""
    return Allowed(
        tuple(
            (_pattern(entry.get("actions")), _pattern(entry.get("notActions")))
            for entry in permissions
            if isinstance(entry, dict)
        )
    )


def _pattern(actions: Any) -> re.Pattern[str]:
    texts = [action.lower() for action in actions if isinstance(action, str)] if isinstance(actions, list) else []
    # A pattern that can match nothing stands for no actions at all.
    return re.compile("|".join(".*".join(map(re.escape, text.split("*"))) for text in texts) or r"(?!)")
