"""Collects from an image as a run does."""

import asyncio
from pathlib import Path

from baseline.collectors.image.collector import ImageCollector
from baseline.collectors.interface import CollectSettings
from baseline.models.collection import Collection
from baseline.models.facts.workplace import WorkplaceFacts
from baseline.models.target import Connection, Target


def collect(image: Path, *, index: int | None = None, seconds: float = 60.0) -> Collection:
    """What the collector makes of a Windows image."""
    connection = Connection(transport="image", image=str(image), image_index=index)
    target = Target(name="werkplek", kind="workplace", platform="windows_image", connection=connection)
    return asyncio.run(ImageCollector().collect(target, frozenset(), CollectSettings(timeout_seconds=seconds)))


def facts_of(image: Path, **given: int) -> WorkplaceFacts:
    """The facts of a Windows image."""
    facts = collect(image, **given).facts
    assert isinstance(facts, WorkplaceFacts)
    return facts
