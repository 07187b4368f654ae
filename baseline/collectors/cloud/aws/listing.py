"""A list of resources as facts: one call per region for the list, and more calls only for what is needed of each item."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import msgspec

from baseline.collectors.cloud.aws.asking import Asker, Item
from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.failures import MISREAD, misread
from baseline.collectors.cloud.aws.recording import Line
from baseline.collectors.interface import wanted
from baseline.models.facts.fact import Section, Unknown

Raw: TypeAlias = dict[str, Any]
Fields: TypeAlias = dict[str, Any]


class Detail(msgspec.Struct, frozen=True, kw_only=True):
    """A call about each item, or (without ``parameters``) one about all items of a region.

    ``read`` gets the answer (``{"items": [...]}`` of a call that lists) and the item as listed, and gives the fields in ``fills``. ``instead`` may give those fields
    from what is known already (the item as listed, its fields so far): then nothing is asked. Where a field that it reads
    is unknown, so is what it fills; ``after`` names those fields, of details of an earlier ``stage``. What is of stage 0
    is asked before anything else of the item.
    """

    call: Call
    fills: tuple[str, ...]
    read: Callable[[Raw, Raw], Fields]
    parameters: Callable[[Raw], Fields] | None = None
    instead: Callable[[Raw, Fields], Fields | None] | None = None
    stage: int = 1
    after: tuple[str, ...] = ()


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list of resources: the facts at ``fact`` are one item of ``model`` per resource.

    ``read`` gives the fields of one item as AWS lists it, its name included, or None for what is no such resource.
    Without a ``call`` there is one item per region, listed as ``{"RegionName": ...}``. ``items`` names another list in the
    answer than the call itself does. ``among`` says what these items are, where another list gives the same fact.
    ``parts`` takes what AWS lists apart, where that is several resources, or none.
    A region that gives no answer becomes one item that says so: its name tells the region, every fact of it is unknown.
    """

    fact: str
    model: type[Section]
    call: Call | None
    fills: tuple[str, ...]
    read: Callable[[Raw, str], Fields | None]
    details: tuple[Detail, ...] = ()
    regional: bool = True
    items: str = ""
    among: str = ""
    parts: Callable[[Raw], list[Raw]] = lambda raw: [raw]

    def supplies(self) -> Iterable[tuple[Call, tuple[str, ...]]]:
        """Each call, with the fact paths that need it."""
        if self.call is not None:
            yield self.call, (self.fact, *(f"{self.fact}.*.{field}" for field in ("name", *self.fills)))
        for detail in self.details:
            behind = [
                other for other in self.details if detail.stage == 0 or not set(other.after).isdisjoint(detail.fills)
            ]
            filled = {field for source in (detail, *behind) for field in source.fills}
            yield detail.call, tuple(f"{self.fact}.*.{field}" for field in sorted(filled))

    def is_wanted(self, needs: frozenset[str]) -> bool:
        """Whether any fact of it is needed."""
        return wanted([self.fact], needs)

    def calls(self, needs: frozenset[str]) -> list[Call]:
        """The calls that these needs take."""
        if not self.is_wanted(needs):
            return []
        own = [self.call] if self.call is not None else []
        return [*own, *(detail.call for detail in self._details(needs))]

    async def collect(self, asker: Asker, needs: frozenset[str]) -> dict[str, Any]:
        """The facts, by path; nothing where they are not needed."""
        if not self.is_wanted(needs):
            return {}
        regions = asker.regions if self.regional else ("",)
        if isinstance(regions, Unknown):
            return {self.fact: regions}
        details = self._details(needs)
        found = await asyncio.gather(*(self._region(asker, region, details) for region in regions))
        return {self.fact: [item for items in found for item in items]}

    def _details(self, needs: frozenset[str]) -> list[Detail]:
        chosen = [detail for detail in self.details if self._wanted(detail, needs)]
        before = {field for detail in chosen for field in detail.after}
        return [
            detail
            for detail in self.details
            if detail in chosen or (detail.stage == 0 and chosen) or not before.isdisjoint(detail.fills)
        ]

    def _wanted(self, detail: Detail, needs: frozenset[str]) -> bool:
        return wanted([f"{self.fact}.*.{field}" for field in detail.fills], needs)

    async def _region(self, asker: Asker, region: str, details: list[Detail]) -> list[Section]:
        items = await asker.items(self.call, region, self.items) if self.call else [({"RegionName": region}, None)]
        if isinstance(items, Unknown):
            return [unread(self.model, f"{region} {self.among}".strip(), items.reason)]
        apart = [(part, line) for raw, line in items for part in self._parts(raw)]
        made = await asyncio.gather(
            *(self._item(asker, region, item, number, details) for number, item in enumerate(apart, start=1))
        )
        return [item for item in made if item is not None]

    def _parts(self, raw: Raw) -> list[Raw]:
        """What cannot be taken apart stays whole, and is then not understood."""
        try:
            return self.parts(raw)
        except MISREAD:
            return [raw]

    async def _item(self, asker: Asker, region: str, item: Item, number: int, details: list[Detail]) -> Section | None:
        raw, line = item
        try:
            fields = self.read(raw, region)
        except MISREAD as error:
            return unread(
                self.model,
                " ".join(f"{region} {self.among} number {number}".split()),
                f"{self.fact}: unexpected answer ({type(error).__name__}: {error})"[:300],
            )
        if fields is None:
            return None
        identity = f"{self.fact}.{fields['name']}"
        asker.recorder.tell(identity, line)
        for stage in sorted({detail.stage for detail in details}):
            asked = [detail for detail in details if detail.stage == stage]
            where = _region_of(fields, region)
            found = await asyncio.gather(*(_detail(asker, where, raw, fields, detail) for detail in asked))
            for filled, told in found:
                fields.update(filled)
                for field in filled:
                    asker.recorder.tell(f"{identity}.{field}", told)
        return self.model(**fields)


async def _detail(
    asker: Asker, region: str | Unknown, raw: Raw, fields: Fields, detail: Detail
) -> tuple[Fields, Line | None]:
    line = None
    if isinstance(region, Unknown):
        return dict.fromkeys(detail.fills, region), line
    try:
        known = detail.instead(raw, _Known(fields)) if detail.instead else None
        if known is not None:
            return known, line
        if detail.parameters is None and detail.call.items:
            items = await asker.items(detail.call, region)
            answer: Raw | Unknown = items if isinstance(items, Unknown) else {"items": [each for each, _ in items]}
        else:
            parameters = detail.parameters(raw) if detail.parameters else {}
            answer = await asker.ask(detail.call, region, **parameters)
            line = asker.line(detail.call, region, parameters, answer)
        if isinstance(answer, Unknown):
            return dict.fromkeys(detail.fills, answer), line
        return detail.read(answer, raw), line
    except _UnknownFieldError as error:
        return dict.fromkeys(detail.fills, error.unknown), line
    except MISREAD as error:
        return dict.fromkeys(detail.fills, misread(detail.call, region, error)), line


class _UnknownFieldError(Exception):
    def __init__(self, unknown: Unknown) -> None:
        self.unknown = unknown


class _Known(dict[str, Any]):
    """Fields so far; reading one that is unknown ends the reading."""

    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key)
        if isinstance(value, Unknown):
            raise _UnknownFieldError(value)
        return value


def _region_of(fields: Mapping[str, Any], region: str) -> str | Unknown:
    """Where an item is: as it says itself, where it comes from a list without regions."""
    own: str | Unknown = region or fields.get("region", "")
    return own


def unread(model: type[Section], what: str, reason: str) -> Section:
    """An item that stands for all that could not be read, so that it does not vanish from any check."""
    unknown = Unknown(reason)
    fields: Fields = dict.fromkeys(model.__struct_fields__, unknown)
    return model(**{**fields, "name": f"{what} (not read)".strip()})
