"""Tells secrets that are protected, by a vault or by standing elsewhere, from those in plain text. Decrypts nothing."""

import functools
import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ansible._internal._datatag._tags import TrustedAsTemplate, VaultedValue
from ansible.parsing.vault import EncryptedString, is_encrypted_file
from jinja2 import Environment, TemplateError, nodes

from .problems import place_of

MAXIMUM_LEAVES, MAXIMUM_DEPTH = 10_000, 20
_LOOKUPS = ("lookup", "query", "q")


def protected(value: Any, variables: Mapping[str, Any], seen: frozenset[str] = frozenset()) -> bool:
    """Whether a value comes from a vault or a lookup, itself or through the variables that its template reads."""
    if vaulted(value) or _encrypted(place_of(value)[0]):
        return True
    if isinstance(value, Mapping | list):
        return any(vaulted(item) for item in itertools.islice(_leaves(value), MAXIMUM_LEAVES))
    if not is_template(value):
        return False
    for path in references(value):
        if path[0] in _LOOKUPS:
            return True
        if path[0] in variables and path[0] not in seen:
            found = _follow(variables, path)
            if protected(found, variables, seen | {path[0]}):
                return True
    return False


def vaulted(value: Any) -> bool:
    """Whether this very value was written with ``!vault``."""
    return isinstance(value, EncryptedString) or bool(VaultedValue.is_tagged_on(value))


def is_template(value: Any) -> bool:
    """Whether Ansible would render this text. Untrusted text, a plugin's for example, stays as it is."""
    return isinstance(value, str) and TrustedAsTemplate.is_tagged_on(value) and ("{{" in value or "{%" in value)


@functools.lru_cache(maxsize=4096)
def references(template: str) -> tuple[tuple[str, ...], ...]:
    """The variables that a template reads, each as a path: ``("vault", "network")`` for ``vault.network``."""
    try:
        return tuple(_paths(Environment(autoescape=True).parse(template)))
    except TemplateError:
        return ()


@functools.lru_cache(maxsize=4096)
def _encrypted(path: str) -> bool:
    if not path:
        return False
    try:
        with Path(path).open("rb") as file:
            return bool(is_encrypted_file(file))
    except OSError:
        return False


def _paths(node: nodes.Node) -> Iterator[tuple[str, ...]]:
    path = _path(node)
    if path:
        yield path
        return
    for child in node.iter_child_nodes():
        yield from _paths(child)


def _path(node: nodes.Node) -> tuple[str, ...]:
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        parent = _path(node.node)
        return (*parent, node.attr) if parent else ()
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        parent = _path(node.node)
        return (*parent, str(node.arg.value)) if parent else ()
    return ()


def _leaves(value: Any, depth: int = 0) -> Iterator[Any]:
    if depth > MAXIMUM_DEPTH or not isinstance(value, Mapping | list):
        yield value
        return
    for item in value.values() if isinstance(value, Mapping) else value:
        yield from _leaves(item, depth + 1)


def _follow(variables: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = variables
    for step in path:
        if not isinstance(value, Mapping) or step not in value:
            return value
        value = value[step]
    return value
