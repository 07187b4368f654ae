"""Finds the collector for a target; other packages add theirs by the entry point group ``baseline.collectors``."""

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from baseline.collectors.interface import Collector
from baseline.models.errors import CollectError
from baseline.models.target import Target

ENTRY_POINT_GROUP = "baseline.collectors"
"""Names in this group are platforms; each loads a class that is a Collector and needs no arguments."""

_BY_KIND = {
    "network": "baseline.collectors.network.collector:NetworkCollector",
    "host": "baseline.collectors.host.collector:HostCollector",
    "workplace": "baseline.collectors.windows.collector:WindowsCollector",
    "aws": "baseline.collectors.cloud.aws.collector:AwsCollector",
    "azure": "baseline.collectors.cloud.azure.collector:AzureCollector",
    "m365": "baseline.collectors.cloud.microsoft365.collector:Microsoft365Collector",
}

_IMAGE = "baseline.collectors.image.collector:ImageCollector"
"""Reads disk images and archives, instead of asking a machine."""
_FILES = "baseline.collectors.files.collector:FilesCollector"
"""Reads what network devices said before, instead of asking them."""


def collector_for(target: Target) -> Collector:
    """The collector for a target's platform, else for its kind.

    Raises:
        CollectError: nothing collects from such a target.
    """
    if target.connection.transport == "files":
        return _own(_FILES)
    if target.connection.transport == "image":
        return _own(_IMAGE)
    return _collector(target.platform, target.kind)


@cache
def _collector(platform: str, kind: str) -> Collector:
    for entry in entry_points(group=ENTRY_POINT_GROUP, name=platform):
        added: Collector = entry.load()()
        return added
    if kind not in _BY_KIND:
        raise CollectError("missing_extra", f"nothing collects from targets of kind {kind}")
    return _own(_BY_KIND[kind])


@cache
def _own(place: str) -> Collector:
    module, name = place.split(":")
    collector: Collector = getattr(import_module(module), name)()
    return collector
