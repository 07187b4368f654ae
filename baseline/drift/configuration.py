"""Configuration drift: what differs between an approved configuration and the current one.

Neither the order of lines (where it does not count) nor secrets make a difference. An approved configuration may be a
template, in which ``{{ name }}`` stands for anything and ``...`` lets a section hold more.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from baseline.collectors.network.platforms import Platform
from baseline.drift.normal import SECRET, Entry, Normal, loose, normalise
from baseline.drift.rules import Rules
from baseline.drift.template import fits, has_variable

Path = tuple[str, ...]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One line that is missing (``removed``) or that was not approved (``added``).

    ``section`` are the lines it stands below, outermost first. ``number`` is its line in the approved configuration when
    it is missing, else in the current one. ``moved`` says that the same line stands elsewhere in an ordered section.
    """

    kind: Literal["removed", "added"]
    section: Path
    line: str
    number: int
    moved: bool = False


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """All changes in the order of the configuration. ``ignored`` counts volatile lines on both sides."""

    changes: tuple[Change, ...] = ()
    ignored: int = 0


def compare(approved: str, current: str, platform: Platform, rules: Rules) -> Difference:
    """What differs between two configurations of one platform. Never raises, whatever the texts."""
    return compare_normal(normalise(approved, platform, rules), normalise(current, platform, rules))


def compare_normal(approved: Normal, current: Normal) -> Difference:
    """The same for configurations that were normalised before."""
    changes = tuple(_section(approved.root, current.root, ()))
    return Difference(changes=changes, ignored=approved.ignored + current.ignored)


def _section(approved: Entry, current: Entry, path: Path) -> Iterator[Change]:
    """What differs below two entries that are the same line."""
    if approved.ordered or current.ordered:
        yield from _ordered(approved.children, current.children, path, open_=approved.open)
        return
    ordered, current_ordered = _sequences(approved.children), _sequences(current.children)
    yield from _unordered(_loose_lines(approved), _loose_lines(current), path, open_=approved.open)
    for name in dict.fromkeys((*ordered, *current_ordered)):
        yield from _ordered(ordered.get(name, []), current_ordered.get(name, []), path, open_=approved.open)


def _loose_lines(entry: Entry) -> list[Entry]:
    return [child for child in entry.children if not child.sequence]


def _sequences(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.sequence:
            found.setdefault(entry.sequence, []).append(entry)
    return found


def _unordered(approved: list[Entry], current: list[Entry], path: Path, *, open_: bool) -> Iterator[Change]:
    pairs, unmatched = _pair(approved, current)
    homes = {words: index for index, entry in enumerate(approved) for words in _first_words(entry.key)}
    added: dict[int, list[Entry]] = {}
    for entry in unmatched:
        place = next((homes[words] for words in _first_words(entry.key) if words in homes), len(approved))
        added.setdefault(place, []).append(entry)
    for index, entry in enumerate(approved):
        for partner in pairs[index]:
            yield from _section(entry, partner, (*path, entry.text if not has_variable(entry.text) else partner.text))
        if not pairs[index]:
            yield from _whole("removed", entry, path)
        yield from (change for new in added.get(index, ()) if not open_ for change in _whole("added", new, path))
    yield from (change for new in added.get(len(approved), ()) if not open_ for change in _whole("added", new, path))


def _first_words(key: str) -> tuple[tuple[str, ...], ...]:
    """What a line has in common with lines near which it is shown: its first three words, two, or one."""
    words = tuple(key.split(" ", 3)[:3])
    return (words, words[:2], words[:1])


def _pair(approved: list[Entry], current: list[Entry]) -> tuple[list[list[Entry]], list[Entry]]:
    """For each approved line the lines that are it, and the lines that are none: equal first, then what a variable fits."""
    left: dict[str, list[Entry]] = {}
    for entry in reversed(current):
        left.setdefault(entry.key, []).append(entry)
    pairs: list[list[Entry]] = [[left[entry.key].pop()] if left.get(entry.key) else [] for entry in approved]
    unmatched = sorted((entry for entries in left.values() for entry in entries), key=lambda entry: entry.number)
    for index, entry in enumerate(approved):
        if has_variable(entry.key):
            pairs[index] += [each for each in unmatched if fits(entry.key, each.key)]
        elif not pairs[index] and SECRET in entry.key:
            pairs[index] += [each for each in unmatched if _same_but_type(entry.key, each.key)][:1]
        else:
            continue
        taken = {id(each) for each in pairs[index]}
        unmatched = [each for each in unmatched if id(each) not in taken]
    return pairs, unmatched


def _same_but_type(approved: str, current: str) -> bool:
    """Whether lines differ only in that one of them lost the type of its secret, as where a tool removed it."""
    return loose(approved) == loose(current) and loose(approved) in {approved, current}


def _ordered(approved: list[Entry], current: list[Entry], path: Path, *, open_: bool) -> Iterator[Change]:
    keys = _in_terms_of(approved, current)
    kept = dict(_aligned([entry.key for entry in approved], keys))
    following = _following(kept, keys, len(current))
    stay = set(kept.values()) | {extra for extras in following.values() for extra in extras}
    gone, new = (
        {approved[i].key for i in range(len(approved)) if i not in kept},
        {keys[i] for i in range(len(current)) if i not in stay},
    )
    position = 0
    for index, entry in enumerate(approved):
        if index not in kept:
            yield from _whole("removed", entry, path, moved=entry.key in new)
            continue
        for place in (kept[index], *following[index]):
            yield from _new(current[position:place], keys[position:place], gone, path, open_=open_)
            yield from _section(entry, current[place], (*path, current[place].text))
            position = place + 1
    yield from _new(current[position:], keys[position:], gone, path, open_=open_)


def _new(entries: list[Entry], keys: list[str], gone: set[str], path: Path, *, open_: bool) -> Iterator[Change]:
    for entry, key in zip(entries, keys, strict=True):
        moved = key in gone
        if moved or not open_:
            yield from _whole("added", entry, path, moved=moved)


def _in_terms_of(approved: list[Entry], current: list[Entry]) -> list[str]:
    """The keys of current lines, with the template's where a variable of it fits."""
    exact = {entry.key for entry in approved}
    variable = [entry.key for entry in approved if has_variable(entry.key)]
    return [
        entry.key if entry.key in exact else next((key for key in variable if fits(key, entry.key)), entry.key)
        for entry in current
    ]


def _following(kept: dict[int, int], keys: list[str], length: int) -> dict[int, list[int]]:
    """For each approved line, the places right after its own that the same variable line fits too."""
    found: dict[int, list[int]] = {}
    for index, place in kept.items():
        found[index] = []
        following = place + 1
        while has_variable(keys[place]) and following < length and keys[following] == keys[place]:
            found[index].append(following)
            following += 1
    return found


def _aligned(approved: Sequence[str], current: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places that hold the same line, in order on both sides; n log n.

    What both begin and end with is paired first; in between, equal lines by their rank, as many as stay in order (the
    longest increasing subsequence).
    """
    start = _common(approved, current)
    end = _common(approved[start:][::-1], current[start:][::-1])
    middle = _longest_in_order(approved[start : len(approved) - end], current[start : len(current) - end])
    pairs = [(index, index) for index in range(start)]
    pairs += [(start + here, start + there) for here, there in middle]
    return pairs + [(len(approved) - back, len(current) - back) for back in range(end, 0, -1)]


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    length = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        length += 1
    return length


def _longest_in_order(approved: Sequence[str], current: Sequence[str]) -> list[tuple[int, int]]:
    places: dict[str, list[int]] = {}
    for index in range(len(current) - 1, -1, -1):
        places.setdefault(current[index], []).append(index)
    pairs = [(index, places[key].pop()) for index, key in enumerate(approved) if places.get(key)]
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, there) in enumerate(pairs):
        length = bisect_left(tails, there)
        before.append(last[length - 1] if length else -1)
        tails[length : length + 1] = [there]
        last[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _whole(kind: Literal["removed", "added"], entry: Entry, path: Path, *, moved: bool = False) -> Iterator[Change]:
    """A line and everything below it."""
    yield Change(kind=kind, section=path, line=entry.text, number=entry.number, moved=moved)
    for child in entry.children:
        yield from _whole(kind, child, (*path, entry.text), moved=moved)
