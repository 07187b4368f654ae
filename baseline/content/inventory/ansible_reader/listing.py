"""The whole inventory as one JSON document: per host only the variables that were asked for, each value once."""

from typing import Any

from ansible.errors import AnsibleError, AnsibleValueOmittedError
from ansible.release import __version__

from .opening import Opened
from .plain import Plain, text
from .problems import Notes, Place, UnusableError, place_of, problem, reason
from .secrecy import protected, vaulted

Entry = tuple[str, Any, int]
"""Kind, data and index of the place. Kinds: ``value``, ``vaulted`` (a setting that was decrypted), ``secret`` (protected,
not decrypted), ``exposed`` (a secret in plain text, left out), ``broken`` (with the reason), ``unknown``, ``absent``."""

_FACTS = ("inventory_file", "inventory_dir")


class Listing:
    """Collects hosts, and shares what they have in common."""

    def __init__(self, request: dict[str, Any], opened: Opened) -> None:
        self.opened = opened
        self.settings, self.secrets = frozenset(request["settings"]), frozenset(request["secrets"])
        self.prefix: str = request["prefix"]
        self.places: dict[Place, int] = {("", 0, 0): 0}
        self.entries: list[Entry] = []
        self.shared: dict[tuple[type, Any, int, bool], int] = {}
        self.kept: list[Any] = []
        self.groups = {name: index for index, name in enumerate(opened.inventory.groups)}
        self.hosts = [self._host(host) for host in opened.inventory.get_hosts("all")]

    def document(self) -> dict[str, Any]:
        """The reply to a ``list`` request, apart from its problems."""
        return {
            "ansible": __version__,
            "sources": self.opened.sources,
            "groups": list(self.groups),
            "places": list(self.places),
            "entries": self.entries,
            "hosts": self.hosts,
        }

    def _host(self, host: Any) -> tuple[str, list[int], dict[str, int]]:
        variables = self.opened.variables(host)
        wanted: dict[str, int] = {}
        for key, value in variables.items():
            if key in self.secrets or key in self.settings or key in _FACTS:
                wanted[text(key)] = self._index(key, value, variables)
            elif key.startswith(self.prefix):
                wanted[text(key)[:200]] = self._add(("unknown", None, self._place(key)))
        return text(host.name), sorted(self.groups[group.name] for group in host.get_groups()), wanted

    def _place(self, *values: Any) -> int:
        """The index of the first known place; Ansible does not tag numbers of truth and nothing, but their keys."""
        place = next((found for found in map(place_of, values) if found[0]), ("", 0, 0))
        return self.places.setdefault(place, len(self.places))

    def _add(self, entry: Entry) -> int:
        self.entries.append(entry)
        return len(self.entries) - 1

    def _index(self, key: str, value: Any, variables: dict[str, Any]) -> int:
        place, secret = self._place(value, key), key in self.secrets
        by_value = isinstance(value, str | int)
        identity = (type(value), value if by_value else id(value), place, secret)
        if identity in self.shared:
            return self.shared[identity]
        entry, depends_on_host = self._entry(value, variables, place, secret=secret)
        index = self._add(entry)
        if not depends_on_host:
            self.shared[identity] = index
            self.kept.append(value)  # an id is only good while its object lives
        return index

    def _entry(self, value: Any, variables: dict[str, Any], place: int, *, secret: bool) -> tuple[Entry, bool]:
        if secret and protected(value, variables):
            return ("secret", None, place), not vaulted(value)
        plain = Plain()
        try:
            data = plain.of(str(value) if vaulted(value) else value)
            rendered = self.opened.render(value, variables) if plain.has_template else value
            kind = "vaulted" if vaulted(rendered) else "value"
            data = Plain().of(str(rendered) if vaulted(rendered) else rendered) if plain.has_template else data
        except AnsibleValueOmittedError:
            return ("absent", None, place), True
        except (AnsibleError, UnusableError) as error:
            return ("broken", reason(error), place), True
        if secret and data not in (None, ""):
            kind, data = ("secret" if vaulted(rendered) else "exposed"), None
        return ("absent" if data is None and not secret and value is None else kind, data, place), plain.has_template


def list_inventory(request: dict[str, Any], opened: Opened, notes: Notes) -> dict[str, Any]:
    """The reply to a ``list`` request; that no host is left is noted as a failure."""
    opened.inventory.subset(request["limit"])
    listing = Listing(request, opened)
    if not listing.hosts and not notes.failed:
        notes.fail(problem((opened.sources[0], 0, 0), _no_hosts(request["limit"])))
    return listing.document()


def _no_hosts(limit: str | None) -> str:
    return f"has no host that the limit '{limit}' matches" if limit else "has no hosts"
