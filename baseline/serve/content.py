"""Content that may change while the server runs: what was read last, and whether that is still right."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import msgspec

from baseline.assess.plan import Plan
from baseline.content.inventory import Inventory
from baseline.exporters.prometheus.family import Family, single, unix_seconds
from baseline.exporters.prometheus.known import Known
from baseline.exporters.prometheus.results import content_families
from baseline.models.errors import BaselineError
from baseline.models.waiver import Waiver

RELOAD_SECONDS = 300.0
log = logging.getLogger(__name__)


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was read; ``plan`` and ``inventory`` are None where no inventory was given."""

    known: Known
    plan: Plan | None = None
    inventory: Inventory | None = None
    waivers: tuple[Waiver, ...] = ()


class Content:
    """The content as it was last right. Is a source of metrics, and a part of the server that reads it again.

    ``load`` may take seconds, as an inventory may ask other systems.
    """

    name = "content"

    def __init__(self, load: Callable[[], Loaded], seconds: float = RELOAD_SECONDS) -> None:
        self._load, self._seconds = load, seconds
        self.loaded = load()
        self._loaded_at = datetime.now(UTC)
        self._failure: BaselineError | None = None

    def known(self) -> Known:
        """What metrics are joined with."""
        return self.loaded.known

    async def run(self) -> None:
        """Read it again and again; what is wrong is shown, and what was right before stays."""
        while True:
            await asyncio.sleep(self._seconds)
            try:
                self.loaded = await asyncio.to_thread(self._load)
                self._loaded_at, self._failure = datetime.now(UTC), None
            except BaselineError as error:
                log.error("content cannot be read again: %s", error)  # noqa: TRY400  the reason is enough
                self._failure = error

    def families(self) -> Iterator[Family]:
        """What checks and controls are.

        Raises:
            BaselineError: the content was not right when it was read last.
        """
        text = "When checks, inventory, waivers and attestations were last read and found right."
        yield single("baseline_content_read_timestamp_seconds", text, unix_seconds(self._loaded_at))
        yield from content_families(self.loaded.known)
        if self._failure is not None:
            raise self._failure
