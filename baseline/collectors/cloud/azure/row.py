"""One resource as Azure tells it, read so that what is missing or new never looks like a good value."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any, TypeVar

from baseline.collectors.cloud.microsoft.failure import plain
from baseline.models.facts.azure.resource import Network, Tls
from baseline.models.facts.fact import Fact, Unknown

Word = TypeVar("Word", bound=str)
Value = TypeVar("Value")
_DEFAULT_ACTIONS: dict[str, Network] = {"allow": "public", "deny": "selected"}
_TLS: dict[str, Tls] = {
    "none": "none",
    "tlsenforcementdisabled": "none",
    "1": "1.0",
    "tls": "1.0",
    "tls1": "1.0",
    "tlsv1": "1.0",
}
_TLS_NUMBER = re.compile(r"(?:tls)?v?1[._]?([0-3])")
_MISSING = object()
WIDEST = 7
"""A prefix of at most this length is no network of anybody: 0.0.0.0/1 and 128.0.0.0/1 together are the Internet."""
OWNER_TAGS = ("owner", "eigenaar", "businessowner", "systeemeigenaar")
CLASSIFICATION_TAGS = ("biv", "classification", "classificatie", "biv-classificatie", "dataclassification")


class Properties:
    """A JSON object of an answer. Paths are dotted (``networkAcls.defaultAction``); letter case does not matter.

    Every reader takes ``absent``: what it means, by Microsoft's reference, when nothing is said; without it that is unknown.
    """

    def __init__(self, document: Any, name: str) -> None:
        self._document, self._name = document, name

    def raw(self, path: str) -> Any:
        """The value at a path, or None."""
        found = self._find(path)
        return None if found is _MISSING else found

    def flag(self, path: str, absent: Fact[bool] | None = None) -> Fact[bool]:
        """True or false, also as Azure writes it in words: ``Enabled``, ``on``, ``1``."""
        value = self._find(path)
        if value is _MISSING or value is None:
            return self._absent(path, absent)
        if isinstance(value, bool):
            return value
        words = {"true": True, "enabled": True, "on": True, "false": False, "disabled": False, "off": False}
        return words.get(str(value).lower(), self._strange(path, value))

    def word(self, path: str, words: Mapping[str, Word], absent: Fact[Word] | None = None) -> Fact[Word]:
        """One of the words known, by its lower case; another one is unknown, since Azure adds new ones."""
        value = self._find(path)
        if value is _MISSING or value is None or value == "":
            return self._absent(path, absent)
        return words.get(str(value).lower(), self._strange(path, value))

    def number(self, path: str, absent: Fact[int] | None = None) -> Fact[int]:
        """A whole number, also when it is written as text."""
        value = self._find(path)
        if value is _MISSING or value is None or value == "":
            return self._absent(path, absent)
        if isinstance(value, bool) or not re.fullmatch(r"-?[0-9]{1,9}", str(value)):
            return self._strange(path, value)
        return int(value)

    def text(self, path: str, absent: Fact[str] | None = None) -> Fact[str]:
        """Text as one line."""
        value = self._find(path)
        if not isinstance(value, str) or not value:
            return self._absent(path, absent)
        return plain(value)

    def items(self, path: str, absent: list["Properties"] | None = None) -> "list[Properties] | Unknown":
        """The objects of a list."""
        value = self._find(path)
        if value is _MISSING or value is None:
            return absent if absent is not None else self._unsaid(path)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            return self._strange(path, value)
        return [Properties(item, f"{self._name}: {path}") for item in value]

    def tls(self, path: str, absent: Fact[Tls] | None = None) -> Fact[Tls]:
        """A version of TLS in any of Azure's spellings: ``TLS1_2``, ``Tls12``, ``1.2``, ``TLSv1.2``."""
        value = self._find(path)
        if value is _MISSING or value is None or value == "":
            return self._absent(path, absent)
        return tls_version(str(value), self._strange(path, value))

    def age_days(self, path: str, now: datetime) -> Fact[int]:
        """Whole days since a moment."""
        value = self._find(path)
        moment = moment_of(value)
        if moment is None:
            return self._unsaid(path) if value in (None, _MISSING, "") else self._strange(path, value)
        return max(0, (now - moment).days)

    def public(self, path: str, absent: Fact[bool] | None = None) -> Fact[bool]:
        """Whether ``publicNetworkAccess`` is on; behind a network security perimeter it is not."""
        if str(self.raw(path)).lower() == "securedbyperimeter":
            return False
        return self.flag(path, absent)

    def network(self, public_path: str, action_path: str) -> Fact[Network]:
        """Who can connect, from ``publicNetworkAccess`` and the default action of the firewall beside it."""
        public = self.public(public_path, absent=True)  # as every service is unless it is told otherwise
        if public is not True:
            return public if isinstance(public, Unknown) else "private"
        action: Fact[Network] = self.word(action_path, _DEFAULT_ACTIONS, absent="public")
        open_to_all = self.admits_everybody(action_path.rpartition(".")[0] + ".ipRules", "value")
        if action != "selected" or open_to_all is False:
            return action
        return open_to_all if isinstance(open_to_all, Unknown) else "public"

    def admits_everybody(self, path: str, key: str) -> Fact[bool]:
        """Whether one of the rules of a firewall for addresses is so wide that it is no network of anybody."""
        rules = self.items(path, absent=[])
        if isinstance(rules, Unknown):
            return rules
        try:
            widest = min((ip_network(str(rule.raw(key)), strict=False).prefixlen for rule in rules), default=WIDEST + 1)
        except ValueError:
            return self._strange(path, [rule.raw(key) for rule in rules])
        return widest <= WIDEST

    def _absent(self, path: str, absent: Fact[Value] | None) -> Fact[Value]:
        return self._unsaid(path) if absent is None else absent

    def _unsaid(self, path: str) -> Unknown:
        return Unknown(f"Azure does not say {path} of {self._name}")

    def _strange(self, path: str, value: object) -> Unknown:
        return Unknown(f"{path} of {self._name} has a value that is not known here: {plain(str(value))[:60]!r}")

    def _find(self, path: str) -> Any:
        current: Any = self._document
        for part in path.split("."):
            if not isinstance(current, dict):
                return _MISSING
            known = part if part in current else next((name for name in current if name.lower() == part.lower()), part)
            current = current.get(known, _MISSING)
        return current


class Row(Properties):
    """One row of Resource Graph."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.id = str(document.get("id") or "")
        self.name = plain(document.get("name")) or self.id.rpartition("/")[2]
        self.type = str(document.get("type") or "").lower()
        self.subscription = str(document.get("subscriptionId") or "").lower()
        self.group = str(document.get("resourceGroup") or "").lower()
        super().__init__(document, self.name)

    @property
    def tags(self) -> dict[str, str]:
        """Tags, names in lower case."""
        return tags_of(self.raw("tags"))


def tag_of(row: Row, names: tuple[str, ...]) -> str | None:
    """The value of the first of these tags that a row has itself; None without one."""
    own = row.tags
    return next((own[name] for name in names if name in own), None)


def tags_of(value: Any) -> dict[str, str]:
    """Tags as Azure gives them, names in lower case and without empty ones."""
    if not isinstance(value, dict):
        return {}
    return {str(name).lower(): plain(text) for name, text in value.items() if isinstance(text, str) and plain(text)}


def tls_version(text: str, otherwise: Unknown) -> Fact[Tls]:
    """A version of TLS in any of Azure's spellings."""
    bare = text.lower().replace("minimum", "").strip()
    if bare in _TLS:
        return _TLS[bare]
    found = _TLS_NUMBER.fullmatch(bare)
    versions: tuple[Tls, ...] = ("1.0", "1.1", "1.2", "1.3")
    return versions[int(found[1])] if found else otherwise


def moment_of(value: object) -> datetime | None:
    """A moment as Azure writes it (ISO 8601, up to seven decimals), in UTC; None when it is none."""
    if not isinstance(value, str) or not re.match(r"\d{4}-\d{2}-\d{2}", value):
        return None
    bare = re.sub(r"\.\d+", "", value.strip()).replace("Z", "+00:00")
    try:
        moment = datetime.fromisoformat(bare)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
