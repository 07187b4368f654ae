"""Packet filter lists in a running configuration, in the form that Cisco, Arista and FRRouting share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import AccessList

Family = Literal["ipv4", "ipv6", "mac"]
Type = Literal["standard", "extended", "other"]
ANY_ADDRESS = "0.0.0.0"  # noqa: S104  # an address to compare with, nothing is bound
NAMED: dict[str, Family] = {"ip access-list": "ipv4", "ipv6 access-list": "ipv6", "mac access-list": "mac"}
EVERYTHING = frozenset({"ip", "ipv4", "ipv6"})
"""Protocol words that mean every protocol."""


@dataclass(slots=True)
class _Draft:
    family: Family
    type: Type
    entries: list[list[str]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def read_access_lists(
    tree: SectionTree, provenance: Provenance, *, named: Mapping[str, Family] = NAMED, untyped: Type = "other"
) -> list[AccessList]:
    """Named and numbered lists, in order of first appearance.

    ``named``: command that begins a list -> what it filters. ``untyped``: what a list is that says neither ``standard``
    nor ``extended``. A name that lists of two families share stands for both apart: ``EDGE`` and ``EDGE ipv6``.
    """
    drafts: dict[str, _Draft] = {}
    for line in tree.all("access-list"):
        words = line.text.split()
        if len(words) > 2:
            _add(drafts, words[1], "ipv4", _numbered_type(words[1]), line, words[2:])
    for command, family in named.items():
        for section in tree.all(command):
            _add_section(drafts, section, family, untyped)
    for name, draft in drafts.items():
        provenance.section(f"access_lists.{name}", *draft.lines)
    provenance.note("access_lists")
    return [_access_list(name, draft) for name, draft in drafts.items()]


def _numbered_type(name: str) -> Type:
    """Ranges of numbered lists (Cisco IOS Security Command Reference, ``access-list``); FRRouting numbers none."""
    value = int(name) if name.isdigit() and len(name) < 6 else 0
    if 1 <= value <= 99 or 1300 <= value <= 1999:
        return "standard"
    return "extended" if 100 <= value <= 199 or 2000 <= value <= 2699 else "other"


def _add_section(drafts: dict[str, _Draft], section: Line, family: Family, untyped: Type) -> None:
    words = section.text.split()
    if len(words) < 3 or words[2] in {"log-update", "logging", "resequence", "match-local-traffic", "role-based"}:
        return
    if words[2] in {"standard", "extended"}:
        if len(words) < 4:
            return
        name, kind = words[3], words[2]
    else:
        name, kind = words[2], "extended" if family == "ipv6" and len(words) == 3 else untyped
    literal: Type = "standard" if kind == "standard" else "extended" if kind == "extended" else "other"
    draft = drafts.setdefault(_key(drafts, name, family), _Draft(family, literal))
    draft.lines.append(section)
    written = [words[words.index(name) + 1 :], *(line.text.split() for line in section.children)]
    draft.entries += [entry for entry in map(_entry, written) if entry]


def _key(drafts: dict[str, _Draft], name: str, family: Family) -> str:
    return f"{name} {family}" if name in drafts and drafts[name].family != family else name


def _add(drafts: dict[str, _Draft], name: str, family: Family, kind: Type, line: Line, words: list[str]) -> None:
    draft = drafts.setdefault(name, _Draft(family, kind))
    draft.lines.append(line)
    if entry := _entry(words):
        draft.entries.append(entry)


def _entry(words: list[str]) -> list[str]:
    """An entry without its sequence number; empty for remarks and other lines."""
    while words and (words[0].isdigit() or words[0] in {"seq", "sequence"}):
        words = words[1:]
    return words if words and words[0] in {"permit", "deny"} else []


def _access_list(name: str, draft: _Draft) -> AccessList:
    last = draft.entries[-1] if draft.entries else []
    return AccessList(
        name=name,
        family=draft.family,
        type=draft.type,
        entries=len(draft.entries),
        permits_any=any(entry[0] == "permit" and _is_everything(entry[1:]) for entry in draft.entries),
        denials_logged=last[:1] == ["deny"] and _is_everything(last[1:]) and bool({"log", "log-input"} & set(last)),
        permitted_sources=[_source(entry) for entry in draft.entries if entry[0] == "permit"]
        if draft.type != "extended" and draft.family != "mac"
        else [],
    )


def _is_everything(words: list[str]) -> bool:
    """``any``, ``any any``, ``ip any any``, also with ``log``; a condition after it makes it narrower."""
    rest = [word for word in words if word not in {"log", "log-input"}]
    if rest[:1] and rest[0] in EVERYTHING:
        rest = rest[1:]
    return rest in (["any"], ["any", "any"], [ANY_ADDRESS, "255.255.255.255"], ["::/0", "::/0"])


def _source(entry: list[str]) -> str:
    words = [word for word in entry[1:] if word != "log"]
    return words[1] if words[:1] == ["host"] and len(words) > 1 else " ".join(words)
