"""What several services have in common: tags, names, ages."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

OWNER_TAGS = frozenset({"owner", "eigenaar", "baseline_owner"})
CLASSIFICATION_TAGS = frozenset(
    {"biv", "classification", "classificatie", "confidentiality", "dataclassification", "vertrouwelijkheid"}
)
"""Keys of tags, in any case, that name an owner or a classification (BIO2 5.09.01 and 5.12.01 ask for both)."""
TAG_FIELDS = ("owner", "classified")


def tag_fields(tags: Iterable[Mapping[str, Any]] | None) -> dict[str, Any]:
    """The owner that tags name, or None, and whether they tell a classification."""
    values = {str(tag["Key"]).lower(): str(tag["Value"]).strip() for tag in tags or ()}
    owner = next((values[key] for key in sorted(OWNER_TAGS) if values.get(key)), None)
    return {"owner": owner, "classified": any(values.get(key) for key in CLASSIFICATION_TAGS)}


def classification_of(tags: Iterable[Mapping[str, Any]] | None) -> str | None:
    """The value of the tag that classifies; the first by name where there are several, None without one."""
    values = {str(tag["Key"]).lower(): str(tag["Value"]).strip() for tag in tags or ()}
    return next((values[key] for key in sorted(CLASSIFICATION_TAGS) if values.get(key)), None)


def tag_value(tags: Iterable[Mapping[str, Any]] | None, key: str) -> str:
    """The value of one tag; empty when there is none."""
    return next((str(tag["Value"]) for tag in tags or () if tag["Key"] == key), "")


def place(region: str, name: object) -> str:
    """The name of a resource in one account: its region, and its name there."""
    return f"{region}/{name}"


def days_since(moment: datetime) -> int:
    """Whole days since a moment."""
    return (datetime.now(UTC) - moment.astimezone(UTC)).days


def days_until(moment: datetime) -> int:
    """Whole days until a moment; negative when it has passed."""
    return (moment.astimezone(UTC) - datetime.now(UTC)).days


def flag(value: object) -> bool:
    """A true or false of an answer.

    Raises:
        TypeError: it is something else.
    """
    if not isinstance(value, bool):
        raise TypeError(f"{value!r:.50} is not true or false")
    return value
